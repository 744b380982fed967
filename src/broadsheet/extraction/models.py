"""The learned models of actors: which candidates are actors, of what kind and country, for whom they work and speak.

Their weights are a table of features, learned by ``broadsheet.extraction.actors.train``. Weights are hundredths, so
sums are exact and results do not depend on the processor. A feature that is not in the table counts as zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import repeat
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from broadsheet.reference import table
from broadsheet.reference.news_actors import NewsActor, news_actors, plain_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Model = Literal["actor", "kind", "span", "country", "organization", "speaker"]
Weights = dict[str, dict[str, int]]
"""Model to feature to hundredths."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A choice between options.

    Attributes:
        model: The model that chooses.
        subject: What the choice is about.
        options: What there is to choose from.
        features: The features of each option.
    """

    model: Model
    subject: Any
    options: Sequence[Any]
    features: Sequence[Sequence[str]]


@cache
def shipped(model: Model) -> Mapping[str, int]:
    """Feature to weight of a model that ships with the package."""
    return MappingProxyType({r["feature"]: int(r["weight"]) for r in table("actor_weights") if r["model"] == model})


class Models:
    """The models and the known names; training replaces both and listens to every decision."""

    def __init__(self) -> None:
        self.weights: Weights | None = None
        self.names: Mapping[str, NewsActor] | None = None
        self.listener: Callable[[Decision], None] | None = None

    def scores(self, decision: Decision) -> list[int]:
        """The score of each option."""
        if self.listener is not None:
            self.listener(decision)
        weights = shipped(decision.model) if self.weights is None else self.weights.get(decision.model, {})
        return [sum(map(weights.get, features, repeat(0))) for features in decision.features]

    def best(self, decision: Decision) -> int:
        """The index of the option with the highest score, the first of equal ones."""
        scores = self.scores(decision)
        return scores.index(max(scores))

    def known(self, name: str) -> NewsActor | None:
        """The person or body that annotated articles call so."""
        return (news_actors() if self.names is None else self.names).get(plain_name(name))


MODELS = Models()
