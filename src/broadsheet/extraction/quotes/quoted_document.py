"""The quoted stretches of a document mapped to its tokens: the input of every attribution step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from broadsheet.base.span import Span
from broadsheet.extraction.quotes.blocks import TURN, find_blocks, transcript_turns
from broadsheet.extraction.quotes.cues import is_verb, verb_traits
from broadsheet.extraction.quotes.marks import Stretch, find_stretches

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document

JUMPS = 6
"""How many quotes a search around a quote may cross; bounds the cost in a paragraph of nothing but quotes."""

FREE = -1
"""In ``QuotedDocument.quote_of``: a token of the reporter's own words."""


MARKS = "marks"
"""In ``Quotation.layout``: a stretch between quotation marks."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted stretch and the tokens ``first`` to ``last`` (exclusive) that it touches, including its marks.

    ``layout`` is what marks it as quoted: quotation marks, or the layout of the paragraph (see ``blocks``).
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
        return self._free(range(place - 1, floor - 1, -1), limit)

    def after(self, place: int, ceiling: int, limit: int) -> list[int]:
        """Up to ``limit`` free tokens from ``place`` on and before ``ceiling``, nearest first; quotes are skipped."""
        return self._free(range(place, ceiling), limit)

    def _free(self, places: range, limit: int) -> list[int]:
        out: list[int] = []
        crossed: set[int] = set()
        for i in places:
            if len(out) == limit or len(crossed) > JUMPS:
                break
            if self.quote_of[i] == FREE:
                out.append(i)
            else:
                crossed.add(self.quote_of[i])
        return out

    def between(self, first: int, last: int) -> tuple[int, int]:
        """The number of free words and of quotes in tokens ``first`` to ``last`` (exclusive)."""
        inside = self.quote_of[first:last]
        tokens = self.document.tokens[first:last]
        words = sum(q == FREE and t.pos not in {"PUNCT", "SPACE"} for q, t in zip(inside, tokens, strict=True))
        return words, len({*inside} - {FREE})


def find_quotations(document: Document) -> QuotedDocument:
    """Finds the quoted stretches of a document and the tokens that they cover."""
    bounds = [(0, 0)] * len(document.paragraphs)
    for sentence in document.sentences:
        first, last = bounds[sentence.paragraph]
        bounds[sentence.paragraph] = (sentence.first if first == last else first, sentence.last)
    blocks = {stretch.paragraph: (stretch, layout) for stretch, layout in find_blocks(document, bounds)}
    turns = transcript_turns(document)
    found = list(blocks.values())
    for stretch in find_stretches(document.text, document.paragraphs):
        if stretch.depth > 0 or stretch.paragraph in blocks:
            continue
        after = turns.get(stretch.paragraph, 0)
        opens = stretch.outer.start == document.paragraphs[stretch.paragraph].start
        if opens and stretch.span.start < after < stretch.span.end:
            found.append((replace(stretch, span=Span(after, stretch.span.end)), TURN))
        else:
            found.append((stretch, MARKS))
    found.sort(key=lambda pair: pair[0].span.start)
    quote_of = [FREE] * len(document.tokens)
    quotes: list[Quotation] = []
    for stretch, layout in found:
        whole = _close_at_attribution(document, stretch)
        if whole is None:
            continue
        stretch = whole
        first, last = document.range_of(stretch.outer)
        inner_first, inner_last = document.range_of(stretch.span)
        if inner_first >= inner_last:
            continue
        index = len(quotes)
        quotes.append(Quotation(index, stretch, first, last, inner_first, inner_last, stretch.paragraph, layout))
        quote_of[first:last] = [index] * (last - first)
    return QuotedDocument(document, tuple(quotes), tuple(quote_of), tuple(bounds))


_AHEAD = 7


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
