"""Links of words with phrases: distance, dependency path and scores of groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.actors import find_actors
from broadsheet.extraction.links import AFTER, BEFORE, IN_TITLE, NOWHERE, WITHIN, dependency_path, distance, frequency
from broadsheet.extraction.meaning import Meaning

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
    assert distance(analysed, met, 0, 0) == NOWHERE


def test_frequencies_are_told_apart_by_doubling() -> None:
    """Once, 2 to 3 times, 4 to 7 times, and so on up to a highest number."""
    assert [frequency(n) for n in (1, 2, 3, 4, 7, 8)] == [1, 2, 2, 3, 3, 4]
    assert frequency(10**6) == frequency(10**9) == 7


def test_phrases_of_one_group_share_a_link(document: Callable[..., Document]) -> None:
    """An actor has one link, with the mention that tells each part best; order and repetition change no score."""
    analysed = document(TEXT)
    meaning = Meaning(analysed, find_actors(analysed).entities)
    met = _place(analysed, "met")
    near = meaning.actors_near(met)
    links = meaning.links("rev", met, 2, near)
    assert [link.phrase[0].group for link in links] == list(dict.fromkeys(p.group for p in near))
    assert all(p in near for link in links for p in link.phrase)
    again = meaning.links("rev", met, 2, [*near[::-1], *near])
    scores = {link.phrase[0].group: link.scores for link in links}
    assert {link.phrase[0].group: link.scores for link in again} == scores
    assert meaning.links("rev", met, 2, []) == []


def test_who_met_whom_is_found(document: Callable[..., Document]) -> None:
    """Subject and object of a meeting score higher than none."""
    analysed = document(TEXT)
    meaning = Meaning(analysed, find_actors(analysed).entities)
    met = _place(analysed, "met")
    links = {link.phrase[0].group: link.scores for link in meaning.links("rev", met, 2, meaning.actors_near(met))}
    assert max(links["chile"]) > max(0, *links["peru"])
