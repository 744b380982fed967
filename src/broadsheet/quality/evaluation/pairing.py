"""Pairs rows of the gold with rows of the tables, one to one."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from broadsheet.quality.evaluation.assignment import assign

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


P = TypeVar("P")

_PREFER_REQUIRED = 1e-6
_BESIDES = 0.9
"""Score of an accepted alternative value; below 1, so that a row with the gold's own value is paired first."""


@dataclass(frozen=True, slots=True)
class Pairs(Generic[P]):
    """Rows paired to maximize the total similarity.

    Attributes:
        matched: Pairs of gold and given rows, without optional gold rows.
        missed: Required gold rows without a partner.
        spurious: Given rows without a partner. A row paired with an optional gold row is neither right nor wrong.
        links: Maps gold indexes to given indexes, for all pairs.
    """

    matched: tuple[tuple[Mapping[str, Any], P], ...]
    missed: tuple[Mapping[str, Any], ...]
    spurious: tuple[P, ...]
    links: Mapping[int, int]


def pair(
    golds: Sequence[Mapping[str, Any]], given: Sequence[P], likeness: Callable[[Mapping[str, Any], P], float]
) -> Pairs[P]:
    """Pairs rows by linear sum assignment; rows with similarity 0 are not paired."""
    links: dict[int, int] = {}
    if golds and given:
        matrix = [[_preferred(g, likeness(g, p)) for p in given] for g in golds]
        links = {i: j for i, j in assign(matrix) if matrix[i][j] > 0}
    taken = set(links.values())
    return Pairs(
        tuple((golds[i], given[j]) for i, j in links.items() if not golds[i].get("optional")),
        tuple(g for i, g in enumerate(golds) if i not in links and not g.get("optional")),
        tuple(p for j, p in enumerate(given) if j not in taken),
        links,
    )


def _preferred(gold: Mapping[str, Any], likeness: float) -> float:
    """Increases the similarity of a required row slightly, so that it wins ties against optional rows."""
    return likeness + (0.0 if gold.get("optional") else _PREFER_REQUIRED) if likeness > 0 else 0.0


def allowed(gold: Mapping[str, Any], field: str) -> list[Any]:
    """Returns the gold's value of a field, then the alternatives in ``FIELD_alt``."""
    others = gold.get(f"{field}_alt", [])
    return [gold.get(field), *(others if isinstance(others, list) else [others])]


def fit(gold: Mapping[str, Any], field: str, value: object) -> float:
    """Returns 1 if a value equals the gold's, 0.9 if it equals an alternative, else 0."""
    first, *others = (option == value for option in allowed(gold, field))
    return 1.0 if first else _BESIDES if any(others) else 0.0


def fit_number(gold: Mapping[str, Any], field: str, value: float | None) -> float:
    """Does the same as :func:`fit` for a number, with a tolerance for rounding."""
    first, *others = (_close(option, value) for option in allowed(gold, field))
    return 1.0 if first else _BESIDES if any(others) else 0.0


def _close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(float(one) - float(other)) <= 1e-6 * max(1.0, abs(float(one)))


_ARTICLE = re.compile(r"^(?:the|an?)\s+")
_POSSESSIVE = re.compile(r"'s\b")
_NO_WORD = re.compile(r"[^\w ]+")
_SIBILANT_PLURAL = re.compile(r"(?:ss|x|ch|sh)es$")
_PLURAL = re.compile(r"[^su]s$")
_SHORTEST_Y_PLURAL = 4


def plain(text: str | None) -> str:
    """Normalizes a name for comparison: lower case, without leading article, possessive and punctuation."""
    folded = unicodedata.normalize("NFKC", text or "").replace("’", "'").lower()
    return " ".join(_NO_WORD.sub(" ", _POSSESSIVE.sub("", _ARTICLE.sub("", folded))).split())


def words(text: str | None) -> list[str]:
    """Returns the words of :func:`plain`, with plurals roughly reduced to singulars."""
    return [_singular(word) for word in plain(text).split()]


def _singular(word: str) -> str:
    if len(word) > _SHORTEST_Y_PLURAL and word.endswith("ies"):
        return word[:-3] + "y"
    if _SIBILANT_PLURAL.search(word):
        return word[:-2]
    return word[:-1] if len(word) > 2 and _PLURAL.search(word) else word


def shared(one: Sequence[str], other: Sequence[str]) -> float:
    """Returns the Jaccard index of two bags of words; 0 if one is empty."""
    if not one or not other:
        return 0.0
    a, b = Counter(one), Counter(other)
    return sum((a & b).values()) / sum((a | b).values())
