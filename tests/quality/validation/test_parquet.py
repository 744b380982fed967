"""Level 2: a Parquet file of another schema or content than the CSV's, or none at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from broadsheet.publishing.formats import csv_bytes, parquet_bytes
from broadsheet.quality.validation.levels import read_table
from broadsheet.quality.validation.report import Findings
from broadsheet.quality.validation.reports import Report
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet import Tables


def report_of(tables: Tables, content: bytes, table: str = "quotes") -> Report:
    """What is wrong with a Parquet file, compared with the CSV of the right table."""
    findings = Findings(TABLES)
    read_table(findings, table, csv_bytes(tables.arrow(table)), content)
    return Report.of(findings.report())


def named(report: Report) -> set[tuple[int, str, str, str]]:
    """Level, table, rule and column of each failure."""
    return {(int(f.level), f.table, f.rule, f.column) for f in report.failures}


def written(table: pa.Table) -> bytes:
    """A table as Parquet, as it is."""
    out = pa.BufferOutputStream()
    pq.write_table(table, out)
    return bytes(out.getvalue())


@pytest.mark.parametrize("table", TABLES)
def test_what_is_published_is_right(tables: Tables, table: str) -> None:
    """A Parquet file of ours has no fault."""
    assert report_of(tables, parquet_bytes(tables.arrow(table)), table).failures == ()


def changed(table: pa.Table, column: str, values: object) -> pa.Table:
    """The table with another column, of another type where the values are."""
    place = table.schema.get_field_index(column)
    return table.set_column(place, pa.field(column, values.type, nullable=False), values)  # type: ignore[attr-defined]


PARQUETS: list[tuple[str, Callable[[pa.Table], pa.Table], str, str]] = [
    (
        "cell unlike the CSV",
        lambda t: changed(t, "n_words", pa.array([3, 4, 6], pa.int64())),
        "same_cells",
        "n_words",
    ),
    ("narrower integer", lambda t: changed(t, "n_words", t["n_words"].cast(pa.int32())), "type", "n_words"),
    ("number as text", lambda t: changed(t, "n_words", t["n_words"].cast(pa.string())), "type", "n_words"),
    ("null flag", lambda t: t.cast(pa.schema([f.with_nullable(True) for f in t.schema])), "null_flag", "text"),
    ("column dropped", lambda t: t.drop_columns(["cue"]), "columns", ""),
    ("column added", lambda t: t.append_column("note", pa.array(["x"] * 3)), "columns", ""),
    ("re-ordered", lambda t: t.select([*t.column_names[1:], t.column_names[0]]), "columns", ""),
    ("row dropped", lambda t: t.slice(0, 2), "row_count", ""),
    ("rows swapped", lambda t: t.take([1, 0, 2]), "same_cells", "quote_id"),
    ("metadata gone", lambda t: t.replace_schema_metadata(None), "metadata", ""),
    (
        "description edited",
        lambda t: t.cast(
            pa.schema([f.with_metadata({"title": "T", "description": "D"}) for f in t.schema], t.schema.metadata)
        ),
        "column_metadata",
        "cue",
    ),
]


@pytest.mark.parametrize(
    ("spoil", "rule", "column"), [case[1:] for case in PARQUETS], ids=[case[0] for case in PARQUETS]
)
def test_a_wrong_parquet_file(tables: Tables, spoil: Callable[[pa.Table], pa.Table], rule: str, column: str) -> None:
    """A Parquet file of another schema or content than the CSV's is named by rule and column."""
    right = pq.read_table(pa.BufferReader(parquet_bytes(tables.arrow("quotes"))))
    assert (2, "quotes", rule, column) in named(report_of(tables, written(spoil(right))))


def test_an_unlike_cell_is_shown(tables: Tables) -> None:
    """A cell that the two files do not have alike is named by its key, with both values."""
    table = changed(tables.arrow("quotes"), "n_words", pa.array([3, 99, 5], pa.int64()))
    failure = next(f for f in report_of(tables, parquet_bytes(table)).failures if f.rule == "same_cells")
    assert failure.key == tables["quotes"]["quote_id"].iloc[1]
    assert failure.message == "n_words is 4 in the CSV and 99 in the Parquet file"


