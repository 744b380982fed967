"""How well actors of several articles are told together and apart: against gold, and by names that are in pieces."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from broadsheet.extraction.actors.identity import slug_of
from broadsheet.identity.names import middles_fit, person_name

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

T = TypeVar("T")
"""An item: an actor of an article."""


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall.

    Attributes:
        precision: Of what was put together, how much belongs together; 1 where nothing was.
        recall: Of what belongs together, how much was put together; 1 where nothing does.
    """

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean; 0 where both are 0."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def b_cubed(gold: Mapping[T, Hashable], given: Mapping[T, Hashable]) -> Score:
    """B-cubed (Bagga and Baldwin 1998): the mean, over items, of how much of an item's cluster is right.

    Args:
        gold: Item to its true cluster.
        given: Each of the items to the cluster that it was put into.
    """
    cells, of_gold, of_given = _counts(gold, given)
    if not gold:
        return Score(1.0, 1.0)
    precision = sum(n * n / of_given[b] for (_, b), n in cells.items()) / len(gold)
    recall = sum(n * n / of_gold[a] for (a, _), n in cells.items()) / len(gold)
    return Score(precision, recall)


def pairwise(gold: Mapping[T, Hashable], given: Mapping[T, Hashable]) -> Score:
    """Precision and recall of the pairs of items that are put together; arguments as in :func:`b_cubed`."""
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
class PartedName:
    """Persons of one full name who are several actors.

    Attributes:
        name: Name of the one of most mentions.
        actors: Id and mentions of each, that of most mentions first.
    """

    name: str
    actors: tuple[tuple[str, int], ...]

    @property
    def outside(self) -> int:
        """Mentions of all but the first."""
        return sum(mentions for _, mentions in self.actors[1:])


def parted_names(persons: Iterable[tuple[str, str, int]]) -> list[PartedName]:
    """The full names that several persons have, those of most mentions outside the foremost person first.

    Who has other middle names or initials than the foremost has another name.

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
            out.append(PartedName(some[0][1], near))
    return sorted(out, key=lambda parted: (-parted.outside, parted.name))
