"""The encoder's view of an article."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING

from broadsheet.extraction.actors import find_actors
from broadsheet.extraction.events.participants import TYPES
from broadsheet.extraction.figures.kinds import DATED as FIGURES
from broadsheet.extraction.links import RELATIONS
from broadsheet.extraction.meaning import DATED, DATED_ELSEWHERE, Meaning
from broadsheet.extraction.tariffs.mentions import ANNOUNCED, EFFECTIVE

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

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


def test_the_date_of_a_word(document: Callable[..., Document], monkeypatch: pytest.MonkeyPatch) -> None:
    """A date counts if its score is above the bar, which is higher outside the sentence."""
    analysed = document(TEXT, date(2024, 5, 16))
    meaning = Meaning(analysed, find_actors(analysed).entities)
    met, praised = _place(analysed, "met"), _place(analysed, "praised")

    def found(score: float, place: int, least: float | None = None) -> str | None:
        link = SimpleNamespace(scores=(score,))
        monkeypatch.setattr(meaning, "links", lambda relation, place, kind, phrases: [link for _ in phrases])
        linked = meaning.date_of(place, 1, least=least)
        return linked.text if linked is not None else None

    between = (DATED + DATED_ELSEWHERE) / 2
    assert (found(between, met), found(DATED, met)) == ("Monday", None)
    assert (found(between, praised), found(DATED_ELSEWHERE + 1, praised)) == (None, "Monday")
    assert (found(0.5, met, 0.0), found(0.5, met, 1.0), found(9.0, praised, 0.0)) == ("Monday", None, None)


def test_the_numbers_of_what_has_a_date() -> None:
    """Events, figures and measures share the numbers of the relation with dates, and no two have the same."""
    numbers = [*range(1, len(TYPES) + 1), *FIGURES.values(), EFFECTIVE, ANNOUNCED]
    assert sorted(numbers) == [*range(1, RELATIONS["rdate"][0])]
