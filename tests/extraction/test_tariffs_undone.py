"""Measures that are lifted or put off."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from broadsheet.extraction.pipeline import parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.analysis.document import Document
    from broadsheet.tables.rows import TariffRow


def rows(document: Callable[..., Document], text: str) -> list[TariffRow]:
    """The rows of a text of 2024."""
    return [found.row for found in parse(document(text, published_on=date(2024, 8, 20))).tariffs]


def brief(row: TariffRow) -> tuple[str, str, int | None, int | None]:
    """Action, status and the rates after and before."""
    after, before = row.rate_percent, row.rate_before_percent
    return row.action, row.status, None if after is None else int(after), None if before is None else int(before)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Peru on Monday lifted its ban on Chilean apples.",
            [("impose", "ended", None, None), ("remove", "in_force", None, None)],
        ),
        *(
            (text, [("impose", "in_force", None, None), ("remove", "announced", None, None)])
            for text in (
                "Peru agreed on Monday to scrap its ban on Chilean apples.",
                "Peru will also lift its ban on Chilean apples, its trade minister said, without giving a date.",
            )
        ),
        (
            "Kenya put off by a year the 25% duty it had planned on imported paper.",
            [("impose", "announced", 25, None), ("suspend", "in_force", None, 25)],
        ),
        (
            "Peru will eliminate tariffs on Chilean apples next year.",
            [("impose", "in_force", None, None), ("remove", "announced", None, None)],
        ),
    ],
)
def test_a_measure_that_ends_is_two_rows(
    document: Callable[..., Document], text: str, expected: list[tuple[str, str, int | None, int | None]]
) -> None:
    """The measure has a row, and what ends it has one."""
    assert sorted(brief(row) for row in rows(document, text)) == expected


def test_a_measure_that_was_lifted_has_ended(document: Callable[..., Document]) -> None:
    """Its own row does not stay in force where another sentence ends it."""
    text = "Japan banned Danish pork in May after an outbreak. It lifted the ban on Danish pork on Monday."
    assert {brief(row)[:2] for row in rows(document, text)} == {("impose", "ended"), ("remove", "in_force")}


def test_a_measure_that_is_imposed_anew_has_not_ended(document: Callable[..., Document]) -> None:
    """Its day of effect comes after that of the removal."""
    text = (
        "Japan lifted its ban on Danish pork on March 1. Japan banned Danish pork again on August 5, after an outbreak."
    )
    assert ("impose", "in_force") in {brief(row)[:2] for row in rows(document, text)}


def test_the_day_that_a_clause_gives_is_that_of_what_it_tells_of(document: Callable[..., Document]) -> None:
    """The measure that is put off was to take effect that day; putting it off did not."""
    text = "Peru paused a 25% tariff on Chilean apples that was to take effect on September 3."
    days = {row.action: row.effective_on for row in rows(document, text)}
    assert days == {"impose": date(2024, 9, 3), "suspend": None}


def test_a_duty_that_is_let_lapse_has_ended(document: Callable[..., Document]) -> None:
    """A verb without an object ends its subject."""
    found = rows(document, "Peru let its anti-dumping duty on Chilean apples lapse on Friday.")
    assert sorted((row.action, row.status) for row in found) == [("impose", "ended"), ("remove", "in_force")]
