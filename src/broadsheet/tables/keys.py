"""Keys of rows: a prefix and a digest of what the extractor found, so that corrections do not change them."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.base.span import Span

DIGITS = 16
"""Hex digits of a key: 64 bits give a chance of 1 in 370,000 for a collision among ten million rows."""


def row_key(prefix: str, article_id: str, span: Span, *discriminators: str | int) -> str:
    """The key of a row found at ``span`` of an article.

    Args:
        prefix: Three or four letters that name the table, such as ``quo``.
        article_id: Key of the article.
        span: Where the row was found.
        discriminators: What distinguishes rows with the same span, as extracted.
    """
    seen = "\x1f".join([article_id, str(span.start), str(span.end), *map(str, discriminators)])
    return f"{prefix}_{sha256(seen.encode()).hexdigest()[:DIGITS]}"


def event_key(article_id: str, span: Span, kind: str, trigger_start: int, trigger_end: int, number: int) -> str:
    """The key of an event: its clause, its type, the span of its trigger, and its number among those of one trigger."""
    return row_key("eve", article_id, span, kind, trigger_start, trigger_end, number)


def tariff_key(article_id: str, span: Span, seen: Sequence[str | None], number: int = 0) -> str:
    """The key of a measure.

    Args:
        article_id: Key of the article.
        span: The clause.
        seen: Imposer, target, product, measure, action and company, as extracted.
        number: How many rows before it have the same clause and cells.
    """
    return row_key("tar", article_id, span, *(cell or "" for cell in seen), *([number] if number else []))


def article_key(text_sha256: str) -> str:
    """The key of an article, from the SHA-256 of its canonical text."""
    return f"art_{text_sha256[:DIGITS]}"
