"""Days of effect and of the end of a measure. All facts are invented."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from broadsheet.extraction.dates import find_dates
from broadsheet.extraction.pipeline import parse
from broadsheet.extraction.tariffs.days import effect_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.analysis.document import Document
    from broadsheet.tables.rows import TariffRow

    Analyse = Callable[..., Document]

PUBLISHED = date(2031, 6, 11)


def rows(document: Analyse, text: str) -> list[TariffRow]:
    """The measures of a text."""
    return [found.row for found in parse(document(f"Trade news\n\n{text}", PUBLISHED)).tariffs]


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("on July 4, 2031", date(2031, 7, 4), "day"),
        ("since March 2030", date(2030, 3, 1), "month"),
        ("in 2028", date(2028, 1, 1), "year"),
        ("in late 2028", date(2028, 1, 1), "year"),
        ("in early March 2030", date(2030, 3, 1), "month"),
        ("this week", None, None),
        ("until May 2030", None, None),
    ],
)
def test_the_first_day_of_effect(text: str, day: date | None, precision: str | None) -> None:
    """It is the first day of the period of its precision; a week is none of a day, month or year."""
    (found,) = find_dates(text, published_on=PUBLISHED)
    effect = effect_of(found)
    assert (effect.day, effect.precision) == (day, precision)


def test_a_day_after_a_word_of_taking_effect(document: Analyse) -> None:
    """The day belongs to the nearest measure before it, and to all of its rows."""
    text = "Canada will impose a 25% tariff on steel and aluminum from Mexico that will go into effect on July 4."
    found = rows(document, text)
    assert len(found) > 1
    assert {row.effective_on for row in found} == {date(2031, 7, 4)}
    assert {row.effective_precision for row in found} == {"day"}


def test_rows_of_one_measure_share_their_day(document: Analyse) -> None:
    """A later sentence adds goods to a measure that an earlier one dates."""
    text = (
        "China will cut import tariffs on shoes starting July 1, 2031.\n\n"
        "Tariffs on hats will be reduced to 7 percent, China said."
    )
    found = {row.product: row for row in rows(document, text)}
    assert found["shoes"].effective_on == found["hats"].effective_on == date(2031, 7, 1)


def test_the_end_of_a_measure(document: Analyse) -> None:
    """The day to which a measure is said to last is its end, not its first day."""
    (row,) = rows(document, "Canada has imposed a 25% tariff on steel from Mexico until Nov. 3, 2031.")
    assert (row.effective_on, row.ended_on) == (None, date(2031, 11, 3))


def test_the_day_of_the_act_counts_for_the_day_of_effect(document: Analyse) -> None:
    """A duty takes effect on the day of the verb that imposes it, not on that of the measure told before."""
    text = (
        "The dispute began on March 3, when Peru imposed a 25 percent tariff on Chilean rice. "
        "Chile retaliated on April 1 with a 30 percent duty on Peruvian soybean oil."
    )
    days = {row.imposer_code: row.effective_on for row in rows(document, text)}
    assert days == {"PER": date(2031, 3, 3), "CHL": date(2031, 4, 1)}


@pytest.mark.parametrize(
    ("text", "day", "status"),
    [
        (
            "Norway on Monday slapped a 35% duty on Chilean salmon. The levy will take effect on July 1.",
            date(2031, 7, 1),
            "announced",
        ),
        (
            "Peru has decided to raise its duty on Chilean apples to 20%. The measure took effect on June 9.",
            date(2031, 6, 9),
            "in_force",
        ),
    ],
)
def test_a_later_sentence_gives_the_day_of_effect(document: Analyse, text: str, day: date, status: str) -> None:
    """It counts more than the day on which the measure is imposed."""
    row = rows(document, text)[0]
    assert (row.effective_on, row.status) == (day, status)


@pytest.mark.parametrize(
    "text",
    [
        "Norway announced a 20% tariff on Chilean wine last Friday.",
        "Norway's government announced a 20% tariff on salmon from Chile in January 2031.",
    ],
)
def test_a_day_before_publication_is_that_of_the_announcement(document: Analyse, text: str) -> None:
    """What is only announced has not taken effect."""
    (row,) = rows(document, text)
    assert (row.status, row.effective_on) == ("announced", None)


def test_what_is_answered_does_not_begin_with_its_answer(document: Analyse) -> None:
    """A duty in force has no day of effect to come; the duty that answers it has."""
    text = "Chile will impose a 10% tariff on Norwegian salmon from 3 July in response to Norway's duties on copper."
    found = {row.imposer_code: (row.status, row.effective_on) for row in rows(document, text)}
    assert found == {"CHL": ("announced", date(2031, 7, 3)), "NOR": ("in_force", None)}


@pytest.mark.parametrize("words", ["is set to take effect", "is due to begin"])
def test_a_paragraph_may_come_before_the_day_of_effect(document: Analyse, words: str) -> None:
    """The measure is that of its kind named last, some sentences before."""
    text = (
        "Norway will impose a 20% tariff on Chilean wine.\n\nA lawyer called it a mistake. Wine makers protested. "
        f"Exports fell. The levy {words} on 3 July 2031."
    )
    (row,) = rows(document, text)
    assert row.effective_on == date(2031, 7, 3)


def test_a_date_without_a_beginning_is_no_day_of_effect(document: Analyse) -> None:
    """*By 1 July* is when Chile has to act, not when the tariff begins."""
    text = (
        "Norway will put a tariff on wine unless Chile opens its market by 1 July.\n\n"
        "The 20% tariff on Chilean wine starts on 1 August."
    )
    (row,) = rows(document, text)
    assert row.effective_on == date(2031, 8, 1)
