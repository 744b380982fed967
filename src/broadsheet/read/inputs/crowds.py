"""Takes crowds out of a page: runs of inline elements become the text that they are, long tables of data go.

A page may mark each word of a transcript, and an enemy may mark thousands. What tells the article from the rest of the
page takes time with the square of the inline elements of a block, or of the rows of a table: a minute for fifteen
thousand. Merged, they cost nothing, and no word of a paragraph is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST_RUN = 100
"""Inline elements of one parent that are left as they are."""

MOST_ROWS = 300
"""Rows of a table from which on it can hold no article, however the page is laid out."""

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


def thin(root: HtmlElement) -> None:
    """Thins out a page, in place."""
    for table in root.findall(".//table"):
        if sum(1 for _ in table.iter("tr")) > MOST_ROWS and table.getparent() is not None:
            table.drop_tree()
    _merge_runs(root)


def _merge_runs(root: HtmlElement) -> None:
    """Merges the runs of a page, in place: those of a parent that has too many inline children."""
    crowded = [element for element in root.iter() if len(element) > LONGEST_RUN]
    for parent in crowded:
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
            _put(parent, last, pieces)
            last, pieces = child, [child.tail or ""]
    _put(parent, last, pieces)


def _put(parent: HtmlElement, last: HtmlElement | None, pieces: list[str]) -> None:
    """Sets the text behind ``last``, or that with which the parent begins."""
    if len(pieces) > 1:
        if last is None:
            parent.text = "".join(pieces)
        else:
            last.tail = "".join(pieces)
