"""A model's token-to-vector network (hashed embeddings, then convolutions) in a few large products of matrices.

The weights are those of the pipeline and so is the arithmetic, step for step; what is spared is the library's handling
of each layer, and everything that depends on a word alone is worked out once a word (:mod:`.words`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

PADDING = 4
"""Empty rows before, between and behind the texts: as many as the network has layers, so that none sees another."""

_BLOCK = 32
"""Rows that are multiplied at once where the product is kept: with always as many, a word's vector is the same
whatever words are met along with it."""

_TINY = np.float32(1e-8)
"""What the library adds to a variance."""


@dataclass(frozen=True, slots=True)
class _Layer:
    """One convolution: the best of several pieces of an affine map of three neighbouring rows, normalised."""

    weights: Floats
    bias: Floats
    scale: Floats
    shift: Floats
    pieces: int


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

    def encode(self, rows: Floats) -> Floats:
        """The vectors of tokens among their neighbours; ``rows`` have ``PADDING`` empty rows around each text.

        ``rows`` is overwritten.
        """
        width = self.width
        window = np.zeros((len(rows), 3 * width), dtype=np.float32)
        for layer in self._layers:
            window[1:, :width] = rows[:-1]
            window[:, width : 2 * width] = rows
            window[:-1, 2 * width :] = rows[1:]
            found = window @ layer.weights
            found += layer.bias
            best = np.maximum(found[:, :width], found[:, width : 2 * width])
            for piece in range(2, layer.pieces):
                np.maximum(best, found[:, piece * width : (piece + 1) * width], out=best)
            best -= best.mean(axis=1, keepdims=True)
            variance = np.einsum("ij,ij->i", best, best) / np.float32(width) + _TINY
            best *= (1 / np.sqrt(variance))[:, None]
            best *= layer.scale
            best += layer.shift
            rows += best
        return rows


def _convolutions(encode: Any) -> Sequence[Any]:
    """The residual blocks, in order."""
    layers = encode.layers[0].layers
    if len(layers) != PADDING:
        raise ValueError(f"{len(layers)} convolutions, not {PADDING}")
    return list(layers)


def _layer(parts: Sequence[Any]) -> _Layer:
    """The weights of one residual block; the pieces are laid side by side, so that their best is one pass."""
    maxout, norm = parts[1].layers[0].layers
    weights = maxout.get_param("W")
    outputs, pieces, inputs = weights.shape
    return _Layer(
        np.ascontiguousarray(weights.transpose(1, 0, 2).reshape(pieces * outputs, inputs).T),
        np.ascontiguousarray(maxout.get_param("b").T.reshape(pieces * outputs)),
        norm.get_param("G"),
        norm.get_param("b"),
        pieces,
    )
