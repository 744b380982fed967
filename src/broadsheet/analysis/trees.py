"""Derives subtree bounds and sentence starts from the heads of a text.

The rules are spaCy's, so that both ways to run a model agree: an arc that crosses others widens subtrees until every
head is inside its sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROUNDS = 12
"""The most rounds of widening subtrees."""


def subtree_bounds(heads: Sequence[int], start: int, end: int) -> tuple[list[tuple[int, int]], list[bool]]:
    """First and last (exclusive) token of each subtree of a text, and whether each token opens a sentence.

    The text is tokens ``start`` to ``end`` (exclusive) of ``heads``.
    """
    tokens = range(end - start)
    head = [h - start for h in heads[start:end]]
    left, right = list(tokens), list(tokens)
    opening: set[int] = {0}
    for _ in range(_ROUNDS):
        for order in (tokens, reversed(tokens)):
            for i in order:
                above = head[i]
                if left[i] < left[above]:
                    left[above] = left[i]
                if right[i] > right[above]:
                    right[above] = right[i]
        opening = {left[i] for i in tokens if head[i] == i}
        if _within(head, opening):
            break
    opening.add(0)
    return [(first + start, last + start + 1) for first, last in zip(left, right, strict=True)], [
        i in opening for i in tokens
    ]


def _within(heads: Sequence[int], starts: set[int]) -> bool:
    """Whether each head is in the sentence of its token, or is the first token of the next one."""
    first = 0
    end = len(heads) - 1
    for last in [*sorted(starts - {0, end}), end]:
        if any(not first <= head <= last for head in heads[first:last]):
            return False
        first = last
    return True
