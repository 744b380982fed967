"""``broadsheet build``: articles to a data package."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.analysis.loading import installed_models
from broadsheet.base.errors import InputError
from broadsheet.base.pool import workers
from broadsheet.base.safe_files import folder_place
from broadsheet.base.scratch import scratch_folder
from broadsheet.cli import streams
from broadsheet.cli.build_arguments import COLUMNS, DEFAULT_OUT
from broadsheet.cli.credits import credit_options, default_title
from broadsheet.cli.progress import Progress
from broadsheet.cli.sources import is_named_text
from broadsheet.curation import Curated, Curation, curate, read_curation
from broadsheet.publishing import PackageInfo, check_target, write_package
from broadsheet.publishing.checksums import package_hash
from broadsheet.reading import (
    Article,
    Metadata,
    PackageOptions,
    merge_package_options,
    metadata,
    read_all,
    read_sidecar,
    sidecar_path,
)
from broadsheet.reading.sample import sample_path

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping, Sequence
    from typing import TypeVar

    from broadsheet.corpus.index import Index
    from broadsheet.corpus.log import Counts
    from broadsheet.quality.validation import Report
    from broadsheet.reading.inputs import Reject
    from broadsheet.tables.dropped import DroppedRow
    from broadsheet.tables.frames import TableSet

    T = TypeVar("T")

INVALID = 1
MOST_IN_MEMORY = 1_000
"""So many articles are held in memory at once, and make a package of one file a table."""
MOST_JOBS = 1_024
_TOLD = 20
"""So many dropped rows are named on standard error."""


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
        jobs: Number of processes.
        reading: What else was read, where the sources were not all named articles: then an article on which a parser
            fails is a reject.
    """

    articles: tuple[Article, ...]
    info: PackageInfo
    out: Path
    in_place: bool
    model: str | None
    curation: Curation | None = None
    jobs: int = 1
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of folders, dumps and crawls: the articles of a job, and what could not be read."""

    index: Index
    rejects: tuple[Reject, ...]


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a job: the articles and tables, the verdict, and what there is to tell of what was left out."""

    articles: tuple[Article, ...]
    curated: Curated
    report: Report
    counts: Counts | None = None
    log: Mapping[str, bytes] = field(default_factory=dict)


def build(options: argparse.Namespace) -> int:
    """Runs the command.

    Returns:
        0, or 1 if the tables are invalid: then nothing is written.

    Raises:
        InputError: If an article, a sidecar or an option is wrong, or the package cannot be written.
    """
    if options.address is not None and options.engine != "ray":
        raise InputError("--address", "is of use with --engine ray alone", "give both, or neither")
    if is_of_named_articles(options):
        return build_package(options, read_job(options))
    from broadsheet.cli.build_corpus import build_corpus

    return build_corpus(options)


def is_of_named_articles(options: argparse.Namespace) -> bool:
    """Whether all sources are files of plain text that the user has named one by one: each of them must be good."""
    asked = options.format or options.add or options.work or options.fail_fast or options.force
    if asked or options.engine != "local" or options.layout == "partitioned" or columns_of(options):
        return False
    return len(options.articles) <= MOST_IN_MEMORY and all(map(is_named_text, options.articles))


def columns_of(options: argparse.Namespace) -> dict[str, str]:
    """The columns that the options name: role to name."""
    named = {role: getattr(options, f"column_{role}") for role in COLUMNS}
    return {role: name for role, name in named.items() if name is not None}


