"""The words that name an event and the clause that tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.events.syntax import DASHES

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document, Token
    from broadsheet.base.span import Span
    from broadsheet.extraction.events.event_mention import EventMention
    from broadsheet.extraction.events.parties import Parties
    from broadsheet.extraction.events.syntax import Frame, Syntax

_OTHER = frozenset({"advcl", "parataxis"})
_VERBS = ("VERB", "AUX")
_EDGE = frozenset(
    {"and", "but", "or", "that", "while", "as", ",", ";", ":", ".", "–", "—", "-", '"', "“", "”", "'", "’", "‘"}
)


def clause_span(document: Document, sighting: EventMention) -> Span:
    """The characters of the trigger's clause: the subtree of its verb without the other clauses at its edges."""
    first, last = document.range_of(sighting.trigger)
    clause = sighting.clause
    left, right = document.edges(clause)
    if not (left <= first and last <= right):
        clause = sighting.anchor
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


_OBJECT_REACH = 6
_DATELINE = 10


def _behind_dateline(document: Document, left: int, first: int) -> int:
    """The token behind the dash of ``LIMA, May 3 —`` where the clause begins with a paragraph's dateline."""
    token = document.tokens[left]
    opens = left == 0 or document.tokens[left - 1].paragraph != token.paragraph
    if opens and token.text.isupper():
        for place in range(left + 1, min(left + _DATELINE, first)):
            if document.tokens[place].text in DASHES:
                return place + 1
    return left


def verb_trigger(document: Document, syntax: Syntax, parties: Parties, frame: Frame, noun: Token | None = None) -> Span:
    """The words of the predicate: the verb, its particle, its object where that names the event and is no actor."""
    verb = frame.verb
    last = verb.i + 1
    for child in document.children(verb, "prt"):
        if 0 < child.i - verb.i <= _OBJECT_REACH:
            last = child.i + 1
    if noun is None and frame.objects and not frame.passive:
        core = syntax.core(frame.objects[0])
        noun = core if parties.at(core) is None else None
    if noun is not None and 0 < noun.i - verb.i <= _OBJECT_REACH:
        last = max(last, noun.i + 1)
    if noun is not None and noun.i < verb.i and frame.passive:
        first = noun.i if verb.i - noun.i <= _OBJECT_REACH else verb.i
        return document.span(first, last)
    return document.span(verb.i, last)


def noun_trigger(document: Document, parties: Parties, noun: Token) -> Span:
    """The noun and the words before it that qualify it, actors aside."""
    first = noun.i
    while first > 0:
        before = document.tokens[first - 1]
        if before.dep not in ("compound", "amod", "nummod") or before.head != noun.i or parties.at(before) is not None:
            break
        first -= 1
    return document.span(first, noun.i + 1)
