"""The encoder's steps between its products of whole numbers, in NumPy: what they are, for the loops in C as well.

Activations are rounded to bytes with a unit for each token. In attention, sums of products of whole numbers are at most
2**24, up to where float32 holds every whole number: the order in which they are added, which depends on the processor,
does not matter. The exponential of attention is read off the bits of a float32, in whole numbers. All else is element
by element, for which IEEE 754 defines every bit, is added in a fixed order, or is looked up in a table. (The scheme is
dynamic quantisation, Zafrir et al. 2019, Q8BERT; the exponential is that of Schraudolph 1999, as a quotient.)
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

HEAD = 32
"""Dimensions of an attention head."""

_LIMIT = np.float32(127)
_BYTE = np.float32(255)
_TINY = np.float32(1e-20)
_EPSILON = 1e-12
_FINE = 4096
"""Values are rounded to multiples of 1/4096 before they are normalised: sums of their squares are exact in float64."""

GELU_STEPS, GELU_LIMIT = 128, 8
_GELU_TOP = 24
"""GELU is looked up from -8 to 24; in the table, its values are its argument above 8."""
GELU_LEAST = np.float32(0.17)
"""GELU is above -0.17."""

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
def gelu_table() -> Floats:
    """GELU at multiples of 1/128 from -8 to 24, rounded to 1/65536 so that the platform's ``erf`` does not show."""
    values = [k / GELU_STEPS for k in range(-GELU_LIMIT * GELU_STEPS, _GELU_TOP * GELU_STEPS + 1)]
    return np.array([round(v * 0.5 * (1 + math.erf(v / math.sqrt(2))) * 65536) / 65536 for v in values], np.float32)


@cache
def raised_gelu() -> Floats:
    """The table with 0.17 added, so that no value is negative."""
    return gelu_table() + GELU_LEAST


class Sums(NamedTuple):
    """Outputs of an affine map.

    Attributes:
        products: Whole numbers, a row for each token.
        units: What a unit of each row is worth, a column.
        scale: What a unit of each output's weights is worth.
        bias: The bias of each output.
    """

    products: NDArray[np.int32]
    units: Floats
    scale: Floats
    bias: Floats

    def values(self, part: slice = slice(None)) -> Floats:
        """The outputs of some rows."""
        found = self.products[part].astype(np.float32)
        found *= self.units[part]
        found *= self.scale
        found += self.bias
        return found


class Norm(NamedTuple):
    """Scale and shift of a layer normalisation."""

    scale: Floats
    shift: Floats


class AttentionUnits(NamedTuple):
    """How queries, keys and values become whole numbers.

    Attributes:
        factors: What each column is multiplied by, in three rows: queries, keys, values.
        powers: For each head, half of the score of a unit, in units of the last bit of 1: a power of two, so the whole
            numbers stay exact.
        worth: What a unit of each output is worth.
    """

    factors: Floats
    powers: Floats
    worth: Floats

    @classmethod
    def of(cls, largest: Floats) -> AttentionUnits:
        """The units for the largest size in each column."""
        largest = largest.reshape(3, -1, HEAD)
        _, exponents = np.frexp(largest[:2].max(axis=2))
        bits = np.array([[_QUERY_BITS], [_KEY_BITS]], np.int32) - exponents
        factors = np.empty_like(largest)
        factors[:2] = np.ldexp(np.float32(1), bits)[:, :, None]
        factors[2] = _VALUES / largest[2]
        powers = np.ldexp(np.float32(1), _MANTISSA - 1 - bits.sum(axis=0))
        return cls(factors.reshape(3, -1), powers, (largest[2] / (_SHARES * _VALUES)).reshape(-1))


class Embedding(NamedTuple):
    """The vectors of pieces.

    Attributes:
        pieces: Whole numbers, a row for each piece of the vocabulary.
        units: What a unit of each row is worth.
        places: What is added for each place in a block, a row each.
        norm: The normalisation of the sum.
    """

    pieces: NDArray[np.int8]
    units: Floats
    places: Floats
    norm: Norm


class Steps:
    """The steps in NumPy."""

    def embed(self, embedding: Embedding, pieces: NDArray[np.int64]) -> Floats:
        """The vectors of the pieces of a block, a row each."""
        rows = embedding.pieces[pieces].astype(np.float32) * embedding.units[pieces][:, None]
        return normalised(rows + embedding.places[: len(pieces)], embedding.norm)

    def quantise(self, rows: Floats) -> tuple[NDArray[np.uint8], Floats]:
        """Rows as bytes, of which 128 means 0, and what a unit of each row is worth, a column."""
        units = np.maximum(np.abs(rows).max(axis=1, keepdims=True), _TINY) / _LIMIT
        shifted = rows / units
        shifted += np.float32(128.5)
        return shifted.astype(np.uint8), units

    def activate(self, sums: Sums) -> tuple[NDArray[np.uint8], Floats]:
        """Outputs, which are places of the table of GELU, as bytes, of which 0 means -0.17, and their units."""
        table = raised_gelu()
        found = np.empty(sums.products.shape, np.uint8)
        units = np.empty((len(found), 1), np.float32)
        for start in range(0, len(found), _ROWS):
            part = slice(start, start + _ROWS)
            values = sums.values(part)
            steps = values.astype(np.int32)
            units[part] = np.maximum(table.take(steps.max(axis=1, keepdims=True), mode="clip"), GELU_LEAST) / _BYTE
            table.take(steps, mode="clip", out=values)
            values /= units[part]
            values += np.float32(0.5)
            found[part] = values
        return found, units

    def normalise(self, sums: Sums, inputs: Floats, norm: Norm) -> Floats:
        """Outputs added to the inputs of a layer, with mean 0 and variance 1, scaled and shifted."""
        values = sums.values()
        values += inputs
        return normalised(values, norm)

    def attend(self, sums: Sums, places: NDArray[np.int64]) -> Floats:
        """Attention of the tokens at some places; outputs are queries, keys and values of all heads."""
        rows = sums.values()
        length, width = len(rows), rows.shape[1] // 3
        units = AttentionUnits.of(np.maximum(np.abs(rows).max(axis=0), _TINY))
        rows *= units.factors.reshape(-1)
        np.rint(rows, out=rows)
        queries, keys, values = rows.reshape(length, 3, -1, HEAD).transpose(1, 2, 0, 3)
        queries = queries[:, places]
        queries = np.multiply(queries.transpose(0, 2, 1), units.powers[:, None, None], order="C")
        found = np.empty((queries.shape[2], len(keys), HEAD), np.float32)
        by_head = found.transpose(1, 0, 2)
        for start in range(0, len(keys), _HEADS):
            some = slice(start, start + _HEADS)
            scores = np.empty((length, len(keys[some]), len(found)), np.float32)
            np.matmul(keys[some], queries[some], out=scores.transpose(1, 0, 2))
            shares = _powers(scores)
            shares *= _SHARES / _column_sums(shares)
            np.rint(shares, out=shares)
            np.matmul(shares.transpose(1, 2, 0), values[some], out=by_head[some])
        mixed = found.reshape(len(found), width)
        mixed *= units.worth
        return mixed


def normalised(rows: Floats, norm: Norm) -> Floats:
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
    values *= norm.scale
    values += norm.shift
    return values


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
