"""What is noted where a cell and its words disagree: check, key, words and place."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from quality.validation.conftest import at

from broadsheet.quality.validation.readings import READINGS, check_readings
from broadsheet.quality.validation.readings.context import CONTEXT
from broadsheet.quality.validation.report import Failure, Findings, Level, Severity
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet import Tables
    from broadsheet.reading import Article


def read(tables: Tables, article: Article, **options: Any) -> Findings:
    """What is found in the tables."""
    findings = Findings(TABLES)
    check_readings(findings, tables.frames, {article.article_id: article}, **options)
    return findings


def failures(tables: Tables, article: Article, **options: Any) -> list[Failure]:
    """What is wrong with the tables."""
    return list(read(tables, article, **options).report().failures)


def test_right_tables(tables: Tables, article: Article) -> None:
    """Every reading is a check, and none fails; those of the words around a row are warnings."""
    report = read(tables, article).report()
    assert report.failures == ()
    expected = {
        (table, column, Severity.WARNING if of is CONTEXT else Severity.ERROR)
        for of in (READINGS, CONTEXT)
        for table, readings in of.items()
        for column, _, _ in readings
    }
    assert {(check.table, check.column, check.severity) for check in report.checks} == expected
    assert {check.level for check in report.checks} == {Level.GROUNDING}
    assert {check.rule for check in report.checks} == {"says", "sign", "context"}


@pytest.mark.parametrize(
    ("table", "position", "cells", "rule", "message", "words"),
    [
        ("quotes", 0, {"cue": "deny"}, "says", "cue is deny, but the text has «said»", "said"),
        (
            "financial_figures",
            0,
            {"amount": Decimal(4)},
            "says",
            "amount is 4.0000, but «40 to 45 million euros» is read as 40 or 40000000 or 45000000 or 45000040",
            "40 to 45 million euros",
        ),
        ("actors", 0, {"name": "Caixa"}, "says", "name is Caixa, but the text has «Banco Lusitano»", "Banco Lusitano"),
        (
            "financial_figures",
            0,
            {"approximation": "about"},
            "says",
            "approximation is about, but «40 to 45 million euros» is a range",
            "40 to 45 million euros",
        ),
    ],
)
def test_a_cell_that_is_wrong(
    tables: Tables,
    article: Article,
    change: Callable[..., Tables],
    table: str,
    position: int,
    cells: dict[str, Any],
    rule: str,
    message: str,
    words: str,
) -> None:
    """The failure has the cell, what the text says, and the place of the evidence or of the row."""
    changed = change(tables, table, position, **cells)
    found = [f for f in failures(changed, article) if f.column in cells and f.rule == rule]
    assert [(f.table, f.key, f.message) for f in found] == [(table, tables[table].iloc[position, 0], message)]
    assert found[0].place is not None
    assert found[0].place.article_id == article.article_id
    assert words in found[0].place.span.of(article.text)


def test_rules_of_one_column(tables: Tables, article: Article, change: Callable[..., Tables]) -> None:
    """The sign of an amount has a rule of its own."""
    changed = change(tables, "financial_figures", 0, amount=Decimal(-40_000_000))
    assert [(f.rule, f.column) for f in failures(changed, article)] == [("sign", "amount")]


def test_an_actor_of_an_article(tables: Tables, article: Article, change: Callable[..., Tables]) -> None:
    """An actor is read in the articles that mention it; without a source nothing is said."""
    changed = change(tables, "actors", 0, name="Caixa")
    assert [f.column for f in failures(changed, article) if f.table == "actors"] == ["name"]
    other = replace(article, text=article.text.replace("salmon", "trout"))
    assert failures(changed, other) == []
    mentions = changed["mentions"]
    gone = mentions[mentions["actor_id"] != "banco-lusitano"].reset_index(drop=True)
    unmentioned = type(tables)({**changed.frames, "mentions": gone}, tables.model)
    assert [f for f in failures(unmentioned, article) if f.table == "actors"] == []


def test_what_a_curator_inferred(tables: Tables, article: Article, change: Callable[..., Tables]) -> None:
    """A curated cell may be inferred; an extracted one may not."""
    changed = change(tables, "quotes", 0, cue="deny")
    asked: list[tuple[str, str, str]] = []

    def inferred(table: str, key: str, column: str) -> bool:
        asked.append((table, key, column))
        return True

    assert len(failures(changed, article, inferred=inferred)) == 1
    assert asked == []
    curated = change(changed, "quotes", 0, origin="corrected")
    assert failures(curated, article, inferred=inferred) == []
    assert asked == [("quotes", str(tables["quotes"].iloc[0, 0]), "cue")]
    assert len(failures(curated, article)) == 1
    assert failures(curated, article)[0].place is not None
    assert failures(curated, article)[0].place.span == at("said", 2)  # type: ignore[union-attr]
