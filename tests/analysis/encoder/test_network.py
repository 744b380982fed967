"""The layers compute what a transformer does, up to rounding, and every table is exact."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from broadsheet.analysis.encoder.encode import parts
from broadsheet.analysis.encoder.network import Layer, Network, gelu


def test_gelu_is_that_of_the_definition() -> None:
    """The table is close to the function, also beyond its ends."""
    values = np.linspace(-12, 12, 1001, dtype=np.float32)
    expected = [v * 0.5 * (1 + math.erf(v / math.sqrt(2))) for v in values.tolist()]
    assert gelu(values) == pytest.approx(expected, abs=0.005)


def _float_layer(name: str, rows: Any) -> Any:
    """A layer in plain floating point, from the same weights."""
    known = {part: parts()[part].astype(np.float64) for part in parts() if part.startswith(f"{name}.")}

    def linear(part: str, x: Any) -> Any:
        return x @ (known[f"{name}.{part}.weight"] * known[f"{name}.{part}.scale"]) + known[f"{name}.{part}.bias"]

    def norm(part: str, x: Any) -> Any:
        mean, deviation = np.mean(x, axis=1, keepdims=True), np.std(x, axis=1, keepdims=True)
        return (x - mean) / deviation * known[f"{name}.{part}.weight"] + known[f"{name}.{part}.bias"]

    length = len(rows)
    queries, keys, values = np.reshape(linear("qkv", rows), (length, 3, 12, 32)).transpose(1, 2, 0, 3)
    scores = queries @ keys.transpose(0, 2, 1) / math.sqrt(32)
    shares = np.exp(scores - scores.max(-1, keepdims=True))
    mixed = (shares / shares.sum(-1, keepdims=True) @ values).transpose(1, 0, 2).reshape(length, -1)
    rows = norm("n1", rows + linear("o", mixed))
    inner = linear("f1", rows)
    erf = np.vectorize(math.erf)
    return norm("n2", rows + linear("f2", inner * 0.5 * (1 + erf(inner / math.sqrt(2)))))


def test_a_layer_is_that_of_floating_point_up_to_rounding() -> None:
    """Rounding to whole numbers changes the direction of a vector little."""
    rows = np.random.default_rng(2).normal(0, 1, (40, 384))
    (found,) = Layer(parts(), "L.0")([rows.astype(np.float32)], [np.arange(40)])
    expected = _float_layer("L.0", rows)
    likeness = [float(np.corrcoef(a, b)[0, 1]) for a, b in zip(found, expected, strict=True)]
    assert min(likeness) > 0.99


def test_vectors_do_not_depend_on_which_places_are_wanted() -> None:
    """A network gives the same vectors for some pieces as for all."""
    network = Network(parts())
    pieces = np.random.default_rng(3).integers(0, 5000, 90).tolist()
    every, some, other = network([(pieces, range(90)), (pieces, [3, 40, 41]), (pieces[:30], [3])])
    assert (some == every[[3, 40, 41]]).all()
    assert (other == network([(pieces[:30], [3])])[0]).all()
