"""The steps between the products do what a transformer needs."""

from __future__ import annotations

import numpy as np
import pytest

from broadsheet.analysis.encoder.steps import Norm, normalised


def test_rows_are_normalised() -> None:
    """Mean and variance are those asked for."""
    rows = np.random.default_rng(1).normal(3, 5, (20, 384)).astype(np.float32)
    found = normalised(rows, Norm(np.full(384, 2, np.float32), np.full(384, 7, np.float32)))
    expected = 7 + 2 * (rows - rows.mean(1, keepdims=True)) / rows.std(1, keepdims=True)
    assert found == pytest.approx(expected, abs=0.01)
