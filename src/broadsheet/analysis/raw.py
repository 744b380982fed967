"""Unchanged text as an article, for gold data whose offsets refer to text that is not canonical."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from broadsheet.base.span import Span

if TYPE_CHECKING:
    from datetime import date

    from broadsheet.reading.article import Article


@dataclass(frozen=True, slots=True)
class RawArticle:
    """The attributes of ``Article`` that the analysis reads, for any text."""

    text: str
    title_span: Span | None
    paragraphs: tuple[Span, ...]
    published_on: date | None = None
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    language: str = "en"
    article_id: str = "art_0000000000000000"
    text_sha256: str = ""
    n_characters: int = 0
    n_words: int = 0
    n_paragraphs: int = 0


def raw_article(text: str, published_on: date | None = None) -> Article:
    """The lines of a text as paragraphs, the first as its title if there are several; the characters are unchanged."""
    spans = []
    start = 0
    for line in text.split("\n"):
        if any(map(str.isalnum, line)):
            left = start + len(line) - len(line.lstrip())
            spans.append(Span(left, start + len(line.rstrip())))
        start += len(line) + 1
    titled = len(spans) > 1
    raw = RawArticle(text, spans[0] if titled else None, tuple(spans[1:] if titled else spans), published_on)
    return cast("Article", raw)
