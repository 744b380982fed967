"""Whether the libraries say what our own checks say: Frictionless of the schemas, Great Expectations of the suites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.quality.validation.columns import Frames
from broadsheet.quality.validation.constraints import check_constraints
from broadsheet.quality.validation.expectations import check_expectations
from broadsheet.quality.validation.levels import read_table
from broadsheet.quality.validation.library import outcome
from broadsheet.quality.validation.report import Findings, Level
from broadsheet.quality.validation.structure import data_path, read_files
from broadsheet.quality.validation.table_schema import check_table_schema
from broadsheet.tables.frames import to_frame
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = ("type", "required", "unique", "primary_key", "pattern", "enum", "bounds", "length", "foreign_key")
"""The rules of the Table Schema. Of a type, we take one way to write a value, and Frictionless several."""

Said = dict[tuple[str, str, str], set[str]]
"""Table, rule and column to the rows that break it."""


def disagreements(folder: Path, *, suites: bool = True) -> list[str]:
    """What our checks and the libraries do not say alike of a package.

    Frictionless names only the later ones of rows that are alike, so its rows are to be among ours. Without a CSV there
    is nothing for it to judge.
    """
    files = {name: read_files(Findings(TABLES), folder, name) for name in TABLES}
    csvs = {name: files[name].get(data_path(name, "csv")) for name in TABLES}
    findings = [Findings(TABLES) for _ in range(4)]
    tables = {
        name: read_table(findings[0], name, csvs[name], files[name].get(data_path(name, "parquet"))) for name in TABLES
    }
    frames = Frames({name: to_frame(table.table.select(list(table.columns))) for name, table in tables.items()})
    check_constraints(findings[0], tables, frames, {name for name in TABLES if csvs[name] is not None})
    check_table_schema(findings[1], tables)
    ours, theirs = _said(findings[0]), _said(findings[1])
    read = {name for name in TABLES if csvs[name] is not None}
    theirs = {place: keys for place, keys in theirs.items() if place[0] in read and place[1] in SCHEMA}
    ours = {place: keys for place, keys in ours.items() if place[1] in SCHEMA}
    alone = {place for place in set(ours) ^ set(theirs) if place[1] != "type" or place in theirs}
    found = [f"schema: {place} is said by one alone" for place in sorted(alone)]
    found += [f"schema: {p}: {theirs[p] - ours[p]}" for p in sorted(set(ours) & set(theirs)) if theirs[p] - ours[p]]
    if suites:
        check_expectations(findings[2], frames)
        check_expectations(findings[3], frames, engine=outcome)
        ours, theirs = _said(findings[2]), _said(findings[3])
        found += [f"suites: {p}" for p in sorted(set(ours) | set(theirs)) if ours.get(p) != theirs.get(p)]
    return found


def _said(findings: Findings) -> Said:
    said: Said = {}
    for failure in findings.report().failures:
        if failure.level is Level.PARQUET:
            continue
        said.setdefault((failure.table, failure.rule, failure.column), set()).add(failure.key)
    return said
