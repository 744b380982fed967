"""Text from a cell or value that may be HTML, as in the dumps of content management systems."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.reading.inputs.blocks import paragraphs
from broadsheet.reading.inputs.page import tree

if TYPE_CHECKING:
    from broadsheet.reading.inputs.options import Limits

_OPENS = re.compile(
    r"\s*<(?:!--|(?:p|div|section|article|body|html|h[1-6]|span|strong|em|b|i|a|ul|ol|figure|img|br|blockquote)\b[^<>]{0,500}>)",
    re.IGNORECASE | re.ASCII,
)
_BLOCK = re.compile(r"</?(?:p|div|section|article|br|h[1-6]|li|blockquote)\b", re.IGNORECASE | re.ASCII)


def plain(text: str, place: str, limits: Limits) -> str:
    """The text, or its paragraphs if it is HTML: it opens with a tag and has block elements."""
    if not (_OPENS.match(text) and _BLOCK.search(text)):
        return text
    return from_html(text, place, limits)


def from_html(markup: str, place: str, limits: Limits) -> str:
    """The paragraphs of a piece of HTML that has only the article.

    Raises:
        InputError: If it is empty, too long or nested too deeply.
    """
    if len(markup) > limits.article_bytes:
        raise InputError(place, f"has over {limits.article_bytes:,} characters of HTML", "no article has")
    root = tree(markup, place, limits)
    return paragraphs(root)
