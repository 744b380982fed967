"""Matrix products that have the same bits on every processor.

BLAS adds the products of a dot product in an order that depends on the processor, the shapes and the number of threads.
The order matters only if a sum is rounded. Therefore the operands are rounded first: activations to a ``Grid``, and
weights to multiples of a power of two that is small, but not so small that a partial sum needs more than the 53 bits of
a float64. Then no sum is rounded, and every order gives the same result, with or without fused multiply-add.

All other steps of the fast pipeline work element by element, for which IEEE 754 defines every bit, or add in the order
of ``row_sums``.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Doubles = NDArray[np.float64]
    Values = TypeVar("Values", Floats, Doubles)

_MANTISSA = 53
"""Bits of a float64: every integer up to ``2 ** 53`` is exact."""


class Grid(NamedTuple):
    """The multiples of ``2 ** -bits`` from ``-limit`` to ``limit``."""

    limit: float
    bits: int

    def snap(self, values: Values) -> Values:
        """Moves ``values`` to the nearest points of the grid, in place."""
        np.clip(values, -self.limit, self.limit, out=values)
        return self.round(values)

    def round(self, values: Values) -> Values:
        """The same for values known to be within the limits."""
        size = self.size(values.dtype)
        values += size
        values -= size
        return values

    def size(self, kind: Any) -> float:
        """A number that has no finer bits than the grid: adding it rounds, and subtracting it again is exact."""
        return float(1.5 * 2.0 ** ((52 if kind == np.float64 else 23) - self.bits))

    def weights(self, weights: NDArray[Any], bias: NDArray[Any], spare: int = 0) -> tuple[Doubles, Doubles]:
        """Weights and bias of an affine map, rounded so that its sums over inputs on the grid are exact.

        Args:
            weights: A row for each input, a column for each output.
            bias: The bias of each output.
            spare: Bits to leave free for further steps.
        """
        sizes = np.abs(np.asarray(weights, dtype=np.float64))
        # Added row by row in a fixed order: the rounding of weights must not depend on the processor either.
        largest = reduce(np.add, sizes) * self.limit + np.abs(bias)
        _, exponents = np.frexp(largest)
        # Rounding can enlarge a sum a little, hence one bit to spare.
        steps = np.ldexp(1.0, _MANTISSA - 1 - exponents - self.bits - spare)
        return np.rint(weights * steps) / steps, np.rint(bias * steps) / steps


def row_sums(values: Values) -> Values:
    """The sum of each row, as a column: halves are added element by element until one number is left.

    ``numpy.sum`` and ``numpy.einsum`` may add in a different order on another processor.
    """
    width = values.shape[1]
    while width > 1:
        half = width // 2
        summed = values[:, :half] + values[:, half : 2 * half]
        if width % 2:
            summed[:, 0] += values[:, -1]
        values, width = summed, half
    return values
