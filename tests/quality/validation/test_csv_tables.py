"""Level 1: the bytes, the shape and the cells of a CSV, each fault named where it is and none hiding another."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest

from broadsheet.publishing.formats import csv_bytes
from broadsheet.quality.validation.columns import Frames
from broadsheet.quality.validation.constraints import check_constraints
from broadsheet.quality.validation.csv_tables import CsvTable, read_csv
from broadsheet.quality.validation.report import Findings
from broadsheet.quality.validation.reports import Report
from broadsheet.quality.validation.table_schema import check_table_schema
from broadsheet.tables.frames import to_frame
from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet import Tables

    Judge = Callable[[Findings, dict[str, CsvTable]], None]


def rows_of(raw: bytes) -> list[list[str]]:
    """Header and rows of a CSV."""
    return list(csv.reader(io.StringIO(raw.decode(), newline="")))


def as_csv(rows: list[list[str]]) -> bytes:
    """Rows as the bytes of a CSV."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def read(table: str, raw: bytes) -> tuple[CsvTable, Report]:
    """The table, and what is wrong with its CSV."""
    findings = Findings(TABLES)
    return read_csv(findings, table, raw), Report.of(findings.report())


@pytest.mark.parametrize("table", TABLES)
def test_what_is_published_is_read(tables: Tables, table: str) -> None:
    """A CSV of ours has no fault, and its typed table is the one that was published."""
    got, report = read(table, csv_bytes(tables.arrow(table)))
    assert report.failures == ()
    assert got.table.cast(tables.arrow(table).schema).equals(tables.arrow(table))


FORMS: list[tuple[str, str, str, int, str]] = [
    ("text for a number", "quotes", "n_words", 0, "three"),
    ("decimal for an integer", "quotes", "n_words", 0, "3.0"),
    ("leading zero", "quotes", "n_words", 0, "03"),
    ("beyond 64 bits", "quotes", "n_words", 0, "9999999999999999999"),
    ("Excel's truth", "tariffs", "is_retaliation", 0, "TRUE"),
    ("date without zeros", "articles", "published_on", 0, "2024-5-10"),
    ("day and month swapped", "articles", "published_on", 0, "2024-31-05"),
    ("31 June", "events", "date_start", 0, "2024-06-31"),
    ("exponent", "financial_figures", "amount", 0, "4e7"),
    ("precision lost", "financial_figures", "amount", 0, "40000000.00001"),
    ("thousands separators", "financial_figures", "amount", 0, "40,000,000"),
    ("not a number", "financial_figures", "amount", 0, "NaN"),
]


@pytest.mark.parametrize(
    ("table", "column", "position", "value"), [case[1:] for case in FORMS], ids=[case[0] for case in FORMS]
)
def test_a_cell_of_another_type(tables: Tables, table: str, column: str, position: int, value: str) -> None:
    """A cell that is not of its type, or not in the one form of it, is named by key, column and value."""
    rows = rows_of(csv_bytes(tables.arrow(table)))
    rows[position + 1][rows[0].index(column)] = value
    got, report = read(table, as_csv(rows))
    failure = report.failures[0]
    assert len(report.failures) == 1
    assert (failure.table, failure.rule, failure.column, failure.value) == (table, "type", column, value)
    assert failure.key == "/".join(rows[position + 1][rows[0].index(name)] for name in schemas()[table].primary_key)
    assert got.table.column(column).to_pylist()[position] is None


def test_a_last_line_without_an_end(tables: Tables) -> None:
    """It is named by its number."""
    _, report = read("quotes", csv_bytes(tables.arrow("quotes"))[:-1])
    assert [(f.rule, f.message) for f in report.failures] == [("csv_form", "line 4 is not written as RFC 4180 has it")]


def test_a_row_without_any_cell(tables: Tables) -> None:
    """Frictionless has a kind of error of its own for it, which is reported under its name."""
    given = {name: csv_bytes(tables.arrow(name)) for name in TABLES}
    rows = rows_of(given["countries"])
    given["countries"] = as_csv([rows[0], [""] * len(rows[0]), *rows[2:]])
    findings = Findings(TABLES)
    check_table_schema(findings, {name: read(name, raw)[0] for name, raw in given.items()})
    found = {(f.key, f.rule, f.column) for f in findings.report().failures if f.table == "countries"}
    assert found == {("row 2", "blank_row", ""), ("row 2", "required", "country_code")}


def by_ours(findings: Findings, tables: dict[str, CsvTable]) -> None:
    """The default: what the schema says, found by Arrow."""
    check_constraints(findings, tables, frames_of(tables), tables)


