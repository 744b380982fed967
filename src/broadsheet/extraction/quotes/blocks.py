"""Quotation paragraphs without marks: turns of a transcript and block quotes."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from broadsheet.base.span import Span
from broadsheet.extraction.quotes.cues import cue_lemma, is_verb, mistaken_verb, traits_of
from broadsheet.extraction.quotes.marks import Stretch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.analysis.document import Document

LABEL = re.compile(r"(?:[A-Z][A-Z.'’-]{1,24}|[A-Z]\.)(?: [A-Z][A-Z.'’-]{0,24}){0,3} ?(?:\([^()\n]{1,40}\) ?)?: ")
"""The label before a turn in a transcript: a name in capitals and a colon."""

_NAME = re.compile(r"([A-Z][\w.'’-]{1,24}(?: [A-Z][\w.'’-]{0,24}){0,3}): ")
"""The same with a name in mixed case, which may also start a list item."""

TURN, BLOCK = "turn", "block"

_NEAR = 3
"""The most paragraphs between two turns of one transcript."""

_MARKS = frozenset("“”„\"«»‘'‹`")
_CUES = frozenset({"say", "claim", "reply"})
_TAIL = 5


def find_blocks(document: Document, bounds: Sequence[tuple[int, int]]) -> Iterator[tuple[Stretch, str]]:
    """The unmarked quoted paragraphs of a document, each with ``TURN`` or ``BLOCK``.

    A paragraph is a block quote if it starts with ``>``, or if the previous paragraph ends with a reporting verb that
    has a subject, and a colon.

    Args:
        document: The document.
        bounds: First and last (exclusive) token of each paragraph.
    """
    text = document.text
    turns = transcript_turns(document)
    for number, paragraph in enumerate(document.paragraphs):
        marked = text[paragraph.start] in _MARKS
        if (document.has_title and number == 0) or marked:
            continue
        if number in turns:
            start, kind = turns[number], TURN
        elif text.startswith("> ", paragraph.start):
            start, kind = _skip_blanks(text, paragraph.start + 2, paragraph.end), BLOCK
        elif number > 0 and _leads_in(document, bounds[number - 1]):
            start, kind = paragraph.start, BLOCK
        else:
            continue
        if start < paragraph.end:
            span = Span(start, paragraph.end)
            yield Stretch(span, span, number, double=True, opened=False, closed=True, depth=0), kind


def transcript_turns(document: Document) -> dict[int, int]:
    """The turns of transcripts: index of the paragraph to the offset after its label.

    A label in capitals counts only if another turn is near, since a single one may be any heading. A name in mixed case
    counts only if two people take turns, each more than once. A quotation mark may precede the label, where the whole
    transcript is quoted.
    """
    text = document.text
    ends: dict[int, int] = {}
    names: dict[str, list[tuple[int, int]]] = {}
    for number, paragraph in enumerate(document.paragraphs):
        start = paragraph.start + (text[paragraph.start] in _MARKS)
        match = LABEL.match(text, start, paragraph.end)
        if match:
            ends[number] = _skip_blanks(text, match.end(), paragraph.end)
        elif named := _NAME.match(text, start, paragraph.end):
            names.setdefault(named.group(1), []).append((number, _skip_blanks(text, named.end(), paragraph.end)))
    turns = [places for places in names.values() if len(places) > 1]
    if len(turns) > 1:
        ends.update(place for places in turns for place in places)
    near = [i for one, other in pairwise(sorted(ends)) if other - one <= _NEAR for i in (one, other)]
    return {i: ends[i] for i in near}


def _skip_blanks(text: str, start: int, end: int) -> int:
    """The first non-blank offset from ``start`` and before ``end``; else ``end``."""
    while start < end and text[start] == " ":
        start += 1
    return start


def _leads_in(document: Document, bounds: tuple[int, int]) -> bool:
    """Whether a paragraph ends with ``... wrote:`` or ``... said of the plan:``."""
    first, last = bounds
    tokens = document.tokens
    if last - first < 2 or tokens[last - 1].text != ":":
        return False
    for i in range(last - 2, max(first, last - 2 - _TAIL), -1):
        token = tokens[i]
        if not (is_verb(token) or mistaken_verb(token)):
            continue
        passive = document.child(token, "nsubjpass", "auxpass") is not None
        if passive or token.tag == "VB" or not (traits_of(token) & _CUES or cue_lemma(token) == "read"):
            return False
        return any(tokens[k].pos in {"PROPN", "PRON", "NOUN"} for k in range(max(first, i - 4), i))
    return False
