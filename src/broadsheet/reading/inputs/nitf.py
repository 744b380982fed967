"""Articles in NITF, the News Industry Text Format of the IPTC, versions 2 and 3 (https://iptc.org/standards/nitf/)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.reading.inputs import stated
from broadsheet.reading.inputs.assemble import article
from broadsheet.reading.inputs.blocks import line, local_name, paragraphs
from broadsheet.reading.inputs.results import Found, Reject
from broadsheet.reading.inputs.xml_tree import attribute, below, first, outermost, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from broadsheet.reading.inputs.source import Source

_FULL_TEXT = "full_text"
"""Class of the blocks with the whole text, if a provider repeats its beginning in others."""


@dataclass(frozen=True, slots=True)
class Item:
    """The content of a document in NITF.

    Attributes:
        text: The paragraphs of its body.
        values: Field of the metadata to the value in the document.
    """

    text: str
    values: dict[str, object]


def read(source: Source) -> Iterator[Found | Reject]:
    """The article of a document."""
    root = parse(source.whole(source.limits.document_bytes), source.place, source.encoding, source.limits)
    documents = [root] if local_name(root) == "nitf" else list(outermost(root, "nitf"))
    for number, document in enumerate(documents, 1):
        place = source.place if len(documents) == 1 else f"{source.place}:item {number}"
        try:
            found = item(document, place)
        except InputError as error:
            yield Reject.of(error)
        else:
            yield article(source, place, found.text, stated.metadata(found.values), titled=True)


def item(root: _Element, place: str) -> Item:
    """The text and the metadata of a ``nitf`` element.

    Raises:
        InputError: If the document was withdrawn or has no text.
    """
    docdata, pubdata = first(root, "docdata"), first(root, "pubdata")
    stated.refuse_unpublished(attribute(docdata, "management-status"), place)
    text = _text(first(root, "body", "body.content"))
    if not text:
        raise InputError(place, "has no text in its body", "a document in NITF needs body.content")
    head = first(root, "body.head")
    values = {
        "title": line(first(root, "hedline", "hl1"))
        or line(first(root, "hedline"))
        or line(first(root, "head", "title")),
        "published_on": _date(root, docdata, pubdata),
        "publisher": attribute(pubdata, "name")
        or line(first(root, "distributor"))
        or attribute(first(root, "doc.copyright"), "holder")
        or line(first(root, "rights.owner")),
        "authors": [] if head is None else [name for byline in below(head, "byline") for name in _authors(byline)],
        "url": attribute(pubdata, "ex-ref"),
        "language": attribute(root, "lang") or attribute(first(root, "body"), "lang"),
    }
    return Item(text, values)


def _text(content: _Element | None) -> str:
    if content is None:
        return ""
    full = [block for block in outermost(content, "block") if _FULL_TEXT in (block.get("class") or "").split()]
    return "\n\n".join(paragraphs(block) for block in full) if full else paragraphs(content)


def _date(root: _Element, docdata: _Element | None, pubdata: _Element | None) -> object:
    """The first of the dates of issue that can be read."""
    candidates = [
        *(attribute(first(docdata, name), "norm") for name in ("date.issue", "date.release") if docdata is not None),
        attribute(pubdata, "date.publication"),
        attribute(first(root, "dateline", "story.date"), "norm"),
        line(first(root, "dateline", "story.date")),
    ]
    return next((each for each in candidates if stated.READERS["published_on"](each) is not None), None)


def _authors(byline: _Element) -> list[str]:
    """The people in a byline; titles and places have elements of their own."""
    people = [line(person) for person in below(byline, "person")]
    if people:
        return people
    pieces = [byline.text or ""]
    for child in byline:
        if local_name(child) not in ("byttl", "location", "virtloc", "org"):
            pieces.append(line(child))
        pieces.append(child.tail or "")
    # A byline that has only a title: use the title as the author.
    return [" ".join(pieces).strip(" \n\t,") or line(byline)]
