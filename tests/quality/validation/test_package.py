"""Packages on disk: each kind of damage to a file is found and named; checksums are refreshed so that rules do it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from broadsheet.publishing.formats import csv_bytes, parquet_bytes
from broadsheet.quality.validation import validate_package
from broadsheet.quality.validation.levels import check_package_files
from broadsheet.quality.validation.report import Failure, Findings, Level
from broadsheet.quality.validation.reports import Report
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from broadsheet import Tables
    from broadsheet.reading import Article

CSV = "data/quotes.csv"
PARQUET = "data/quotes.parquet"


def outer(folder: Path) -> Report:
    """The report of the levels that look at files."""
    findings = Findings(TABLES)
    check_package_files(findings, folder)
    return Report.of(findings.report())


def named(report: Report) -> set[tuple[int, str, str, str]]:
    """Level, table, rule and column of each failure."""
    return {(int(f.level), f.table, f.rule, f.column) for f in report.failures}


def rows_of(folder: Path, path: str = CSV) -> list[list[str]]:
    """Header and rows of a CSV."""
    csv.field_size_limit(10_000_000)
    return list(csv.reader(io.StringIO((folder / path).read_text(encoding="utf-8"), newline="")))


def as_csv(rows: list[list[str]]) -> bytes:
    """Rows as the bytes of a CSV."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def test_a_valid_package(package: Path, article: Article) -> None:
    """A package of ours passes all levels, with and without its source."""
    report = validate_package(package, [article])
    assert report.failures == ()
    assert report.valid
    assert set(report.skipped) <= {Level.REBUILD}
    assert {check.rule for check in report.checks if check.level is Level.REBUILD} == {"rebuild_version"}
    assert list(report.rows) == list(TABLES)
    assert report.rows["quotes"] == 3
    assert set(report.expectations) == set(TABLES)


def test_without_a_source(package: Path) -> None:
    """Without a source, the report says that the last level was not run."""
    report = validate_package(package)
    assert report.valid
    assert "no source" in report.skipped[Level.GROUNDING]


def test_one_fault_hides_no_other(package: Path, republish: Callable[..., None]) -> None:
    """A renamed column, a wrong cell in a second one and a lost parent in a third are all reported in one run."""
    rows = rows_of(package)
    rows[0][9] = "verb"
    rows[1][3] = "indirect"
    rows[2][6] = "nobody"
    rows[3][5] = "many"
    republish(package, {CSV: as_csv(rows)})
    rules = {(f.rule, f.column) for f in validate_package(package).failures if f.level is Level.TABLE_SCHEMA}
    assert {("columns", ""), ("enum", "kind"), ("foreign_key", "speaker_id"), ("type", "n_words")} <= rules


def both(table: pa.Table, name: str) -> dict[str, bytes]:
    """A table as the CSV and the Parquet of a package."""
    return {f"data/{name}.csv": csv_bytes(table), f"data/{name}.parquet": parquet_bytes(table)}


def test_both_files_changed_alike(package: Path, tables: Tables, republish: Callable[..., None]) -> None:
    """A duplicate that stands in CSV and Parquet alike, sizes and hashes refreshed, is named by its key."""
    table = tables.arrow("actors")
    republish(package, both(pa.concat_tables([table, table.slice(2, 1)]), "actors"))
    failures = [f for f in outer(package).failures if f.rule == "unique"]
    assert [(f.table, f.key, f.column) for f in failures] == [("actors", "diario-do-porto", "actor_id")]


def test_nothing_is_written(package: Path) -> None:
    """Validation leaves the package as it is, names and times included."""

    def state() -> dict[str, tuple[int, int]]:
        return {str(p): (p.stat().st_size, p.stat().st_mtime_ns) for p in sorted(package.rglob("*"))}

    before = state()
    validate_package(package)
    assert state() == before


def test_an_empty_package(tmp_path: Path) -> None:
    """Tables without rows are valid."""
    from broadsheet import Tables
    from broadsheet.publishing import write_package

    folder = write_package(Tables.from_rows({}), tmp_path / "empty").parent
    report = validate_package(folder)
    assert report.failures == ()
    assert set(report.rows.values()) == {0}


def test_huge_cells(package: Path, tables: Tables, republish: Callable[..., None]) -> None:
    """A cell of a megabyte of marks and commas takes no longer than it must, and its failure shows a part of it."""
    table = tables.arrow("quotes")
    huge = pa.array([", '\"" * 250_000, *table["text"].to_pylist()[1:]])
    place = table.schema.get_field_index("text")
    republish(package, both(table.set_column(place, table.schema.field("text"), huge), "quotes"))
    assert outer(package).failures == ()
    rows = rows_of(package)
    rows[1][3] = "x" * 1_000_000
    republish(package, {CSV: as_csv(rows)})
    failure = next(f for f in outer(package).failures if f.rule == "enum")
    assert failure.value is not None
    assert len(failure.value) == 200


def test_failures_are_plain_data(package: Path, republish: Callable[..., None]) -> None:
    """The report as JSON names table, key, column, value and rule of each failure, in the same order each time."""
    rows = rows_of(package)
    rows[1][3] = "indirect"
    republish(package, {CSV: as_csv(rows)})
    reports = [json.dumps(validate_package(package).to_dict()) for _ in range(2)]
    assert reports[0] == reports[1]
    failure = json.loads(reports[0])["failures"][0]
    assert (failure["table"], failure["column"], failure["value"], failure["rule"]) == (
        "quotes",
        "kind",
        "indirect",
        "enum",
    )


def test_failure_is_frozen() -> None:
    """A report cannot be changed by who reads it."""
    failure = Failure(Level.PARQUET, "quotes", "k", "c", None, "r", "m")
    with pytest.raises(AttributeError):
        failure.rule = "other"  # type: ignore[misc]
    assert replace(failure, rule="other").rule == "other"
