"""Exact products: the same bits whatever the order of a sum, on whatever processor."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from broadsheet.analysis.fast import fast_pipeline
from broadsheet.analysis.fast.exact import Grid, row_sums
from broadsheet.analysis.fast.network import VECTORS, Convolution
from broadsheet.analysis.pipeline import Batch, analyse_with, load_model
from broadsheet.reading import read

HERE = Path(__file__).parents[1]
TOOL = HERE.parent / "tools" / "check_exactness.py"


def test_kernels_of_other_processors_give_the_same_bits() -> None:
    """Vectors, tokens and rows of a sample, for kernels with and without fused multiply-add, and plain numpy."""
    command: list[str | Path] = [TOOL, HERE / "gold" / "second", "--articles", "3", "--seed", "16", "--processors"]
    processors = ("", "Prescott", "Haswell", "plain")
    words = [sys.executable, *map(str, command), *processors]
    done = subprocess.run(words, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(done.stdout.splitlines()) == len(processors)
    assert "3 articles, 0 differ" in done.stdout


@pytest.mark.parametrize(("texts", "threads"), [*product((1, 8, 10_000), (1, 2))])
def test_batches_and_threads_change_nothing(texts: int, threads: int) -> None:
    """An article gives the same document however its texts are divided."""
    runner = fast_pipeline(load_model())
    assert runner is not None
    for path in sorted((HERE / "gold" / "third").glob("*.txt"))[:2]:
        article = read(path)
        expected = analyse_with(article, runner)
        assert analyse_with(article, runner, batch=Batch(texts, 100_000), threads=threads) == expected


@pytest.mark.parametrize("seed", range(5))
def test_products_on_a_grid_are_exact(seed: int) -> None:
    """Every product is that of the rounded operands in rational numbers; inputs may be as large as the grid allows."""
    chance = np.random.default_rng(seed)
    grid = Grid(limit=16, bits=20)
    weights, bias = grid.weights(chance.normal(size=(288, 3)) * chance.choice([1e-3, 1, 50]), chance.normal(size=3))
    inputs = grid.snap(chance.normal(size=(2, 288)) * chance.choice([0.1, 3, 100]))
    assert np.abs(inputs).max() <= grid.limit
    found = inputs @ weights + bias
    for (row, column), value in np.ndenumerate(found):
        pairs = zip(inputs[row].tolist(), weights[:, column].tolist(), strict=True)
        terms = [Fraction(x) * Fraction(w) for x, w in pairs]
        assert Fraction(float(value)) == sum(terms, Fraction(float(bias[column])))


@pytest.mark.parametrize("rows", [2, 4, 34])
def test_the_fast_convolution_is_exact(rows: int) -> None:
    """Computing two rows together gives the very sums of the plain way, for the largest inputs, too."""
    chance = np.random.default_rng(rows)
    shape = chance.normal(size=(288, 12)).astype(np.float32), chance.normal(size=12).astype(np.float32)
    convolution = Convolution(*shape)
    inputs = VECTORS.snap(chance.normal(size=(rows + 2, 96), scale=10).astype(np.float32)).astype(np.float64)
    plain = inputs[:-2] @ convolution.before + inputs[1:-1] @ convolution.at + inputs[2:] @ convolution.after
    found = convolution.of(inputs.astype(np.float32))
    assert found.tolist() == [*(plain + convolution.bias)[::2].tolist(), *(plain + convolution.bias)[1::2].tolist()]


def test_rounding_to_a_grid() -> None:
    """The nearest point, the even one of two; what lies beyond the limits becomes the limit."""
    grid = Grid(limit=2, bits=2)
    values = np.array([0.1, 0.13, -0.13, 0.125, 0.375, 1.9, 7, -1e300])
    assert grid.snap(values).tolist() == [0, 0.25, -0.25, 0, 0.5, 2, 2, -2]


@pytest.mark.parametrize("width", [1, 2, 3, 7, 64, 96])
def test_row_sums(width: int) -> None:
    """Sums of rows of any width, as a column."""
    values = np.arange(4.0 * width).reshape(4, width)
    assert row_sums(values).tolist() == values.sum(axis=1, keepdims=True).tolist()
