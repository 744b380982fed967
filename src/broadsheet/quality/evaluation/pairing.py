"""Pairs the rows of the gold with those of the tables, one to one."""

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
"""Of two rows that fit, the one that says what the gold says is the likelier partner."""


@dataclass(frozen=True, slots=True)
class Pairs(Generic[P]):
    """Rows paired so that the total likeness is greatest.

    Attributes:
        matched: Gold and given rows that belong together, optional gold rows left out.
        missed: Required rows of the gold without a partner.
        spurious: Given rows without a partner. One that meets an optional row is neither right nor wrong.
        links: Place of the gold row to place of the given row, for all pairs.
    """

    matched: tuple[tuple[Mapping[str, Any], P], ...]
    missed: tuple[Mapping[str, Any], ...]
    spurious: tuple[P, ...]
    links: Mapping[int, int]


def pair(
    golds: Sequence[Mapping[str, Any]], given: Sequence[P], likeness: Callable[[Mapping[str, Any], P], float]
) -> Pairs[P]:
    """Pairs rows by the Hungarian method; two rows of likeness 0 are no pair."""
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
    """A likeness, a little greater for a required row: of rows that are equally like, it is paired first."""
    return likeness + (0.0 if gold.get("optional") else _PREFER_REQUIRED) if likeness > 0 else 0.0


def allowed(gold: Mapping[str, Any], field: str) -> list[Any]:
    """The gold's value of a field, then those that ``FIELD_alt`` allows besides."""
    others = gold.get(f"{field}_alt", [])
    return [gold.get(field), *(others if isinstance(others, list) else [others])]


def fit(gold: Mapping[str, Any], field: str, value: object) -> float:
    """1 if a value is the gold's, 0.9 if it is one that the gold allows besides, else 0."""
    first, *others = (option == value for option in allowed(gold, field))
    return 1.0 if first else _BESIDES if any(others) else 0.0


def fit_number(gold: Mapping[str, Any], field: str, value: float | None) -> float:
    """The same of a number, but for rounding."""
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
    """A name for comparison: lower case, without a leading article, possessive and punctuation."""
    folded = unicodedata.normalize("NFKC", text or "").replace("’", "'").lower()
    return " ".join(_NO_WORD.sub(" ", _POSSESSIVE.sub("", _ARTICLE.sub("", folded))).split())


def words(text: str | None) -> list[str]:
    """The words of :func:`plain`, plurals made singular as far as comparison needs it."""
    return [_singular(word) for word in plain(text).split()]


def _singular(word: str) -> str:
    if len(word) > _SHORTEST_Y_PLURAL and word.endswith("ies"):
        return word[:-3] + "y"
    if _SIBILANT_PLURAL.search(word):
        return word[:-2]
    return word[:-1] if len(word) > 2 and _PLURAL.search(word) else word


def shared(one: Sequence[str], other: Sequence[str]) -> float:
    """Words that two lists share over all their words (Jaccard index of bags); 0 where one is empty."""
    if not one or not other:
        return 0.0
    a, b = Counter(one), Counter(other)
    return sum((a & b).values()) / sum((a | b).values())
