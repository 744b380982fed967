"""The layers of the encoder in whole numbers, so that every processor gets the same bits.

Weights are whole numbers with a scale for each output, and activations are rounded to whole numbers with a scale for
each token before every product (``products``). In attention, sums of products of such numbers are below 2**24, where
float32 holds every whole number: the order in which they are added, which depends on the processor, does not matter.
All else is element by element, for which IEEE 754 defines every bit, or is looked up in a table. (The scheme is dynamic
quantisation, Zafrir et al. 2019, Q8BERT; the network is BERT's, Devlin et al. 2019.)
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from broadsheet.analysis.encoder.products import Product

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_LIMIT = np.float32(127)
_HEAD = 32
"""Dimensions of an attention head."""

_TINY = np.float32(1e-20)
_EPSILON = 1e-12
_FINE = 4096.0
"""Values are rounded to multiples of 1/4096 before they are normalised: sums of their squares are exact in float64."""

_GELU_STEPS, _GELU_LIMIT = 128, 8
_EXP_STEPS, _EXP_LIMIT = 32, 16
_SHARES = np.float32(65535)
"""The largest whole number that stands for attention, and what that of a token adds up to: sums stay below 2**24."""


@cache
def _gelu_table() -> Floats:
    """GELU at multiples of 1/128 from -8 to 8, rounded to 1/65536 so that the platform's ``erf`` does not show."""
    values = [k / _GELU_STEPS for k in range(-_GELU_LIMIT * _GELU_STEPS, _GELU_LIMIT * _GELU_STEPS + 1)]
    return np.array([round(v * 0.5 * (1 + math.erf(v / math.sqrt(2))) * 65536) / 65536 for v in values], np.float32)


@cache
def _exp_table() -> Floats:
    """The exponential of 0, -1/32, … -16 as whole numbers up to 65535."""
    values = [math.exp(-k / _EXP_STEPS) for k in range(_EXP_LIMIT * _EXP_STEPS + 1)]
    return np.array([round(value * float(_SHARES)) for value in values], np.float32)


def gelu(values: Floats) -> Floats:
    """The Gaussian error linear unit, to 1/128 of its argument within -8 and 8."""
    places = np.rint(values * np.float32(_GELU_STEPS))
    bound = np.float32(_GELU_LIMIT * _GELU_STEPS)
    np.clip(places, -bound, bound, out=places)
    found: Floats = _gelu_table().take(places.astype(np.int32) + _GELU_LIMIT * _GELU_STEPS)
    return np.maximum(found, values, out=found, where=values > _GELU_LIMIT)


def _whole(values: Floats) -> tuple[Floats, Floats]:
    """Values rounded to whole numbers from -127 to 127 along the last axis, and the scale of each row."""
    scale = np.abs(values).max(axis=-1, keepdims=True)
    scale = np.maximum(scale, _TINY) / _LIMIT
    return np.rint(values / scale), scale


class Linear:
    """An affine map.

    Args:
        weights: Whole numbers, a row for each input and a column for each output.
        scale: What a unit of each output's weights is worth.
        bias: The bias of each output.
    """

    def __init__(self, weights: NDArray[np.int8], scale: Floats, bias: Floats) -> None:
        self._product, self._scale, self._bias = Product(weights), scale, bias

    def __call__(self, rows: Floats) -> Floats:
        """The outputs for each row."""
        whole, scale = _whole(rows)
        found = self._product(whole)
        found *= scale
        found *= self._scale
        found += self._bias
        return found


class Norm:
    """Layer normalisation."""

    def __init__(self, scale: Floats, shift: Floats) -> None:
        self._scale, self._shift = scale.astype(np.float64), shift.astype(np.float64)

    def __call__(self, rows: Floats) -> Floats:
        """The rows with mean 0 and variance 1, scaled and shifted."""
        values = np.rint(rows.astype(np.float64) * _FINE)
        width = values.shape[1]
        mean = values.sum(axis=1, keepdims=True) / width
        square = np.einsum("ij,ij->i", values, values)[:, None] / width
        values -= mean
        values /= np.sqrt(np.maximum(square - mean * mean, 0.0) + _EPSILON * _FINE * _FINE)
        values *= self._scale
        values += self._shift
        return values.astype(np.float32)


class Layer:
    """Self-attention and a feed-forward network, each added to its input and normalised."""

    def __init__(self, parts: Mapping[str, NDArray[Any]], name: str) -> None:
        def linear(part: str) -> Linear:
            return Linear(*(parts[f"{name}.{part}.{kind}"] for kind in ("weight", "scale", "bias")))

        def norm(part: str) -> Norm:
            return Norm(parts[f"{name}.{part}.weight"], parts[f"{name}.{part}.bias"])

        self._attention, self._output, self._inner, self._outer = map(linear, ("qkv", "o", "f1", "f2"))
        self._first, self._second = norm("n1"), norm("n2")

    def __call__(self, rows: Floats) -> Floats:
        """The rows after the layer."""
        rows = self._first(rows + self._output(self._attend(rows)))
        return self._second(rows + self._outer(gelu(self._inner(rows))))

    def _attend(self, rows: Floats) -> Floats:
        length, width = rows.shape
        queries, keys, values = self._attention(rows).reshape(length, 3, width // _HEAD, _HEAD).transpose(1, 2, 0, 3)
        queries, query_scale = _whole(queries)
        keys, key_scale = _whole(keys)
        scores = queries @ keys.transpose(0, 2, 1)
        scores *= query_scale * np.float32(_EXP_STEPS / math.sqrt(_HEAD))
        scores *= key_scale.transpose(0, 2, 1)
        scores -= scores.max(axis=-1, keepdims=True)
        np.maximum(np.rint(scores, out=scores), -_EXP_LIMIT * _EXP_STEPS, out=scores)
        shares = _exp_table().take((-scores).astype(np.int32))
        shares *= _SHARES / shares.sum(axis=-1, keepdims=True)
        np.rint(shares, out=shares)
        whole, value_scale = _whole(values.transpose(0, 2, 1))
        found = shares @ whole.transpose(0, 2, 1)
        found *= value_scale.transpose(0, 2, 1)
        found *= np.float32(1) / _SHARES
        return np.ascontiguousarray(found.transpose(1, 0, 2)).reshape(length, width)


class Network:
    """The encoder's embeddings and layers; ``parts`` are its arrays by name."""

    def __init__(self, parts: Mapping[str, NDArray[Any]]) -> None:
        self._words, self._word_scale = parts["tok.weight"], parts["tok.scale"]
        self._places: Floats = parts["pos"]
        self._norm = Norm(parts["n.weight"], parts["n.bias"])
        self._layers = [Layer(parts, f"L.{k}") for k in range(int(parts["layers"]))]
        self.width = int(self._places.shape[1])

    def __call__(self, pieces: Sequence[int]) -> Floats:
        """The vectors of a sequence of pieces, a row each."""
        numbers = np.array(pieces)
        rows: Floats = self._words[numbers].astype(np.float32) * self._word_scale[numbers][:, None]
        rows = self._norm(rows + self._places[: len(numbers)])
        for layer in self._layers:
            rows = layer(rows)
        return rows
