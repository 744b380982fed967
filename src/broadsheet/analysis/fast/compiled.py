"""The layers of a token-to-vector network in C (``analysis/native/network.c``), with the same bits as in NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from broadsheet.analysis.native import BLOCK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from broadsheet.analysis.fast.exact import Doubles, Floats, Grid
    from broadsheet.analysis.native import Library

WIDTH, PIECES = 96, 3
"""The shape that the loops are compiled for: outputs, and the pieces of which each is the maximum."""


class CompiledLayers:
    """The layers of one network.

    Args:
        weights: Those of the four products of each layer but the first: inputs by outputs.
        biases: The bias of each layer.
        scales: The scale of each normalisation.
        shifts: The shift of each normalisation.
        grid: What vectors are rounded to.
    """

    def __init__(
        self,
        weights: Sequence[Doubles],
        biases: Sequence[Doubles],
        scales: Sequence[Floats],
        shifts: Sequence[Floats],
        grid: Grid,
    ) -> None:
        blocks = np.stack(weights).reshape(len(weights), 4, WIDTH, -1, BLOCK)
        self._weights = np.ascontiguousarray(blocks.transpose(0, 1, 3, 2, 4))
        self._biases, self._scales, self._shifts = np.stack(biases), np.stack(scales), np.stack(shifts)
        self._first = self._biases[0].astype(np.float32)
        self._grid = grid

    def __call__(
        self, loops: Library, vectors: Floats, added: Floats, numbers: NDArray[np.intp], places: NDArray[np.intp]
    ) -> Doubles:
        """The vectors in context of the tokens at some ``places``.

        Args:
            loops: The compiled loops.
            vectors: Vectors of words, by number.
            added: Their terms in the first layer.
            numbers: The number of each token's word, an even number of them; the first and last add nothing.
            places: Index of each token in ``numbers``.
        """
        found = np.empty((len(places), WIDTH))
        loops.call(
            *("encode", vectors, added, len(vectors), numbers.astype(np.int64), len(numbers) // 2 - 1),
            *(len(self._scales), self._weights, self._biases, self._first, self._scales, self._shifts),
            *(float(self._grid.limit), self._grid.size(np.float32), places.astype(np.int64), len(places), found),
        )
        return found
