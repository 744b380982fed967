"""Who of many bearers of a name are one, by what pairs of them tell: the same answer in every order."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

T = TypeVar("T")

MOST = 300
"""Bearers of one name that are compared pair by pair; of more, the ones of most articles are, for time's sake."""


DOMINANCE = 10
"""How many times the articles of all others together make one so likely that who is not clear goes to it."""


def cliques(
    items: Sequence[T], are_one: Callable[[T, T], bool], weight: Callable[[T], int] | None = None
) -> list[list[T]]:
    """Groups of items of which each pair can be one, with those alone that could be two who are told apart.

    Who can be one with two items that cannot be one with each other is left alone; what remains falls into groups in
    which every pair agrees, whatever the order. With weights, who is left alone goes to a group that it agrees with and
    that outweighs ten times all others that it could belong to.

    Args:
        items: What to group; of more than :data:`MOST`, the heaviest and first ones are, the others are alone.
        are_one: Whether two items can be one; symmetric.
        weight: How many articles tell of an item.
    """
    if len(items) > MOST:
        ordered = sorted(items, key=weight, reverse=True) if weight is not None else list(items)
        return [*cliques(ordered[:MOST], are_one, weight), *([item] for item in ordered[MOST:])]
    n = len(items)
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
    groups: list[int] = []
    seen = torn
    for i in range(n):
        if torn >> i & 1:
            groups.append(1 << i)
        elif not seen >> i & 1:
            groups.append((near[i] | 1 << i) & ~torn)
            seen |= groups[-1]
    if weight is not None and torn:
        groups = _with_dominated(groups, near, torn, [weight(item) for item in items])
    return [[items[j] for j in _bits(group)] for group in groups]


def _with_dominated(groups: list[int], near: list[int], torn: int, weights: list[int]) -> list[int]:
    """The groups, with items that were left alone joined to what outweighs all else that they could belong to."""
    total = [sum(weights[j] for j in _bits(group)) for group in groups]
    target: dict[int, int] = {}
    for i in _bits(torn):
        # Who can be one with a member of a group can be one with all: else that member would stand between two.
        beside = [k for k, group in enumerate(groups) if group & near[i]]
        best = max(beside, key=lambda k: (total[k], -k))
        others = sum(total[k] for k in beside) - total[best]
        if total[best] >= DOMINANCE * others:
            target[i] = best
    joining: dict[int, int] = {}
    for i, k in target.items():
        joining[k] = joining.get(k, 0) | 1 << i
    moved, joined = 0, list(groups)
    for i, k in target.items():
        agrees = not joining[k] & ~near[i] & ~(1 << i)
        if agrees and not any(j in target for j in _bits(groups[k])):
            joined[k] |= 1 << i
            moved |= 1 << i
    return [group for group in joined if not (group & moved and group.bit_count() == 1)]


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
