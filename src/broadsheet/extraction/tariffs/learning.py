"""Linear models over named features: how scores are summed, and how weights are learned from examples.

Weights have two decimals, and so have sums, so that neither the order of a sum nor a processor decides. Learning needs
NumPy alone and draws nothing by chance: the same examples give the same weights.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from broadsheet.reference import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from broadsheet.extraction.tariffs.items import Item
    from broadsheet.extraction.tariffs.tellings import Telling

    Example = Sequence[tuple[Sequence[str], bool]]
    Floats = NDArray[np.float64]

MIN_COUNT = 4
PRIOR = 2.0
PRIORS = {"row": 10.0, "status": 5.0}
"""How strongly weights are drawn to zero, chosen by cross-validation."""

CHOICES = frozenset({"imposer", "status", "effective"})
"""Models that choose one of several options; the others judge each by itself."""


@cache
def weights(model: str) -> Mapping[str, float]:
    """Feature name to weight."""
    return MappingProxyType({r["feature"]: float(r["weight"]) for r in table("tariff_weights") if r["model"] == model})


def score(known: Mapping[str, float], features: Iterable[str]) -> float:
    """The sum of the weights of the features, exact to its two decimals; a feature without a weight counts nothing."""
    return round(math.fsum(map(known.get, features, repeat(0.0))), 2)


def learn(groups: Sequence[Example], *, choice: bool, prior: float = PRIOR) -> dict[str, float]:
    """Weights of a model.

    Args:
        groups: Examples, each the features of its candidates and whether the candidate is right.
        choice: Whether one candidate of each example is to be chosen (a conditional logit); otherwise each candidate is
            judged by itself (a logistic regression).
        prior: How strongly weights are drawn to zero.
    """
    import numpy as np

    groups = [g for g in groups if any(right for _, right in g)] if choice else groups
    rows = [features for g in groups for features, _ in g]
    truth = np.array([right for g in groups for _, right in g], dtype=np.float64)
    owner = np.repeat(np.arange(len(groups)), [len(g) for g in groups])
    counts = Counter(f for features in rows for f in set(features))
    names = sorted(f for f, n in counts.items() if n >= MIN_COUNT)
    place = {name: i for i, name in enumerate(names)}
    pairs = [(r, place[f]) for r, features in enumerate(rows) for f in features if f in place]
    at = np.array([r for r, _ in pairs], dtype=np.int64)
    column = np.array([c for _, c in pairs], dtype=np.int64)

    def value(point: Floats) -> tuple[float, Floats]:
        scores = np.bincount(at, point[column], len(rows))
        if choice:
            top = np.full(len(groups), -np.inf)
            np.maximum.at(top, owner, scores)
            mass = np.exp(scores - top[owner])
            everything = np.bincount(owner, mass, len(groups))
            good = np.maximum(np.bincount(owner, mass * truth, len(groups)), 1e-300)
            loss = float(np.sum(np.log(everything) - np.log(good)))
            slope = mass / everything[owner] - mass * truth / good[owner]
        else:
            loss = float(np.sum(np.logaddexp(0.0, scores) - truth * scores))
            slope = 1.0 / (1.0 + np.exp(-scores)) - truth
        gradient = np.bincount(column, slope[at], len(names)) + prior * point
        return loss + 0.5 * prior * float(point @ point), gradient

    point = minimise(value, len(names))
    return {n: round(float(w), 2) for n, w in zip(names, point, strict=True) if abs(w) >= 0.005}


def minimise(value: Callable[[Floats], tuple[float, Floats]], size: int) -> Floats:
    """L-BFGS with a backtracking line search (Nocedal and Wright, Numerical Optimization, algorithm 7.5)."""
    import numpy as np

    point = np.zeros(size)
    loss, slope = value(point)
    past: list[tuple[Floats, Floats]] = []
    for _ in range(150):
        direction = slope.copy()
        factors = []
        for step, turn in reversed(past):
            factors.append((step @ direction) / (turn @ step))
            direction -= factors[-1] * turn
        if past:
            direction *= (past[-1][0] @ past[-1][1]) / (past[-1][1] @ past[-1][1])
        else:
            direction /= max(1.0, float(np.linalg.norm(slope)))
        for (step, turn), factor in zip(past, reversed(factors), strict=True):
            direction += (factor - (turn @ direction) / (turn @ step)) * step
        length, descent = 1.0, -(slope @ direction)
        while True:
            candidate = point - length * direction
            new_loss, new_slope = value(candidate)
            if new_loss <= loss + 1e-4 * length * descent or length < 1e-8:
                break
            length /= 2
        step, turn, gain = candidate - point, new_slope - slope, loss - new_loss
        point, loss, slope = candidate, new_loss, new_slope
        if step @ turn > 1e-10:
            past = [*past, (step, turn)][-8:]
        if gain < 1e-6 * abs(loss):
            break
    return point


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision between options, or about one option, for who wants to learn from it.

    Attributes:
        model: The model that decides.
        telling: The clause that it is about.
        features: Those of each option.
        options: What there is to choose from; empty where one thing is judged.
        item: The goods that it is about.
        draft: The row in the making that it is about.
    """

    model: str
    telling: Telling
    features: Sequence[Sequence[str]]
    options: Sequence[Any] = ()
    item: Item | None = None
    draft: Any = None


class Models:
    """The models that decide; training puts other weights in their place and listens to every decision."""

    def __init__(self) -> None:
        self.known: Mapping[str, Mapping[str, float]] | None = None
        self.listener: Callable[[Decision], None] | None = None

    def scores(self, decision: Decision) -> list[float]:
        """The score of each option."""
        if self.listener is not None:
            self.listener(decision)
        known = weights(decision.model) if self.known is None else self.known[decision.model]
        return [score(known, f) for f in decision.features]

    def judge(self, decision: Decision) -> float:
        """The score of the one thing that is judged."""
        return self.scores(decision)[0]


MODELS = Models()


def best(scores: Sequence[float]) -> int:
    """The place of the best option, of equal ones the first."""
    return max(range(len(scores)), key=lambda k: (scores[k], -k))
