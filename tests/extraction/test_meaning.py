"""Where a phrase stands, seen from a word: distance and dependency path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.actors import find_actors
from broadsheet.extraction.meaning import AFTER, BEFORE, IN_TITLE, WITHIN, Meaning, dependency_path, distance

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.analysis.document import Document

TEXT = "Peru and Chile talk\n\nPeru was praised. The envoy of Chile met Ada Lund in Lima on Monday. Nobody else came.\n"


def _place(document: Document, word: str, nth: int = 1) -> int:
    return [t.i for t in document.tokens if t.text == word][nth - 1]


def test_paths_go_up_and_down_the_tree(document: Callable[..., Document]) -> None:
    """Labels up from the word, a slash, and labels down, prepositions with their words."""
    analysed = document(TEXT)
    met = _place(analysed, "met")
    assert dependency_path(analysed, met, met) == "self"
    assert dependency_path(analysed, met, _place(analysed, "envoy")) == "/nsubj"
    assert dependency_path(analysed, met, _place(analysed, "Chile", 2)) == "/nsubj.prep:of.pobj"
    assert dependency_path(analysed, _place(analysed, "envoy"), met) == "nsubj/"
    assert dependency_path(analysed, met, _place(analysed, "praised")) == "other"


def test_distances_tell_title_sentence_and_side(document: Callable[..., Document]) -> None:
    """The title, the sentence and the side on which a phrase stands are told apart."""
    analysed = document(TEXT)
    met, peru = _place(analysed, "met"), _place(analysed, "Peru", 2)
    assert distance(analysed, met, 0, 1) == IN_TITLE
    assert distance(analysed, met, met, met + 1) == WITHIN
    assert distance(analysed, met, peru, peru + 1) == BEFORE[0]
    assert distance(analysed, peru, met, met + 1) == AFTER
    before, after = _place(analysed, "envoy"), _place(analysed, "Ada")
    assert distance(analysed, met, after, after + 2) < distance(analysed, met, before, before + 1)


def test_mentions_and_dates_around_a_word(document: Callable[..., Document]) -> None:
    """Those of the title and of the sentences around are given."""
    analysed = document(TEXT)
    cast = find_actors(analysed).entities
    meaning = Meaning(analysed, cast)
    met = _place(analysed, "met")
    assert {"peru", "chile"} <= {m.actor_id for m in meaning.around(met)}
    assert [date.text for date, _, _ in meaning.dates_near(met)] == ["Monday"]
    assert meaning.scores("trig", [met, 0]).shape == (2, 17)
