"""Groups by shared marks, and how much outweighs what is not clear."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

T = TypeVar("T")

MOST = 300
"""Bearers of one name that are compared with each other; of more, the ones of most articles are, for time's sake."""


PROMINENT = 10
"""Articles that must speak of an actor for less than its name to mean nobody else."""
DOMINANCE = 10
"""How many times the articles of all others together make one so likely that who is not clear goes to it."""


def connected(items: Sequence[T], marks: Callable[[T], Iterable[Hashable]]) -> list[list[T]]:
    """Groups of items that share marks, directly or over others; in the order of their first items."""
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
