"""Runs all levels on one part of a package: the rows of some articles, and the actors and countries they name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from broadsheet.extraction.corpus import actor_columns
from broadsheet.publishing.layout import OF_ARTICLES, part_path
from broadsheet.quality.validation.columns import Frames
from broadsheet.quality.validation.consistency import check_consistency
from broadsheet.quality.validation.constraints import check_constraints
from broadsheet.quality.validation.corrected import Corrections, check_corrected, check_curated_cells
from broadsheet.quality.validation.expectations import check_expectations
from broadsheet.quality.validation.grounding import check_grounding, passage_at
from broadsheet.quality.validation.links import check_evidence, check_links, check_order, check_texts
from broadsheet.quality.validation.partitions.actors import open_actors
from broadsheet.quality.validation.partitions.distinct import cells, keep
from broadsheet.quality.validation.partitions.evidence import scattered
from broadsheet.quality.validation.partitions.files import PartFiles, check_placed, located, read_files, unseen
from broadsheet.quality.validation.partitions.rebuild import check_part_anew
from broadsheet.quality.validation.partitions.suites import share
from broadsheet.quality.validation.readings.missing import check_missing
from broadsheet.quality.validation.report import Failure, Findings, Level, Severity
from broadsheet.tables.arrow import arrow_schema
from broadsheet.tables.frames import to_frame
from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    import pandas as pd
    import pyarrow as pa

    from broadsheet.publishing.partitioned import PublishedPart
    from broadsheet.quality.validation.partitions.suites import Rule, Rules
    from broadsheet.quality.validation.rebuild import Extract
    from broadsheet.reading import Article


@dataclass(frozen=True, slots=True)
class Job:
    """Settings shared by all parts of a package.

    Attributes:
        folder: The package folder.
        spool: Scratch folder for data that validation needs across parts.
        parts: Number of parts.
        csv: Whether the package has CSV.
        rules: The expectations of all suites.
        cross_check: Whether to run Frictionless and Great Expectations too.
        made_by: The package's record of its extractor and model.
        extract: Extracts the tables again; None to skip this.
        curation: The text of the package's corrections.
    """

    folder: Path
    spool: Path
    parts: int
    csv: bool
    rules: Rules
    cross_check: bool = False
    made_by: Mapping[str, Any] = field(default_factory=dict)
    extract: Extract | None = None
    curation: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """A part to check, with its available articles; ``sources`` is None if no articles were given."""

    job: Job
    number: int
    sources: tuple[Article, ...] | None = None


@dataclass(slots=True)
class Outcome:
    """The result of checking a part.

    Attributes:
        number: Number of the part.
        findings: Its problems.
        published: Its actual files.
        actors: Indexes of the actors that it mentions, and the number of mentions of each.
        countries: How often it names each country.
        shares: Maps each rule number to the number of rows with the cell and the number of rows checked.
    """

    number: int
    findings: Findings
    published: list[PublishedPart] = field(default_factory=list)
    actors: tuple[Any, Any] | None = None
    countries: Counter[str] = field(default_factory=Counter)
    shares: dict[int, tuple[int, int]] = field(default_factory=dict)


def check_part(task: Task) -> Outcome:
    """Checks the rows of the articles of a part."""
    job, number = task.job, task.number
    outcome = Outcome(number, findings := Findings(TABLES))
    read = {name: read_files(findings, job.folder, name, number, csv=job.csv) for name in OF_ARTICLES}
    frames = _frames(job, number, read)
    for name in OF_ARTICLES:
        outcome.published += read[name].published
        findings.rows[name] = len(read[name].table)
        check_placed(findings, frames, name, number, job.parts, bucket=False)
    check_form(findings, job, frames, read)
    outcome.actors = _mentioned(job, frames)
    outcome.countries = used_countries(frames, OF_ARTICLES)
    _keep_rules(outcome, job, frames, OF_ARTICLES)
    # Add the evidence of actors that points into these articles; the package stores it with the actors.
    corrections = Corrections.of(job.curation)
    whole = with_evidence(frames, scattered(job.spool / "evidence", number))
    for name in OF_ARTICLES:
        check_links(findings, whole, [name])
        check_evidence(findings, whole, [name])
        check_texts(findings, whole, [name])
        check_consistency(findings, whole, [name], is_part=True, corrections=corrections)
        check_corrected(findings, whole, corrections, [name], is_part=True)
    check_suites(findings, job, whole, OF_ARTICLES)
    texts: dict[str, str] = {}
    if task.sources is not None:
        texts = {source.article_id: source.text for source in task.sources}
        # A run leaves out rejected articles, so the source folder may have more articles than the package.
        known = "every source that was given is an article of the tables"
        findings.check(Level.GROUNDING, "articles", "source_known", known, ["text_sha256"], Severity.WARNING)
        check_grounding(findings, whole, task.sources, corrections.is_inferred)
        check_curated_cells(findings, whole, corrections, task.sources)
        dropped = {source.article_id: corrections.dropped(source.article_id) for source in task.sources}
        check_missing(findings, whole, task.sources, dropped)
        if job.extract is not None:
            check_part_anew(findings, whole, task.sources, job.made_by, job.extract)
    paths = {name: part_path(name, number, "").removesuffix(".") for name in OF_ARTICLES}
    named = located(paths, f"part-{number:04}")
    findings.rewritten(lambda failure: named(_quoted(failure, texts)))
    return outcome


def check_bucket(task: Task) -> Outcome:
    """Checks the actors of a bucket and their evidence. The mention counts must already be saved."""
    import numpy as np

    job, number = task.job, task.number
    outcome = Outcome(number, findings := Findings(TABLES))
    read = {
        "actors": read_files(findings, job.folder, "actors", number, csv=job.csv),
        "evidence": read_files(findings, job.folder, "evidence", number, csv=job.csv, actors=True),
    }
    frames = Frames({name: empty(name) for name in TABLES} | {name: part.frame for name, part in read.items()})
    frames["countries"] = countries(job)
    for name, part in read.items():
        outcome.published += part.published
        findings.rows[name] = len(part.table)
        check_placed(findings, frames, name, number, job.parts, bucket=True)
    # The article's own part checks that the article exists, for the evidence passed to that part.
    columns = frames["articles"].columns
    frames["articles"] = frames["articles"].drop(columns=list(columns))
    check_form(findings, job, frames, read)
    outcome.countries = used_countries(frames, ["actors"])
    actors = frames.columns("actors")
    if "actor_id" in actors:
        counts = np.load(job.spool / "mentions.npy", mmap_mode="r")
        places = open_actors(job.spool / "actors").find(actors["actor_id"])
        made = np.where(places >= 0, np.append(counts, 0)[places], 0)
        actors.series["mentions__count"] = _integers(made)
    _keep_rules(outcome, job, frames, ["actors"])
    check_links(findings, frames, ["actors"])
    check_evidence(findings, frames, ["actors"])
    check_texts(findings, frames, ["actors"])
    check_corrected(findings, frames, Corrections.of(job.curation), ["actors"], is_part=True)
    check_suites(findings, job, frames, ["actors"])
    stems = {"actors": f"part-{number:04}", "evidence": f"actors-{number:04}"}
    named = {name: located({name: f"data/{name}/{stem}"}, stem) for name, stem in stems.items()}
    findings.rewritten(lambda failure: named[failure.table](failure) if failure.table in named else failure)
    return outcome


def _frames(job: Job, number: int, read: Mapping[str, PartFiles]) -> Frames:
    """Returns the tables of a part, with all countries and the actors that the part names."""
    import numpy as np
    import pyarrow as pa

    frames = Frames({name: empty(name) for name in TABLES} | {name: part.frame for name, part in read.items()})
    frames["countries"] = countries(job)
    known = open_actors(job.spool / "actors")
    asked = [scattered(job.spool / "evidence", number).column("row_id")]
    for name in OF_ARTICLES:
        asked += [read[name].table.table.column(link) for link in actor_columns(name)]
    ids = pa.chunked_array([chunk for column in asked for chunk in column.chunks], pa.string()).unique()
    places = known.find(ids)
    frames["actors"] = to_frame(known.take(np.sort(places[places >= 0])))
    return frames


def empty(table: str) -> pd.DataFrame:
    """Returns a table without rows."""
    return to_frame(arrow_schema(table).empty_table())


def countries(job: Job) -> pd.DataFrame:
    """Reads the countries of a package, which are always a single part."""
    return unseen(job.folder, "countries", 0, csv=job.csv).frame


def with_evidence(frames: Frames, more: pa.Table) -> Frames:
    """Returns the tables with more evidence appended."""
    import pandas as pd

    if not more.num_rows:
        return frames
    own = frames["evidence"]
    added = to_frame(more)
    joined = pd.concat([own, added[[name for name in added if name in own]]], ignore_index=True)
    return frames.with_table("evidence", joined)


def check_form(findings: Findings, job: Job, frames: Frames, read: Mapping[str, PartFiles]) -> None:
    """Checks the CSV cells against the schemas, and the order of the rows."""
    tables = {name: part.table for name, part in read.items()}
    with_csv = {name for name, part in read.items() if part.with_csv}
    if job.csv:
        check_constraints(findings, tables, frames, with_csv, list(read))
    check_order(findings, frames, list(read))


def check_suites(findings: Findings, job: Job, frames: Frames, names: Sequence[str]) -> None:
    """Checks the row expectations of the tables."""
    check_expectations(findings, frames, job.rules.of_rows, names=names)
    if job.cross_check:
        from broadsheet.quality.validation.library import outcome

        check_expectations(findings, frames, job.rules.of_rows, outcome, names)


def _mentioned(job: Job, frames: Frames) -> tuple[Any, Any]:
    """Returns the indexes of the actors that a part mentions, and the number of mentions of each."""
    import numpy as np

    columns = frames.columns("mentions")
    if "actor_id" not in columns:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    counted = columns["actor_id"].value_counts()
    places = open_actors(job.spool / "actors").find(counted.field("values"))
    known = places >= 0
    return places[known], counted.field("counts").to_numpy(zero_copy_only=False)[known]


def used_countries(frames: Frames, names: Iterable[str]) -> Counter[str]:
    """Counts how often the rows of the tables name each country."""
    used: Counter[str] = Counter()
    for name in names:
        columns = frames.columns(name)
        for key in schemas()[name].foreign_keys:
            if key.target_table == "countries" and key.column in columns:
                counted = columns[key.column].drop_null().value_counts()
                used.update(
                    dict(zip(counted.field("values").to_pylist(), counted.field("counts").to_pylist(), strict=True))
                )
    return used


def _keep_rules(outcome: Outcome, job: Job, frames: Frames, names: Sequence[str]) -> None:
    """Saves what the whole-table rules need from a part."""
    for place, rule in enumerate(job.rules.unique):
        if rule.table in names:
            keep(job.spool / "distinct", place, outcome.number, cells(rule, frames))
    for place, rule in enumerate(job.rules.shares):
        if rule.table in names:
            outcome.shares[place] = share(rule, frames)


def looked_again(job: Job) -> Callable[[Rule, int], Frames]:
    """Returns a function that reads a part again for a rule that spans all parts."""

    def read(rule: Rule, number: int) -> Frames:
        if rule.table == "actors":
            frames = Frames({name: empty(name) for name in TABLES})
            frames["actors"] = unseen(job.folder, "actors", number, csv=job.csv).frame
            return frames
        return _frames(job, number, {name: unseen(job.folder, name, number, csv=job.csv) for name in OF_ARTICLES})

    return read


def _integers(values: Any) -> pd.Series:
    import pandas as pd

    return pd.Series(values, dtype="Int64")


def _quoted(failure: Failure, texts: Mapping[str, str]) -> Failure:
    """Returns the failure with the passage around its place."""
    place = failure.place
    if place is None or place.passage is not None or place.article_id not in texts:
        return failure
    return replace(failure, place=replace(place, passage=passage_at(texts[place.article_id], place.span)))
