"""The quoted stretches of a document mapped to its tokens: the input of every attribution step.

Most are in quotation marks. Two kinds of paragraphs are quoted as a whole, without marks: turns of a transcript, and
block quotes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from broadsheet.base.span import Span
from broadsheet.extraction.quotes.cues import cue_lemma, is_verb, traits_of, verb_traits
from broadsheet.extraction.quotes.marks import Stretch, find_stretches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.analysis.document import Document

JUMPS = 6
"""How many quotes a search around a quote may cross; bounds the cost in a paragraph of nothing but quotes."""

FREE = -1
"""In ``QuotedDocument.quote_of``: a token of the reporter's own words."""

MARKS, TURN, BLOCK = "marks", "turn", "block"
"""In ``Quotation.layout``: a stretch between quotation marks, a turn of a transcript, a block quote."""

LABEL = re.compile(r"(?:[A-Z][A-Z.'’-]{1,24}|[A-Z]\.)(?: [A-Z][A-Z.'’-]{0,24}){0,3} ?(?:\([^()\n]{1,40}\) ?)?: +")
"""The label before a turn in a transcript: a name in capitals and a colon."""

_NEAR = 3
"""The most paragraphs between two turns of one transcript."""

_OPENING_MARKS = frozenset("“”„\"«»‘'‹`")
_CUES = frozenset({"say", "claim", "reply"})
_TAIL = 5
_AHEAD = 7


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted stretch and the tokens ``first`` to ``last`` (exclusive) that it touches, including its marks.

    ``layout`` is what marks it as quoted: ``MARKS``, ``TURN`` or ``BLOCK``.
    """

    index: int
    stretch: Stretch
    first: int
    last: int
    inner_first: int
    inner_last: int
    paragraph: int
    layout: str = MARKS


@dataclass(frozen=True, slots=True)
class QuotedDocument:
    """A document with its outermost quoted stretches.

    Attributes:
        document: The document.
        quotes: Its outermost stretches, in reading order.
        quote_of: For each token, the index of the stretch that it touches, or ``FREE``.
        bounds: First and last (exclusive) token of each paragraph.
    """

    document: Document
    quotes: tuple[Quotation, ...]
    quote_of: tuple[int, ...]
    bounds: tuple[tuple[int, int], ...]

    def before(self, place: int, floor: int, limit: int) -> list[int]:
        """Up to ``limit`` free tokens before ``place`` and not before ``floor``, nearest first; quotes are skipped."""
        out: list[int] = []
        i = place - 1
        jumps = 0
        while i >= floor and len(out) < limit and jumps <= JUMPS:
            quote = self.quote_of[i]
            if quote == FREE:
                out.append(i)
                i -= 1
            else:
                i = min(i, self.quotes[quote].first) - 1
                jumps += 1
        return out

    def after(self, place: int, ceiling: int, limit: int) -> list[int]:
        """Up to ``limit`` free tokens from ``place`` on and before ``ceiling``, nearest first; quotes are skipped."""
        out: list[int] = []
        i = place
        jumps = 0
        while i < ceiling and len(out) < limit and jumps <= JUMPS:
            quote = self.quote_of[i]
            if quote == FREE:
                out.append(i)
                i += 1
            else:
                i = max(i + 1, self.quotes[quote].last)
                jumps += 1
        return out

    def between(self, first: int, last: int) -> tuple[int, int]:
        """The number of free words and of quotes in tokens ``first`` to ``last`` (exclusive)."""
        words = quotes = 0
        i = first
        while i < last:
            inside = self.quote_of[i]
            if inside == FREE:
                words += self.document.tokens[i].pos not in {"PUNCT", "SPACE"}
                i += 1
            else:
                quotes += 1
                i = max(i + 1, self.quotes[inside].last)
        return words, quotes


def find_quotations(document: Document) -> QuotedDocument:
    """Finds the quoted stretches of a document and the tokens that they cover."""
    bounds = [(0, 0)] * len(document.paragraphs)
    for sentence in document.sentences:
        first, last = bounds[sentence.paragraph]
        bounds[sentence.paragraph] = (sentence.first if first == last else first, sentence.last)
    found = _unmarked(document, bounds)
    whole = {stretch.paragraph for stretch, _ in found}
    for stretch in find_stretches(document.text, document.paragraphs):
        if stretch.depth == 0 and stretch.paragraph not in whole:
            closed = _close_at_attribution(document, stretch)
            if closed is not None:
                found.append((closed, MARKS))
    found.sort(key=lambda pair: pair[0].span.start)
    quote_of = [FREE] * len(document.tokens)
    quotes: list[Quotation] = []
    for stretch, layout in found:
        first, last = document.range_of(stretch.outer)
        inner_first, inner_last = document.range_of(stretch.span)
        if inner_first < inner_last:
            quote_of[first:last] = [len(quotes)] * (last - first)
            quotes.append(
                Quotation(len(quotes), stretch, first, last, inner_first, inner_last, stretch.paragraph, layout)
            )
    return QuotedDocument(document, tuple(quotes), tuple(quote_of), tuple(bounds))


def _unmarked(document: Document, bounds: Sequence[tuple[int, int]]) -> list[tuple[Stretch, str]]:
    """The paragraphs quoted as a whole, each with ``TURN`` or ``BLOCK``.

    A label in capitals opens a turn only if another turn is near, since a single one may be any heading. A paragraph is
    a block quote if the previous one ends with a reporting verb that has a subject, and a colon.
    """
    text = document.text
    found: list[tuple[Stretch, str]] = []
    labels = {i: m.end() for i, p in enumerate(document.paragraphs) if (m := LABEL.match(text, p.start, p.end))}
    turns = {i for one, other in pairwise(labels) if other - one <= _NEAR for i in (one, other)}
    for number, paragraph in enumerate(document.paragraphs):
        is_turn = number in turns
        start = labels[number] if is_turn else paragraph.start
        opens = text[paragraph.start] not in _OPENING_MARKS and number >= document.has_title
        if opens and start < paragraph.end and (is_turn or (number > 0 and _leads_in(document, bounds[number - 1]))):
            span = Span(start, paragraph.end)
            found.append((Stretch(span, span, number, double=True, closed=True), TURN if is_turn else BLOCK))
    return found


def _leads_in(document: Document, bounds: tuple[int, int]) -> bool:
    """Whether a paragraph ends with ``... wrote:`` or ``... said of the plan:``."""
    first, last = bounds
    tokens = document.tokens
    if last - first < 2 or tokens[last - 1].text != ":":
        return False
    for i in range(last - 2, max(first, last - 2 - _TAIL), -1):
        token = tokens[i]
        if is_verb(token):
            passive = document.child(token, "nsubjpass", "auxpass") is not None
            if passive or token.tag == "VB" or not (traits_of(token) & _CUES or cue_lemma(token) == "read"):
                return False
            return any(tokens[k].pos in {"PROPN", "PRON", "NOUN"} for k in range(max(first, i - 4), i))
    return False


def _close_at_attribution(document: Document, stretch: Stretch) -> Stretch | None:
    """A stretch whose closing mark is missing, cut at the reporter's words in it: ``"We shall see, Ostin said. ...``

    A quote that continues in the next paragraph is unchanged. None if another quote opens in the same paragraph and the
    end of this one is unknown.
    """
    following = stretch.paragraph + 1
    ends = document.paragraphs[stretch.paragraph].end
    if stretch.closed:
        return stretch
    if stretch.outer.end == ends and following < len(document.paragraphs) and _opens_with_mark(document, following):
        return stretch
    tokens = document.tokens
    first, last = document.range_of(stretch.span)
    for i in range(first, last):
        if tokens[i].text not in {",", "?", "!"}:
            continue
        for k in range(i + 1, min(last, i + _AHEAD)):
            if tokens[k].sentence != tokens[i].sentence and tokens[i].text == ",":
                break
            if is_verb(tokens[k]) and "say" in verb_traits(tokens[k]) and tokens[k].tag in {"VBD", "VBZ"}:
                around = tokens[i + 1 : min(last, k + 4)]
                if any(t.pos in {"PROPN", "PRON", "NOUN"} for t in around):
                    end = tokens[i].end
                    return replace(
                        stretch, span=Span(stretch.span.start, end), outer=Span(stretch.outer.start, end), closed=True
                    )
    return stretch if stretch.outer.end == ends else None


def _opens_with_mark(document: Document, paragraph: int) -> bool:
    return document.text[document.paragraphs[paragraph].start] in "“\"„«'‘`"
