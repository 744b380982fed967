"""A model's token-to-vector network (hashed embeddings, then convolutions) in a few large matrix products.

The steps are those of the pipeline, but its weights and activations are rounded so that every processor gets the same
bits (:mod:`.exact`). This avoids the library's overhead per layer, and computes word-level results once per word
(:mod:`.words`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from broadsheet.analysis.fast.compiled import PIECES, WIDTH, CompiledLayers
from broadsheet.analysis.fast.exact import Grid, row_sums
from broadsheet.analysis.native import library

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from broadsheet.analysis.fast.exact import Doubles, Floats

VECTORS = Grid(limit=16, bits=18)
"""The values of vectors, below 10 in practice. Points of the grid and their differences are exact in float32, too."""

_STRETCH = 256
"""Rows to process in a layer together; this many fit into a processor's cache."""

_TINY = np.float32(1e-8)
"""The constant that the library adds to a variance."""


@dataclass(frozen=True, slots=True)
class _Best:
    """The maximum over several pieces of an affine map, normalised."""

    scale: Floats
    shift: Floats
    pieces: int

    def of(self, found: NDArray[Any]) -> Floats:
        """The maximum over the pieces, which are adjacent columns."""
        width = len(self.scale)
        pieces = [found[:, piece * width : (piece + 1) * width] for piece in range(self.pieces)]
        best: Floats = np.maximum(pieces[0], pieces[1]).astype(np.float32, copy=False)
        for piece in pieces[2:]:
            np.maximum(best, piece, out=best, casting="same_kind")
        best -= row_sums(best) / np.float32(width)
        best *= 1 / np.sqrt(row_sums(best * best) / np.float32(width) + _TINY)
        best *= self.scale
        best += self.shift
        return best


