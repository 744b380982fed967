"""Texts that nest or repeat one construction thousands of times, under a low limit of recursion."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from firing import under

from broadsheet import extract
from broadsheet.analysis.pipeline import analyse, load_model
from broadsheet.extraction.dates import find_dates
from broadsheet.extraction.found import Rule
from broadsheet.extraction.pipeline import parse
from broadsheet.reading import read
from broadsheet.reading.inputs.json_ld import _plain, _resolved
from broadsheet.reading.inputs.stated import metadata
from broadsheet.views.explain.cells import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

DEEP = 3_000
FRAMES = 250
"""Frames that a text may add to those that are there when extraction begins."""

REPEATED = {
    "clauses that hold clauses": ("Peru said ", "Chile said that Bolivia said that ", "it would act.", DEEP // 8),
    "sentences that begin with it": ("The Sea Fund spoke. ", "It said it would help. ", "", 400),
    "agreements between both sides": ("Peru spoke. ", "Talks between both sides ended a truce between both. ", "", 200),
    "prepositions in a row": ("Peru went ", "out of from under ", "the table.", 400),
    "joined participles": ("Ships were ", "seized, searched, fined, ", "and freed by Peru.", 300),
    "places in places": ("Envoys met in ", "a town in a part of ", "Peru.", 400),
    "appositions": ("Talks began, said ", "Ana Ruiz, the aide, ", "in Lima.", 400),
    "names without a mark between them": ("", "Peru Chile ", "talks began.", 600),
    "quotations in quotations": ("He said: ", '"She said: ', '"', 400),
}


@pytest.fixture
def shallow() -> Iterator[None]:
    """A limit of recursion little above what extraction itself needs."""
    load_model()
    # What libraries import on first use nests deeper than any text may.
    extract(text='Peru said on May 3, 2024 that it met Chile\'s trade minister. "We agree," said Ana Ruiz.\n')
    before, depth = sys.getrecursionlimit(), 0
    frame: FrameType | None = sys._getframe()
    while frame is not None:
        depth, frame = depth + 1, frame.f_back
    sys.setrecursionlimit(depth + FRAMES)
    yield
    sys.setrecursionlimit(before)


@pytest.mark.usefixtures("shallow")
@pytest.mark.parametrize("case", REPEATED)
def test_no_text_decides_how_deep_extraction_recurses(case: str) -> None:
    """A construction that is repeated or nested hundreds of times is extracted."""
    opening, repeated, closing, times = REPEATED[case]
    extract(text=f"Title of the article\n\n{opening}{repeated * times}{closing}\n", published_on="2024-05-03")


def test_no_text_decides_how_deep_reasons_are() -> None:
    """A quote that goes on from dozens of others rests on the reason of the first."""
    quoted = "\n\n".join(f'"The harbour of town number {number} will be closed."' for number in range(40))
    article = read(f'Ports close\n\n"We shall not wait," said Ana Ruiz, the minister.\n\n{quoted}\n')
    quotes = parse(analyse(article)).quotes
    assert quotes[-1].row.attribution == "continued"
    assert len(quotes) > 40
    assert max(len(list(under(rule))) for found in quotes for rule in found.rules.values()) < 8
    deep = Rule("quotes.speaker.previous", (("before", "We shall"),))
    for _ in range(2_000):
        deep = replace(deep, because=(deep,))
    assert reason_of(deep, article.text).because


@pytest.mark.usefixtures("shallow")
@pytest.mark.parametrize("words", ["the end of ", "early ", "a week before ", "the first day of ", "last "])
def test_no_text_decides_how_deep_dates_nest(words: str) -> None:
    """Words of dates that nest thousands of times are read."""
    find_dates(f"{words * DEEP}March 2024")


@pytest.mark.usefixtures("shallow")
def test_nested_values_of_a_page_are_read_without_recursion() -> None:
    """Lists in lists of a page's metadata are read."""
    value: object = "Ana Ruiz"
    for _ in range(DEEP):
        value = [value]
    _plain(_resolved(value, {}))
    assert metadata({"publisher": value}).publisher == "Ana Ruiz"