def build_package(options: argparse.Namespace, job: Job) -> int:
    """Extracts, curates, validates and writes a package whose articles are in memory.

    Returns:
        As :func:`build`.

    Raises:
        InputError: If the package cannot be written.
    """
    if job.in_place:
        folder_place(job.out)
    else:
        check_target(job.out)
    with Progress(quiet=options.quiet) as progress:
        built = _built(job, progress)
        curated, report = built.curated, built.report
        if report.valid:
            progress.step(f"writing {job.out}")
            write_package(curated.tables, job.out, job.info, in_place=job.in_place, more=built.log)
            # The run log is listed too, and was not complete when the tables were validated.
            report = replace(report, sha256=package_hash(job.out))
            built = replace(built, report=report)
    tell_dropped(curated.tables.dropped, "--json lists all")
    for correction in curated.idle:
        streams.complain(f"{correction.place} changes nothing: the tables say so without it; delete it")
    if options.json:
        streams.say_json(outcome(job, built))
    elif not report.valid or not options.quiet:
        from broadsheet.cli.summary import summary

        streams.say(summary(job, built, sample=not options.articles))
    return 0 if report.valid else INVALID


def tell_dropped(dropped: Sequence[DroppedRow], listed: str) -> None:
    """Names the rows that were left out on standard error, the first of many."""
    for row in dropped[:_TOLD]:
        streams.complain(str(row))
    if len(dropped) > _TOLD:
        streams.complain(f"{len(dropped) - _TOLD:,} more rows break a rule and were dropped; {listed}")


