"""Takes crowds out of a page: runs of inline elements become the text that they are, long tables and lists go.

A page may mark each word of a transcript, and an enemy may mark thousands. What tells the article from the rest of the
page takes time with the square of the elements that stand in one: a minute for fifteen thousand. Merged, inline ones
cost nothing, and no word of a paragraph is lost; a page that is crowded still is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST_RUN = 100
"""Inline elements of one parent that are left as they are."""

MOST_ROWS = 300
"""Rows of a table, or items of a list, from which on it holds no article, however the page is laid out."""

MOST_CHILDREN = 1_000
"""Elements in one other; an article of as many paragraphs would be longer than any that is read."""

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


def thin(root: HtmlElement, place: str) -> None:
    """Thins out a page, in place.

    Raises:
        InputError: If too many elements stand in one still.
    """
    for crowd in list(root.iter("table", "ul", "ol", "dl")):
        rows = sum(1 for _ in crowd.iter("tr")) if crowd.tag == "table" else len(crowd)
        if rows > MOST_ROWS and crowd.getparent() is not None:
            crowd.drop_tree()
    _merge_runs(root)
    if any(len(element) > MOST_CHILDREN for element in root.iter()):
        raise InputError(place, f"has an element with over {MOST_CHILDREN:,} others in it", "no article has")


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
