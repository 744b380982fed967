"""The quoted stretches of a document mapped to its tokens: the input of every attribution step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from broadsheet.base.span import Span
from broadsheet.extraction.cues import is_verb, verb_traits
from broadsheet.extraction.quotes.blocks import TURN, find_blocks, transcript_turns
from broadsheet.extraction.quotes.marks import OPENING_MARKS, Stretch, find_stretches

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document

_JUMPS = 6
"""How many quotes a search around a quote may cross; bounds the cost in a paragraph of nothing but quotes."""
_LONGEST = 200
"""Within how many tokens of a quote its head is looked for."""
_AHEAD = 7
"""Within how many words of a comma the reporter's verb may be."""
FREE = -1
"""In ``QuotedDocument.quote_of``: a token of the reporter's own words."""
MARKS = "marks"
"""In ``Quotation.layout``: a stretch between quotation marks."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted stretch, the tokens ``first`` to ``last`` (exclusive) that it touches with its marks, and its layout.

    ``head`` is its token that depends on the reporter's words, or its root.
    """

    index: int
    stretch: Stretch
    first: int
    last: int
    inner_first: int
    inner_last: int
    paragraph: int
    head: int
    layout: str = MARKS


@dataclass(frozen=True, slots=True)
class QuotedDocument:
    """A document with its outermost quoted stretches (``quotes``), in reading order.

    ``quote_of`` has for each token the index of the stretch that it touches, or ``FREE``; ``bounds`` the first and last
    (exclusive) token of each paragraph; ``words`` the number of free words before each token, and of all.
    """

    document: Document
    quotes: tuple[Quotation, ...]
    quote_of: tuple[int, ...]
    bounds: tuple[tuple[int, int], ...]
    words: tuple[int, ...]

    def before(self, place: int, floor: int, limit: int) -> list[int]:
        """Up to ``limit`` free tokens before ``place`` and not before ``floor``, nearest first; quotes are skipped."""
        return self._free(range(place - 1, floor - 1, -1), limit)

    def after(self, place: int, ceiling: int, limit: int) -> list[int]:
        """Up to ``limit`` free tokens from ``place`` on and before ``ceiling``, nearest first; quotes are skipped."""
        return self._free(range(place, ceiling), limit)

    def _free(self, places: range, limit: int) -> list[int]:
        out: list[int] = []
        crossed: set[int] = set()
        for i in places:
            if len(out) == limit or len(crossed) > _JUMPS:
                break
            if self.quote_of[i] == FREE:
                out.append(i)
            else:
                crossed.add(self.quote_of[i])
        return out

    def between(self, first: int, last: int) -> tuple[int, int]:
        """The number of free words and of quotes in tokens ``first`` to ``last`` (exclusive)."""
        if last <= first:
            return 0, 0
        return self.words[last] - self.words[first], len({*self.quote_of[first:last]} - {FREE})


def find_quotations(document: Document) -> QuotedDocument:
    """Finds the quoted stretches of a document and the tokens that they cover."""
    bounds = [document.range_of(paragraph) for paragraph in document.paragraphs]
    turns = transcript_turns(document)
    found = list(find_blocks(document, bounds, turns))
    blocks = {stretch.paragraph for stretch, _ in found}
    for stretch in find_stretches(document.text, document.paragraphs):
        if stretch.depth > 0 or stretch.paragraph in blocks:
            continue
        after, opening = turns.get(stretch.paragraph, 0), document.paragraphs[stretch.paragraph].start
        if stretch.outer.start == opening and stretch.span.start < after < stretch.span.end:
            found.append((replace(stretch, span=Span(after, stretch.span.end)), TURN))
        elif (whole := _close_at_attribution(document, stretch)) is not None:
            found.append((whole, MARKS))
    found.sort(key=lambda pair: pair[0].span.start)
    quote_of = [FREE] * len(document.tokens)
    quotes: list[Quotation] = []
    for index, (stretch, layout) in enumerate(found):
        (first, last), inner = document.range_of(stretch.outer), document.range_of(stretch.span)
        words = [t for t in document.tokens[inner[0] : min(inner[1], inner[0] + _LONGEST)] if t.pos != "PUNCT"]
        roots = [inner[0], *(t.i for t in words if t.head == t.i)]
        head = next((t.i for t in words if not first <= t.head < last), roots[-1])
        quotes.append(Quotation(index, stretch, first, last, *inner, stretch.paragraph, head, layout))
        quote_of[first:last] = [index] * (last - first)
    free = (q == FREE and t.pos != "PUNCT" for q, t in zip(quote_of, document.tokens, strict=True))
    return QuotedDocument(document, tuple(quotes), tuple(quote_of), tuple(bounds), tuple(accumulate(free, initial=0)))


def _close_at_attribution(document: Document, stretch: Stretch) -> Stretch | None:
    """A stretch whose closing mark is missing, cut at the reporter's words in it: ``"We shall see, Ostin said. ...``

    One that the next paragraph continues is unchanged. None if another opens in its paragraph and its end is unknown.
    """
    paragraphs, text = document.paragraphs, document.text
    following = stretch.paragraph + 1
    whole = stretch.outer.end == paragraphs[stretch.paragraph].end
    runs_on = whole and following < len(paragraphs) and text[paragraphs[following].start] in OPENING_MARKS
    if stretch.closed or runs_on:
        return stretch
    first, last = document.range_of(stretch.span)
    for token in document.tokens[first:last]:
        if token.text in {",", "?", "!"}:
            behind = document.tokens[token.i + 1 : min(last, token.i + _AHEAD)]
            said = any(is_verb(t) and "say" in verb_traits(t) and t.tag in {"VBD", "VBZ"} for t in behind)
            if said and any(t.pos in {"PROPN", "PRON", "NOUN"} for t in behind):
                span, outer = (Span(part.start, token.end) for part in (stretch.span, stretch.outer))
                return replace(stretch, span=span, outer=outer, closed=True)
    return stretch if whole else None
