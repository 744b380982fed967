"""Prints the result of ``broadsheet build`` for a partitioned package."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.cli import streams
from broadsheet.cli.summary import print_dropped, print_rejects, rejects_place
from broadsheet.corpus.log import losses, sums
from broadsheet.publishing.checksums import package_hash

if TYPE_CHECKING:
    import argparse

    from broadsheet.corpus import Outcome
    from broadsheet.corpus.building import Job

INVALID = 1


def print_corpus(options: argparse.Namespace, job: Job, outcome: Outcome) -> int:
    """Prints the result of building a partitioned package.

    Returns:
        0, or 1 if the tables are invalid; nothing is written then.
    """
    valid = outcome.report is None or outcome.report.valid
    print_rejects(outcome.rejects, outcome.counts.rejects, rejects_place(job, valid=valid))
    print_dropped(outcome.dropped, "run/dropped_rows.csv lists all")
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
    """The summary at the end, as lines for people."""
    counts = outcome.counts
    summary = [
        sums(counts),
        f"{outcome.extracted:,} extracted by this run, {counts.near_duplicates:,} nearly repeat another.",
        *(f"  {name}: {rows:,} rows" for name, rows in outcome.rows.items()),
        f"Written to {job.out}; rejects and duplicates are in {Path(job.out) / 'run'}.",
    ]
    summary += losses(counts)
    if outcome.report is None:  # the report ends with the hash
        summary.append(f"SHA-256 of datapackage.json: {package_hash(job.out)}")
    if counts.renames:
        summary.append(f"{counts.renames:,} actors have another id than before: run/renames.csv.")
    return summary
