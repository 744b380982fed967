"""The two linear models: which candidate utters a quote, and whether anyone does.

The weights are learned by ``broadsheet.quality.training.quotes``; a feature that is not in the table counts as zero.
With two decimals, the choice depends neither on the order of a sum nor on a processor's exponential function.
"""

from __future__ import annotations

import math
from decimal import Context, Decimal
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, Literal

from broadsheet.reference import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Model = Literal["speaker", "speech"]
_DIGITS = Context(prec=28)


@cache
def weights(model: Model) -> Mapping[str, float]:
    """Feature name to weight."""
    return {r["feature"]: float(r["weight"]) for r in table("quote_weights") if r["model"] == model}


def score(known: Mapping[str, float], features: Iterable[str]) -> float:
    """The sum of the weights of the features, repeated features included; exact to two decimals."""
    return round(math.fsum(map(known.get, features, repeat(0.0))), 2)


def share(score: float, top: float) -> int:
    """The weight of a candidate relative to the ``top`` score, ``exp(score - top)``, in units of 1e-18."""
    return _exponential(round(100 * (score - top)))


@cache
def _exponential(hundredths: int) -> int:
    # `Decimal` rounds correctly; `math.exp` depends on the C library.
    return int(Decimal(hundredths).scaleb(-2, _DIGITS).exp(_DIGITS).scaleb(18, _DIGITS))


def probability(score: float) -> float:
    """Logistic function."""
    return 1.0 / (1.0 + math.exp(min(-score, 700.0)))
