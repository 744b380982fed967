"""Confidence intervals over articles."""

from __future__ import annotations

import pytest

from broadsheet.quality.evaluation.intervals import intervals
from broadsheet.quality.evaluation.measure import Count


def test_articles_that_differ_give_a_wide_interval() -> None:
    """Half of the articles are perfect and half are empty: F1 .5, and chance decides how many of each are drawn."""
    cases = [{"quotes": Count(4, 4, 4)}, {"quotes": Count(0, 4, 4)}] * 10
    low, high = intervals(cases)["quotes"]
    assert 0.25 <= low < 0.35
    assert 0.65 < high <= 0.75
    assert intervals(cases) == intervals(list(cases))


def test_articles_that_agree_give_a_point() -> None:
    """Every resample has the same score."""
    assert intervals([{"quotes": Count(1, 2, 2)}] * 5)["quotes"] == (0.5, 0.5)


def test_articles_count_by_their_rows() -> None:
    """The rows of a resample are added up; the F1 of its articles are not averaged."""
    low, high = intervals([{"quotes": Count(0, 1, 1)}, {"quotes": Count(99, 99, 99)}])["quotes"]
    assert (low, high) == (0.0, 1.0)
    assert 0.98 < intervals([{"quotes": Count(0, 1, 1)}] * 5 + [{"quotes": Count(99, 99, 99)}] * 5)["quotes"][1] <= 1


def test_a_measure_that_few_articles_have() -> None:
    """Resamples without a row of it say nothing about it."""
    cases = [{"tariffs": Count(1, 1, 1)}, *[{"tariffs": Count(0, 0, 0)}] * 9, {}]
    assert intervals(cases) == {"tariffs": (1.0, 1.0)}


@pytest.mark.parametrize("cases", [[], [{"quotes": Count(1, 1, 1)}], [{"quotes": Count()}] * 3])
def test_no_interval(cases: list[dict[str, Count]]) -> None:
    """One article does not say how articles differ, and neither does a measure that nobody asked for."""
    assert intervals(cases) == {}
