"""The layers of the encoder in whole numbers, so that every processor gets the same bits.

Weights are whole numbers with a scale for each output, and activations are rounded to bytes with a scale for each token
before every product (``products``). In attention, sums of products of whole numbers are at most 2**24, up to where
float32 holds every whole number: the order in which they are added, which depends on the processor, does not matter.
The exponential of attention is read off the bits of a float32, in whole numbers. All else is element by element, for
which IEEE 754 defines every bit, is added in a fixed order, or is looked up in a table. (The scheme is dynamic
quantisation, Zafrir et al. 2019, Q8BERT; the network is BERT's, Devlin et al. 2019; the exponential is that of
Schraudolph 1999, as a quotient.)
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from broadsheet.analysis.encoder.products import Product

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_LIMIT = np.float32(127)
_HEAD = 32
"""Dimensions of an attention head."""

_TINY = np.float32(1e-20)
_EPSILON = 1e-12
_FINE = 4096
"""Values are rounded to multiples of 1/4096 before they are normalised: sums of their squares are exact in float64."""

_GELU_STEPS, _GELU_LIMIT = 128, 8
_GELU_TOP = 24
"""GELU is looked up from -8 to 24; in the table, its values are its argument above 8."""
_GELU_LEAST = np.float32(0.17)
"""GELU is above -0.17."""
_BYTE = np.float32(255)

_ROWS, _HEADS = 32, 4
"""Rows and heads of attention that are computed together: so few stay in the processor's cache."""

_QUERY_BITS, _KEY_BITS = 10, 9
"""Queries are whole numbers up to 2**10 and keys up to 2**9: sums of 32 products are at most 2**24."""
_MANTISSA, _ONE = 23, np.int32(127 << 23)
"""Bits of the mantissa of a float32, and the bits of 1."""
_STEEPEST = 100
"""Shares of attention are kept within 2**-100 and 2**100 before they are normalised."""
_SHARES, _VALUES = np.float32(65535), np.float32(255)
"""What the shares of attention add up to, up to rounding, and the largest whole number of a value: sums stay below
2**24, as (65,535 + 160 / 2) * 255 is 16,731,825."""


@cache
def _gelu_table() -> Floats:
    """GELU at multiples of 1/128 from -8 to 24, rounded to 1/65536 so that the platform's ``erf`` does not show."""
    values = [k / _GELU_STEPS for k in range(-_GELU_LIMIT * _GELU_STEPS, _GELU_TOP * _GELU_STEPS + 1)]
    return np.array([round(v * 0.5 * (1 + math.erf(v / math.sqrt(2))) * 65536) / 65536 for v in values], np.float32)


@cache
def _raised_gelu() -> Floats:
    """The table with 0.17 added, so that no value is negative."""
    return _gelu_table() + _GELU_LEAST


def gelu(values: Floats) -> Floats:
    """The Gaussian error linear unit, to 1/128 of its argument within -8 and 8."""
    places = np.rint(values * np.float32(_GELU_STEPS))
    bound = np.float32(_GELU_LIMIT * _GELU_STEPS)
    np.clip(places, -bound, bound, out=places)
    found: Floats = _gelu_table().take(places.astype(np.int32) + _GELU_LIMIT * _GELU_STEPS)
    return np.maximum(found, values, out=found, where=values > _GELU_LIMIT)


class Linear:
    """An affine map.

    Args:
        weights: Whole numbers, a row for each input and a column for each output.
        scale: What a unit of each output's weights is worth.
        bias: The bias of each output.
        zero: The byte for 0 in the input.
    """

    def __init__(self, weights: NDArray[np.int8], scale: Floats, bias: Floats, zero: int = 128) -> None:
        self._product, self._scale, self._bias = Product(weights, zero), scale, bias

    def __call__(self, rows: Floats) -> Floats:
        """The outputs for each row."""
        return self.from_bytes(*_bytes(rows))

    def to_bytes(self, rows: Floats, activate: Callable[[Floats, slice], Floats]) -> NDArray[np.uint8]:
        """The outputs for each row as bytes that ``activate`` makes of some rows of outputs at a time."""
        small, scale = _bytes(rows)
        sums = self._product(small)
        found = np.empty(sums.shape, np.uint8)
        for start in range(0, len(rows), _ROWS):
            part = slice(start, start + _ROWS)
            found[part] = activate(self._outputs(sums[part], scale[part]), part)
        return found

    def from_bytes(self, rows: NDArray[np.uint8], scale: Floats) -> Floats:
        """The outputs for inputs that are bytes, of which a unit is worth ``scale``."""
        return self._outputs(self._product(rows), scale)

    def _outputs(self, sums: NDArray[np.int32], scale: Floats) -> Floats:
        found = sums.astype(np.float32)
        found *= scale
        found *= self._scale
        found += self._bias
        return found