def frames_of(tables: dict[str, CsvTable]) -> Frames:
    """The tables as frames, without the columns that their CSV does not have."""
    return Frames({name: to_frame(read.table.select(list(read.columns))) for name, read in tables.items()})


JUDGES = [by_ours, check_table_schema]
"""Who may say what the schema says: we, and Frictionless."""


CONSTRAINTS: list[tuple[str, str, str, int, str, str]] = [
    ("required cell emptied", "quotes", "text", 0, "", "required"),
    ("outside the enum", "quotes", "kind", 0, "indirect", "enum"),
    ("outside the pattern", "tariffs", "hs_chapter", 0, "77", "pattern"),
    ("part of a pattern", "financial_figures", "unit", 0, "percentX", "pattern"),
    ("below the bound", "quotes", "sequence", 0, "0", "bounds"),
    ("negative span", "quotes", "char_start", 0, "-1", "bounds"),
    ("rate above the bound", "tariffs", "rate_percent", 0, "10001", "bounds"),
    ("no such parent", "quotes", "speaker_id", 0, "nobody", "foreign_key"),
    ("no such self", "quotes", "utterance_id", 0, "quo_0000000000000000", "foreign_key"),
]


@pytest.mark.parametrize(
    ("table", "column", "position", "value", "rule"),
    [case[1:] for case in CONSTRAINTS],
    ids=[case[0] for case in CONSTRAINTS],
)
@pytest.mark.parametrize("judge", JUDGES)
def test_a_cell_against_the_schema(
    tables: Tables, judge: Judge, table: str, column: str, position: int, value: str, rule: str
) -> None:
    """A cell that a constraint or a foreign key forbids is named by table, key, column, value and rule."""
    content = {name: csv_bytes(tables.arrow(name)) for name in TABLES}
    rows = rows_of(content[table])
    rows[position + 1][rows[0].index(column)] = value
    content[table] = as_csv(rows)
    findings = Findings(TABLES)
    judge(findings, {name: read_csv(findings, name, raw) for name, raw in content.items()})
    key = "/".join(rows[position + 1][rows[0].index(name)] for name in schemas()[table].primary_key)
    failures = [f for f in findings.report().failures if f.column == column and f.table == table]
    assert {(f.rule, f.key, f.value) for f in failures} == {(rule, key, value or None)}


@pytest.mark.parametrize("judge", JUDGES)
def test_doubled_keys(tables: Tables, judge: Judge) -> None:
    """Rows with one key are named by it, whether the key has one column or several."""
    content = {name: csv_bytes(tables.arrow(name)) for name in TABLES}
    for name in ("quotes", "event_participants"):
        rows = rows_of(content[name])
        content[name] = as_csv([*rows, rows[1]])
    findings = Findings(TABLES)
    judge(findings, {name: read_csv(findings, name, raw) for name, raw in content.items()})
    participant = tables["event_participants"].iloc[0]
    assert {(f.table, f.rule, f.key, f.column) for f in findings.report().failures} == {
        ("quotes", "unique", tables["quotes"]["quote_id"].iloc[0], "quote_id"),
        (
            "event_participants",
            "primary_key",
            f"{participant['event_id']}/{participant['actor_id']}/{participant['role']}",
            "event_id, actor_id, role",
        ),
    }


def spoilt(rows: list[list[str]], spoil: Callable[[list[list[str]]], Any]) -> bytes:
    """The CSV after ``spoil`` changed its rows in place."""
    spoil(rows)
    return as_csv(rows)


def each(rows: list[list[str]], change: Callable[[list[str]], list[str]]) -> None:
    """Changes every row, the header among them."""
    rows[:] = [change(row) for row in rows]


SHAPES: list[tuple[str, Callable[[list[list[str]]], Any], str]] = [
    ("row too short", lambda rows: rows[1].pop(), "cells"),
    ("row too long", lambda rows: rows[1].append("x"), "cells"),
    ("column renamed", lambda rows: rows[0].__setitem__(9, "verb"), "columns"),
    ("column dropped", lambda rows: each(rows, lambda row: row[:9] + row[10:]), "columns"),
    ("column added", lambda rows: each(rows, lambda row: [*row, "x"]), "columns"),
    ("columns re-ordered", lambda rows: each(rows, lambda row: [*row[1:], row[0]]), "columns"),
    ("column doubled", lambda rows: each(rows, lambda row: [*row, row[9]]), "columns"),
    ("header missing", lambda rows: rows.pop(0), "columns"),
]


