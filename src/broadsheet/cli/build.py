"""``broadsheet build``: builds a data package from articles."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.base.coerce import optional
from broadsheet.cli import streams
from broadsheet.cli.build_corpus import print_corpus
from broadsheet.cli.credits import credit_options
from broadsheet.cli.progress import Progress
from broadsheet.cli.summary import print_dropped, print_rejects, rejects_place, summary
from broadsheet.corpus.building import BuildOptions, Built, Job
from broadsheet.corpus.building import build as built_by
from broadsheet.reading import Metadata, PackageOptions, metadata
from broadsheet.reading.inputs import ROLES

if TYPE_CHECKING:
    import argparse

INVALID = 1


def build(options: argparse.Namespace) -> int:
    """Runs the command.

    Returns:
        0, or 1 if the tables are invalid; nothing is written then.

    Raises:
        InputError: If an article, a sidecar or an option is wrong, or the package cannot be written.
    """
    with Progress(quiet=options.quiet) as progress:
        job, made = built_by(build_options(options), progress)
    if isinstance(made, Built):
        return print_package(options, job, made)
    return print_corpus(options, job, made)


def build_options(options: argparse.Namespace) -> BuildOptions:
    """The build options from the command line.

    Raises:
        InputError: If one has a wrong value.
    """
    return BuildOptions(
        sources=tuple(options.articles),
        article=article_metadata(options),
        package=package_options(options),
        encoding=options.encoding,
        columns=columns_of(options),
        format=options.format,
        max_characters=options.max_characters,
        in_place=options.in_place,
        layout=options.layout,
        csv=options.csv,
        jobs=options.jobs,
        work=options.work,
        add=options.add,
        force=options.force,
        fail_fast=options.fail_fast,
        engine=options.engine,
        address=options.address,
    )


def columns_of(options: argparse.Namespace) -> dict[str, str]:
    """Role to column, for the columns that the options name."""
    named = {role: getattr(options, f"column_{role}") for role in ROLES}
    return {role: name for role, name in named.items() if name is not None}


def print_package(options: argparse.Namespace, job: Job, built: Built) -> int:
    """Prints the result of a build in memory.

    Returns:
        As :func:`build`.
    """
    curated, report = built.curated, built.report
    print_rejects(built.rejects, len(built.rejects), rejects_place(job, valid=report.valid))
    print_dropped(curated.tables.dropped, "--json lists all")
    for correction in curated.idle:
        streams.complain(f"{correction.place} changes nothing: the tables already have these values; delete it")
    if options.json:
        streams.say_json(outcome(job, built))
    elif not report.valid or not options.quiet:
        streams.say(summary(job, built, sample=not options.articles))
    return 0 if report.valid else INVALID


def package_options(options: argparse.Namespace) -> PackageOptions:
    """The package options.

    Raises:
        InputError: If one has a wrong value.
    """
    return PackageOptions(
        name=optional(metadata.check_slug, options.name, "--name"),
        version=optional(metadata.check_version, options.version, "--version"),
        out=None if options.out is None else Path(metadata.check_text(options.out, "--out")),
        model=optional(metadata.check_text, options.model, "--model"),
        created=optional(metadata.check_date, options.created, "--created"),
        curation=options.curation,
    ).over(credit_options(options))


def article_metadata(options: argparse.Namespace) -> Metadata:
    """The metadata in the options, which apply to every article.

    Raises:
        InputError: If one has a wrong value.
    """
    return Metadata(
        published_on=optional(metadata.check_date, options.published, "--published"),
        title=options.title,
        publisher=optional(metadata.check_text, options.publisher, "--publisher"),
        authors=optional(metadata.check_authors, options.author, "--author"),
        url=optional(metadata.check_url, options.url, "--url"),
        language=optional(metadata.check_language, options.language, "--language"),
    )


def outcome(job: Job, built: Built) -> dict[str, object]:
    """The result as JSON data."""
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
