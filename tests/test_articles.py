"""Three articles of our own, of other topics and countries, with their tables as a careful reader would fill them.

`tests/articles/NAME.json` is that reading, in the format of `broadsheet evaluate`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from broadsheet import extract
from broadsheet.quality.evaluation import evaluate, read_gold
from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet.quality.evaluation.measure import Scores

ARTICLES = ROOT / "tests" / "articles"

NAMES = ("brazil-argentina-wire", "finland-cartel-fine", "ghana-cocoa-levy")

TABLES = ("actors", "roles", "quotes", "quotes+speaker", "events", "tariffs", "figures")

MOST_SPURIOUS = 4
"""Rows of a table that no reader would have."""

LEARNED = ("events", "tariffs")
"""Tables of an encoder that may miss rows."""
LEAST = 0.5
"""The share of their rows that must be found."""


def scored(path: Path) -> Scores:
    """The scores of an article's tables against its reading."""
    return evaluate([read_gold(path.with_suffix(".json"))], extract(path)).scores["articles"]


@pytest.mark.parametrize("name", NAMES)
def test_every_row_of_a_careful_reader_is_found(name: str) -> None:
    """All rows of the reading are found, most of events and measures, and few others."""
    counts = scored(ARTICLES / f"{name}.txt").counts
    exact = [table for table in TABLES if table not in LEARNED]
    assert {table: counts[table].right for table in exact} == {table: counts[table].asked for table in exact}
    assert all(counts[table].right >= LEAST * counts[table].asked for table in LEARNED)
    assert all(counts[table].given - counts[table].asked <= MOST_SPURIOUS for table in TABLES)


@pytest.mark.parametrize("name", NAMES)
def test_tables_are_valid(name: str) -> None:
    """The tables pass every check, spans against the text included."""
    report = extract(ARTICLES / f"{name}.txt").validate()
    assert report.valid, report.render(100)