def test_a_row_more_is_shown(tables: Tables) -> None:
    """A row that only one of the files has is named by its key."""
    failures = report_of(tables, parquet_bytes(tables.arrow("quotes").slice(1))).failures
    assert [f.key for f in failures if f.rule == "same_rows"] == [tables["quotes"]["quote_id"].iloc[0]]


def test_dtypes_for_pandas(tables: Tables) -> None:
    """A Parquet file without pandas metadata, which a plain read would give wrong dtypes, is named."""
    assert named(report_of(tables, written(tables.arrow("quotes")))) == {(2, "quotes", "pandas_metadata", "")}


@pytest.mark.parametrize(
    "content",
    [b"", b"PAR1", b"PAR1" + bytes(100) + b"PAR1", b"not Parquet at all", bytes(range(256)) * 50],
    ids=["empty", "magic alone", "zeros", "text", "bytes"],
)
def test_what_is_not_parquet(tables: Tables, content: bytes) -> None:
    """A file that is no Parquet is one failure."""
    assert named(report_of(tables, content)) == {(2, "quotes", "parquet_read", "")}


def test_a_damaged_file(tables: Tables) -> None:
    """Wherever a Parquet file is cut it is a failure; wherever a byte is changed, a failure or the same table."""
    raw = parquet_bytes(tables.arrow("quotes"))
    for place in range(0, len(raw), max(1, len(raw) // 60)):
        assert not report_of(tables, raw[:place]).valid
        report_of(tables, raw[:place] + bytes([raw[place] ^ 0xFF]) + raw[place + 1 :])


def test_billions_of_rows_in_a_few_bytes(tables: Tables) -> None:
    """A small file that says it has many more rows than the CSV is not unpacked."""
    table = tables.arrow("quotes")
    many = pa.Table.from_arrays([pa.repeat(column[0], 100_000) for column in table.columns], schema=table.schema)
    report = report_of(tables, parquet_bytes(many))
    assert (2, "quotes", "row_count", "") in named(report)
    assert not any(f.rule in ("same_rows", "same_cells") for f in report.failures)


def unread(tables: Tables, table: pa.Table, said: str, **options: object) -> None:
    """Asserts that a Parquet file is refused with these words."""
    out = pa.BufferOutputStream()
    pq.write_table(table, out, **options)
    failures = [f for f in report_of(tables, bytes(out.getvalue())).failures if f.rule == "parquet_read"]
    assert [said in f.message for f in failures] == [True], failures


@pytest.mark.parametrize("codec", ["zstd", "gzip", "brotli", "lz4"])
def test_another_codec(tables: Tables, codec: str) -> None:
    """A codec that makes gigabytes of a few bytes is refused before anything is unpacked."""
    unread(tables, tables.arrow("quotes"), f"packed with {codec.upper()}", compression=codec)


def test_a_long_text_in_every_row(tables: Tables) -> None:
    """A text that is packed once and stands in every row is counted before it is copied."""
    table = tables.arrow("quotes")
    long = pa.DictionaryArray.from_arrays(pa.array([0] * len(table), pa.int32()), pa.array(["x" * 1_000_000]))
    place = table.schema.get_field_index("text")
    unread(tables, table.set_column(place, pa.field("text", long.type), long), "more text than the CSV")


@pytest.mark.parametrize(
    ("day", "is_day"),
    [(-(2**31), False), (2**31 - 1, False), (2_932_897, False), (2_932_896, True), (-719_163, False), (-719_162, True)],
)
def test_a_day_of_no_calendar(tables: Tables, day: int, is_day: bool) -> None:
    """A day before the year 1 or after 9999, which Python cannot hold, is a failure."""
    findings = Findings(TABLES)
    table = tables.arrow("articles")
    days = pa.array([day], pa.int32()).view(pa.date32())
    spoilt = table.set_column(table.schema.get_field_index("published_on"), table.schema.field("published_on"), days)
    read_table(findings, "articles", csv_bytes(table), parquet_bytes_of(spoilt))
    assert is_day is not any("outside the years 1 to 9999" in f.message for f in findings.report().failures)


def parquet_bytes_of(table: pa.Table) -> bytes:
    """The table as Parquet, without pandas, which has no such day."""
    out = pa.BufferOutputStream()
    pq.write_table(table, out)
    return bytes(out.getvalue())
