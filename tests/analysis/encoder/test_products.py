"""Products of whole numbers are exact, at the limits and for any number of rows."""

from __future__ import annotations

import numpy as np
import pytest

from broadsheet.analysis.encoder.products import Product


@pytest.mark.parametrize(("inputs", "outputs"), [(384, 1536), (1536, 384), (7, 3)])
@pytest.mark.parametrize("rows", [1, 2, 33, 160])
@pytest.mark.parametrize("zero", [0, 128])
def test_products_are_those_of_whole_numbers(inputs: int, outputs: int, rows: int, zero: int) -> None:
    """They equal products in 64-bit whole numbers."""
    random = np.random.default_rng(inputs + rows)
    weights = random.integers(-63, 64, (inputs, outputs)).astype(np.int8)
    values = random.integers(0, 256, (rows, inputs))

    found = Product(weights, zero)(values.astype(np.uint8))

    assert (found == (values - zero) @ weights.astype(np.int64)).all()


@pytest.mark.parametrize("sign", [-1, 1])
def test_the_largest_sums_do_not_overflow(sign: int) -> None:
    """The extreme values give the exact sum."""
    weights = np.full((1536, 8), 63 * sign, dtype=np.int8)
    values = np.full((4, 1536), 255, dtype=np.uint8)

    assert (Product(weights, 0)(values) == 1536 * 255 * 63 * sign).all()
