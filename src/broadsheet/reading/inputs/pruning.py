"""Prunes a page: long runs of inline elements become plain text, long tables and lists are removed.

A page may mark up each word of a transcript. Finding the article takes time quadratic in the children of one element: a
minute for fifteen thousand. Merged inline elements cost nothing, and no word of a paragraph is lost. A page that still
has too many children is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST_RUN = 100
"""A parent may have this many inline elements; more are merged."""

MOST_ROWS = 300
"""A table or list with more rows or items than this contains no article, however the page is laid out."""

MOST_CHILDREN = 1_000
"""Children of one element; an article of as many paragraphs would be too long anyway."""

# fmt: off
_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
    "var", "wbr",
))
_SILENT = frozenset((
    "area", "audio", "button", "canvas", "embed", "iframe", "img", "input", "link", "map", "meta", "meter", "noscript",
    "object", "param", "picture", "script", "select", "source", "style", "svg", "template", "track", "video",
))
# fmt: on


def prune(root: HtmlElement, place: str) -> None:
    """Prunes a page, in place.

    Raises:
        InputError: If an element still has too many children.
    """
    for listing in list(root.iter("table", "ul", "ol", "dl")):
        rows = sum(1 for _ in listing.iter("tr")) if listing.tag == "table" else len(listing)
        if rows > MOST_ROWS and listing.getparent() is not None:
            listing.drop_tree()
    _merge_runs(root)
    if any(len(element) > MOST_CHILDREN for element in root.iter()):
        raise InputError(place, f"has an element with over {MOST_CHILDREN:,} children", "no article has")


def _merge_runs(root: HtmlElement) -> None:
    """Merges the inline children of elements with too many of them, in place."""
    for parent in [element for element in root.iter() if len(element) > LONGEST_RUN]:
        inline = [child for child in parent if _is_inline(child)]
        if len(inline) > LONGEST_RUN:
            _merge(parent, set(inline))


def _is_inline(element: HtmlElement) -> bool:
    return element.tag in _SILENT or all(each.tag in _INLINE for each in element.iter())


def _merge(parent: HtmlElement, inline: set[HtmlElement]) -> None:
    last, pieces = None, [parent.text or ""]
    for child in list(parent):
        if child in inline:
            pieces += ["" if child.tag in _SILENT else child.text_content(), child.tail or ""]
            parent.remove(child)
        else:
            _set_text_after(parent, last, pieces)
            last, pieces = child, [child.tail or ""]
    _set_text_after(parent, last, pieces)


def _set_text_after(parent: HtmlElement, last: HtmlElement | None, pieces: list[str]) -> None:
    """Sets the text after ``last``, or at the start of the parent."""
    if len(pieces) > 1:
        if last is None:
            parent.text = "".join(pieces)
        else:
            last.tail = "".join(pieces)
