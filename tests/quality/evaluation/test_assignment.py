"""Assignment, compared with scipy's."""

from __future__ import annotations

import needs
import numpy as np
import pytest

from broadsheet.quality.evaluation.assignment import assign


@pytest.mark.parametrize("decimals", [0, 1, 6])
def test_assigns_as_scipy_does(decimals: int) -> None:
    """The same pairs for matrices of every shape, with ties (rounded cells) and without."""
    optimize = needs.module("scipy.optimize")
    numbers = np.random.default_rng(decimals)
    for _ in range(150):
        matrix = np.round(numbers.random(numbers.integers(1, 12, size=2)) * 2, decimals)
        matrix[matrix < 0.7] = 0
        rows, columns = optimize.linear_sum_assignment(matrix, maximize=True)
        assert assign(matrix.tolist()) == list(zip(rows.tolist(), columns.tolist(), strict=True))


def test_prefers_the_greatest_total_to_the_greatest_cell() -> None:
    """A greedy choice of 9 would leave 1."""
    assert assign([[9.0, 8.0], [7.0, 1.0]]) == [(0, 1), (1, 0)]


def test_assigns_nothing_where_a_side_is_empty() -> None:
    """No rows or no columns give no pairs."""
    assert assign([]) == assign([[], []]) == []
