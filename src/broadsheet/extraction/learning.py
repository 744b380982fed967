"""Learns the weights of linear models over named features, rounded to hundredths so that scores are exact."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

LEAST = 2
"""Smallest weight that is kept, in hundredths."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice between alternatives: the features of each, how correct each is, and the weight of the choice."""

    features: Sequence[Sequence[str]]
    right: Sequence[float]
    weight: float = 1.0


class _Design:
    """The alternatives of all choices as a sparse 0/1 matrix, with the names of the features."""

    def __init__(self, choices: Sequence[Choice], least: int) -> None:
        counts: Counter[str] = Counter()
        for choice in choices:
            counts.update({name for names in choice.features for name in names})
        self.names = sorted(name for name, n in counts.items() if n >= least)
        places = {name: n for n, name in enumerate(self.names)}
        rows: list[int] = []
        columns: list[int] = []
        height = 0
        for choice in choices:
            for names in choice.features:
                known = [places[name] for name in set(names) if name in places]
                columns += sorted(known)
                rows += [height] * len(known)
                height += 1
        self.height, self.rows, self.columns = height, np.array(rows, np.int64), np.array(columns, np.int64)

    def times(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.bincount(self.rows, weights[self.columns], self.height).astype(np.float64)

    def transposed_times(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.bincount(self.columns, values[self.rows], len(self.names)).astype(np.float64)


def learn_choices(choices: Sequence[Choice], least: int, prior_of: Callable[[str], float]) -> dict[str, int]:
    """The weights of a conditional logit with a Gaussian prior, in hundredths, by feature.

    Args:
        choices: Choices; those without a wrong or a right alternative do not count.
        least: How many alternatives a feature must be in.
        prior_of: Precision of the prior of a feature.
    """
    choices = [c for c in choices if any(c.right) and not all(c.right)]
    design = _Design(choices, least)
    right = np.array([value for c in choices for value in c.right])
    counted = np.array([c.weight for c in choices])
    group = np.repeat(np.arange(len(choices)), [len(c.right) for c in choices])
    prior = np.array([prior_of(name) for name in design.names])

    def value(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = design.times(weights)
        top = np.full(len(choices), -np.inf)
        np.maximum.at(top, group, scores)
        mass = np.exp(scores - top[group])
        everything = np.bincount(group, mass, len(choices))
        good = np.maximum(np.bincount(group, mass * right, len(choices)), 1e-300)
        loss = float(counted @ (np.log(everything) - np.log(good)))
        slope = counted[group] * (mass / everything[group] - mass * right / good[group])
        return loss + 0.5 * float(prior @ weights**2), design.transposed_times(slope) + prior * weights

    weights = minimise(value, len(design.names))
    hundredths = np.rint(100 * weights).astype(int).tolist()
    return {name: w for name, w in zip(design.names, hundredths, strict=True) if abs(w) >= LEAST}


def minimise(objective: Callable[[NDArray[np.float64]], tuple[float, NDArray[np.float64]]], size: int) -> Any:
    """The weights that minimise an objective given with its gradient."""
    # Only training needs SciPy, which is not a requirement of the package.
    from scipy.optimize import minimize

    return minimize(objective, np.zeros(size), jac=True, method="L-BFGS-B", options={"ftol": 1e-9}).x
