"""The parts of a list of words: Chile, *Peru and Bolivia*."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.analysis.document import Document, Token

_LONGEST = 40
"""Parts of a list that are looked at, at most."""


def listed_with(document: Document, token: Token) -> Iterator[Token]:
    """The other words of the list that a word is in, from left to right as far as the parser joins them."""
    head = token
    for above in islice(document.ancestors(token), _LONGEST):
        if head.dep != "conj":
            break
        head = above
    waiting = [head]
    for _ in range(_LONGEST):
        if not waiting:
            return
        part = waiting.pop()
        if part.i != token.i:
            yield part
        waiting += reversed(list(document.children(part, "conj")))
