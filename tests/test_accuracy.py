"""The parsers find what `docs/accuracy.md` says they find in articles of our own."""

from __future__ import annotations

import re

import pytest

from broadsheet import extract
from broadsheet.quality.evaluation import evaluate, read_gold
from conftest import ROOT

SETS = ("first", "second", "third")
MEASURES = ("actors", "roles", "quotes+speaker", "events", "tariffs", "figures")
TOLERANCE = 0.03
"""How much lower than the page says F1 may be before the page must be changed."""


def documented(measure: str, column: int) -> float:
    """The F1 of a measure in the table of our own articles."""
    page = (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8")
    table = page.partition("## Articles and sentences that the rules were tuned on")[2]
    row = re.search(rf"^\| {re.escape(measure)} \|(.*)$", table, re.MULTILINE)
    assert row is not None, f"the page has no row {measure}"
    return float(row[1].split("|")[column].split()[0])


@pytest.mark.parametrize("name", SETS)
def test_our_own_articles_score_as_documented(name: str) -> None:
    """F1 of no table is clearly lower than the page says; `broadsheet evaluate` prints the new one."""
    folder = ROOT / "tests" / "gold" / name
    gold = [read_gold(path) for path in sorted(folder.glob("*.json"))]
    counts = evaluate(gold, extract(sorted(folder.glob("*.txt")))).scores["articles"].counts
    found = {measure: counts[measure].f1 for measure in MEASURES}
    least = {measure: documented(measure, SETS.index(name)) - TOLERANCE for measure in MEASURES}
    assert {measure for measure in MEASURES if (found[measure] or 0) < least[measure]} == set()
