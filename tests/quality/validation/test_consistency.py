"""Cells that other cells rule out, without a source; and curated cells against their corrections."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from broadsheet import Tables
from broadsheet.base.span import Span
from broadsheet.curation import Action, Correction, curate, parse_curation
from broadsheet.quality.validation import validate_tables
from broadsheet.quality.validation.consistency import check_consistency
from broadsheet.quality.validation.corrected import Corrections
from broadsheet.quality.validation.readings.calendar import allows, basis, precision
from broadsheet.quality.validation.readings.names import can_name
from broadsheet.quality.validation.readings.printed import is_printed, units
from broadsheet.quality.validation.report import Findings
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from broadsheet.reading import Article

CASES: list[tuple[str, str, int, dict[str, object], str]] = [
    ("a thousandfold amount", "financial_figures", 0, {"amount": Decimal(40_000_000_000)}, "amount_printed"),
    ("another upper end", "financial_figures", 0, {"amount_high": Decimal(450_000_000)}, "amount_high_printed"),
    ("another currency", "financial_figures", 0, {"unit": "USD"}, "unit_printed"),
    ("another number of a rate", "tariffs", 0, {"rate_percent": Decimal(125)}, "rate_number_printed"),
    ("another imposer", "tariffs", 0, {"imposer_code": "CHL"}, "evidence_names"),
    ("another participant", "event_participants", 0, {"actor_id": "diario-do-porto"}, "evidence_names"),
    ("another type", "events", 1, {"type": "CONCEDE"}, "key_digest"),
    ("another span", "mentions", 0, {"char_end": 9}, "key_digest"),
    ("another person's role", "actor_roles", 0, {"actor_id": "chile"}, "key_digest"),
    (
        "a year that is not printed",
        "events",
        0,
        {"date_start": date(2023, 6, 1), "date_end": date(2023, 6, 1)},
        "date_printed",
    ),
]


@pytest.mark.parametrize(("table", "position", "cells", "rule"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_cell_that_others_rule_out(
    tables: Tables, change: Callable[..., Tables], table: str, position: int, cells: dict[str, object], rule: str
) -> None:
    """No source is needed: the failure names the table and the rule."""
    found = validate_tables(change(tables, table, position, **cells)).failures
    assert (table, rule) in {(f.table, f.rule) for f in found}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("$1.2bn", "1200000000"),
        ("two and a half million", "2500000"),
        ("Rs 3 crore", "30000000"),
        ("70 US cents", "0.7"),
        ("a third", "33.3333"),
        ("4-1/2 percent", "4.5"),
        ("thirty-seven", "37"),
        ("half a million", "500000"),
        ("3/4 percent", "0.75"),
        ("two thirds of a billion", "666666666.6667"),
        ("zero point two five percent", "0.25"),
    ],
)
def test_numbers_as_they_are_printed(text: str, number: str) -> None:
    """The number is one of those that the words can mean, and a thousandfold one is not."""
    assert is_printed(Decimal(number), text)
    assert is_printed(Decimal(number) * 1000, text) is False


@pytest.mark.parametrize(
    ("text", "unit", "rests_on"),
    [
        ("Thursday", "day", {"published_on", "stated", "relative"}),
        ("last Thursday", None, {"published_on", "stated", "relative"}),
        ("yesterday", "day", {"relative"}),
        ("next month", None, {"relative"}),
        ("June 2024", "month", {"stated"}),
        ("1 June 2024", "day", {"stated"}),
    ],
)
def test_precision_and_basis_of_words(text: str, unit: str | None, rests_on: set[str]) -> None:
    """How exact the words of a date are, and what their date can rest on."""
    assert precision(text) == unit
    assert basis(text) == rests_on


def test_words_that_the_readers_do_not_know() -> None:
    """Where there is no number, unit or date that is understood, nothing is said."""
    assert is_printed(Decimal(5), "a handful") is None
    assert not units("a handful").known
    assert allows("a year earlier", date(2024, 1, 1), date(2025, 1, 1)) is None
    assert allows("the year through May", date(2023, 6, 1), date(2024, 5, 10)) is None
    assert allows("a year ago this month", date(2023, 5, 1), date(2024, 5, 10)) is None
    assert precision("September first") is None
    assert units("a quarter-percentage-point").known == {"percentage_points"}


def test_two_aliases_of_one_body_name_each_other() -> None:
    """An actor can be called by another short form than its name is."""
    assert can_name("ISIL", {"name": "ISIS", "kind": "group"})
    assert not can_name("ISIL", {"name": "OPEC", "kind": "organization"})


def test_an_id_that_tells_two_apart_is_not_the_one_that_entered_a_key(
    tables: Tables, change: Callable[..., Tables]
) -> None:
    """The key of a role has the id that the article alone gives; of two of a slug, another one can have it later."""
    first = tables.actor_roles.actor_id[0]
    other = next(index for index, actor in enumerate(tables.actors.actor_id) if actor != first)
    told_apart = f"{first}-0a1b2c3d4e5f"
    one = change(tables, "actor_roles", 0, actor_id=told_apart)
    both = change(one, "actors", other, actor_id=told_apart)
    assert "key_digest" in {f.rule for f in validate_tables(one).failures if f.table == "actor_roles"}
    assert "key_digest" not in {f.rule for f in validate_tables(both).failures if f.table == "actor_roles"}


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("1 June 2024", date(2024, 6, 1), date(2024, 1, 6)),
        ("yesterday", date(2024, 5, 9), date(2024, 5, 10)),
        ("last year", date(2023, 1, 1), date(2024, 1, 1)),
        ("Thursday", date(2024, 5, 9), date(2024, 5, 10)),
        ("the second quarter of 2024", date(2024, 4, 1), date(2024, 7, 1)),
        ("March last year", date(2023, 3, 31), date(2024, 3, 31)),
        ("June 1", date(2024, 6, 1), date(2025, 6, 1)),
    ],
)
def test_dates_as_they_are_printed(text: str, right: date, wrong: date) -> None:
    """Of an article that appeared on a Friday, 10 May 2024."""
    assert allows(text, right, date(2024, 5, 10))
    assert allows(text, wrong, date(2024, 5, 10)) is False


CORRECTION = """
[[correction]]
table = "financial_figures"
row = "{row}"
action = "change"
reason = "The lender says so."
span = [{start}, {end}]
was = {{amount = "40000000"}}
set = {{amount = "41000000"}}
"""


def corrected(tables: Tables, more: str = "") -> Tables:
    """The tables with an amount that a curator changed."""
    row = tables.financial_figures.iloc[0]
    text = CORRECTION.format(row=row["figure_id"], start=row["char_start"], end=row["char_end"])
    return Tables.of(curate(tables, parse_curation(text + more, "c.toml")).tables, tables.sources)


def test_a_curated_amount_that_is_not_printed(tables: Tables, article: Article) -> None:
    """A correction does not make a number printed; a curator who infers it says so."""
    named = {(f.rule, f.column) for f in validate_tables(corrected(tables), [article]).failures}
    assert {("amount_printed", "amount"), ("says", "amount"), ("curated_printed", "amount")} <= named
    assert validate_tables(corrected(tables, 'inferred = ["amount"]\n'), [article]).valid


def broken(frames: Mapping[str, Any], rule: str) -> list[tuple[str, str, str]]:
    """Table, column and message of the failures of a rule."""
    findings = Findings(TABLES)
    check_consistency(findings, frames)
    return [(f.table, f.column, f.message) for f in findings.report().failures if f.rule == rule]


@pytest.mark.parametrize(
    ("table", "column", "starts", "ends", "is_wrong"),
    [
        ("quotes", "text", 0, 0, False),
        ("quotes", "text", 1, 0, True),
        ("quotes", "text", 0, -1, True),
        ("events", "type", 1, -1, False),
        ("events", "type", -1, 0, True),
        ("events", "type", 0, 1, True),
    ],
)
def test_evidence_that_is_not_at_its_row(
    tables: Tables, table: str, column: str, starts: int, ends: int, is_wrong: bool
) -> None:
    """That of a quoted text is the span of the row, and that of an event is inside it; a curated row may differ."""
    evidence = tables.evidence.copy()
    position = next(
        n
        for n, cited in enumerate(evidence.itertuples())
        if (cited.column_name, cited.row_id) == (column, tables[table].iloc[0, 0])
    )
    moved = pd.Series([n == position for n in range(len(evidence))], index=evidence.index).astype("Int64")
    evidence["char_start"] += moved * starts
    evidence["char_end"] += moved * ends
    frames = {**tables.frames, "evidence": evidence}
    row = tables[table].iloc[0]
    start, end = row["char_start"], row["char_end"]
    said = f"its evidence is at {start + starts} to {end + ends}, and the row at {start} to {end}"
    found = broken(frames, "evidence_place")
    assert [(of, name) for of, name, _ in found] == [(table, column)] * is_wrong
    assert all(message.endswith(said) for _, _, message in found)
    curated = tables[table].assign(origin="corrected")
    assert broken({**frames, table: curated}, "evidence_place") == []
    for gone in ("row_id", "column_name", "char_start"):
        assert broken({**frames, "evidence": evidence.drop(columns=gone)}, "evidence_place") == []
        assert broken({**frames, "evidence": evidence.drop(columns=gone)}, "evidence_names") == []


def test_a_date_that_a_curator_inferred(tables: Tables, change: Callable[..., Tables]) -> None:
    """An inferred day need not be one that the words can mean."""
    day = date(2023, 6, 1)
    given = change(tables, "events", 0, date_start=day, date_end=day)
    key = str(given.events.event_id[0])

    def rules(*inferred: str) -> set[str]:
        entry = Correction("events", (key,), Action.CHANGE, "x", Span(0, 1), inferred=inferred)
        findings = Findings(TABLES)
        check_consistency(findings, given.frames, corrections=Corrections("x", {("events", key): entry}))
        return {f.rule for f in findings.report().failures}

    assert rules() == {"date_printed"}
    assert rules("date_start") == set()
    assert rules("place") == {"date_printed"}


@pytest.mark.parametrize(
    ("day", "rules"),
    [
        (date(2025, 5, 9), {"curated_unread"}),
        (date(2026, 5, 9), {"curated_printed"}),
        (date(2024, 9, 5), {"curated_printed"}),
    ],
)
def test_a_curated_day_without_a_year(tables: Tables, article: Article, day: date, rules: set[str]) -> None:
    """Cited words without a year mean the year nearest to publication; another one must be marked as inferred."""
    row = tables.events.iloc[2]  # 9 May; the article appeared on 10 May 2024
    start = article.text.index("9 May")
    text = f"""
[[correction]]
table = "events"
row = "{row["event_id"]}"
action = "change"
reason = "Another day."
span = [{start}, {start + 5}]
was = {{date_start = "2024-05-09", date_end = "2024-05-09"}}
set = {{date_start = "{day}", date_end = "{day}"}}
"""

    def found(more: str = "") -> set[str]:
        made = curate(tables, parse_curation(text + more, "c.toml")).tables
        report = validate_tables(Tables.of(made, tables.sources), [article])
        return {f.rule for f in report.failures if f.rule.startswith("curated")}

    assert found() == rules
    assert not found('inferred = ["date_start", "date_end"]\n')


def test_tables_that_are_not_as_corrected(tables: Tables, change: Callable[..., Tables]) -> None:
    """A curated cell is the one of its correction, and a row marked as curated has a correction."""
    made = corrected(tables, 'inferred = ["amount"]\n')
    other = replace(change(made, "financial_figures", 0, amount=Decimal(42_000_000)), curation=made.curation)
    assert "correction_applied" in {f.rule for f in validate_tables(other).failures}
    marked = replace(change(made, "quotes", 0, origin="corrected"), curation=made.curation)
    assert "origin_of_correction" in {f.rule for f in validate_tables(marked).failures}
