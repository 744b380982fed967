"""The words that name an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document, Token
    from broadsheet.base.span import Span
    from broadsheet.extraction.entity_index import EntityIndex

_VERBS = ("VERB", "AUX")
_OBJECT_REACH = 6
"""Tokens between a verb and the end of its object, at most."""


def trigger_span(document: Document, cast: EntityIndex, anchor: Token) -> Span:
    """The words of a predicate: a verb, its particle and its object, or a noun with what qualifies it; no actor."""
    first, last = anchor.i, anchor.i + 1
    if anchor.pos in _VERBS:
        for child in document.children(anchor, "prt", "dobj"):
            if 0 < child.i - anchor.i <= _OBJECT_REACH and cast.at(child.i) is None:
                last = max(last, child.i + 1)
        return document.span(first, last)
    while first > 0:
        before = document.tokens[first - 1]
        if before.dep not in ("compound", "amod", "nummod") or before.head != anchor.i or cast.at(before.i) is not None:
            break
        first -= 1
    return document.span(first, last)
