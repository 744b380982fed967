"""The encoder's view of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.actors import find_actors
from broadsheet.extraction.meaning import Meaning

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.analysis.document import Document

TEXT = "Peru and Chile talk\n\nPeru was praised. The envoy of Chile met Ada Lund in Lima on Monday. Nobody else came.\n"


def _place(document: Document, word: str, nth: int = 1) -> int:
    return [t.i for t in document.tokens if t.text == word][nth - 1]


def test_mentions_and_dates_around_a_word(document: Callable[..., Document]) -> None:
    """Those of the title and of the sentences around are given."""
    analysed = document(TEXT)
    cast = find_actors(analysed).entities
    meaning = Meaning(analysed, cast)
    met = _place(analysed, "met")
    assert {"peru", "chile"} <= {phrase.group for phrase in meaning.actors_near(met)}
    assert [date.text for date, _ in meaning.dates_near(met)] == ["Monday"]
    assert meaning.scores("trig", [met, 0]).shape == (2, 17)
