"""The picture of words quoted by speaker."""

from __future__ import annotations

import re

import pytest
from views.plot.rows import actor, quote, tables
from views.plot.scenes import picture, scene

import broadsheet

SAID = re.compile(r"(.+), (whole clauses|fragments): ([\d,]+) words? in ([\d,]+) quotes?")
KINDS = {"whole clauses": "direct", "fragments": "partial"}


def bars(said: list[str]) -> dict[tuple[str, str], tuple[int, int]]:
    """Speaker and kind to words and quotes, as the bars are read aloud."""
    found = {}
    for text in said:
        match = SAID.fullmatch(text)
        assert match is not None, text
        words, quotes = (int(match[n].replace(",", "")) for n in (3, 4))
        found[match[1], KINDS[match[2]]] = (words, quotes)
    return found


def test_bars_are_the_sums_of_the_published_dataset() -> None:
    """Speaker by speaker and kind by kind, as pandas sums them."""
    published = broadsheet.load()
    names = dict(zip(published.actors.actor_id, published.actors.name, strict=True))
    expected = {}
    for (speaker, kind), quotes in published.quotes.groupby(["speaker_id", "kind"]):
        expected[names[speaker], kind] = (int(quotes.n_words.sum()), len(quotes))
    assert bars(scene(published, "speakers").said("rect")) == expected


def test_a_bar_is_as_long_as_its_words() -> None:
    """Thirty words are three times as long as ten, fragments stand behind whole clauses, and are hollow."""
    found = scene(tables(quote(30), quote(10, kind="partial"), quote(20, "bo")), "speakers")
    by_words = {mark["description"].split(": ")[1].split()[0]: mark for mark in found.of("rect")}
    assert by_words["30"]["width"] == pytest.approx(3 * by_words["10"]["width"])
    assert by_words["10"]["x"] == pytest.approx(by_words["30"]["width"])
    assert by_words["10"]["fill"] == "#ffffff" != by_words["30"]["fill"]
    assert by_words["10"]["stroke"] == by_words["30"]["stroke"]


def test_speakers_are_in_the_order_of_their_words() -> None:
    """The most first; of equals the first of the alphabet; who is not named last."""
    rows = (quote(5, "bo"), quote(5, "ada"), quote(9, None), quote(7, "cy"))
    found = scene(tables(*rows, names=[actor("ada"), actor("bo"), actor("cy")]), "speakers")
    assert found.axis == ("Cy", "Ada", "Bo", "not named")


def test_only_unnamed_speakers_have_their_full_bar() -> None:
    """Nobody is there to be longer than."""
    found = scene(tables(quote(90, None), quote(10, None, "partial")), "speakers")
    assert bars(found.said("rect")) == {("not named", "direct"): (90, 1), ("not named", "partial"): (10, 1)}
    assert "100 words in 2 quotes" in found.words


def test_a_bar_that_is_cut_says_so() -> None:
    """The unnamed of a corpus say ten times what the most quoted says; their bar is a quarter longer than that."""
    found = scene(tables(quote(10), quote(100, None)), "speakers")
    named, unnamed = sorted(mark["width"] for mark in found.of("rect"))
    assert unnamed == pytest.approx(1.25 * named)
    assert "100 words in 1 quote (bar cut short)" in found.words
    assert bars(found.said("rect"))["not named", "direct"] == (100, 1)


def test_beyond_twenty_the_others_are_counted() -> None:
    """How many they are, and what they say together."""
    ids = [f"speaker-{number:02}" for number in range(23)]
    rows = [quote(100 - number, speaker) for number, speaker in enumerate(ids)]
    found = scene(tables(*rows, names=[actor(name) for name in ids]), "speakers")
    assert found.axis == (*(name.title() for name in ids[:20]), "3 other speakers")
    assert "237 words in 3 quotes" in found.words


def test_people_with_the_same_name_are_distinguished() -> None:
    """By their keys; they are not summed."""
    namesakes = [actor("li-na", "Li Na"), actor("li-na-2", "Li Na")]
    found = scene(tables(quote(3, "li-na"), quote(2, "li-na-2"), names=namesakes), "speakers")
    assert found.axis == ("Li Na (li-na)", "Li Na (li-na-2)")


def test_answers_are_cells_of_the_table() -> None:
    """An unnamed speaker is a cell without one."""
    drawn = picture(tables(quote(3, None)), "speakers")
    (line,) = drawn.data["quotes"].to_dict("records")
    assert {column: line[field] for field, column in drawn.answers.items()} == {"speaker_id": None, "kind": "direct"}