def _bytes(rows: Floats) -> tuple[NDArray[np.uint8], Floats]:
    """Rows as bytes, of which 128 means 0, and what a unit of each row is worth."""
    scale = np.maximum(np.abs(rows).max(axis=1, keepdims=True), _TINY) / _LIMIT
    shifted = rows / scale
    shifted += np.float32(128.5)
    return shifted.astype(np.uint8), scale


class Norm:
    """Layer normalisation."""

    def __init__(self, scale: Floats, shift: Floats) -> None:
        self._scale, self._shift = scale.astype(np.float32), shift.astype(np.float32)

    def __call__(self, rows: Floats) -> Floats:
        """The rows with mean 0 and variance 1, scaled and shifted."""
        values = rows * np.float32(_FINE)
        np.rint(values, out=values)
        exact = values.astype(np.float64)
        width = rows.shape[1]
        mean = exact.sum(axis=1, keepdims=True) / width
        square = np.einsum("ij,ij->i", exact, exact)[:, None] / width
        deviation = np.sqrt(np.maximum(square - mean * mean, 0.0) + _EPSILON * _FINE * _FINE)
        values -= mean.astype(np.float32)
        values *= (1 / deviation).astype(np.float32)
        values *= self._scale
        values += self._shift
        return values


class Layer:
    """Self-attention and a feed-forward network, each added to its input and normalised."""

    def __init__(self, parts: Mapping[str, NDArray[Any]], name: str) -> None:
        def arrays(part: str, *kinds: str) -> list[NDArray[Any]]:
            return [parts[f"{name}.{part}.{kind}"] for kind in kinds]

        weights, scale, bias = arrays("qkv", "weight", "scale", "bias")
        self._width = len(bias) // 3
        # Scores are divided by the root of the dimensions, and by log 2 because they are exponents of 2.
        factor = np.ones(len(bias), np.float32)
        factor[: self._width] = 1 / (math.sqrt(_HEAD) * math.log(2))
        self._attention = Linear(weights, scale * factor, bias * factor)
        weights, scale, bias = arrays("o", "weight", "scale", "bias")
        self._output = Linear(weights, scale, bias)
        weights, scale, bias = arrays("f1", "weight", "scale", "bias")
        offset = np.float32(_GELU_LIMIT * _GELU_STEPS + 0.5)
        self._inner = Linear(weights, scale * np.float32(_GELU_STEPS), bias * np.float32(_GELU_STEPS) + offset)
        weights, scale, bias = arrays("f2", "weight", "scale", "bias")
        sums = weights.sum(axis=0, dtype=np.int32).astype(np.float32)
        self._outer = Linear(weights, scale, bias - sums * scale * _GELU_LEAST, zero=0)
        self._first, self._second = Norm(*arrays("n1", "weight", "bias")), Norm(*arrays("n2", "weight", "bias"))

    def __call__(self, rows: Floats, places: Any = slice(None)) -> Floats:
        """The rows at ``places`` after the layer."""
        mixed = self._attend(self._attention(rows), places)
        mixed = self._output(mixed)
        mixed += rows[places]
        rows = self._first(mixed)
        return self._second(self._feed(rows) + rows)

    def _feed(self, rows: Floats) -> Floats:
        """The feed-forward network; the inner map gives places of the table, and the outer takes 0.17 off again."""
        table = _raised_gelu()
        units = np.empty((len(rows), 1), np.float32)

        def activate(values: Floats, part: slice) -> Floats:
            steps = values.astype(np.int32)
            units[part] = np.maximum(table.take(steps.max(axis=1, keepdims=True), mode="clip"), _GELU_LEAST) / _BYTE
            table.take(steps, mode="clip", out=values)
            values /= units[part]
            values += np.float32(0.5)
            return values

        return self._outer.from_bytes(self._inner.to_bytes(rows, activate), units)

    def _attend(self, rows: Floats, places: Any) -> Floats:
        """Attention; ``rows`` are queries, keys and values of all heads."""
        length, width = len(rows), self._width
        largest = np.maximum(np.abs(rows).max(axis=0), _TINY).reshape(3, -1, _HEAD)
        _, exponents = np.frexp(largest[:2].max(axis=2))
        bits = np.array([[_QUERY_BITS], [_KEY_BITS]], np.int32) - exponents
        factors = np.empty_like(largest)
        factors[:2] = np.ldexp(np.float32(1), bits)[:, :, None]
        factors[2] = _VALUES / largest[2]
        rows *= factors.reshape(-1)
        np.rint(rows, out=rows)
        queries, keys, values = rows.reshape(length, 3, -1, _HEAD).transpose(1, 2, 0, 3)
        queries = queries[:, places]
        # Half of each score in units of the last bit of 1: a power of two, so the whole numbers stay exact.
        powers = np.ldexp(np.float32(1), _MANTISSA - 1 - bits.sum(axis=0))[:, None, None]
        queries = np.multiply(queries.transpose(0, 2, 1), powers, order="C")
        found = np.empty((queries.shape[2], len(keys), _HEAD), np.float32)
        by_head = found.transpose(1, 0, 2)
        for start in range(0, len(keys), _HEADS):
            some = slice(start, start + _HEADS)
            scores = np.empty((length, len(keys[some]), len(found)), np.float32)
            np.matmul(keys[some], queries[some], out=scores.transpose(1, 0, 2))
            shares = _powers(scores)
            shares *= _SHARES / _column_sums(shares)
            np.rint(shares, out=shares)
            np.matmul(shares.transpose(1, 2, 0), values[some], out=by_head[some])
        found = found.reshape(len(found), width)
        found *= (largest[2] / (_SHARES * _VALUES)).reshape(-1)
        return found


