"""``broadsheet build``: articles to a data package."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from broadsheet.cli import streams
from broadsheet.cli.arguments import DEFAULT_OUT
from broadsheet.cli.progress import Progress
from broadsheet.curate import Curated, Curation, curate, read_curation
from broadsheet.errors import InputError
from broadsheet.publish import PackageInfo, check_target, write_package
from broadsheet.read import (
    Article,
    PackageOptions,
    merge_package_options,
    metadata,
    read_all,
    read_sidecar,
    sidecar_path,
)
from broadsheet.sample import sample_path

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from typing import TypeVar

    from broadsheet.tables.frames import Tables
    from broadsheet.validate import Report

    T = TypeVar("T")

INVALID = 1


@dataclass(frozen=True, slots=True)
class Job:
    """What a build is asked to do.

    Attributes:
        articles: The articles.
        info: What the package says of itself.
        out: The folder to write.
        in_place: Whether that folder may hold other files.
        model: The spaCy pipeline, None for the default.
        curation: The corrections to apply, if any.
    """

    articles: tuple[Article, ...]
    info: PackageInfo
    out: Path
    in_place: bool
    model: str | None
    curation: Curation | None = None


def build(options: argparse.Namespace) -> int:
    """Runs the command.

    Returns:
        0, or 1 if the tables are invalid: then nothing is written.

    Raises:
        InputError: If an article, a sidecar or an option is wrong, or the package cannot be written.
    """
    job = read_job(options)
    if not job.in_place:
        check_target(job.out)
    with Progress(quiet=options.quiet) as progress:
        # Behind the checks, since it takes seconds that bad input should not cost.
        progress.step("loading the language model")
        curated = _curate(job, _extract(job, progress))
        tables = curated.tables
        progress.step("validating")
        report = _validate(job, tables)
        if report.valid:
            progress.step(f"writing {job.out}")
            write_package(tables, job.out, job.info, in_place=job.in_place)
    for correction in curated.idle:
        streams.complain(f"{correction.place} changes nothing: the tables say so without it; delete it")
    if options.json:
        streams.say_json(outcome(job, curated, report))
    elif not report.valid or not options.quiet:
        from broadsheet.cli.summary import summary

        streams.say(summary(job, tables, report, sample=not options.articles))
    return 0 if report.valid else INVALID


def read_job(options: argparse.Namespace) -> Job:
    """The articles and options, read and checked.

    Raises:
        InputError: If any of them is wrong.
    """
    paths = options.articles or [sample_path()]
    said = PackageOptions(
        name=_checked(metadata.check_slug, options.name, "--name"),
        version=_checked(metadata.check_version, options.version, "--version"),
        out=None if options.out is None else Path(metadata.check_text(options.out, "--out")),
        model=_checked(metadata.check_text, options.model, "--model"),
        created=_checked(metadata.check_date, options.created, "--created"),
        curation=options.curation,
    )
    articles = read_all(
        paths,
        published_on=_checked(metadata.check_date, options.published, "--published"),
        title=options.title,
        publisher=_checked(metadata.check_text, options.publisher, "--publisher"),
        authors=_checked(metadata.check_authors, options.author, "--author"),
        url=_checked(metadata.check_url, options.url, "--url"),
        language=_checked(metadata.check_language, options.language, "--language"),
        encoding=options.encoding,
    )
    beside = merge_package_options((str(sidecar_path(path)), read_sidecar(path).package) for path in paths)
    package = said.over(beside)
    default = PackageInfo()
    return Job(
        articles,
        PackageInfo(package.name or default.name, package.version or default.version, package.created),
        package.out or DEFAULT_OUT,
        options.in_place,
        package.model,
        read_curation(package.curation) if package.curation is not None else None,
    )


def outcome(job: Job, curated: Curated, report: Report) -> dict[str, object]:
    """What happened, as JSON has it."""
    tables = curated.tables
    return {
        "valid": report.valid,
        "package": str(job.out) if report.valid else None,
        "name": job.info.name,
        "version": job.info.version,
        "articles": [{"article_id": a.article_id, "title": a.title, "n_words": a.n_words} for a in job.articles],
        "corrections": {
            "applied": len(job.curation.corrections) - len(curated.idle) if job.curation else 0,
            "idle": [{"table": c.table, "row": c.row_id, "reason": c.reason} for c in curated.idle],
        },
        "rows": {name: len(tables[name]) for name in tables},
        "validation": report.to_dict(),
    }


def _validate(job: Job, tables: Tables) -> Report:
    """The verdict on the package's files, all rings, before anybody else sees them."""
    from broadsheet.validate import validate_package

    try:
        with TemporaryDirectory(prefix="broadsheet-") as folder:
            staged = Path(folder) / "package"
            try:
                write_package(tables, staged, job.info)
            except InputError as error:
                raise InputError(folder, error.problem, "make room there or name another folder in TMPDIR") from error
            return validate_package(staged, job.articles)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError("temporary folder", f"cannot be used ({reason})", "name another in TMPDIR") from error


def _curate(job: Job, tables: Tables) -> Curated:
    return Curated(tables) if job.curation is None else curate(tables, job.curation)


def _checked(accept: Callable[[object, str], T], value: object, place: str) -> T | None:
    return None if value is None else accept(value, place)


def _extract(job: Job, progress: Progress) -> Tables:
    from broadsheet.analyse.pipeline import DEFAULT_MODEL, load_model

    model = job.model or DEFAULT_MODEL
    load_model(model)
    from broadsheet.extract import extract

    progress.count(0, len(job.articles))
    return extract(job.articles, model=model, progress=progress.count)
