"""An article as HTML, before any script runs."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.reading import Article

MOST_CHARACTERS = 50_000
"""So much of an article is there before the scripts run: it paints at once, and is replaced by the marked text."""


def article_html(article: Article) -> str:
    """Title and paragraphs of an article, the rest of a very long one left to the scripts."""
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
    """A text as HTML: characters that no one sees, or that turn the line around, stand as their code points."""
    if text.isprintable():
        return escape(text)
    return "".join(escape(c) if c.isprintable() else _named(c) for c in text)


def _named(character: str) -> str:
    return f'<span class="bs-control">U+{ord(character):04X}</span>'
