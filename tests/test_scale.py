"""Time grows with the length of a text alone, whatever it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from growth import BELOW_QUADRATIC, exponent, processor_time, steps
from shapes import SHAPES

from broadsheet import extract
from broadsheet.extraction.pipeline import parse
from broadsheet.extraction.quotes.marks import find_stretches
from broadsheet.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet import Tables
    from broadsheet.analysis.document import Document

SHORT, LONG = 2_000, 8_000
"""Characters of texts that are parsed."""

READ_SHORT, READ_LONG = 8_000, 128_000
"""Characters of texts that are only read."""

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
    "a list of rates",
    "events",
    "short lines",
]
"""What has been slow, or could be, in one parser or another."""


@pytest.mark.parametrize("shape", PARSED)
def test_parsers_take_linear_time(shape: str, document: Callable[..., Document]) -> None:
    """All parsers together, without the pass of the model: less than quadratic in names, near linear elsewhere."""

    def cost(size: int) -> int:
        analysed = document(SHAPES[shape](size))
        return steps(lambda: parse(analysed))

    cost(SHORT)
    assert exponent(cost, SHORT, LONG) < BELOW_QUADRATIC


@pytest.mark.parametrize("shape", SHAPES)
def test_a_long_text_is_read_at_once(shape: str) -> None:
    """The canonical text, the language and the quoted stretches take time in proportion to the text."""

    def cost(size: int) -> float:
        text = SHAPES[shape](size)

        def job() -> None:
            article = read(text, max_characters=2 * size)
            find_stretches(article.text, article.paragraphs)

        return processor_time(job, rounds=1)

    assert exponent(cost, READ_SHORT, READ_LONG) < BELOW_QUADRATIC


@pytest.mark.parametrize(
    ("shape", "short", "long"),
    [
        ("many paragraphs", 8_000, 128_000),
        ("one paragraph", 4_000, 32_000),
        ("quotation marks", 1_500, 12_000),
    ],
)
def test_the_whole_chain_takes_linear_time(shape: str, short: int, long: int) -> None:
    """From the text to the tables, the pass of the model included."""
    extract(text=SHAPES[shape](1_000))

    def cost(size: int) -> float:
        return processor_time(lambda: extract(text=SHAPES[shape](size), max_characters=2 * size), 1)

    assert exponent(cost, short, long) < BELOW_QUADRATIC


def test_quotes_of_a_long_paragraph_take_linear_time_and_are_all_found() -> None:
    """Every quote of a paragraph of them has its row, to the last."""
    found: dict[int, Tables] = {}

    def cost(count: int) -> float:
        text = "The talks. " + " ".join(f"“We shall see {n},” she said." for n in range(count))
        return processor_time(lambda: found.update({count: extract(text=text, max_characters=len(text) + 1)}), rounds=1)

    cost(20)
    assert exponent(cost, 150, 2_400) < BELOW_QUADRATIC
    assert list(found[2_400].quotes["text"]) == [f"We shall see {n}," for n in range(2_400)]
