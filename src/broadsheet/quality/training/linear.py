"""Learns the weights of linear models over named features, rounded to hundredths so that scores are exact."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Learned = tuple[dict[str, int], dict[str, NDArray[np.float64]]]

PRIOR_OF_VECTORS = 100.0
_FINE, _COARSE = 1e-9, 1e-6
LEAST = 2
"""Smallest weight that is kept, in hundredths."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice between alternatives: the features of each, how correct each is, and the weight of the choice.

    ``vectors`` has a vector for each alternative, with the name of what it is a vector of, or nothing.
    """

    features: Sequence[Sequence[str]]
    right: Sequence[float]
    weight: float = 1.0
    vectors: Sequence[tuple[str, NDArray[Any]] | None] = ()


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


class _Vectors:
    """The vectors of the alternatives of all choices, by what they are vectors of, each number with deviation 1."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        places: dict[str, list[int]] = {}
        rows: dict[str, list[NDArray[Any]]] = {}
        height = 0
        for choice in choices:
            for given in choice.vectors or (None,) * len(choice.right):
                if given is not None:
                    places.setdefault(given[0], []).append(height)
                    rows.setdefault(given[0], []).append(given[1])
                height += 1
        self.height, self.names = height, sorted(rows)
        self.places = [np.array(places[name]) for name in self.names]
        raw = [np.array(rows[name], np.float32) for name in self.names]
        self.deviations = [np.maximum(values.std(axis=0), 1e-6) for values in raw]
        self.values = [values / scale for values, scale in zip(raw, self.deviations, strict=True)]
        ends = np.cumsum([0, *(values.shape[1] for values in self.values)])
        self.parts = [slice(int(first), int(last)) for first, last in pairwise(ends)]
        self.size = int(ends[-1])

    def times(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        scores = np.zeros(self.height)
        for values, places, part in zip(self.values, self.places, self.parts, strict=True):
            scores[places] = values @ weights[part].astype(np.float32)
        return scores

    def transposed_times(self, slopes: NDArray[np.float64]) -> NDArray[np.float64]:
        pairs = zip(self.values, self.places, strict=True)
        found = [slopes[places].astype(np.float32) @ values for values, places in pairs]
        return np.concatenate(found).astype(np.float64) if found else np.zeros(0)


def learn_choices(choices: Sequence[Choice], least: int, prior_of: Callable[[str], float]) -> dict[str, int]:
    """The weights of the features alone (``learn``)."""
    return learn(choices, least, prior_of)[0]


def learn(
    choices: Sequence[Choice], least: int, prior_of: Callable[[str], float], start: Learned | None = None
) -> Learned:
    """The weights of a conditional logit with a Gaussian prior: in hundredths by feature, and those of vectors.

    Those of vectors are in ten-thousandths, by what they are vectors of.

    Args:
        choices: Choices; those without a wrong or a right alternative do not count.
        least: How many alternatives a feature must be in.
        prior_of: Precision of the prior of a feature.
        start: Weights to begin with, such as those learned from more choices; the result depends on it little.
    """
    choices = [c for c in choices if any(c.right) and not all(c.right)]
    design = _Design(choices, least)
    right = np.array([value for c in choices for value in c.right])
    counted = np.array([c.weight for c in choices])
    group = np.repeat(np.arange(len(choices)), [len(c.right) for c in choices])
    vectors = _Vectors(choices)
    size = len(design.names)
    prior = np.array([*map(prior_of, design.names), *[PRIOR_OF_VECTORS] * vectors.size])

    def value(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = design.times(weights[:size]) + vectors.times(weights[size:])
        top = np.full(len(choices), -np.inf)
        np.maximum.at(top, group, scores)
        mass = np.exp(scores - top[group])
        everything = np.bincount(group, mass, len(choices))
        good = np.maximum(np.bincount(group, mass * right, len(choices)), 1e-300)
        loss = float(counted @ (np.log(everything) - np.log(good)))
        slope = counted[group] * (mass / everything[group] - mass * right / good[group])
        slopes = np.concatenate([design.transposed_times(slope), vectors.transposed_times(slope)])
        return loss + 0.5 * float(prior @ weights**2), slopes + prior * weights

    begin = np.zeros(size + vectors.size)
    if start is not None:
        begin[:size] = [start[0].get(name, 0) / 100 for name in design.names]
        for name, part, scale in zip(vectors.names, vectors.parts, vectors.deviations, strict=True):
            begin[size:][part] = start[1][name] * scale / 10_000 if name in start[1] else 0.0
    weights = minimise(value, begin, _COARSE if vectors.size else _FINE)
    hundredths = np.rint(100 * weights[:size]).astype(int).tolist()
    features = {name: w for name, w in zip(design.names, hundredths, strict=True) if abs(w) >= LEAST}
    parts = zip(vectors.names, vectors.parts, vectors.deviations, strict=True)
    return features, {name: np.rint(10_000 * weights[size:][part] / scale) for name, part, scale in parts}


def minimise(
    objective: Callable[[NDArray[np.float64]], tuple[float, NDArray[np.float64]]],
    start: NDArray[np.float64],
    tolerance: float,
) -> Any:
    """The weights that minimise an objective given with its gradient, up to a relative change of ``tolerance``."""
    # Only training needs SciPy, which is not a requirement of the package.
    from scipy.optimize import minimize

    return minimize(objective, start, jac=True, method="L-BFGS-B", options={"ftol": tolerance}).x
