"""Who of many bearers of a name are one, by what pairs of them tell: the same answer in every order."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

T = TypeVar("T")

MOST = 300
"""Bearers of one name that are compared pair by pair; where there are more, none are joined, for time's sake."""


def cliques(items: Sequence[T], are_one: Callable[[T, T], bool]) -> list[list[T]]:
    """Groups of items of which each pair is one, with those alone that could be two who are told apart.

    Who can be one with two items that cannot be one with each other is left alone; what remains falls into groups in
    which every pair agrees, whatever the order.

    Args:
        items: What to group.
        are_one: Whether two items can be one; symmetric.
    """
    n = len(items)
    if n > MOST:
        return [[item] for item in items]
    near = [0] * n
    for i in range(n):
        for j in range(i + 1, n):
            if are_one(items[i], items[j]):
                near[i] |= 1 << j
                near[j] |= 1 << i
    torn = 0
    for i in range(n):
        if any(near[i] & ~near[j] & ~(1 << j) for j in _bits(near[i])):
            torn |= 1 << i
    groups = []
    seen = torn
    for i in range(n):
        if torn >> i & 1:
            groups.append([items[i]])
        elif not seen >> i & 1:
            members = (near[i] | 1 << i) & ~torn
            groups.append([items[j] for j in _bits(members)])
            seen |= members
    return groups


def _bits(number: int) -> Iterable[int]:
    while number:
        low = number & -number
        yield low.bit_length() - 1
        number ^= low


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
