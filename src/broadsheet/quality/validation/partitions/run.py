"""Validates a partitioned package part by part, in one or more processes, and writes one report.

It first reads the actors, since every part names some. It then checks each part of the articles with the actors it
names, then the actors, whose mention counts are now known, and last the rules that span all parts. Memory holds a few
parts and some bytes per actor. The keys of the rows are kept in files.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError
from broadsheet.base.pool import Died, run_tasks
from broadsheet.base.scratch import scratch_folder
from broadsheet.publishing.layout import part_path, parts_of
from broadsheet.publishing.package import DESCRIPTOR
from broadsheet.quality.validation.checksums import check_expected, check_listing
from broadsheet.quality.validation.columns import Frames
from broadsheet.quality.validation.declared import check_declared
from broadsheet.quality.validation.links import check_countries, check_texts
from broadsheet.quality.validation.partitions.actors import ActorsWriter, open_actors
from broadsheet.quality.validation.partitions.distinct import check_alike
from broadsheet.quality.validation.partitions.evidence import Scatter, open_runs
from broadsheet.quality.validation.partitions.files import located, read_files, unseen
from broadsheet.quality.validation.partitions.part import (
    Job,
    Outcome,
    Task,
    check_bucket,
    check_form,
    check_part,
    check_suites,
    empty,
    looked_again,
)
from broadsheet.quality.validation.partitions.sources import Shelf
from broadsheet.quality.validation.partitions.structure import check_descriptor, check_files, check_layout, has_csv
from broadsheet.quality.validation.partitions.suites import check_counts, check_shares, divide
from broadsheet.quality.validation.rebuild import check_maker
from broadsheet.quality.validation.report import JUST_MADE, NO_SOURCE, Findings, Level
from broadsheet.quality.validation.reports import Report
from broadsheet.quality.validation.structure import check_schemas, read_curation
from broadsheet.quality.validation.suites import shipped_suites
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from broadsheet.publishing.partitioned import PublishedPart
    from broadsheet.quality.validation.partitions.sources import Sources
    from broadsheet.quality.validation.settings import Settings

NO_PARTS = "most parts of the package are missing"


def validate_partitions(folder: Path, content: Mapping[str, Any], sources: Sources, settings: Settings) -> Report:
    """Checks a partitioned package. It works offline, and only reads the package folder.

    Args:
        folder: The package folder.
        content: The content of its ``datapackage.json``.
        sources: Articles to check spans and values against, by key or in any order.
        settings: More rules, whether to extract the tables again, number of processes, progress callback.

    Returns:
        A report of all problems.

    Raises:
        InputError: If the descriptor has no number of parts, a suite cannot be loaded or checked part by part, or a
            process dies while checking a part.
    """
    findings = Findings(TABLES)
    parts, csv = parts_of(content, str(folder / DESCRIPTOR)), has_csv(content)
    check_expected(findings, folder, settings.expect)
    check_maker(findings, content["broadsheet"])
    check_schemas(findings, folder)
    curation = read_curation(findings, folder, content)
    if not check_files(findings, folder, parts, csv=csv):
        _give_up(findings, parts)
        return Report.of(findings.report())
    suites = dict(settings.shipped or shipped_suites())
    for table, more in settings.suites.items():
        suites[table] = [*suites.get(table, ()), *more]
    made_by = {**content["broadsheet"], "curation": (curation or b"").decode("utf-8", "replace")}
    with scratch_folder() as spool:
        rules = divide(suites)
        job = Job(
            folder=folder.absolute(),
            spool=spool,
            parts=parts,
            csv=csv,
            rules=rules,
            cross_check=settings.cross_check,
            made_by=made_by,
            extract=None if settings.just_made else settings.rebuild,
            curation=str(made_by["curation"]),
        )
        shelf = Shelf(sources, job.spool / "articles", parts)
        # A process takes seconds to start. This is not worth it for few parts, unless rows are checked against texts.
        run = _Run(findings, job, min(settings.jobs, parts if shelf.given else max(1, parts // 2)), settings.progress)
        try:
            run.all(shelf)
        finally:
            # Release the memory maps before the files are deleted.
            open_actors.cache_clear()
            open_runs.cache_clear()
    findings.expectations.update(rules.loaded)
    check_descriptor(findings, content, run.published, parts, curation)
    check_listing(findings, folder, content, {path: f"sha256:{file.sha256}" for path, file in run.published.items()})
    check_declared(findings, folder, content, settings.sidecar)
    if not shelf.given:
        findings.skipped[Level.GROUNDING] = NO_SOURCE
        findings.skipped[Level.REBUILD] = JUST_MADE if settings.just_made else NO_SOURCE
    elif job.extract is None:
        findings.skipped[Level.REBUILD] = settings.no_rebuild
    return Report.of(findings.report())


def _give_up(findings: Findings, parts: int) -> None:
    """Reports that the parts are missing and skips the other levels."""
    check_layout(findings, parts, None)
    for level in (Level.EXPECTATIONS, Level.GROUNDING, Level.REBUILD):
        findings.skipped[level] = NO_PARTS


@dataclass(slots=True)
class _Run:
    """The state of a running validation.

    Attributes:
        findings: The problems found so far.
        job: Settings shared by all parts.
        jobs: Number of processes.
        progress: Called after each step with the number of steps done and the total.
        published: The actual files, by path.
        countries: How often each country is named.
        shares: Maps each rule number to the number of rows with the cell and the number of rows checked.
    """

    findings: Findings
    job: Job
    jobs: int
    progress: Callable[[int, int], None] | None
    published: dict[str, PublishedPart] = field(default_factory=dict)
    countries: Counter[str] = field(default_factory=Counter)
    shares: dict[int, tuple[int, int]] = field(default_factory=dict)
    done: int = 0

    def all(self, shelf: Shelf) -> None:
        """Runs all levels over all parts."""
        job = self.job
        (job.spool / "distinct").mkdir()
        self._read_actors()
        self._check_articles(shelf)
        self._check_actors()
        self._check_countries()
        check_layout(self.findings, job.parts, self.findings.rows["articles"])
        check_alike(self.findings, job.spool / "distinct", job.rules.unique, looked_again(job), "part")
        check_shares(self.findings, job.rules, self.shares)
        check_counts(self.findings, job.rules)

    def _read_actors(self) -> None:
        """Reads the actors and their evidence for the parts to look up; their problems are reported later."""
        job = self.job
        actors, evidence = ActorsWriter(job.spool / "actors"), Scatter(job.spool / "evidence", job.parts)
        for number in range(job.parts):
            actors.add(unseen(job.folder, "actors", number, csv=job.csv).table.table)
            evidence.add(unseen(job.folder, "evidence", number, csv=job.csv, actors=True).table.table)
        actors.close()
        evidence.flush()

    def _check_articles(self, shelf: Shelf) -> None:
        import numpy as np

        job = self.job
        mentioned = np.zeros(len(open_actors(job.spool / "actors")), np.int64)

        def tasks() -> Iterator[Task]:
            for number in range(job.parts):
                keys = partial(_keys, job, number)
                yield Task(job, number, tuple(shelf.of_part(number, keys)) if shelf.given else None)

        for outcome in self._outcomes(check_part, tasks()):
            if outcome.actors is not None:
                places, counts = outcome.actors
                mentioned[places] += counts
        np.save(job.spool / "mentions.npy", mentioned)

    def _check_actors(self) -> None:
        job = self.job
        for _ in self._outcomes(check_bucket, (Task(job, number) for number in range(job.parts))):
            pass

    def _outcomes(self, work: Callable[[Task], Outcome], tasks: Iterator[Task]) -> Iterator[Outcome]:
        """Yields the outcomes in task order, whichever finishes first, and records each before yielding it."""
        waiting: dict[int, Outcome] = {}
        following = 0
        for task, outcome in run_tasks(work, tasks, self.jobs):
            if isinstance(outcome, Died):
                problem = "cannot be checked: the process that read it ended"
                place = str(self.job.folder / part_path("articles", task.number, "parquet"))
                raise InputError(place, problem, "see whether memory is enough; use fewer processes")
            waiting[outcome.number] = outcome
            self.done += 1
            if self.progress is not None:
                self.progress(self.done, 2 * self.job.parts)
            while following in waiting:
                yield self._noted(waiting.pop(following))
                following += 1

    def _noted(self, outcome: Outcome) -> Outcome:
        self.findings.take_part(outcome.findings)
        self.published |= {file.path: file for file in outcome.published}
        self.countries += outcome.countries
        for rule, (given, looked) in outcome.shares.items():
            before = self.shares.get(rule, (0, 0))
            self.shares[rule] = before[0] + given, before[1] + looked
        return outcome

    def _check_countries(self) -> None:
        """Checks the countries, a single-part table, once the number of uses of each country is known."""
        import pandas as pd

        job, found = self.job, Findings(TABLES)
        part = read_files(found, job.folder, "countries", 0, csv=job.csv)
        self.published |= {file.path: file for file in part.published}
        found.rows["countries"] = len(part.table)
        frames = Frames({name: empty(name) for name in TABLES} | {"countries": part.frame})
        columns = frames.columns("countries")
        if "country_code" in columns:
            codes = part.frame["country_code"]
            columns.series["rows__count"] = pd.Series([self.countries[code] for code in codes], dtype="Int64")
        check_form(found, job, frames, {"countries": part})
        check_texts(found, frames, ["countries"])
        check_countries(found, frames)
        check_suites(found, job, frames, ["countries"])
        path = part_path("countries", 0, "").removesuffix(".")
        self.findings.take_part(found.rewritten(located({"countries": path}, "part-0000")))


def _keys(job: Job, number: int) -> list[str]:
    """Returns the keys of the articles of a part."""
    frame = unseen(job.folder, "articles", number, csv=job.csv).frame
    return [key for key in frame["article_id"] if isinstance(key, str)] if "article_id" in frame else []
