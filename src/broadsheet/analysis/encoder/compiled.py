"""The encoder's steps in C (``analysis/native/encoder.c``), with the same bits as in NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from broadsheet.analysis.encoder.steps import GELU_LEAST, AttentionUnits, Embedding, Norm, Steps, Sums, raised_gelu

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from broadsheet.analysis.encoder.steps import Floats
    from broadsheet.analysis.native import Library


class CompiledSteps(Steps):
    """The steps by the functions of a library; outputs take the place of the sums that they are made of."""

    def __init__(self, library: Library) -> None:
        self._call = library.call

    def embed(self, embedding: Embedding, pieces: NDArray[np.int64]) -> Floats:
        """As in NumPy."""
        count, width = len(pieces), embedding.pieces.shape[1]
        found = np.empty((count, width), np.float32)
        self._call(
            *("embed", pieces, count, width, embedding.pieces, embedding.units, embedding.places),
            *(embedding.norm.scale, embedding.norm.shift, found),
        )
        return found

    def quantise(self, rows: Floats) -> tuple[NDArray[np.uint8], Floats]:
        """As in NumPy."""
        found, units = np.empty(rows.shape, np.uint8), np.empty((len(rows), 1), np.float32)
        self._call("quantise", rows, *rows.shape, found, units)
        return found, units

    def activate(self, sums: Sums) -> tuple[NDArray[np.uint8], Floats]:
        """As in NumPy."""
        table, (count, width) = raised_gelu(), sums.products.shape
        found, units = np.empty((count, width), np.uint8), np.empty((count, 1), np.float32)
        steps, values = np.empty(width, np.int32), np.empty(width, np.float32)
        self._call(
            *("activate", sums.products, count, width, sums.units, sums.scale, sums.bias),
            *(table, len(table), float(GELU_LEAST), steps, values, found, units),
        )
        return found, units

    def normalise(self, sums: Sums, inputs: Floats, norm: Norm) -> Floats:
        """As in NumPy."""
        found = sums.products.view(np.float32)
        self._call(
            *("normalise", sums.products, *found.shape, sums.units, sums.scale, sums.bias),
            *(inputs, norm.scale, norm.shift, found),
        )
        return found

    def attend(self, sums: Sums, places: NDArray[np.int64]) -> Floats:
        """As in NumPy."""
        count, width = sums.products.shape
        rows, largest = sums.products.view(np.float32), np.empty(width, np.float32)
        self._call(
            *("dequantise", sums.products, count, width, sums.units, sums.scale, sums.bias, rows, largest),
        )
        units = AttentionUnits.of(largest)
        found = np.empty((len(places), width // 3), np.float32)
        self._call(
            *("attend", rows, count, width // 3, places, len(places)),
            *(units.factors, units.powers, units.worth, found),
        )
        return found