@pytest.mark.parametrize(("spoil", "rule"), [case[1:] for case in SHAPES], ids=[case[0] for case in SHAPES])
def test_a_wrong_shape(tables: Tables, spoil: Callable[[list[list[str]]], Any], rule: str) -> None:
    """A cell or column too many, too few or in another place is a failure, and all that can be read is."""
    got, report = read("quotes", spoilt(rows_of(csv_bytes(tables.arrow("quotes"))), spoil))
    assert {f.rule for f in report.failures} == {rule}
    assert got.table.column_names == list(schemas()["quotes"].columns)
    assert {"text"} - set(got.columns) or got.table.column("text").null_count == 0


RAW: list[tuple[str, Callable[[bytes], bytes], str, str]] = [
    ("byte order mark", lambda raw: b"\xef\xbb\xbf" + raw, "encoding", "byte order mark"),
    ("CRLF", lambda raw: raw.replace(b"\n", b"\r\n"), "csv_form", "line 1 has a carriage return"),
    ("Latin-1", lambda raw: raw.decode().encode("latin-1", "replace"), "encoding", "not UTF-8 at byte"),
    ("cut inside a cell", lambda raw: raw[: raw.rindex(b'"')], "csv_form", "breaks off behind row"),
    ("cut inside a row", lambda raw: raw[:-20], "cells", "cells and the header"),
    ("no last line end", lambda raw: raw[:-1], "csv_form", "not written as RFC 4180"),
    ("semicolons", lambda raw: raw.replace(b",", b";"), "columns", "are missing"),
    ("needless marks", lambda raw: raw.replace(b"direct", b'"direct"', 1), "csv_form", "line 2 is not written"),
    ("empty", lambda raw: b"", "csv_form", "not even a header"),
    ("blank lines", lambda raw: raw + b"\n\n", "cells", "has 0 cells"),
    ("not text", lambda raw: bytes(range(256)) * 9, "encoding", "not UTF-8"),
]


@pytest.mark.parametrize(("spoil", "rule", "said"), [case[1:] for case in RAW], ids=[case[0] for case in RAW])
def test_wrong_bytes(tables: Tables, spoil: Callable[[bytes], bytes], rule: str, said: str) -> None:
    """Bytes that are not the dialect of the package are a failure that says what and where."""
    table = tables.arrow("quotes")
    _, report = read("quotes", spoil(csv_bytes(table)))
    assert any(f.rule == rule and said in f.message for f in report.failures), report.failures


@pytest.mark.parametrize("judge", JUDGES)
def test_faults_do_not_hide_each_other(tables: Tables, judge: Judge) -> None:
    """A renamed column, a wrong enum, a lost parent and a wrong type are all found in one pass."""
    content = {name: csv_bytes(tables.arrow(name)) for name in TABLES}
    rows = rows_of(content["quotes"])
    rows[0][9], rows[1][3], rows[2][6], rows[3][5] = "verb", "indirect", "nobody", "many"
    content["quotes"] = as_csv(rows)
    findings = Findings(TABLES)
    judge(findings, {name: read_csv(findings, name, raw) for name, raw in content.items()})
    rules = {(f.rule, f.column) for f in findings.report().failures}
    assert rules == {("columns", ""), ("enum", "kind"), ("foreign_key", "speaker_id"), ("type", "n_words")}


def test_many_failures_are_counted(tables: Tables) -> None:
    """Of a fault in every row a thousand failures are kept, and the check says how many there were."""
    rows = rows_of(csv_bytes(tables.arrow("quotes")))
    many = [rows[0], *([f"quo_{n:016x}", *rows[1][1:5], "x", *rows[1][6:]] for n in range(1500))]
    _, report = read("quotes", as_csv(many))
    assert len(report.failures) == 1000
    assert {check.rule: check.failed for check in report.checks if check.failed} == {"type": 1500}


def test_a_byte_order_mark_hides_nothing(tables: Tables) -> None:
    """It is the one failure: the rest of the file is read as if it were not there."""
    _, report = read("quotes", b"\xef\xbb\xbf" + csv_bytes(tables.arrow("quotes")))
    assert [failure.message for failure in report.failures] == ["the CSV begins with a byte order mark"]


@pytest.mark.parametrize("wrong", [1, 3, 4])
def test_rows_of_a_wrong_number_of_cells(tables: Tables, monkeypatch: pytest.MonkeyPatch, wrong: int) -> None:
    """Each is named by its line, the header being line 1; reading ends after more than are allowed."""
    monkeypatch.setattr("broadsheet.quality.validation.csv_tables.MOST_MISSHAPEN", 3)
    header = csv_bytes(tables.arrow("quotes")).partition(b"\n")[0] + b"\n"
    _, report = read("quotes", header + b"a,b\n" * wrong)
    messages = [failure.message for failure in report.failures]
    assert any(message.startswith("row 2 has 2 cells") for message in messages)
    assert any(message.startswith("more than 3 rows") for message in messages) == (wrong > 3)
