"""Search bounds of the figure parser: no newspaper sentence exceeds them, and they keep the work linear."""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.analysis.document import Document, Token

MAX_STEPS = 40
"""The most steps up a syntactic tree."""

MAX_TOKENS = 80
"""The most tokens to either side."""


def upwards(document: Document, token: Token) -> Iterator[Token]:
    """The head of a token, its head, and so on."""
    return islice(document.ancestors(token), MAX_STEPS)


def children(document: Document, token: Token, *deps: str) -> Iterator[Token]:
    """The dependents of a token, in reading order; only those with one of the labels, if any are given."""
    low = bisect_left(token.children, token.i - MAX_TOKENS)
    high = bisect_left(token.children, token.i + MAX_TOKENS)
    for i in token.children[low:high]:
        child = document.tokens[i]
        if not deps or child.dep in deps:
            yield child


def child_of(document: Document, token: Token, *deps: str) -> Token | None:
    """The first of :func:`children`, None if there is none."""
    return next(children(document, token, *deps), None)
