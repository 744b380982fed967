"""The two linear models: which candidate utters a quote, and whether anybody does.

Their weights are a table of feature names and numbers, learned by ``broadsheet.extract.quotes.train``. A feature that
the table lacks counts nothing.
"""

from __future__ import annotations

import math
from functools import cache
from itertools import repeat
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from broadsheet.reference import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Model = Literal["speaker", "speech"]


@cache
def weights(model: Model) -> Mapping[str, float]:
    """Feature name to weight."""
    return MappingProxyType({r["feature"]: float(r["weight"]) for r in table("quote_weights") if r["model"] == model})


def score(known: Mapping[str, float], features: Iterable[str]) -> float:
    """The sum of the weights of the features, each counted as often as it is named."""
    return sum(map(known.get, features, repeat(0.0)))


def probability(score: float) -> float:
    """Logistic function."""
    if score < -700:
        return 0.0
    return 1.0 / (1.0 + math.exp(-score))
