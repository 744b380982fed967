"""A model's token-to-vector network (hashed embeddings, then convolutions) in a few large products of matrices.

The weights are those of the pipeline and so is the arithmetic, step for step; what is spared is the library's handling
of each layer, and everything that depends on a word alone is worked out once a word (:mod:`.words`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.lib.stride_tricks import as_strided

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_BLOCK = 32
"""Rows that are multiplied at once where the product is kept: with always as many, a word's vector is the same
whatever words are met along with it."""

_STRETCH = 384
"""Rows that go through a layer together: so many stay in a processor's cache."""

_TINY = np.float32(1e-8)
"""What the library adds to a variance."""


@dataclass(frozen=True, slots=True)
class _Layer:
    """One convolution: the best of several pieces of an affine map of three neighbouring rows, normalised."""

    weights: Floats
    """Has the bias as its last row."""
    scale: Floats
    shift: Floats
    pieces: int

    def convolved(self, windows: Floats) -> Floats:
        """The rows that come of rows with their neighbours."""
        count, inputs = windows.shape
        with_one = np.empty((count, inputs + 1), dtype=np.float32)
        with_one[:, :inputs] = windows
        with_one[:, inputs] = 1
        found = with_one @ self.weights
        width = len(self.scale)
        best: Floats = np.maximum(found[:, :width], found[:, width : 2 * width])
        for piece in range(2, self.pieces):
            np.maximum(best, found[:, piece * width : (piece + 1) * width], out=best)
        best -= best.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", best, best) / np.float32(width) + _TINY
        best *= (1 / np.sqrt(variance))[:, None]
        best *= self.scale
        best += self.shift
        return best


class Network:
    """The network of one component; ``model`` is thinc's, of the shape that ``spacy.Tok2Vec.v2`` builds."""

    def __init__(self, model: Any) -> None:
        embed, encode = model.get_ref("embed"), model.get_ref("encode")
        self.columns: tuple[str, ...] = tuple(embed.layers[0].attrs["columns"])
        self.width: int = encode.get_dim("nO")
        self._embeddings = embed.layers[2].layers[0]
        self._mixture = embed.layers[3].layers[0]
        self._layers = [_layer(residual.layers[0].layers) for residual in _convolutions(encode)]

    def embed(self, features: NDArray[np.uint64]) -> Floats:
        """The vectors of words by their ``features``, a row a word in the order of ``columns``."""
        count = len(features)
        padded = np.zeros((-(-count // _BLOCK) * _BLOCK, features.shape[1]), dtype=np.uint64)
        padded[:count] = features
        hashed = self._embeddings.predict(padded)
        blocks = [self._mixture.predict(hashed[first : first + _BLOCK]) for first in range(0, len(padded), _BLOCK)]
        vectors: Floats = np.concatenate(blocks)[:count]
        return vectors

    def encode(self, vectors: Floats, numbers: NDArray[np.intp], places: NDArray[np.intp]) -> Floats:
        """The vectors of tokens among their neighbours.

        Args:
            vectors: Those of words alone, by number; the first is zero.
            numbers: The number of each token's word, with ``PADDING`` noughts before, between and behind the texts.
            places: Where in ``numbers`` the tokens stand.
        """
        width = self.width
        # An empty row more at both ends, so that every row has two neighbours.
        rows, following = (np.zeros((len(numbers) + 2, width), dtype=np.float32) for _ in range(2))
        vectors.take(numbers, axis=0, out=rows[1:-1])
        for layer in self._layers:
            # Each row with its neighbours: three rows that lie behind one another are one row of three times the width.
            neighbours = as_strided(rows, (len(numbers), 3 * width), rows.strides, writeable=False)
            for first in range(0, len(numbers), _STRETCH):
                last = min(first + _STRETCH, len(numbers))
                found = layer.convolved(neighbours[first:last])
                np.add(rows[first + 1 : last + 1], found, out=following[first + 1 : last + 1])
            rows, following = following, rows
        return rows.take(places + 1, axis=0)


def _convolutions(encode: Any) -> Sequence[Any]:
    """The residual blocks, in order."""
    layers = encode.layers[0].layers
    return list(layers)


def _layer(parts: Sequence[Any]) -> _Layer:
    """The weights of one residual block; the pieces are laid side by side, so that their best is one pass."""
    maxout, norm = parts[1].layers[0].layers
    weights = maxout.get_param("W")
    outputs, pieces, inputs = weights.shape
    side = weights.transpose(1, 0, 2).reshape(pieces * outputs, inputs).T
    return _Layer(
        np.concatenate([side, maxout.get_param("b").T.reshape(1, pieces * outputs)]),
        norm.get_param("G"),
        norm.get_param("b"),
        pieces,
    )
