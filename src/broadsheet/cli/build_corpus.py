"""``broadsheet build`` of folders, dumps and crawls."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

from broadsheet.analysis.pipeline import DEFAULT_MODEL
from broadsheet.base.errors import InputError
from broadsheet.base.safe_files import folder_place
from broadsheet.cli import streams
from broadsheet.cli.build import (
    INVALID,
    MOST_IN_MEMORY,
    Reading,
    build_package,
    columns_of,
    job_of,
    package_options,
    said_of_articles,
    tell_dropped,
)
from broadsheet.cli.progress import Progress
from broadsheet.corpus import CorpusJob, CorpusRun, Outcome
from broadsheet.corpus.index import Spool
from broadsheet.corpus.log import losses, sums
from broadsheet.publishing import check_target
from broadsheet.publishing.checksums import package_hash
from broadsheet.reading.inputs import InputOptions, Limits, Unit, columns_taken
from broadsheet.reading.sample import sample_path

if TYPE_CHECKING:
    import argparse

    from broadsheet.cli.build import Job
    from broadsheet.corpus.engines import Engine


_TOLD = 3
"""Of so many sources at most it is said which columns are taken."""


def build_corpus(options: argparse.Namespace) -> int:
    """Runs the command.

    Returns:
        0, or 1 if the tables are invalid: then nothing is written.

    Raises:
        InputError: If a source or an option is wrong, or the package cannot be written.
    """
    job = job_of(options, package_options(options), ())
    if job.in_place:
        folder_place(job.out)
    else:
        check_target(job.out)
    corpus = _corpus_job(options, job)
    with Progress(quiet=options.quiet) as progress, CorpusRun(corpus, progress) as run:
        _say_columns(corpus, progress)
        index = run.read()
        rejects = run.rejects()
        if _is_partitioned(options, len(index), is_new=run.is_new):
            _refuse_package_options(options, job)
            outcome = run.finish()
            progress.done()
            return _tell(options, job, outcome)
        articles = tuple(Spool(index))
    if run.is_new:
        # It was needed for the reading alone.
        rmtree(corpus.work)
    return build_package(options, replace(job, articles=articles, reading=Reading(index, tuple(rejects))))


def _say_columns(corpus: CorpusJob, progress: Progress) -> None:
    """Says which columns of the tables that are named are taken for what: nobody should have to guess."""
    for path in map(Path, corpus.sources[:_TOLD]):
        taken = columns_taken(Unit(str(path), path), corpus.options) if path.is_file() else {}
        if taken:
            progress.step(f"reading {path}: {', '.join(f'{role} from {column}' for role, column in taken.items())}")


def _is_partitioned(options: argparse.Namespace, articles: int, *, is_new: bool) -> bool:
    """Whether a package in many parts is to be made: of many articles, or where one was made before."""
    if options.layout != "auto":
        return bool(options.layout == "partitioned")
    return articles > MOST_IN_MEMORY or not is_new or options.engine != "local"


def _corpus_job(options: argparse.Namespace, job: Job) -> CorpusJob:
    out = job.out.resolve()
    return CorpusJob(
        sources=tuple(options.articles or [sample_path()]),
        out=job.out,
        work=options.work or out.with_name(f"{out.name}.work"),
        options=InputOptions(
            said_of_articles(options),
            options.encoding,
            columns_of(options),
            options.format,
            Limits.of(options.max_characters),
        ),
        info=job.info,
        model=job.model or DEFAULT_MODEL,
        jobs=job.jobs,
        engine=_engine(options, job.jobs),
        csv=options.csv,
        add=options.add,
        force=options.force,
        fail_fast=options.fail_fast,
    )


def _engine(options: argparse.Namespace, jobs: int) -> Engine | None:
    if options.engine == "local":
        return None
    from broadsheet.corpus.ray_engine import RayEngine

    return RayEngine(options.address, jobs)


def _refuse_package_options(options: argparse.Namespace, job: Job) -> None:
    """Refuses what only a package of one file a table can have."""
    for option, given in (("--curation", job.curation is not None), ("--in-place", job.in_place)):
        if given:
            raise InputError(option, "is not for a partitioned package", "leave it out, or give --layout package")


def _tell(options: argparse.Namespace, job: Job, outcome: Outcome) -> int:
    valid = outcome.report is None or outcome.report.valid
    tell_dropped(outcome.dropped, "run/dropped_rows.csv lists all")
    if options.json:
        streams.say_json(
            {
                "valid": valid,
                "package": str(job.out) if valid else None,
                "name": job.info.name,
                "version": job.info.version,
                "sha256": package_hash(job.out) if valid else None,
                "counts": {**asdict(outcome.counts), "extracted": outcome.extracted},
                "rows": dict(outcome.rows),
                "dropped": [asdict(row) for row in outcome.dropped],
                "validation": outcome.report.to_dict() if outcome.report is not None else None,
            }
        )
    elif not valid or not options.quiet:
        if outcome.report is not None:
            streams.say(outcome.report.render(streams.terminal_width(), styled=streams.is_styled()))
        streams.say("\n".join(lines(job, outcome)) if valid else f"Invalid: nothing was written to {job.out}.")
    return 0 if valid else INVALID


def lines(job: Job, outcome: Outcome) -> list[str]:
    """What a person wants to see at the end."""
    counts = outcome.counts
    told = [
        sums(counts),
        f"{outcome.extracted:,} extracted by this run, {counts.near_duplicates:,} nearly repeat another.",
        *(f"  {name}: {rows:,} rows" for name, rows in outcome.rows.items()),
        f"Written to {job.out}; rejects and duplicates stand in {Path(job.out) / 'run'}.",
    ]
    told += losses(counts)
    if outcome.report is None:  # the report ends with the hash
        told.append(f"SHA-256 of datapackage.json: {package_hash(job.out)}")
    if counts.renames:
        told.append(f"{counts.renames:,} actors have another id than before: run/renames.csv.")
    return told
