"""The clause that mentions an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document
    from broadsheet.base.span import Span
    from broadsheet.extraction.events.event_mention import EventMention

_OTHER = frozenset({"advcl", "parataxis"})
_VERBS = ("VERB", "AUX")
_EDGE = frozenset(
    {"and", "but", "or", "that", "while", "as", ",", ";", ":", ".", "–", "—", "-", '"', "“", "”", "'", "’", "‘"}
)
_DASHES = frozenset({"—", "–", "--", "-"})
_DATELINE = 10


def clause_span(document: Document, mention: EventMention) -> Span:
    """The characters of the trigger's clause: the subtree of its verb without the other clauses at its edges."""
    first, last = document.range_of(mention.trigger)
    clause = mention.clause
    left, right = document.edges(clause)
    if not (left <= first and last <= right):
        clause = mention.anchor
        left, right = document.edges(clause)
    left, right = min(left, first), max(right, last)
    for child in document.children(clause):
        other = child.dep in _OTHER or (child.dep == "conj" and child.pos in _VERBS)
        if not other:
            continue
        start, end = document.edges(child)
        if end <= first:
            left = max(left, end)
        elif start >= last:
            right = min(right, start)
    left = _behind_dateline(document, left, first)
    while left < first and document.tokens[left].lower in _EDGE:
        left += 1
    while right > last and document.tokens[right - 1].lower in _EDGE:
        right -= 1
    return document.span(left, right)


def _behind_dateline(document: Document, left: int, first: int) -> int:
    """The token after the dash of ``LIMA, May 3 —`` where the clause begins with a paragraph's dateline."""
    token = document.tokens[left]
    opens = left == 0 or document.tokens[left - 1].paragraph != token.paragraph
    if opens and token.text.isupper():
        for place in range(left + 1, min(left + _DATELINE, first)):
            if document.tokens[place].text in _DASHES:
                return place + 1
    return left
