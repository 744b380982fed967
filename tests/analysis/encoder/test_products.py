"""Products of whole numbers are exact, at the limits and for any number of rows."""

from __future__ import annotations

import numpy as np
import pytest

from broadsheet.analysis.encoder.products import Product


@pytest.mark.parametrize(("inputs", "outputs"), [(384, 1536), (1536, 384), (7, 3)])
@pytest.mark.parametrize("rows", [1, 2, 33, 160])
def test_products_are_those_of_whole_numbers(inputs: int, outputs: int, rows: int) -> None:
    """They equal products in 64-bit whole numbers."""
    random = np.random.default_rng(inputs + rows)
    weights = random.integers(-63, 64, (inputs, outputs)).astype(np.int8)
    values = random.integers(-127, 128, (rows, inputs))

    found = Product(weights)(values.astype(np.float32))

    assert (found == values @ weights.astype(np.int64)).all()


@pytest.mark.parametrize("sign", [-1, 1])
def test_the_largest_sums_do_not_overflow(sign: int) -> None:
    """The extreme values give the exact sum."""
    weights = np.full((1536, 8), 63 * sign, dtype=np.int8)
    values = np.full((4, 1536), 127, dtype=np.float32)

    assert (Product(weights)(values) == 1536 * 127 * 63 * sign).all()
