"""Chooses which of several articles with the same text is kept: the one with the most metadata."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from broadsheet.reading import Article

METADATA = ("title", "publisher", "authors", "url", "published_on", "language")


def fingerprint(article: Article) -> str:
    """32 hex digits of a digest of an article's text and metadata, which determine its rows."""
    day = article.published_on.isoformat() if article.published_on else None
    metadata = [article.title, article.publisher, article.authors, article.url, day, article.language]
    content = json.dumps([article.text_sha256, *metadata], ensure_ascii=False)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def n_known(article: Article) -> int:
    """The number of known metadata fields of an article."""
    return sum(bool(getattr(article, name)) for name in METADATA)


def preference(article: Article) -> tuple[int, date, str]:
    """A sort key for articles with the same text; the first one is kept."""
    return -n_known(article), article.published_on or date.max, fingerprint(article)
