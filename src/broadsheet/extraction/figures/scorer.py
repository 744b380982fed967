"""The learned models of figures: whether an amount is a figure, its kind, its payer and its payee.

Their weights are a table of features, learned by ``broadsheet.extraction.figures.train``. A feature that is not in the
table counts as zero. Weights are hundredths, so sums are exact and results do not depend on the processor.
"""

from __future__ import annotations

from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, Literal

from broadsheet.reference import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from broadsheet.extraction.figures.features import Features

Model = Literal["row", "cue", "party"]
Weights = dict[str, dict[str, dict[str, int]]]
"""Model to feature to label to hundredths; the label is empty for a model with a single score."""

KINDS = (
    *("aid", "budget", "debt", "fine", "growth", "interest_rate", "investment", "loan", "market", "other", "price"),
    *("profit", "revenue", "share", "trade"),
)
RATES = frozenset({"growth", "share", "interest_rate"})
"""Kinds that are percentages or points."""
SUMS = frozenset({"loan", "aid", "fine", "debt", "investment", "budget"})
"""Kinds that are sums of money."""


class Scorer:
    """Scores features by weights."""

    def __init__(self, weights: Mapping[str, Mapping[str, Mapping[str, int]]]) -> None:
        self._single = {m: {f: w[""] for f, w in weights[m].items()} for m in ("row", "cue", "party")}
        self._kinds = {feature: tuple(labels.items()) for feature, labels in weights["kind"].items()}

    def weigh(self, model: Model, feature: str) -> int:
        """The weight of one feature in a model with a single score."""
        return self._single[model].get(feature, 0)

    def weigh_kind(self, feature: str, kind: str) -> int:
        """The weight of one feature for a kind."""
        return dict(self._kinds.get(feature, ())).get(kind, 0)

    def total(self, model: Model, features: Iterable[str]) -> int:
        """The score of a model for some features."""
        return sum(map(self._single[model].get, features, repeat(0)))

    def kinds(self, features: Features, *, is_money: bool) -> dict[str, int]:
        """The score of each kind that an amount with such a unit can have."""
        scores = dict.fromkeys(KINDS, 0)
        for labels in map(self._kinds.get, features.plain, repeat(())):
            for kind, weight in labels:
                scores[kind] += weight
        tied = self._single["cue"]
        for name, kind in {(name, kind) for name, kind, _ in features.cues}:
            if kind in scores:
                scores[kind] += tied.get(name, 0)
        return {kind: score for kind, score in scores.items() if kind not in (RATES if is_money else SUMS)}


@cache
def shipped() -> Scorer:
    """The models that ship with the package."""
    out: Weights = {}
    for row in table("figure_weights"):
        pairs = (entry.rpartition("=") for entry in row["weights"].split(" "))
        out.setdefault(row["model"], {})[row["feature"]] = {label: int(weight) for label, _, weight in pairs}
    return Scorer(out)


def best(scores: Mapping[str, int]) -> str:
    """The label of the highest score; on a tie the first by name."""
    return min(scores, key=lambda label: (-scores[label], label))
