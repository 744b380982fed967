"""Copies of a story, and other stories."""

from __future__ import annotations

from datetime import date
from random import Random

import numpy as np
import pytest
from corpora import paragraphs

from broadsheet.corpus.duplicates import NearDuplicate, near_duplicates, signature

_, BODIES = paragraphs()
STORY = [p for p in BODIES if len(p.split()) > 25][:12]
OTHER = [p for p in BODIES if len(p.split()) > 25][12:24]

COPIES = {
    "a new dateline": ["EASTPORT, March 3 — " + STORY[0], *STORY[1:]],
    "the last tenth cut": STORY[:11],
    "the last third cut": STORY[:8],
    "a paragraph dropped, another added": [*STORY[:4], OTHER[0], *STORY[5:]],
    "two paragraphs exchanged": [STORY[1], STORY[0], *STORY[2:]],
    "in capitals": [p.upper() for p in STORY],
    "other quotation marks": [p.replace("“", '"').replace("”", '"').replace("’", "'") for p in STORY],
    "hard-wrapped": [p.replace(" ", "\n") for p in STORY],
}

OTHERS = {
    "another story": OTHER,
    "another story with a background paragraph in common": [*OTHER[:9], STORY[5]],
    "another story with two paragraphs in common": [*OTHER, STORY[5], STORY[6]],
}


def compared(*bodies: list[str], days: list[date | None] | None = None) -> list[NearDuplicate]:
    """What is found among some texts, called a, b, c …"""
    texts = ["\n\n".join(body) for body in bodies]
    ids = [chr(ord("a") + place) for place in range(len(texts))]
    signatures = np.stack([signature(text) for text in texts])
    return near_duplicates(ids, days or [None] * len(texts), [len(text.split()) for text in texts], signatures)


@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES)
def test_copies_are_marked(copy: list[str]) -> None:
    """Copy that an editor cut or touched up names the longer article."""
    assert [(n.article_id, n.repeats_id) for n in compared([*STORY, OTHER[11]], copy)] == [("b", "a")]


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_other_stories_are_not(other: list[str]) -> None:
    """What only shares some paragraphs is a story of its own."""
    assert compared(STORY, other) == []


def test_the_earliest_is_what_is_repeated() -> None:
    """The day of publication decides, an unknown one comes last; then length."""
    days = [date(2024, 5, 3), None, date(2024, 5, 1)]
    found = compared(STORY, STORY[:11], STORY[:10], days=days)
    assert {(n.article_id, n.repeats_id) for n in found} == {("a", "c"), ("b", "c")}


def test_the_order_of_articles_makes_no_difference() -> None:
    """What is found is a function of the set."""
    bodies = [STORY, OTHER, *COPIES.values(), *OTHERS.values()]
    texts = ["\n\n".join(body) for body in bodies]
    rows = [(f"{n:02}", len(text.split()), signature(text)) for n, text in enumerate(texts)]
    first = None
    for seed in range(5):
        Random(seed).shuffle(rows)
        ids, sizes, signatures = zip(*rows, strict=True)
        found = near_duplicates(ids, [None] * len(ids), sizes, np.stack(signatures))
        assert first is None or found == first
        first = found
    assert first


def test_captions_are_compared_with_nothing() -> None:
    """Texts of a few words are alike for other reasons."""
    assert compared(["The minister said no."], ["The minister said no."]) == []


def test_a_crowd_takes_linear_time() -> None:
    """Ten thousand copies of one text are marked, each once, without comparing all with all."""
    one = signature("\n\n".join(STORY))
    count = 10_000
    found = near_duplicates([f"{n:05}" for n in range(count)], [None] * count, [500] * count, np.stack([one] * count))
    assert {n.repeats_id for n in found} == {"00000"}
    assert len(found) == count - 1