def _built(job: Job, progress: Progress) -> Built:
    """The tables and the verdict on them, before anybody else sees them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from broadsheet.analysis.pipeline import DEFAULT_MODEL
    from broadsheet.corpus.extraction import DEFECT_FIX
    from broadsheet.corpus.log import log_files
    from broadsheet.corpus.side_by_side import join_tables, join_valid, parse_side_by_side
    from broadsheet.reading.inputs import Reject

    model = job.model or DEFAULT_MODEL
    # Behind the checks, since it takes seconds that bad input should not cost.
    progress.step("loading the language model")
    parsed, defects = parse_side_by_side(job.articles, model, job.jobs, progress.count)
    failed = {defect.article_id: defect.problem for defect in defects}
    articles = tuple(article for article in job.articles if article.article_id not in failed)
    if failed and (job.reading is None or not articles):
        first = next(article for article in job.articles if article.article_id in failed)
        raise InputError(first.title or first.article_id, failed[first.article_id], DEFECT_FIX)
    progress.step("validating")
    tables = join_tables(parsed, articles, model)
    if job.curation is None:
        curated = Curated(tables)
        report = _validate(job, tables, articles)
    if job.curation is not None or not report.valid:
        # Corrections are written for what extraction gives, which is without the rows that break a rule.
        curated = _curate(job, join_valid(parsed, articles, model))
        report = _validate(job, curated.tables, articles)
    if job.reading is None:
        return Built(articles, curated, report)
    index, rejects = job.reading.index, list(job.reading.rejects)
    places = dict(zip(*(index.kept.column(name).to_pylist() for name in ("article_id", "place")), strict=True))
    rejects += [Reject(places[article], problem, DEFECT_FIX) for article, problem in failed.items()]
    ids = pa.array([article.article_id for article in articles], pa.string())
    good = index.kept.filter(pc.is_in(index.kept.column("article_id"), value_set=ids))
    return Built(articles, curated, report, *log_files(index, good, rejects, dropped=curated.tables.dropped))


def read_job(options: argparse.Namespace) -> Job:
    """The articles and options, read and checked.

    Raises:
        InputError: If any of them is wrong.
    """
    paths = options.articles or [sample_path()]
    said = package_options(options)
    given = said_of_articles(options)
    articles = read_all(
        paths,
        published_on=given.published_on,
        title=given.title,
        publisher=given.publisher,
        authors=given.authors,
        url=given.url,
        language=given.language,
        encoding=options.encoding,
        max_characters=options.max_characters,
    )
    beside = merge_package_options((str(sidecar_path(path)), read_sidecar(path).package) for path in paths)
    package = said.over(beside)
    if package.model is not None and package.model != said.model and package.model not in installed_models():
        raise InputError(
            f"model {package.model}", "is not installed, as what a sidecar names has to be", "give --model"
        )
    return job_of(options, package, articles)


def job_of(options: argparse.Namespace, package: PackageOptions, articles: tuple[Article, ...]) -> Job:
    """The job that is to be done with the articles."""
    default = PackageInfo()
    out = package.out or DEFAULT_OUT
    info = PackageInfo(
        package.name or default.name,
        package.version or default.version,
        package.created,
        package.title,
        package.creators or (),
        package.license,
        package.description,
        None if options.add else default_title(options.articles),
    )
    return Job(
        articles,
        info,
        out,
        options.in_place,
        package.model,
        read_curation(package.curation) if package.curation is not None else None,
        jobs_of(options),
    )


def jobs_of(options: argparse.Namespace) -> int:
    """Number of processes.

    Raises:
        InputError: If it is none.
    """
    if options.jobs is None:
        return workers()
    if not 1 <= options.jobs <= MOST_JOBS:
        raise InputError("--jobs", f"{options.jobs} is no number of processes", "give 1 or more")
    return int(options.jobs)


def package_options(options: argparse.Namespace) -> PackageOptions:
    """What the options say of the package.

    Raises:
        InputError: If one has a wrong value.
    """
    return PackageOptions(
        name=_checked(metadata.check_slug, options.name, "--name"),
        version=_checked(metadata.check_version, options.version, "--version"),
        out=None if options.out is None else Path(metadata.check_text(options.out, "--out")),
        model=_checked(metadata.check_text, options.model, "--model"),
        created=_checked(metadata.check_date, options.created, "--created"),
        curation=options.curation,
    ).over(credit_options(options))


def said_of_articles(options: argparse.Namespace) -> Metadata:
    """What the options say of every article.

    Raises:
        InputError: If one has a wrong value.
    """
    return Metadata(
        published_on=_checked(metadata.check_date, options.published, "--published"),
        title=options.title,
        publisher=_checked(metadata.check_text, options.publisher, "--publisher"),
        authors=_checked(metadata.check_authors, options.author, "--author"),
        url=_checked(metadata.check_url, options.url, "--url"),
        language=_checked(metadata.check_language, options.language, "--language"),
    )


def outcome(job: Job, built: Built) -> dict[str, object]:
    """What happened, as JSON has it."""
    curated, report = built.curated, built.report
    tables = curated.tables
    return {
        "valid": report.valid,
        "package": str(job.out) if report.valid else None,
        "name": job.info.name,
        "version": job.info.version,
        "sha256": report.sha256 if report.valid else None,
        **({"counts": asdict(built.counts)} if built.counts is not None else {}),
        "articles": [{"article_id": a.article_id, "title": a.title, "n_words": a.n_words} for a in built.articles],
        "corrections": {
            "applied": len(job.curation.corrections) - len(curated.idle) if job.curation else 0,
            "idle": [{"table": c.table, "row": c.row_id, "reason": c.reason} for c in curated.idle],
        },
        "rows": {name: tables.n_rows(name) for name in tables},
        "dropped": [asdict(row) for row in tables.dropped],
        "validation": report.to_dict(),
    }


def _validate(job: Job, tables: TableSet, articles: tuple[Article, ...]) -> Report:
    """The verdict on the package's files, all rings, before anybody else sees them."""
    from broadsheet.quality.validation.package import Settings, validate_package

    with scratch_folder() as folder:
        staged = folder / "package"
        try:
            write_package(tables, staged, job.info)
        except InputError as error:
            raise InputError(str(folder), error.problem, "name another folder in TMPDIR") from error
        return validate_package(staged, articles, Settings(just_made=True))


def _curate(job: Job, tables: TableSet) -> Curated:
    return Curated(tables) if job.curation is None else curate(tables, job.curation)


def _checked(accept: Callable[[object, str], T], value: object, place: str) -> T | None:
    return None if value is None else accept(value, place)
