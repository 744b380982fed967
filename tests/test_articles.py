"""Three articles of our own, of other topics and countries, with their tables as a careful reader would fill them.

`tests/articles/NAME.json` is that reading, in the format of `broadsheet.evaluate`. What the extractors still get wrong
stands in `KNOWN_FAULTS`: a fault that goes, and one that comes, must both be noted there.
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

KNOWN_FAULTS: dict[str, list[tuple[str, str, str]]] = {
    "brazil-argentina-wire": [
        ("events", "spurious", "SANCTION HALVES DUTY"),
        ("events.date", "wrong", "SANCTION ban"),
        ("events.precision", "wrong", "SANCTION ban"),
        ("events.status", "wrong", "SANCTION ban"),
    ],
    "finland-cartel-fine": [
        ("events", "spurious", "REJECT called"),
        ("events", "spurious", "REJECT recognize"),
        ("figures.date", "wrong", "87 million euros"),
        ("quotes.speaker_text", "wrong", "absurd."),
    ],
    "ghana-cocoa-levy": [
        ("events.date", "wrong", "CONSULT met"),
        ("events.precision", "wrong", "CONSULT met"),
        ("figures.date", "wrong", "€40m"),
    ],
}
"""Article to measure, kind of fault, and the row in a few words."""


def scored(path: Path) -> Scores:
    """The scores of an article's tables against its reading."""
    return evaluate([read_gold(path.with_suffix(".json"))], extract(path)).scores["articles"]


@pytest.mark.parametrize("name", KNOWN_FAULTS)
def test_tables_are_those_of_a_careful_reader(name: str) -> None:
    """Every row of the reading is found with its cells, and nothing else is, but for the known faults."""
    faults = scored(ARTICLES / f"{name}.txt").faults
    told = sorted((f.measure, f.kind, f.row) for f in faults)
    assert told == sorted(KNOWN_FAULTS[name])


@pytest.mark.parametrize("name", KNOWN_FAULTS)
def test_tables_are_valid(name: str) -> None:
    """The tables pass every check, spans against the text included."""
    report = extract(ARTICLES / f"{name}.txt").validate()
    assert report.valid, report.render(100)
