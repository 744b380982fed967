"""Time grows with the length of a text alone, whatever it is made of."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

import pytest
from shapes import SHAPES

from broadsheet import extract
from broadsheet.extract.pipeline import parse
from broadsheet.extract.quotes.marks import find_stretches
from broadsheet.read import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet import Tables
    from broadsheet.analyse.document import Document

SIZE, TIMES = 4_000, 4
"""Characters of the shorter text, and how many times as long the longer one is."""

LONG = 250_000
"""Characters of a text that is only read."""

GENEROUS = 2.5
"""How much more than in proportion the longer text may take: a square would take ``TIMES`` as much.

Processor time, so that other programs on the machine do not show but by the caches that they take.
"""

NOTHING = 0.03
"""Seconds below which a measurement says nothing."""

PARSED = [
    "unclosed quotes",
    "one word",
    "a sentence without a stop",
    "commas",
    "names",
    "given names",
    "persons with roles",
    "states",
    "amounts",
    "dates",
    "measures on many goods",
    "events",
    "short lines",
]
"""What has been slow, or could be, in one parser or another."""


def seconds(job: Callable[[], object], rounds: int = 2) -> float:
    """The least processor time of several rounds, without that of the garbage collector."""
    taken = []
    gc.disable()
    try:
        for _ in range(rounds):
            begin = time.process_time()
            job()
            taken.append(time.process_time() - begin)
    finally:
        gc.enable()
    return min(taken)


@pytest.mark.parametrize("shape", PARSED)
def test_parsers_take_linear_time(shape: str, document: Callable[..., Document]) -> None:
    """All parsers together, without the pass of the model, on a text and on one four times as long."""
    short, long = (document(SHAPES[shape](size)) for size in (SIZE, SIZE * TIMES))
    assert seconds(lambda: parse(long)) < GENEROUS * TIMES * max(seconds(lambda: parse(short)), NOTHING)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_long_text_is_read_at_once(shape: str) -> None:
    """The canonical text, the language and the quoted stretches of a quarter of a megabyte take a second or two."""
    begin = time.process_time()
    article = read(SHAPES[shape](LONG), max_characters=2 * LONG)
    find_stretches(article.text, article.paragraphs)
    assert time.process_time() - begin < 15


@pytest.mark.parametrize(
    ("shape", "short", "long"),
    [
        ("many paragraphs", 62_500, 1_000_000),
        ("one paragraph", 15_000, 120_000),
        ("quotation marks", 2_500, 20_000),
    ],
    ids=["a megabyte", "one paragraph", "quotation marks"],
)
def test_the_whole_chain_takes_linear_time(shape: str, short: int, long: int) -> None:
    """From the text to the tables, the pass of the model included."""
    extract(SHAPES[shape](1_000))
    brief = seconds(lambda: extract(SHAPES[shape](short)), rounds=1)
    much = seconds(lambda: extract(SHAPES[shape](long), max_characters=2 * long), rounds=1)
    assert much < GENEROUS * long / short * brief


def test_ten_thousand_quotes_take_linear_time_and_are_all_found() -> None:
    """Every quote of a paragraph of them has its row, to the last."""

    def quotes(count: int) -> Tables:
        text = "The talks. " + " ".join(f"“We shall see {n},” she said." for n in range(count))
        return extract(text, max_characters=len(text) + 1)

    brief = seconds(lambda: quotes(1_250), rounds=1)
    found: list[Tables] = []
    assert seconds(lambda: found.append(quotes(10_000)), rounds=1) < GENEROUS * 8 * brief
    assert list(found[0].quotes["text"]) == [f"We shall see {n}," for n in range(10_000)]
