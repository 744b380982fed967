"""The HTML of an article, shown before any script runs."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.reading import Article

MOST_CHARACTERS = 50_000
"""The most characters shown before the scripts replace them with the highlighted text."""


def article_html(article: Article) -> str:
    """The title and paragraphs of an article; for a very long one, the scripts show the rest."""
    return "".join(_elements(article))


def _elements(article: Article) -> Iterator[str]:
    room = MOST_CHARACTERS
    if article.title_span is not None:
        yield f"<h2>{shown(article.title_span.of(article.text)[:room])}</h2>"
    for span in article.paragraphs:
        yield f"<p>{shown(span.of(article.text)[:room])}</p>"
        room -= len(span)
        if room <= 0:
            yield '<p class="bs-more">The rest of the article is shown when the scripts of this page run.</p>'
            return


def shown(text: str) -> str:
    """A text as HTML, with code points for invisible characters and direction marks."""
    if text.isprintable():
        return escape(text)
    return "".join(escape(c) if c.isprintable() else f'<span class="bs-control">U+{ord(c):04X}</span>' for c in text)
