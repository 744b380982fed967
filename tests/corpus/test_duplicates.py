"""Copies of a story, and other stories."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from random import Random

import numpy as np
import pytest
from corpora import paragraphs
from growth import steps

from broadsheet.corpus.duplicates import RESEMBLANCE, NearDuplicate, near_duplicates, signature

_, BODIES = paragraphs()
STORY = [p for p in BODIES if len(p.split()) > 25][:12]
OTHER = [p for p in BODIES if len(p.split()) > 25][12:24]

WIRE = json.loads(Path(__file__).with_name("wire.json").read_text(encoding="utf-8"))
"""Stories of our own: the wire's, an editor's copy of it, another reporter's story of the event, and a sequel."""

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


@pytest.mark.parametrize("story", WIRE, ids=[story["event"] for story in WIRE])
def test_wire_copy(story: dict[str, list[str]]) -> None:
    """An editor's copy repeats the wire's story; another reporter's story of the event and the sequel do not."""
    texts = [story[kind] for kind in ("original", "edited", "other", "follow_up")]
    assert [(n.article_id, n.repeats_id) for n in compared(*texts)] == [("b", "a")]
    a, b, c, d = (signature("\n\n".join(text)) for text in texts)
    assert (a == b).mean() > RESEMBLANCE
    assert max((x == y).mean() for x, y in ((a, c), (a, d), (b, c), (b, d), (c, d))) < RESEMBLANCE / 2


def test_most_wire_copy_is_found() -> None:
    """Bands miss few copies: of those of all stories, cut by up to six tenths or edited, nine in ten are found."""
    found = total = 0
    for story in WIRE:
        words = " ".join(story["original"]).split()
        copies = [story["edited"], *([" ".join(words[: len(words) * part // 10])] for part in range(4, 10))]
        found += sum(len(compared(story["original"], copy)) for copy in copies)
        total += len(copies)
    assert found / total > 0.9


def test_what_is_named_is_not_marked() -> None:
    """A reader who leaves out what is marked still has what it repeats, of however many copies of copies."""
    words = " ".join(STORY).split()
    copies = [[" ".join(words[: len(words) * part // 20])] for part in range(20, 1, -1)]
    found = compared(*copies)
    assert {n.repeats_id for n in found}.isdisjoint(n.article_id for n in found)
    assert sum(n.repeats_id == "a" for n in found) >= 9


def test_shares_are_estimated() -> None:
    """The share of numbers alike is near the share of runs in common, which the text itself tells."""
    words = " ".join([*STORY, *OTHER]).split()
    for part in (3, 5, 7, 9):
        cut = words[: len(words) * part // 10]
        alike = (signature(" ".join(words)) == signature(" ".join(cut))).mean()
        assert abs(alike - part / 10) < 0.15


def test_signatures_have_no_loop_over_words() -> None:
    """A signature works on arrays: a text three times as long executes no more Python."""
    text = "\n\n".join(STORY)
    signature(text)
    assert steps(lambda: signature(f"{text}\n\n{text}\n\n{text}")) == steps(lambda: signature(text)) < 200


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
