"""A document as the search for actors reads it: lower-cased text, ends of tokens, what names no actor."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from broadsheet.analysis.encoder import GRID, encode
from broadsheet.base.span import Span
from broadsheet.extraction.links import Linked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from broadsheet.analysis.document import Document, Token

_APOSTROPHES = ("’", "‘", "ʼ")
_WORD = re.compile(r"[^\W_]+")

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_DATELINE = re.compile(
    r"(?:[A-Z][\w.'’-]{1,20}(?:[ /,]{1,2}[A-Z][\w.'’-]{1,20}){0,6})?"  # PLACE, Country
    rf"(?:,? {_MONTH} \d{{1,2}}(?:, \d{{4}})?)?"
    r"\s{0,2}(?:\((?:[A-Z][\w&.'’ -]{1,24}(?:/[A-Z][\w ]{1,20})?)\))?"  # (Agency)
    r"\s{0,2}(?:--|—|–|-|:)\s",
    re.IGNORECASE,
)
_WIRE_MARK = re.compile(r"\([A-Z][\w&.'’ /-]{1,24}\)\s{0,2}(?:--|—|–|-)\s")
_CREDIT = re.compile(
    r"\W{0,3}(?:by [A-Z]|(?:additional )?reporting (?:and \w+ )?by|writing by|edit(?:ed|ing) by|written by|compiled by|"
    r"(?:file )?photos?(?:graph)?(?: by|:| credit)|image(?: by|:| credit)|source:|credit:|copyright|©|"
    r"(?:with )?(?:files|additional reporting|reporting|contributions?) (?:from|by) [A-Z]|"
    r"follow \w+ \w+ on|contact the (?:writer|reporter|editor))",
    re.IGNORECASE,
)
_ECHO = re.compile(
    r"\b([A-Z]\w{2,20})((?: [A-Z][\w.]{0,20}| \([A-Z]\w{1,20}\)){1,4} \1[A-Z]\w{0,20}(?:[^\n]{0,300}? MORE\b)?)"
)
"""A full name that a page's link repeats right after the name as written, glued to the headlines of other articles:
``Ada Lund Ada (Addie) M. LundPier is to be rebuilt MORE``."""
_SIGNS_OF_A_PAGE = ("@", "http", ".com", "©", "/Getty", "Photo", "Reporting by", "Follow")
_LONGEST_HEADING = 140
_MOST = 0.7
"""Share of the longer words that have a capital in a line in title case."""
_SHORTEST_HEADING = 6
_LONGEST_CREDIT = 160
_LONGEST_DATELINE = 90


class Matcher:
    """Finds the longest of many phrases that begins at a token and ends with one.

    Phrases are compared as characters, so that it does not matter how the tokenizer cuts ``Washington, D.C.``.
    """

    __slots__ = ("_by_word",)

    def __init__(self, phrases: Iterable[str]) -> None:
        by_word: dict[str, list[str]] = {}
        for phrase in phrases:
            first = _WORD.match(phrase)
            if first is not None:
                by_word.setdefault(first.group(), []).append(phrase)
        self._by_word = {word: sorted(found, key=lambda p: (-len(p), p)) for word, found in by_word.items()}

    def at(self, page: Page, token: Token) -> tuple[str, int] | None:
        """The longest phrase that begins with ``token`` and the place after its last token."""
        word = _WORD.match(page.lowered, token.start)
        if word is None:
            return None
        for phrase in self._by_word.get(word.group(), ()):
            if page.lowered.startswith(phrase, token.start):
                last = page.ends.get(token.start + len(phrase))
                if last is not None:
                    return phrase, last + 1
        return None


@dataclass(frozen=True, slots=True)
class Page:
    """A document and what is looked up in it by character.

    Attributes:
        document: The document.
        tokens: Its tokens.
        lowered: Its text in lower case with straight apostrophes, of the same length.
        ends: Offset after a token to the token's place.
        silent: Places of the tokens in datelines and credit lines, which name no actor.
        shouted: Paragraphs printed in capitals.
        headline: Paragraphs in which capitals mean nothing: the title in title case, and the shouted ones.
        marked: Paragraphs with signs of a page rather than of an article.
        large: Places of the tokens with a capital, in reading order.
        words: Its words as printed.
        lowercase: Those without a capital.
        links: What phrases have to do with its words, and the encoder's vectors of its tokens.
    """

    document: Document
    tokens: tuple[Token, ...]
    lowered: str
    ends: Mapping[int, int]
    silent: frozenset[int]
    shouted: frozenset[int]
    headline: frozenset[int]
    marked: frozenset[int]
    large: tuple[int, ...]
    words: frozenset[str]
    lowercase: frozenset[str]
    links: Linked

    def word(self, i: int) -> str:
        """The token at a place in lower case; empty before the first token and after the last one."""
        return self.tokens[i].lower if 0 <= i < len(self.tokens) else ""

    def text_of(self, first: int, last: int) -> str:
        """The printed text of tokens ``first`` to ``last`` (exclusive)."""
        return self.document.article.text[self.tokens[first].start : self.tokens[last - 1].end]

    def lower_of(self, first: int, last: int) -> str:
        """The same in lower case with straight apostrophes."""
        return self.lowered[self.tokens[first].start : self.tokens[last - 1].end]

    def vectors_of(self, groups: Sequence[Sequence[tuple[int, int]]]) -> NDArray[np.float64]:
        """The means of the encoder's vectors of the tokens of groups of spans (first and last, exclusive)."""
        vectors = self.links.vectors
        means = np.empty((len(groups), vectors.shape[1]))
        for mean, spans in zip(means, groups, strict=True):
            places = [i for first, last in spans for i in range(first, last)]
            np.add.reduce(vectors.take(places, axis=0), out=mean)  # exact: vectors are on the grid
            mean /= len(places)
        return GRID.round(means)


