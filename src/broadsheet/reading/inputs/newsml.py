"""News items in NewsML-G2 of the IPTC (https://iptc.org/standards/newsml-g2/), one per file or many in a message.

An item contains its text inline, as NITF, XHTML or plain text. Items of pictures and video are not articles; packages
only refer to items.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.reading.inputs import nitf, stated
from broadsheet.reading.inputs.assemble import article
from broadsheet.reading.inputs.blocks import line, local_name, paragraphs
from broadsheet.reading.inputs.cells import from_html
from broadsheet.reading.inputs.results import Found, Reject
from broadsheet.reading.inputs.xml_tree import attribute, below, first, outermost, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from broadsheet.reading.inputs.source import Source
    from broadsheet.reading.metadata import Metadata

_TEXT_CLASSES = frozenset(["text", "composite"])
_MAIN = frozenset(["main", "hldrole:main", "headlinerole:main", "hrol:main"])


def read(source: Source) -> Iterator[Found | Reject]:
    """The articles of a document: a news item, or a message or set of them."""
    root = parse(source.whole(source.limits.document_bytes), source.place, source.encoding, source.limits)
    items = [root] if local_name(root) == "newsitem" else list(outermost(root, "newsitem"))
    if not items:
        raise InputError(source.place, "has no news item", "a package refers to items: read their files")
    texts = [(number, each) for number, each in enumerate(items, 1) if _is_text(each)]
    if not texts:
        raise InputError(source.place, "has no news item of text", "leave it out")
    for number, each in texts:
        place = source.place if len(items) == 1 else f"{source.place}:item {number}"
        try:
            text, metadata = _item(each, place, source)
        except InputError as error:
            yield Reject.of(error)
        else:
            yield article(source, place, text, metadata, titled=True)


def _is_text(item: _Element) -> bool:
    kind = _code(first(item, "itemmeta", "itemclass"))
    return kind is None or kind in _TEXT_CLASSES


def _item(item: _Element, place: str, source: Source) -> tuple[str, Metadata]:
    stated.refuse_unpublished(_code(first(item, "itemmeta", "pubstatus")), place)
    text, inner = _content(item, place, source)
    meta = first(item, "contentmeta")
    return text, stated.metadata(_values(item, meta)).over(stated.metadata(inner))


def _content(item: _Element, place: str, source: Source) -> tuple[str, dict[str, object]]:
    """The text, and the metadata of a document inside the item."""
    for inline in below(item, "contentset", "inlinexml"):
        for document in inline:
            if local_name(document) == "nitf":
                found = nitf.item(document, place)
                return found.text, found.values
            if text := paragraphs(document):
                return text, {}
    for inline in below(item, "contentset", "inlinedata"):
        data = "".join(inline.itertext()).strip()
        kind = (attribute(inline, "contenttype") or "text/plain").lower()
        if data and not attribute(inline, "encoding") and kind.startswith("text/"):
            return from_html(data, place, source.limits) if "html" in kind else data, {}
    raise InputError(place, "has no inline text", "read the files that it refers to")


def _values(item: _Element, meta: _Element | None) -> dict[str, object]:
    title = date = authors = language = None
    if meta is not None:
        headlines = sorted(below(meta, "headline"), key=lambda each: (attribute(each, "role") or "main") not in _MAIN)
        title = next((text for each in headlines if (text := line(each))), None)
        date = line(first(meta, "contentcreated"))
        authors = [text for by in below(meta, "by") if (text := line(by))]
        authors = authors or [name for creator in below(meta, "creator") if (name := _name(creator))]
        language = attribute(first(meta, "language"), "tag")
    dates = (line(first(item, "itemmeta", "firstcreated")), date, line(first(item, "itemmeta", "versioncreated")))
    links = [each for each in below(item, "itemmeta", "link") if "canonical" in (attribute(each, "rel") or "").lower()]
    return {
        "title": title or line(first(item, "itemmeta", "title")),
        "published_on": next((each for each in dates if stated.READERS["published_on"](each) is not None), None),
        "publisher": _name(first(item, "itemmeta", "provider"))
        or _name(first(item, "rightsinfo", "copyrightholder"))
        or (None if meta is None else _name(first(meta, "infosource"))),
        "authors": authors,
        "url": next((attribute(each, "href") for each in links), None),
        "language": language or attribute(item, "lang"),
    }


def _name(party: _Element | None) -> str | None:
    """The name of a party, not its identifier."""
    return None if party is None else line(first(party, "name")) or attribute(party, "literal")


def _code(element: _Element | None) -> str | None:
    """The last part of a concept's QCode (``ninat:text``) or address."""
    value = attribute(element, "qcode") or attribute(element, "uri")
    return value.rpartition(":")[2].rpartition("/")[2].lower() if value else None
