"""The learned models of figures: whether an amount is one, of what kind, and who pays and who is paid.

Their weights are a table of features, learned by ``broadsheet.extraction.figures.train``. A feature that the table
lacks counts nothing. Weights are hundredths, so that sums are exact: no processor decides between two kinds.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from broadsheet.reference import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from broadsheet.extraction.figures.features import Features

Model = Literal["row", "kind", "cue", "party"]
Weights = dict[str, dict[str, dict[str, int]]]
"""Model to feature to label to hundredths; the label of a model that gives one score is empty."""

KINDS = (
    *("aid", "budget", "debt", "fine", "growth", "interest_rate", "investment", "loan", "market", "other", "price"),
    *("profit", "revenue", "share", "trade"),
)
RATES = frozenset({"growth", "share", "interest_rate"})
"""Kinds that are percentages or points."""
SUMS = frozenset({"loan", "aid", "fine", "debt", "investment", "budget"})
"""Kinds that are sums of money."""


@cache
def _shipped() -> Mapping[str, Mapping[str, Mapping[str, int]]]:
    out: Weights = {}
    for row in table("figure_weights"):
        pairs = (entry.rpartition("=") for entry in row["weights"].split(" "))
        out.setdefault(row["model"], {})[row["feature"]] = {label: int(weight) for label, _, weight in pairs}
    return MappingProxyType(out)


class Scorer:
    """Scores features by the weights that ship with the package, or by others."""

    def __init__(self, weights: Mapping[str, Mapping[str, Mapping[str, int]]] | None = None) -> None:
        self.weights = _shipped() if weights is None else weights

    def weigh(self, model: Model, feature: str, label: str = "") -> int:
        """The weight of one feature for one label."""
        return self.weights[model].get(feature, {}).get(label, 0)

    def total(self, model: Model, features: Iterable[str]) -> int:
        """The score of a model that has one."""
        known = self.weights[model]
        return sum(known[f].get("", 0) for f in features if f in known)

    def kinds(self, features: Features, *, is_money: bool) -> dict[str, int]:
        """The score of each kind that an amount of such a unit can have."""
        scores = dict.fromkeys((k for k in KINDS if k not in (RATES if is_money else SUMS)), 0)
        known = self.weights["kind"]
        for name in features.plain:
            for kind, weight in known.get(name, {}).items():
                if kind in scores:
                    scores[kind] += weight
        tied = self.weights["cue"]
        for name, kind in {(name, kind) for name, kind, _ in features.cues}:
            if kind in scores and name in tied:
                scores[kind] += tied[name][""]
        return scores


def best(scores: Mapping[str, int]) -> str:
    """The label of the highest score; of equal ones the first by name."""
    return min(scores, key=lambda label: (-scores[label], label))
