"""Whether a measure answers an act of its target. All facts are invented."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from broadsheet.extraction.pipeline import parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.analysis.document import Document

    Analyse = Callable[..., Document]


def answering(document: Analyse, text: str) -> set[tuple[str, str | None, bool]]:
    """Imposer, product and whether it is an answer, of each row of a text of 2025."""
    found = [found.row for found in parse(document(text, published_on=date(2025, 2, 11))).tariffs]
    return {(row.imposer_code, row.product, row.is_retaliation) for row in found}


@pytest.mark.parametrize(("word", "answers"), [("retaliatory", True), ("new", False)])
def test_measures_against_one_country_agree(document: Analyse, word: str, answers: bool) -> None:
    """One that is called an answer makes the others of its imposer answers, too, but not those of its target."""
    text = (
        f"Norway taxed copper from Chile at 10%. Chile may impose a {word} tariff on salmon from Norway. "
        "In May, Chile will put a tariff of 25% on cheese from Norway."
    )
    expected = {("NOR", "copper", False), ("CHL", "salmon", answers), ("CHL", "cheese", answers)}
    assert answering(document, text) == expected


def test_what_is_paused_was_an_answer(document: Analyse) -> None:
    """*Retaliatory* says so of the measure that is paused, which has a row of its own."""
    assert answering(document, "Chile paused its retaliatory tariffs on Norwegian salmon.") == {("CHL", "salmon", True)}