def _powers(halves: Floats) -> Floats:
    """Twice the given exponents as powers of 2, to 1%; the exponents are in units of the last bit of 1.

    The bits of a float32, read as a whole number, are about the logarithm of its value. The quotient of the powers of
    an exponent and of its negative has a sixth of the error of either.
    """
    bound = np.float32(_STEEPEST // 2 << _MANTISSA)
    np.clip(halves, -bound, bound, out=halves)
    up = halves.astype(np.int32)
    up += _ONE
    down = np.subtract(2 * _ONE, up)
    found: Floats = up.view(np.float32)
    found /= down.view(np.float32)
    return found


def _column_sums(values: Floats) -> Floats:
    """Sums over the first axis in a fixed order."""
    count = len(values)
    while count > 1:
        half = count // 2
        summed = values[:half] + values[half : 2 * half]
        if count % 2:
            summed[0] += values[2 * half]
        values, count = summed, half
    found: Floats = values[0]
    return found


class Network:
    """The encoder's embeddings and layers; ``parts`` are its arrays by name."""

    def __init__(self, parts: Mapping[str, NDArray[Any]]) -> None:
        self._words, self._word_scale = parts["tok.weight"], parts["tok.scale"]
        self._places: Floats = parts["pos"].astype(np.float32) * parts["pos.scale"][:, None]
        self._norm = Norm(parts["n.weight"], parts["n.bias"])
        self._layers = [Layer(parts, f"L.{k}") for k in range(int(parts["layers"]))]
        self.width = int(self._places.shape[1])

    def __call__(self, pieces: Sequence[int], places: Sequence[int]) -> Floats:
        """The vectors of the pieces at ``places`` in a sequence of pieces, a row each."""
        numbers = np.array(pieces)
        rows: Floats = self._words[numbers].astype(np.float32) * self._word_scale[numbers][:, None]
        rows = self._norm(rows + self._places[: len(numbers)])
        *layers, last = self._layers
        for layer in layers:
            rows = layer(rows)
        return last(rows, places)
