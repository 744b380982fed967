"""Bootstrap confidence intervals: estimates F1 on other articles of the same kind."""

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
    """Returns the 95 % percentile interval of each measure's F1 (for a field, of the share of right values).

    It resamples the cases with replacement 1,000 times and adds up their counts. The seed is fixed, so the same cases
    in the same order give the same interval. A measure ignores resamples without any of its rows.

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
    """Returns how often each resample draws each case, with shape (resamples, cases)."""
    # `random()` gives the same numbers in every Python version; `choices()` and numpy do not guarantee this.
    draw = random.Random(SEED).random  # noqa: S311 -- not for security
    weights = np.zeros((RESAMPLES, n_cases), dtype=np.int64)
    for row in weights:
        for _ in range(n_cases):
            row[int(draw() * n_cases)] += 1
    return weights
