"""The learned models of actors: which candidates are actors, of what kind and country, and their offices.

Their weights are tables of features and of the numbers of the encoder's vectors, learned by
``broadsheet.quality.training.actors``. Weights are whole numbers, so sums are exact and results do not depend on the
processor. A feature that is not in the table counts as zero.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import repeat
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from broadsheet.reference import cells
from broadsheet.reference.news_actors import NewsActor, news_actors, plain_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence, Set

    from numpy.typing import NDArray

    Doubles = NDArray[np.float64]

Model = Literal["actor", "kind", "span", "title", "country", "holder", "organization", "speaker"]
FINER = 100
"""Ten-thousandths in a hundredth."""
Weights = dict[str, dict[str, int]]
"""Model to feature to hundredths."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A choice between options.

    Attributes:
        model: The model that chooses.
        subject: What the choice is about.
        options: What there is to choose from.
        features: The features of each option; none where the encoder decides.
        vectors: The encoder's vector of each option with the name of what it is a vector of, or nothing.
        sets: In place of features, those of each option in no order.
        shared: In place of both, those of all options; each counts for an option with its name before it.
    """

    model: Model
    subject: Any
    options: Sequence[Any]
    features: Sequence[Sequence[str]] = ()
    vectors: Sequence[tuple[str, Doubles] | None] = ()
    sets: Sequence[Set[str]] = ()
    shared: Set[str] = frozenset()

    def in_full(self) -> Decision:
        """The same with the features of each option in order, as who learns from it needs them."""
        features = [
            [f"{option} {feature}" for feature in sorted(self.shared)] for option in self.options if self.shared
        ]
        return replace(
            self, features=features or [*map(sorted, self.sets)] or self.features, sets=(), shared=frozenset()
        )


@cache
def _every_weight() -> Weights:
    found: Weights = {}
    for model, feature, weight in cells("actor_weights"):
        found.setdefault(model, {})[feature] = int(weight)
    return found


def shipped(model: Model) -> Mapping[str, int]:
    """Feature to weight of a model that ships with the package."""
    return _every_weight().get(model, {})


@cache
def _shared(model: Model, options: tuple[str, ...]) -> Mapping[str, tuple[int, ...]]:
    """The same for features that all options share: feature to its weight for each option."""
    places = {option: place for place, option in enumerate(options)}
    found: dict[str, list[int]] = {}
    for name, weight in shipped(model).items():
        option, _, feature = name.partition(" ")
        if option in places:
            found.setdefault(feature, [0] * len(options))[places[option]] = weight
    return {feature: tuple(weights) for feature, weights in found.items()}


@cache
def shipped_vectors(model: Model) -> Mapping[str, Doubles]:
    """The weights of the vectors of a model that ships: what a vector is of, to numbers in ten-thousandths."""
    out: dict[str, list[float]] = {}
    for name, of, _, weight in cells("actor_vectors"):
        if name == model:
            out.setdefault(of, []).append(float(weight))
    return MappingProxyType({of: np.array(weights) for of, weights in out.items()})


class Models:
    """The models and the known names; training replaces both and listens to every decision."""

    def __init__(self) -> None:
        self.weights: Weights | None = None
        self.vectors: Mapping[str, Mapping[str, Doubles]] | None = None
        self.names: Mapping[str, NewsActor] | None = None
        self.listener: Callable[[Decision], None] | None = None

    def scores(self, decision: Decision) -> list[int]:
        """The score of each option."""
        self.hear(decision)
        scores = self._weigh(decision)
        if decision.vectors:
            known = shipped_vectors(decision.model) if self.vectors is None else self.vectors.get(decision.model, {})
            for k, given in enumerate(decision.vectors):
                if given is not None and given[0] in known:
                    # Whole numbers times numbers on the grid: the sum is exact in every order.
                    scores[k] += round(float(known[given[0]] @ given[1]) / FINER)
        return scores

    def _weigh(self, decision: Decision) -> list[int]:
        """The sums of the weights of the features."""
        if decision.shared and self.weights is None:
            shared = _shared(decision.model, tuple(decision.options))
            none = (0,) * len(decision.options)
            return [sum(weights) for weights in zip(none, *filter(None, map(shared.get, decision.shared)), strict=True)]
        weights = shipped(decision.model) if self.weights is None else self.weights.get(decision.model, {})
        given = decision.in_full().features if decision.shared else decision.sets or decision.features
        return [sum(map(weights.get, features, repeat(0))) for features in given]

    def hear(self, decision: Decision) -> None:
        """Tells a listener of a decision, which another model may make."""
        if self.listener is not None:
            self.listener(decision.in_full())

    def best(self, decision: Decision) -> int:
        """The index of the option with the highest score, the first of equal ones."""
        scores = self.scores(decision)
        return scores.index(max(scores))

    def known(self, name: str) -> NewsActor | None:
        """The person or body that annotated articles call so."""
        return (news_actors() if self.names is None else self.names).get(_plain_name(name))


_plain_name = lru_cache(maxsize=1000)(plain_name)
MODELS = Models()
