"""The paragraph around a span, shortened if it is long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.views.explain.explanation import Passage

if TYPE_CHECKING:
    from broadsheet.base.span import Span
    from broadsheet.reading import Article

_MOST = 600
"""The most characters shown on either side of a span."""
_BLANKS = " \n"


def passage(article_id: str, title: str | None, span: Span, article: Article | None) -> Passage:
    """The passage of a row, with its surroundings if the article is given and the span is inside it."""
    if article is None or not 0 <= span.start < span.end <= len(article.text):
        return Passage(article_id, title, span)
    start, end = _paragraph(article, span)
    left, right = max(start, span.start - _MOST), min(end, span.end + _MOST)
    while start < left < span.start and article.text[left - 1] not in _BLANKS:
        left += 1
    while span.end < right < end and article.text[right] not in _BLANKS:
        right -= 1
    opening, closing = "… " if left > start else "", " …" if right < end else ""
    around = f"{opening}{article.text[left:right].strip(_BLANKS)}{closing}"
    blanks = len(article.text[left:right]) - len(article.text[left:right].lstrip(_BLANKS))
    return Passage(article_id, title, span, around, len(opening) + span.start - left - blanks)


def _paragraph(article: Article, span: Span) -> tuple[int, int]:
    """Start and end of the paragraphs, or the title, that a span overlaps."""
    parts = [*([article.title_span] if article.title_span is not None else []), *article.paragraphs]
    held = [part for part in parts if part.start < span.end and span.start < part.end]
    return (min(held[0].start, span.start), max(held[-1].end, span.end)) if held else (span.start, span.end)
