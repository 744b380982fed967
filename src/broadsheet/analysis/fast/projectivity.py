"""The inverse of the projectivity transform: moves dependents back under their true heads.

The parser makes no crossing arcs. Instead, it attaches the dependent higher up, with a label that names the label of
its true head (Nivre and Nilsson 2005, "Pseudo-projective dependency parsing", scheme *head*).
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from broadsheet.analysis.trees import subtree_bounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.strings import StringStore

DELIMITER = "||"
"""Separates the label of a moved dependent from that of its true head."""


def restore_heads(
    moved: Sequence[int], spans: Sequence[tuple[int, int]], heads: list[int], labels: list[int], strings: StringStore
) -> None:
    """Changes the ``heads`` and ``labels`` of the ``moved`` tokens; each text is a span of tokens."""
    starts = [first for first, _ in spans]
    edges: dict[int, list[tuple[int, int]]] = {}
    for token in moved:
        # An empty text has the same start as the next one; the last span with that start is the right one.
        first, last = spans[bisect_right(starts, token) - 1]
        if first not in edges:
            edges[first] = subtree_bounds(heads, first, last)[0]
        label, _, above = strings[labels[token]].partition(DELIMITER)
        heads[token] = _true_head(token, strings[above], first, edges[first], heads, labels)
        labels[token] = strings[label]


def _true_head(
    token: int, wanted: int, first: int, edges: Sequence[tuple[int, int]], heads: Sequence[int], labels: Sequence[int]
) -> int:
    """The first token with the label ``wanted`` below the token's head, level by level; else the head."""
    level = [heads[token]]
    while level:
        below = []
        for above in level:
            for child in range(*edges[above - first]):
                if heads[child] == above and child not in (above, token):
                    if labels[child] == wanted:
                        return child
                    below.append(child)
        level = below
    return heads[token]
