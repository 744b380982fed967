"""Quotation paragraphs without marks: turns of a transcript and block quotes."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from broadsheet.base.span import Span
from broadsheet.extraction.cues import is_verb, traits_of
from broadsheet.extraction.quotes.marks import OPENING_MARKS, Stretch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from broadsheet.analysis.document import Document

_LABEL = re.compile(r"(?:[A-Z][A-Z.'’-]{1,24}|[A-Z]\.)(?: [A-Z][A-Z.'’-]{0,24}){0,3} ?(?:\([^()\n]{1,40}\) ?)?: +")
"""The label before a turn in a transcript: a name in capitals and a colon."""

_NAME = re.compile(r"([A-Z][\w.'’-]{1,24}(?: [A-Z][\w.'’-]{0,24}){0,3}): +")
"""The same with a name in mixed case, which may also start a list item."""

_BLOCK = re.compile(r"> +")

TURN, BLOCK = "turn", "block"
_NEAR = 3
"""The most paragraphs between two turns of one transcript."""
_CUES = frozenset({"say", "claim", "reply"})
_MARKS = frozenset("\"'”’»")
_TAIL = 5


def find_blocks(
    document: Document, bounds: Sequence[tuple[int, int]], turns: Mapping[int, int]
) -> Iterator[tuple[Stretch, str]]:
    """The unmarked quoted paragraphs of a document, each with ``TURN`` (see ``transcript_turns``) or ``BLOCK``.

    A paragraph is a block quote if it starts with ``>``, or if the previous paragraph ends with a reporting verb that
    has a subject, and a colon. ``bounds`` are the first and last (exclusive) token of each paragraph.
    """
    text = document.text
    for number, paragraph in enumerate(document.paragraphs):
        if (document.has_title and number == 0) or text[paragraph.start] in OPENING_MARKS:
            continue
        if number in turns:
            start, kind = turns[number], TURN
        elif match := _BLOCK.match(text, paragraph.start, paragraph.end):
            start, kind = match.end(), BLOCK
        elif number > 0 and text[paragraph.end - 1] not in _MARKS and _leads_in(document, *bounds[number - 1]):
            start, kind = paragraph.start, BLOCK
        else:
            continue
        if start < paragraph.end:
            span = Span(start, paragraph.end)
            yield Stretch(span, span, number, double=True, opened=False, closed=True, depth=0), kind


def transcript_turns(document: Document) -> dict[int, int]:
    """The turns of transcripts: index of the paragraph to the offset after its label, which a mark may precede.

    A label counts only if another turn is near; a name in mixed case only if two people take turns, more than once.
    """
    text = document.text
    ends: dict[int, int] = {}
    names: dict[str, list[tuple[int, int]]] = {}
    for number, paragraph in enumerate(document.paragraphs):
        start = paragraph.start + (text[paragraph.start] in OPENING_MARKS)
        if match := _LABEL.match(text, start, paragraph.end):
            ends[number] = match.end()
        elif match := _NAME.match(text, start, paragraph.end):
            names.setdefault(match[1], []).append((number, match.end()))
    turns = [places for places in names.values() if len(places) > 1]
    if len(turns) > 1:
        ends.update(place for places in turns for place in places)
    near = [i for one, other in pairwise(sorted(ends)) if other - one <= _NEAR for i in (one, other)]
    return {i: ends[i] for i in near}


def _leads_in(document: Document, first: int, last: int) -> bool:
    """Whether a paragraph ends with ``... wrote:`` or ``... said of the plan:``."""
    tokens = document.tokens
    verb = next((t for t in reversed(tokens[max(first, last - 1 - _TAIL) : last - 1]) if is_verb(t)), None)
    if verb is None or verb.tag == "VB" or tokens[last - 1].text != ":" or not traits_of(verb) & _CUES:
        return False
    return any(t.pos in {"PROPN", "PRON", "NOUN"} for t in tokens[max(first, verb.i - 4) : verb.i])
