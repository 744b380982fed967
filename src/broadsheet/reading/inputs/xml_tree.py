"""Parses XML safely: no entities, no external subsets, bounded depth."""

from __future__ import annotations

import re
from html.entities import html5
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.reading.decode import marked_encoding
from broadsheet.reading.inputs.blocks import check_depth, local_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from broadsheet.reading.inputs.options import Limits

_DECLARATION = re.compile(r"<\?xml\b[^<>]{0,200}\?>")
_DECLARED = re.compile(rb"""<\?xml\b[^<>]{0,100}?\bencoding\s{0,9}=\s{0,9}["']([\w.-]{1,40})["']""")
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31};)")
_XML_OWN = frozenset(["amp;", "lt;", "gt;", "quot;", "apos;"])
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]+")


def parse(data: bytes, place: str, encoding: str | None, limits: Limits) -> _Element:
    """Parses a document and returns its root element.

    Args:
        data: The document.
        place: How the user named it, for the errors.
        encoding: The encoding given by the user; None for the one that the document declares.
        limits: The bounds.

    Raises:
        InputError: If it is not well-formed, declares entities, or is nested too deeply.
    """
    from lxml import etree

    text = _NOT_IN_XML.sub("", _decoded(data, place, encoding)).lstrip()
    if "<!ENTITY" in text:
        raise InputError(place, "declares entities, which are not read", "write the characters themselves")
    # The DTD is not loaded, so the entities of HTML are resolved here.
    text = _NAMED.sub(lambda name: name[0] if name[1] in _XML_OWN else html5.get(name[1], name[0]), text)
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(_DECLARATION.sub("", text, count=1).encode("utf-8", "replace"), parser)
    except etree.LxmlError as error:
        reason = str(error).rpartition(" (<string>")[0] or str(error)
        raise InputError(place, f"is not well-formed XML: {reason[:200]}", "fix the program that wrote it") from error
    check_depth(root, limits.depth, place)
    return root


def below(root: _Element, *path: str) -> Iterator[_Element]:
    """The elements at a path of local names in lower case; each name may be at any depth below the one before it."""
    if not path:
        yield root
        return
    for element in root.iterdescendants():
        if local_name(element) == path[0]:
            yield from below(element, *path[1:])


def outermost(root: _Element, name: str) -> Iterator[_Element]:
    """The descendants with a name, except those inside another such element."""
    from lxml import etree

    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if element is not root and local_name(element) == name:
            yield element
            walk.skip_subtree()


def first(root: _Element, *path: str) -> _Element | None:
    """The first element at a path, if there is one."""
    return next(below(root, *path), None)


def attribute(element: _Element | None, name: str) -> str | None:
    """The value of an attribute, whatever its namespace; None if absent or empty."""
    if element is None:
        return None
    found = element.get(name) or next((v for k, v in element.items() if k.rpartition("}")[2] == name), None)
    return found.strip() or None if found else None


def _decoded(data: bytes, place: str, encoding: str | None) -> str:
    name = encoding or marked_encoding(data)
    if name is None:
        declared = _DECLARED.match(data.lstrip())
        name = declared[1].decode("ascii") if declared else "utf-8"
        # If the declaration reads as ASCII, the encoding does not use two or four bytes per character.
        name = "utf-8" if name.lower().startswith(("utf-16", "utf-32", "ucs-2", "ucs-4")) else name
    try:
        return data.decode(name)
    except LookupError as error:
        raise InputError(place, f"declares the unknown encoding {name!r}", "name it with --encoding") from error
    except UnicodeError as error:
        at = getattr(error, "start", 0)
        raise InputError(
            place, f"is not {name.upper()} at offset {at}", "name the encoding with --encoding (windows-1252, say)"
        ) from error
