"""Words that name a measure decide over the model. All facts are invented."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from broadsheet.extraction.pipeline import parse
from broadsheet.extraction.tariffs.printed import naming_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.analysis.document import Document

    Analyse = Callable[..., Document]


@pytest.mark.parametrize(
    ("text", "noun", "words"),
    [
        ("Canada raised its anti-dumping duties on steel.", "duties", "anti-dumping duties"),
        ("Canada has a new levy on steel.", "levy", "levy"),
        ("Canada acted on steel.", "acted", "acted"),
    ],
)
def test_the_words_that_name_a_measure(document: Analyse, text: str, noun: str, words: str) -> None:
    """Words before the noun can say more."""
    analysed = document(f"Trade news\n\n{text}")
    found = next(token for token in analysed.tokens if token.text == noun)
    assert naming_words(analysed, found).of(analysed.text) == words


@pytest.mark.parametrize(
    ("noun", "measure"), [("levies", "tariff"), ("taxes", "tariff"), ("duties", "duty"), ("tariffs", "tariff")]
)
def test_the_printed_word_decides(document: Analyse, noun: str, measure: str) -> None:
    """Levies and taxes on imports are tariffs; duties keep their word."""
    found = parse(document(f"Trade news\n\nCanada imposed 25% {noun} on steel from Mexico.")).tariffs
    assert found
    assert {row.row.measure for row in found} == {measure}


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Japan reduced tariffs on Thai shrimp on Monday.", "lower"),
        ("Egypt lowered its duty on Kenyan tea.", "lower"),
        ("India will quadruple its duty on Thai rubber to 40%.", "raise"),
        ("Peru agreed to keep the 6 percent duty on Chilean cars.", "maintain"),
        ("The duty on imported cars was left unchanged at 60%, Kenya said.", "maintain"),
    ],
)
def test_a_verb_that_means_one_action_decides(document: Analyse, text: str, action: str) -> None:
    """To reduce a duty is not to remove it."""
    assert {found.row.action for found in parse(document(text)).tariffs} == {action}


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("Peru put a 10% duty on Chilean wine in response to a ban on its grapes.", True),
        ("Peru hit back on Friday with a 10% duty on Chilean wine.", True),
        ("Peru put a 10% duty on Chilean wine on Friday.", False),
    ],
)
def test_words_around_a_measure_call_it_an_answer(document: Analyse, text: str, answers: bool) -> None:
    """They decide where the model sees no answer."""
    wine = [found.row for found in parse(document(text)).tariffs if found.row.product == "wine"]
    assert {row.is_retaliation for row in wine} == {answers}


@pytest.mark.parametrize(
    ("text", "additional"),
    [
        ("Kenya put a 10% duty on Chinese tiles on top of the 25% in force.", True),
        ("Kenya raised its additional duties on Chinese tiles to 10%.", True),
        ("Kenya put a 10% duty on Chinese tiles.", False),
    ],
)
def test_words_after_a_rate_say_that_it_is_additional(document: Analyse, text: str, additional: bool) -> None:
    """They stand before the noun of the measure, or behind the rate."""
    rows = [found.row for found in parse(document(text)).tariffs if found.row.rate_percent == 10]
    assert {row.rate_is_additional for row in rows} == {additional}


@pytest.mark.parametrize(
    ("text", "action", "status"),
    [
        ("Norway scrapped its exemption from customs duties for parcels from Peru.", "impose", "in_force"),
        ("Norway will end its duty-free treatment of parcels from Peru in June.", "impose", "announced"),
        ("Norway granted Peru an exemption from its duty on parcels.", "remove", "in_force"),
    ],
)
def test_the_end_of_an_exemption_imposes(document: Analyse, text: str, action: str, status: str) -> None:
    """A duty from which nothing is exempt any more applies; one with an exemption does not."""
    (row,) = (found.row for found in parse(document(text, date(2025, 2, 11))).tariffs if found.row.action == action)
    assert (row.target_code, row.product, row.status) == ("PER", "parcels", status)


def test_a_duty_free_quota_that_is_scrapped_is_no_more(document: Analyse) -> None:
    """The quota is removed, the duty applies."""
    found = parse(document("Norway scrapped duty-free quotas for cheese from Switzerland on Monday.")).tariffs
    assert {(row.row.measure, row.row.action) for row in found} >= {("quota", "remove"), ("duty", "impose")}