def read_page(document: Document, vectors: NDArray[Any] | None = None) -> Page:
    """The page of a document; the encoder's vectors of its tokens are computed if not given."""
    text = document.text
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    for apostrophe in _APOSTROPHES:  # a hundred times as fast as translate()
        lowered = lowered.replace(apostrophe, "'")
    shouted = frozenset(i for i, p in enumerate(document.paragraphs) if _is_shouted(p.of(text)))
    headings = (i for i, p in enumerate(document.paragraphs) if _is_heading(p.of(text)))
    headline = shouted.union(headings)
    if document.has_title and _is_title_case(document.paragraphs[0].of(text)):
        headline |= {0}
    silent = frozenset(i for span in _silent_spans(document) for i in range(*document.range_of(span)))
    words = frozenset(t.text for t in document.tokens)
    return Page(
        document,
        document.tokens,
        lowered,
        {t.end: t.i for t in document.tokens},
        silent,
        shouted,
        headline,
        frozenset(i for i, p in enumerate(document.paragraphs) if any(sign in p.of(text) for sign in _SIGNS_OF_A_PAGE)),
        tuple(t.i for t in document.tokens if t.text[0].isupper()),
        words,
        frozenset(filter(str.islower, words)),
        Linked(document, encode(document) if vectors is None else vectors),
    )


def _is_shouted(text: str) -> bool:
    return text.upper() == text and len(_WORD.findall(text)) > 2


def _is_title_case(text: str) -> bool:
    words = re.findall(r"[^\W\d_]{4,}", text)
    return len(words) > 1 and sum(w[0].isupper() for w in words) > _MOST * len(words)


def _is_heading(text: str) -> bool:
    """Whether a paragraph is a line in title case between others: a heading, the title of another article."""
    if len(text) >= _LONGEST_HEADING or len(_WORD.findall(text)) < _SHORTEST_HEADING:
        return False
    closed = text.rstrip()[-1:] in (".", "!", "”", '"', ",")
    return not closed and _is_title_case(text)


def _silent_spans(document: Document) -> Iterable[Span]:
    text = document.text
    for index, paragraph in enumerate(document.paragraphs):
        if document.has_title and index == 0:
            continue
        words = paragraph.of(text)
        if len(words) <= _LONGEST_CREDIT and _CREDIT.match(words):
            yield paragraph
            continue
        end = _dateline_end(words[:_LONGEST_DATELINE])
        if end:
            yield Span(paragraph.start, paragraph.start + end)
        for match in _ECHO.finditer(words):
            yield Span(paragraph.start + match.start(2), paragraph.start + match.end())


def _dateline_end(opening: str) -> int:
    """Length of the dateline that opens a paragraph: a place in capitals, or a place before an agency in brackets."""
    match = _DATELINE.match(opening)
    place = _WORD.search(match.group()) if match is not None else None
    if match is None or place is None:
        return 0
    dashed = match.group().rstrip().endswith(("-", "—", "–")) and place.group().isupper()
    return match.end() if dashed or _WIRE_MARK.search(match.group()) else 0
