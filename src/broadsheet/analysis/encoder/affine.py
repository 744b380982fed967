"""Affine maps of vectors of the encoder, with sums that are exact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from broadsheet.analysis.encoder.encode import LIMIT, STEP, parts
from broadsheet.analysis.fast.exact import Grid

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Doubles = NDArray[np.float64]

GRID = Grid(limit=LIMIT, bits=STEP.bit_length() - 1)
"""What vectors and all that is computed from them are rounded to."""


def array(name: str) -> Doubles:
    """An array of the file of weights; rows stored as whole numbers are multiplied by their scale."""
    stored = parts()[name].astype(np.float64)
    scale = parts().get(f"{name}.scale")
    return stored if scale is None else stored * scale.astype(np.float64)[:, None]


class Affine:
    """An affine map whose sums are exact for inputs on the grid.

    Args:
        name: That of its arrays in the file of weights, without ``.weight`` and ``.bias``.
    """

    def __init__(self, name: str) -> None:
        weights = array(f"{name}.weight").T
        bias = array(f"{name}.bias") if f"{name}.bias" in parts() else np.zeros(weights.shape[1])
        self._weights, self._bias = GRID.weights(weights, bias)

    def __call__(self, rows: Doubles) -> Doubles:
        """The map of each row, on the grid."""
        found: Doubles = rows @ self._weights
        found += self._bias
        return GRID.snap(found)
