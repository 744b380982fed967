"""Parses a web page: decoded as in the HTML standard, and bounded before anything walks it."""

from __future__ import annotations

import codecs
import re
from itertools import islice
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.reading.inputs.blocks import check_depth

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from broadsheet.reading.inputs.options import Limits

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(rb"""<meta\b[^<>]{0,300}?\bcharset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{1,40})""", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"""<\?xml\b[^<>]{0,200}?\bencoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})""", re.IGNORECASE)
_PRESCAN = 4096
# Tokens as in the HTML standard. No text matches in two ways, and an unclosed token ends with the page, so the time is
# linear.
_ATTRIBUTE = r"""[^\s/>=][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+"""
_LONG_TAG = re.compile(
    rf"""<!--.*?(?:-->|\Z)|<(script|style)\b[^>]*+(?:>.*?(?:</\1|\Z)|\Z)|"""
    rf"""<[A-Za-z][^\s/>]*+(?P<attributes>(?:[\s/]++|{_ATTRIBUTE})*+)(?:>|\Z)""",
    re.DOTALL | re.IGNORECASE,
)
_LONG = 10_000
_MOST_ATTRIBUTES = 1_000
_STANDARD_NAMES = {"iso8859-1": "windows-1252", "ascii": "windows-1252", "gb2312": "gb18030", "gbk": "gb18030"}
"""Names that the WHATWG Encoding Standard reads as supersets."""
_NOT_IN_HTML = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]+")


def decoded(data: bytes, declared: str | None) -> str:
    """Decodes a page; invalid bytes become U+FFFD, for which :mod:`.html` rejects the article.

    Args:
        data: The page.
        declared: The encoding that the transport or the user declared.
    """
    name = next((codec for mark, codec in _MARKS if data.startswith(mark)), None) or _codec(declared)
    if name is None:
        match = _DECLARED.search(data, 0, _PRESCAN) or _XML_DECLARED.match(data)
        name = _codec(match[1].decode("ascii")) if match else None
        # If the declaration reads as ASCII, the encoding does not use two bytes per character.
        name = "utf-8" if name and name.startswith("utf-16") else name
    for codec in filter(None, (name, "utf-8")):
        try:
            return _clean(data.decode(codec))
        except UnicodeDecodeError:
            continue
    return _clean(data.decode(name or "windows-1252", errors="replace"))


def tree(text: str, place: str, limits: Limits) -> HtmlElement:
    """Parses a page.

    Raises:
        InputError: If it is empty, has too many elements, or is nested too deeply.
    """
    from lxml import etree, html

    if text.count("<") > 4 * limits.elements:
        raise InputError(place, f"has over {limits.elements:,} elements", "no page of one article has")
    _check_attributes(text, place)
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, collect_ids=False
    )
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser, ensure_head_body=True)
    except (etree.LxmlError, ValueError) as error:
        raise InputError(place, "is an empty page", "get the whole page") from error
    if sum(1 for _ in root.iter()) > limits.elements:
        raise InputError(place, f"has over {limits.elements:,} elements", "no page of one article has")
    check_depth(root, limits.depth, place)
    return root


def _check_attributes(text: str, place: str) -> None:
    """Refuses a page with an element of very many attributes: parsing them takes quadratic time."""
    for token in _LONG_TAG.finditer(text):
        attributes = token["attributes"]
        if attributes and len(attributes) > _LONG:
            count = sum(1 for _ in islice(re.finditer(_ATTRIBUTE, attributes), _MOST_ATTRIBUTES + 1))
            if count > _MOST_ATTRIBUTES:
                raise InputError(place, f"has an element of over {_MOST_ATTRIBUTES:,} attributes", "no article has")


def _codec(name: str | None) -> str | None:
    try:
        "".encode(stripped := (name or "").strip())
    except (LookupError, ValueError):
        return None
    known = codecs.lookup(stripped).name
    return _STANDARD_NAMES.get(known, known)


def _clean(text: str) -> str:
    return _NOT_IN_HTML.sub("", text.removeprefix("\ufeff"))
