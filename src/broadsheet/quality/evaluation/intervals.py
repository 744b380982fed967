"""Confidence intervals by the bootstrap: what F1 would be on other articles of the same kind."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np

from broadsheet.quality.evaluation.measure import Count

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

RESAMPLES = 1000
SEED = 20250101
_ENDS = (0.025, 0.975)
_NO_COUNT = Count()

Interval = tuple[float, float]


def intervals(cases: Sequence[Mapping[str, Count]]) -> dict[str, Interval]:
    """The 95 % percentile interval of each measure's F1 (of a field: the share that is right).

    Cases are resampled with replacement, 1,000 times with a fixed seed, and their counts are added up, so the same
    cases in the same order give the same interval. A resample without any row of a measure is left out of it.

    Args:
        cases: The counts of each article, by measure.
    """
    if len(cases) < 2:
        return {}
    weights = _weights(len(cases))
    found: dict[str, Interval] = {}
    for measure in dict.fromkeys(name for case in cases for name in case):
        counts = [case.get(measure, _NO_COUNT) for case in cases]
        right = weights @ np.array([count.right for count in counts])
        total = weights @ np.array([count.given + count.asked for count in counts])
        if (total > 0).any():
            low, high = np.quantile(2 * right[total > 0] / total[total > 0], _ENDS)
            found[measure] = (float(low), float(high))
    return found


def _weights(n_cases: int) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """How often each resample draws each case, a row for each resample."""
    # `random()` gives the same numbers in every version of Python, which `choices()` and numpy do not promise.
    draw = random.Random(SEED).random  # noqa: S311 -- not for security
    weights = np.zeros((RESAMPLES, n_cases), dtype=np.int64)
    for row in weights:
        for _ in range(n_cases):
            row[int(draw() * n_cases)] += 1
    return weights
