"""Scores identity resolution: against gold, and by full names that are split among several actors."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from broadsheet.base.slugs import slug_of
from broadsheet.identity.names import middles_fit, person_name

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

T = TypeVar("T")
"""An item: an actor of an article."""


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall.

    Attributes:
        precision: Share of what was grouped that belongs together; 1 if nothing was.
        recall: Share of what belongs together that was grouped; 1 if nothing does.
    """

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean; 0 if both are 0."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def b_cubed(gold: Mapping[T, Hashable], given: Mapping[T, Hashable]) -> Score:
    """B-cubed (Bagga and Baldwin 1998): the mean, over items, of the correct share of an item's cluster.

    Args:
        gold: Item to true cluster.
        given: Item to assigned cluster.
    """
    cells, of_gold, of_given = _counts(gold, given)
    if not gold:
        return Score(1.0, 1.0)
    precision = sum(n * n / of_given[b] for (_, b), n in cells.items()) / len(gold)
    recall = sum(n * n / of_gold[a] for (a, _), n in cells.items()) / len(gold)
    return Score(precision, recall)


def pairwise(gold: Mapping[T, Hashable], given: Mapping[T, Hashable]) -> Score:
    """Precision and recall of the pairs of items in one cluster; arguments as in :func:`b_cubed`."""
    cells, of_gold, of_given = _counts(gold, given)
    right = sum(_pairs(n) for n in cells.values())
    put, true = sum(_pairs(n) for n in of_given.values()), sum(_pairs(n) for n in of_gold.values())
    return Score(right / put if put else 1.0, right / true if true else 1.0)


def _pairs(n: int) -> int:
    return n * (n - 1) // 2


def _counts(
    gold: Mapping[T, Hashable], given: Mapping[T, Hashable]
) -> tuple[Counter[tuple[Hashable, Hashable]], Counter[Hashable], Counter[Hashable]]:
    cells = Counter((gold[item], given[item]) for item in gold)
    return cells, Counter(gold.values()), Counter(given[item] for item in gold)


@dataclass(frozen=True, slots=True)
class SplitName:
    """A full name that several actors have.

    Attributes:
        name: Name of the actor with most mentions.
        actors: Id and mentions of each, most mentions first.
    """

    name: str
    actors: tuple[tuple[str, int], ...]

    @property
    def outside(self) -> int:
        """Mentions of all actors except the first."""
        return sum(mentions for _, mentions in self.actors[1:])


def split_names(persons: Iterable[tuple[str, str, int]]) -> list[SplitName]:
    """The full names that several persons have, most mentions outside the first person first.

    A person with other middle names or initials than the first has another name.

    Args:
        persons: Id, name and mentions of each.
    """
    groups: dict[tuple[str, str, str], list[tuple[str, str, int]]] = {}
    for actor_id, name, mentions in persons:
        read = person_name(name, slug_of(name))
        if not read.is_short:
            groups.setdefault((read.usual, read.family, read.suffix), []).append((actor_id, name, mentions))
    out = []
    for some in groups.values():
        some.sort(key=lambda one: (-one[2], one[0]))
        first = person_name(some[0][1], "").middles
        near = tuple((i, n) for i, name, n in some if middles_fit(first, person_name(name, "").middles))
        if len(near) > 1:
            out.append(SplitName(some[0][1], near))
    return sorted(out, key=lambda parted: (-parted.outside, parted.name))
