"""A model's token-to-vector network (hashed embeddings, then convolutions) in a few large products of matrices.

The steps are those of the pipeline, but its weights and activations are rounded so that every processor gets the same
bits (:mod:`.exact`). The library's handling of each layer is spared, and what depends on a word alone is computed once
per word (:mod:`.words`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.lib.stride_tricks import as_strided

from broadsheet.analyse.lean.exact import Grid, row_sums

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from broadsheet.analyse.lean.exact import Doubles, Floats

VECTORS = Grid(limit=16, bits=20)
"""The values of vectors. They stay below 9 in practice, and all points of the grid are exact as float32, too."""

_STRETCH = 192
"""Rows that go through a layer together: so many stay in a processor's cache."""

_TINY = 1e-8
"""What the library adds to a variance."""


@dataclass(frozen=True, slots=True)
class _Layer:
    """The best of several pieces of an affine map, normalised."""

    weights: Doubles
    """Has the bias as its last row."""
    scale: Floats
    shift: Floats
    pieces: int

    def of(self, rows: NDArray[Any]) -> Doubles:
        """The rows that come of some rows, whose values are on the grid ``VECTORS``."""
        count, inputs = rows.shape
        with_one = np.empty((count, inputs + 1))
        with_one[:, :inputs] = rows
        with_one[:, inputs] = 1
        return self.best(with_one @ self.weights)

    def best(self, found: NDArray[Any]) -> Doubles:
        """The best of the pieces, normalised."""
        width = len(self.scale)
        pieces = [found[:, piece * width : (piece + 1) * width] for piece in range(self.pieces)]
        best: Doubles = np.maximum(pieces[0], pieces[1]).astype(np.float64, copy=False)
        for piece in pieces[2:]:
            np.maximum(best, piece, out=best)
        best -= row_sums(best) / width
        best *= 1 / np.sqrt(row_sums(best * best) / width + _TINY)
        best *= self.scale
        best += self.shift
        return best


class Table:
    """What is known of words, a row a word; memory is taken only as rows are filled.

    Attributes:
        vectors: Their vectors without neighbours.
        added: What they add in the first convolution: to the word behind them, to themselves, to the one before them.
    """

    def __init__(self, rows: int, width: int, pieces: int) -> None:
        self.vectors: Floats = np.zeros((rows, width), dtype=np.float32)
        self.added: Floats = np.zeros((3, rows, pieces * width), dtype=np.float32)


class Network:
    """The network of one component; ``model`` is thinc's, of the shape that ``spacy.Tok2Vec.v2`` builds."""

    def __init__(self, model: Any) -> None:
        embed, encode = model.get_ref("embed"), model.get_ref("encode")
        self.columns: tuple[str, ...] = tuple(embed.layers[0].attrs["columns"])
        self.width: int = encode.get_dim("nO")
        self._embeddings = embed.layers[2].layers[0]
        self._mixture = _layer(embed.layers[3].layers[0].layers[0].layers)
        self._layers = [_layer(block.layers[0].layers[1].layers[0].layers) for block in encode.layers[0].layers]
        # What a row adds to the three windows in which it lies, side by side.
        first = self._layers[0].weights[:-1].reshape(3, self.width, -1)
        self._first = np.ascontiguousarray(first.transpose(1, 0, 2).reshape(self.width, -1))
        self._bias = self._layers[0].weights[-1].astype(np.float32)

    def table(self, rows: int) -> Table:
        """Room for what is known of some words."""
        return Table(rows, self.width, self._layers[0].pieces)

    def embed(self, features: NDArray[np.uint64]) -> tuple[Floats, Floats]:
        """The vectors of words by their ``features``, a row a word in the order of ``columns``.

        With each comes what it adds in the first convolution: to the word behind it, to itself, to the one before it.
        """
        hashed = VECTORS.snap(self._embeddings.predict(features).astype(np.float64))
        vectors = VECTORS.snap(self._mixture.of(hashed))
        added = (vectors @ self._first).reshape(len(features), 3, -1).transpose(1, 0, 2)
        return vectors.astype(np.float32), added.astype(np.float32)

    def encode(self, words: Table, numbers: NDArray[np.intp], places: NDArray[np.intp]) -> Doubles:
        """The vectors of tokens among their neighbours, on the grid ``VECTORS``.

        Args:
            words: What is known of words, by number; nothing is added by the first.
            numbers: The number of each token's word, with ``PADDING`` noughts before, between and behind the texts.
            places: Where in ``numbers`` the tokens stand.
        """
        width, count = self.width, len(numbers)
        beside = np.concatenate([[0], numbers, [0]])
        # An empty row more at both ends, so that every row has two neighbours.
        rows, following = (np.zeros((count + 2, width), dtype=np.float32) for _ in range(2))
        words.vectors.take(numbers, axis=0, out=rows[1:-1])
        for depth, layer in enumerate(self._layers[:-1]):
            neighbours = _neighbours(rows)
            for first in range(0, count, _STRETCH):
                last = min(first + _STRETCH, count)
                if depth:
                    found = layer.of(neighbours[first:last])
                else:
                    summed = words.added[0].take(beside[first:last], axis=0)
                    summed += words.added[1].take(beside[first + 1 : last + 1], axis=0)
                    summed += words.added[2].take(beside[first + 2 : last + 2], axis=0)
                    summed += self._bias
                    found = layer.best(summed)
                found += rows[first + 1 : last + 1]
                following[first + 1 : last + 1] = VECTORS.snap(found)
            rows, following = following, rows
        # What comes of the empty rows is needed no more.
        out = np.empty((len(places), width))
        neighbours = _neighbours(rows)
        for first in range(0, len(out), _STRETCH):
            stretch = places[first : first + _STRETCH]
            found = self._layers[-1].of(neighbours[stretch])
            found += rows[stretch + 1]
            out[first : first + _STRETCH] = VECTORS.snap(found)
        return out


def _neighbours(rows: Floats) -> Floats:
    """Each row but the first and the last with those beside it.

    Three rows that lie behind one another are one row of three times the width: nothing is copied.
    """
    count, width = rows.shape
    return as_strided(rows, (count - 2, 3 * width), rows.strides, writeable=False)


def _layer(parts: Sequence[Any]) -> _Layer:
    """The weights of a map and its normalisation; the pieces lie side by side, so that their best is one pass."""
    maxout, norm = parts
    weights = maxout.get_param("W")
    outputs, pieces, inputs = weights.shape
    side = weights.transpose(1, 0, 2).reshape(pieces * outputs, inputs).T
    exact, bias = VECTORS.weights(side, maxout.get_param("b").T.reshape(pieces * outputs))
    return _Layer(np.vstack([exact, bias]), norm.get_param("G"), norm.get_param("b"), pieces)