class Convolution:
    """An affine map of each row and its two neighbours.

    Two rows are computed together by Winograd's minimal filtering, F(2, 3): from sums and differences of their four
    inputs, with four matrix products instead of six. Here, it is as exact as the direct way.
    """

    def __init__(self, weights: NDArray[np.float32], bias: NDArray[np.float32]) -> None:
        # Inputs and outputs are sums, and some weights are halved, which takes three bits.
        exact, self.bias = VECTORS.weights(weights, bias, spare=3)
        self.before, self.at, self.after = exact.reshape(3, len(exact) // 3, -1)
        both = self.before + self.after
        self.weights = np.stack([self.before, (both + self.at) / 2, (both - self.at) / 2, self.after])

    def of(self, rows: Floats) -> Doubles:
        """The outputs for all but the first and the last of ``rows``, an even number; every second one first."""
        even, odd = rows[::2], rows[1::2]
        inputs = np.empty((4, len(even) - 1, rows.shape[1]))
        np.subtract(even[:-1], even[1:], out=inputs[0])
        np.add(odd[:-1], even[1:], out=inputs[1])
        np.subtract(even[1:], odd[:-1], out=inputs[2])
        np.subtract(odd[:-1], odd[1:], out=inputs[3])
        products = inputs @ self.weights
        products[1] += self.bias
        products[0] += products[1]
        products[0] += products[2]
        products[1] -= products[2]
        products[1] -= products[3]
        return products[:2].reshape(2 * (len(even) - 1), -1)


class Table:
    """Precomputed values of words, one row per word; memory is used only as rows are filled.

    Attributes:
        vectors: Their vectors without neighbours.
        added: Their terms in the first convolution: for the next word, for themselves, for the previous word.
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
        weights, bias, self._mixed = _parts(embed.layers[3].layers[0].layers[0].layers)
        self._mixture = VECTORS.weights(weights, bias)
        blocks = [_parts(block.layers[0].layers[1].layers[0].layers) for block in encode.layers[0].layers]
        self._layers = [(Convolution(weights, bias), best) for weights, bias, best in blocks]
        # The terms of a row in its three windows, joined.
        first = self._layers[0][0]
        self._first = np.hstack([first.before, first.at, first.after])
        self._bias = first.bias.astype(np.float32)
        self._compiled = self._compiled_layers()

    def _compiled_layers(self) -> CompiledLayers | None:
        """The layers as the loops in C take them, if they have the shape for it."""
        if len(self._layers) < 2 or any((len(b.scale), b.pieces) != (WIDTH, PIECES) for _, b in self._layers):
            return None
        convolutions, norms = [one for one, _ in self._layers], [best for _, best in self._layers]
        return CompiledLayers(
            [one.weights for one in convolutions[1:]],
            [one.bias for one in convolutions],
            [best.scale for best in norms],
            [best.shift for best in norms],
            VECTORS,
        )

    def table(self, rows: int) -> Table:
        """An empty table for a number of words."""
        return Table(rows, self.width, self._layers[0][1].pieces)

    def embed(self, features: NDArray[np.uint64]) -> tuple[Floats, Floats]:
        """The vectors of words by their ``features``, one row per word in the order of ``columns``.

        Each comes with its terms in the first convolution: for the next word, for itself, for the previous word.
        """
        weights, bias = self._mixture
        hashed = VECTORS.snap(self._embeddings.predict(features))
        vectors = VECTORS.snap(self._mixed.of(hashed @ weights + bias))
        added = (vectors @ self._first).reshape(len(features), 3, -1).transpose(1, 0, 2)
        return vectors, added.astype(np.float32)

    def encode(self, words: Table, numbers: NDArray[np.intp], places: NDArray[np.intp]) -> Doubles:
        """The vectors of tokens in context, on the grid ``VECTORS``.

        Args:
            words: Precomputed values of words, by number; the first adds nothing.
            numbers: The number of each token's word, with ``PADDING`` zeros before, between and after the texts.
            places: Index of each token in ``numbers``.
        """
        # An even number of rows, plus an empty one at both ends, so that every row has two neighbours.
        count = len(numbers) + len(numbers) % 2
        padded = np.zeros(count + 2, dtype=np.intp)
        padded[1 : len(numbers) + 1] = numbers
        loops = library()
        if loops is not None and self._compiled is not None:
            return self._compiled(loops, words.vectors, words.added, padded, places + 1)
        rows = words.vectors.take(padded, axis=0)
        following = np.zeros_like(rows)
        for depth, (convolution, best) in enumerate(self._layers):
            for first in range(0, count, _STRETCH):
                last = min(first + _STRETCH, count)
                if depth:
                    made = best.of(convolution.of(rows[first : last + 2]))
                    half = len(made) // 2
                    following[first + 1 : last + 1 : 2] = made[:half]
                    following[first + 2 : last + 1 : 2] = made[half:]
                else:
                    summed = words.added[0].take(padded[first:last], axis=0)
                    summed += words.added[1].take(padded[first + 1 : last + 1], axis=0)
                    summed += words.added[2].take(padded[first + 2 : last + 2], axis=0)
                    summed += self._bias
                    following[first + 1 : last + 1] = best.of(summed)
                following[first + 1 : last + 1] += rows[first + 1 : last + 1]
                VECTORS.snap(following[first + 1 : last + 1])
            rows, following = following, rows
        return rows.take(places + 1, axis=0).astype(np.float64)


def _parts(parts: Sequence[Any]) -> tuple[Floats, Floats, _Best]:
    """Weights and bias of a map, and its normalisation; the pieces are adjacent, for one pass to find the maximum."""
    maxout, norm = parts
    weights = maxout.get_param("W")
    outputs, pieces, inputs = weights.shape
    side = weights.transpose(1, 0, 2).reshape(pieces * outputs, inputs).T
    bias = maxout.get_param("b").T.reshape(pieces * outputs)
    return side, bias, _Best(norm.get_param("G"), norm.get_param("b"), pieces)
