"""The paragraphs of markup that has only the article: XHTML or NITF in a news item, HTML in a cell.

Unlike in a web page (:mod:`.html`), the article need not be found: every block is a paragraph. Pictures with their
captions, tables and scripts are left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

# fmt: off
_BLOCKS = frozenset(
    (
        "address", "article", "bq", "block", "blockquote", "body", "body.content", "br", "center", "dd", "div",
        "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hedline", "hl1", "hl2", "hr", "li", "main", "ol",
        "p", "pre", "section", "tr", "ul",
    )
)
_LEFT_OUT = frozenset(
    (
        "aside", "audio", "body.end", "body.head", "button", "canvas", "embed", "figcaption", "figure", "footer",
        "form", "head", "iframe", "img", "input", "media", "media-caption", "nav", "noscript", "object", "script",
        "select", "style", "svg", "table", "template", "title", "video",
    )
)
# fmt: on
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_BREAK = "\n\n"


def local_name(element: _Element) -> str:
    """The name of an element in lower case without its namespace; the empty string for comments and other nodes."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def paragraphs(root: _Element) -> str:
    """The running text below an element, a blank line between paragraphs."""
    return "".join(_pieces(root)).strip()


def line(root: _Element | None) -> str:
    """The text below an element on one line; the empty string for None."""
    return "" if root is None else " ".join(paragraphs(root).split())


def check_depth(root: _Element, most: int, place: str) -> None:
    """Refuses a tree that is nested too deeply: recursive code would fail on it.

    Raises:
        InputError: If it is over ``most`` elements deep.
    """
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > most:
            raise InputError(
                place, f"has elements nested over {most} deep", "no article has: check the program that wrote it"
            )
        level = [child for element in level for child in element if len(child)]


def _pieces(root: _Element) -> Iterator[str]:
    stack: list[tuple[_Element, Iterator[_Element]]] = []
    in_pre = 0
    name = local_name(root)
    if root.text:
        yield _spaced(root.text, in_pre)
    stack.append((root, iter(root)))
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            name = local_name(element)
            in_pre -= name == "pre"
            if name in _BLOCKS:
                yield _BREAK
            if stack and element.tail:
                yield _spaced(element.tail, in_pre)
            continue
        name = local_name(child)
        if not name or name in _LEFT_OUT:
            if not isinstance(child.tag, str) and (child.text or "").startswith("&"):
                yield child.text or ""
            yield _BREAK if name else ""
            if child.tail:
                yield _spaced(child.tail, in_pre)
            continue
        if name in _BLOCKS:
            yield _BREAK
        in_pre += name == "pre"
        if child.text:
            yield _spaced(child.text, in_pre)
        stack.append((child, iter(child)))


def _spaced(text: str, in_pre: int) -> str:
    return text if in_pre > 0 else _BLANKS.sub(" ", text)
