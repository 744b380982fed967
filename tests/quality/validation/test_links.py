"""Level 3, across tables and on the form of texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from broadsheet.quality.validation.links import (
    STATED,
    check_countries,
    check_evidence,
    check_links,
    check_order,
    check_texts,
    is_clean,
)
from broadsheet.quality.validation.report import Findings
from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet import Tables

LINKS = [(name, link.column) for name, table in schemas().items() for link in table.foreign_keys]


@pytest.mark.parametrize(("table", "column"), LINKS, ids=[f"{table}-{column}" for table, column in LINKS])
def test_a_link_that_leads_nowhere(tables: Tables, change: Callable[..., Tables], table: str, column: str) -> None:
    """Every foreign key of every table is followed; a row whose link leads nowhere is named with the link."""
    position = len(tables[table]) - 1
    frames = change(tables, table, position, **{column: "nowhere"}).frames
    findings = Findings(TABLES)
    check_links(findings, frames)
    found = {(f.table, f.key, f.column, f.value) for f in findings.report().failures if f.rule == "foreign_key"}
    key = "/".join(str(frames[table][name].iloc[position]) for name in schemas()[table].primary_key)
    assert found == {(table, key, column, "nowhere")}
    (message,) = (f.message for f in findings.report().failures if f.rule == "foreign_key")
    assert message.startswith(f"{column} is nowhere, but")


def test_a_parent_that_is_gone(tables: Tables) -> None:
    """Each child of a row that was deleted is named."""
    frames = {**tables.frames, "actors": tables["actors"].query("actor_id != 'ines-valadao'")}
    findings = Findings(TABLES)
    check_links(findings, frames)
    failures = findings.report().failures
    assert {f.table for f in failures} == {"mentions", "actor_roles", "quotes"}
    assert {f.value for f in failures} == {"ines-valadao"}
    assert len(failures) == 3 + 1 + 3


@pytest.mark.parametrize(
    "text",
    [
        " blank before",
        "blank behind ",
        "no\u00a0break",
        "two\nlines",
        "a\ttab",
        "de\u0301compose\u0301",
        "zero\u200bwidth",
        "\ufeffmark",
        "soft\u00adhyphen",
        "bell\a",
        "right\u202eleft",
        "",
        " ",
    ],
    ids=ascii,
)
def test_a_text_that_is_not_clean(tables: Tables, change: Callable[..., Tables], text: str) -> None:
    """Blanks at the ends, other blanks, line ends, controls, invisible and decomposed characters are no clean text."""
    assert not is_clean(text)
    findings = Findings(TABLES)
    check_texts(findings, change(tables, "actors", 0, name=text).frames)
    assert [(f.table, f.key, f.column, f.rule) for f in findings.report().failures] == [
        ("actors", "banco-lusitano", "name", "text_form")
    ]


@pytest.mark.parametrize("text", ["x", "Inês Valadão", "two  blanks", "“quoted”", "中国", "क्‍ष", "naïve – so…"])
def test_a_clean_text(text: str) -> None:
    """Letters of any script, marks and runs of blanks are as the canonical text may have them."""
    assert is_clean(text)


STATED_CELLS = [(table, column) for table, columns in STATED.items() for column in columns]


@pytest.mark.parametrize(("table", "column"), STATED_CELLS, ids=[f"{t}-{c}" for t, c in STATED_CELLS])
def test_a_cell_without_evidence(tables: Tables, table: str, column: str) -> None:
    """An extracted cell whose evidence is gone is named, unless a curator made the row."""
    key = schemas()[table].primary_key[0]
    evidence = tables["evidence"]
    frame = tables[table]
    cited = evidence["row_id"].isin(frame[key]) & (evidence["column_name"] == column)
    frames = {**tables.frames, "evidence": evidence[~cited]}
    findings = Findings(TABLES)
    check_evidence(findings, frames)
    failures = findings.report().failures
    assert {(f.table, f.rule, f.column) for f in failures} <= {(table, "evidence_given", column)}
    assert {f.key for f in failures} == set(frame[key][frame[column].notna()])
    findings = Findings(TABLES)
    check_evidence(findings, {**frames, table: frame.assign(origin="corrected")})
    assert findings.report().failures == ()


@pytest.mark.parametrize(("column", "cell"), [("name", "Chili"), ("region", "Asia"), ("name", None)])
def test_a_country_unlike_the_reference_table(
    tables: Tables, change: Callable[..., Tables], column: str, cell: str | None
) -> None:
    """It is named with its cell and with what the table has."""
    right = tables["countries"][column].iloc[0]
    for frames, failed in ((tables.frames, 0), (change(tables, "countries", 0, **{column: cell}).frames, 1)):
        findings = Findings(TABLES)
        check_countries(findings, frames)
        said = f"{column} is {cell or 'empty'}, but the reference table has {right}"
        found = [(f.table, f.key, f.column, f.value, f.message) for f in findings.report().failures]
        assert found == [("countries", "CHL", column, cell, said)] * failed


def misplaced(frames: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Table, key and message of each row that is not in its place."""
    findings = Findings(TABLES)
    check_order(findings, frames)
    return [(f.table, f.key, f.message) for f in findings.report().failures]


def test_the_order_of_rows(tables: Tables) -> None:
    """Rows come by article and span, then by key; the first row that is out of its place is named."""
    assert misplaced(dict(tables.frames)) == []
    quotes = tables["quotes"]
    first, second, third = quotes["quote_id"]
    for order, after, before in (([1, 0, 2], first, second), ([0, 2, 1], second, third), ([2, 1, 0], second, third)):
        mixed = {**tables.frames, "quotes": quotes.iloc[order].reset_index(drop=True)}
        message = f"{after} comes after {before}, which belongs after it"
        assert misplaced(mixed) == [("quotes", after, message)]


def test_rows_of_one_span(tables: Tables) -> None:
    """Their keys tell the order, and an end tells it of rows with one start."""
    quotes = tables["quotes"].copy()
    quotes["char_start"] = 5
    quotes["char_end"] = [9, 9, 8]
    quotes["quote_id"] = ["quo_2", "quo_3", "quo_1"]
    assert [key for _, key, _ in misplaced({**tables.frames, "quotes": quotes})] == ["quo_1"]
    quotes["char_end"] = 9
    assert [key for _, key, _ in misplaced({**tables.frames, "quotes": quotes})] == ["quo_1"]
    quotes["quote_id"] = ["quo_1", "quo_2", "quo_3"]
    assert misplaced({**tables.frames, "quotes": quotes}) == []


def test_columns_that_are_missing(tables: Tables) -> None:
    """A link or text whose column is missing is passed over here: the missing column is another rule's failure."""
    frames: dict[str, Any] = dict(tables.frames)
    frames["quotes"] = frames["quotes"].drop(columns=["speaker_id", "text", "quote_id"])
    findings = Findings(TABLES)
    check_links(findings, frames)
    check_texts(findings, frames)
    check_evidence(findings, frames)
    check_order(findings, frames)
    assert findings.report().failures == ()
