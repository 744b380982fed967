"""Groups items by shared marks; thresholds for unclear cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

T = TypeVar("T")

MAX_COMPARED = 300
"""The most people with one name to compare with each other; of more, only those with most articles, to save time."""

PROMINENT = 10
"""Articles that an actor needs for less than its full name to mean no one else."""
DOMINANCE = 10
"""How many times the articles of all others an actor needs for unclear mentions to be assigned to it."""


def connected(items: Sequence[T], marks: Callable[[T], Iterable[Hashable]]) -> list[list[T]]:
    """Groups items that share marks, directly or through others; in the order of their first items."""
    parent = list(range(len(items)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    first: dict[Hashable, int] = {}
    for i, item in enumerate(items):
        for mark in marks(item):
            a, b = root(first.setdefault(mark, i)), root(i)
            parent[max(a, b)] = min(a, b)
    groups: dict[int, list[T]] = {}
    for i, item in enumerate(items):
        groups.setdefault(root(i), []).append(item)
    return list(groups.values())
