"""What the words around a row rule out, and what an article prints that no row has: warnings of level 4."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import broadsheet
from broadsheet import Tables
from broadsheet.base.span import Span
from broadsheet.quality.validation import validate_tables
from broadsheet.quality.validation.readings.missing import check_missing
from broadsheet.quality.validation.report import Findings
from broadsheet.reading import read
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.reading import Article

ARTICLE = Path(__file__).parents[2] / "articles" / "ghana-cocoa-levy.txt"


@pytest.fixture(scope="module")
def source() -> Article:
    """An article of our own."""
    return read(ARTICLE)


@pytest.fixture(scope="module")
def extracted(source: Article) -> Tables:
    """Its tables."""
    return broadsheet.extract(source)


def found(tables: Tables, source: Article) -> set[tuple[str, str, str]]:
    """Table, rule and column of every failure."""
    return {(f.table, f.rule, f.column) for f in validate_tables(tables, [source]).failures}


def place(tables: Tables, table: str, **cells: object) -> int:
    """The position of the one row that has the cells."""
    frame = tables[table]
    for column, value in cells.items():
        frame = frame[frame[column] == value]
    assert len(frame) == 1
    return int(frame.index[0])


def without(tables: Tables, table: str, position: int) -> Tables:
    """The tables without a row."""
    frame = tables[table].drop(index=position).reset_index(drop=True)
    return Tables({**tables.frames, table: frame}, tables.model, sources=tables.sources)


def test_nothing_is_said_of_right_tables(extracted: Tables, source: Article) -> None:
    """Neither an error nor a warning."""
    assert not found(extracted, source)


@pytest.mark.parametrize(
    ("table", "row", "cells", "column"),
    [
        ("actor_roles", {"tenure": "former"}, {"tenure": "current"}, "tenure"),
        ("events", {"type": "ACCUSE"}, {"status": "planned"}, "status"),
        ("tariffs", {"product": "raw cocoa beans", "measure": "duty"}, {"status": "in_force"}, "status"),
        ("tariffs", {"product": "raw cocoa beans", "measure": "duty"}, {"is_retaliation": True}, "is_retaliation"),
        ("financial_figures", {"kind": "loan"}, {"kind": "fine"}, "kind"),
    ],
)
def test_a_cell_that_the_words_around_it_rule_out(
    extracted: Tables,
    source: Article,
    change: Callable[..., Tables],
    table: str,
    row: dict[str, object],
    cells: dict[str, object],
    column: str,
) -> None:
    """A former chairman is not in office, what will be raised is not in force, what is lent is no fine."""
    changed = change(extracted, table, place(extracted, table, **row), **cells)
    assert (table, "context", column) in found(changed, source)


def test_sides_of_an_event_that_are_flipped(extracted: Tables, source: Article) -> None:
    """Who is named before an active verb acts, and both take part."""
    accused = extracted.events.event_id[place(extracted, "events", type="ACCUSE")]
    parts = extracted.event_participants.copy()
    mine = parts["event_id"] == accused
    parts.loc[mine, "role"] = parts.loc[mine, "role"].map({"actor": "recipient", "recipient": "actor"})
    flipped = Tables({**extracted.frames, "event_participants": parts}, extracted.model)
    assert ("events", "context", "trigger") in found(flipped, source)
    lost = without(extracted, "event_participants", int(parts.index[mine][0]))
    assert ("events", "context", "trigger") in found(lost, source)


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("financial_figures", {"amount_text": "$350m"}),
        ("financial_figures", {"amount_text": "21bn cedis"}),
        ("quotes", {"text": "They will simply drive across the border,"}),
    ],
)
def test_a_row_that_is_missing(extracted: Tables, source: Article, table: str, row: dict[str, object]) -> None:
    """An amount, or quoted words, without a row; nothing is said where a curator removed it."""
    position = place(extracted, table, **row)
    less = without(extracted, table, position)
    if table != "quotes":
        gone = extracted[table].iloc[position]
        kept = less["evidence"][less["evidence"]["row_id"] != gone["figure_id"]].reset_index(drop=True)
        less = Tables({**less.frames, "evidence": kept}, less.model)
    assert (table, "missing", "") in found(less, source)
    row_span = extracted[table].iloc[position]
    span = Span(int(row_span["char_start"]), int(row_span["char_end"]))
    findings = Findings(TABLES)
    check_missing(findings, less.frames, [source], {source.article_id: [span]})
    assert not findings.report().failures


def test_a_name_without_a_mention(extracted: Tables, source: Article) -> None:
    """The name of a country that has other mentions."""
    mentions = extracted.mentions
    mine = mentions[(mentions["actor_id"] == "ivory-coast") & (mentions["form"] == "name")]
    position = next(int(n) for n in mine.index if source.text[: mine["char_start"][n]].endswith("\n\n"))
    assert ("mentions", "missing", "") in found(without(extracted, "mentions", position), source)
