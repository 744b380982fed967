"""News items in ninjs, the IPTC's JSON format, versions 1 to 3 (https://iptc.org/standards/ninjs/).

The versions differ in the case of keys (``versioncreated``, ``versionCreated``) and in where the text is
(``body_text``; ``bodies`` from 2.0). Keys are compared without case and underscores.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.reading.inputs import stated
from broadsheet.reading.inputs.assemble import article
from broadsheet.reading.inputs.cells import from_html, plain
from broadsheet.reading.inputs.json_text import parse
from broadsheet.reading.inputs.results import Found, Reject

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from broadsheet.reading.inputs.source import Source
    from broadsheet.reading.metadata import Metadata

_MARKS = frozenset(["bodies", "headlines", "versioncreated", "pubstatus", "bodytext", "bodyhtml", "bodyxhtml"])
_TEXT_TYPES = ("", "text", "composite")
_HEADLINE_ROLES = ("main", "headline", "title", "")


def is_item(value: Mapping[str, object]) -> bool:
    """Whether an object is a news item: it says so, or has an identifier and a key that only ninjs has."""
    standard = value.get("standard") or value.get("$standard")
    if isinstance(standard, dict) and standard.get("name") == "ninjs":
        return True
    return "uri" in value and not _MARKS.isdisjoint(_key(key) for key in value)


def read(source: Source) -> Iterator[Found | Reject]:
    """The articles of a document with one item, a list of items, or one item per line."""
    data = source.whole(source.limits.document_bytes)
    try:
        value = parse(data, source.place)
    except InputError:
        lines = [line for line in data.splitlines() if line.strip()]
        if len(lines) < 2:
            raise
        for number, text in enumerate(lines, 1):
            yield _parsed(source, f"{source.place}:{number}", text)
        return
    items = value if isinstance(value, list) else [value]
    for number, each in enumerate(items, 1):
        yield _checked(source, f"{source.place}:item {number}" if isinstance(value, list) else source.place, each)


def item(source: Source, place: str, value: Mapping[str, object]) -> Found | Reject:
    """The article of one news item.

    Raises:
        InputError: If it is not text, was withdrawn, or has no body.
    """
    keys = {_key(key): each for key, each in value.items()}
    kind = str(keys.get("type") or "").lower()
    if kind not in _TEXT_TYPES:
        raise InputError(place, f"is of type {kind}, not text", "leave it out")
    stated.refuse_unpublished(str(keys.get("pubstatus") or "").lower(), place)
    return article(source, place, _body(keys, place, source), _metadata(keys), titled=True)


def _parsed(source: Source, place: str, text: bytes) -> Found | Reject:
    try:
        return _checked(source, place, parse(text, place))
    except InputError as error:
        return Reject.of(error)


def _checked(source: Source, place: str, value: object) -> Found | Reject:
    if not isinstance(value, dict):
        return Reject(place, "is not a JSON object", "write each news item as an object")
    try:
        return item(source, place, value)
    except InputError as error:
        return Reject.of(error)


def _body(keys: Mapping[str, object], place: str, source: Source) -> str:
    """The text, from markup if there is any, since plain text may have lost its paragraphs."""
    marked, bare = "", ""
    for is_marked, value in _forms(keys):
        if is_marked:
            marked = marked or value
        else:
            bare = bare or value
    if marked and (text := from_html(marked, place, source.limits)):
        return text
    if bare:
        return plain(bare, place, source.limits)
    raise InputError(place, "has no body of text", "a ninjs item needs a body")


def _forms(keys: Mapping[str, object]) -> Iterator[tuple[bool, str]]:
    """Each form of the text, the main one first, as a pair: whether it is markup, and the text."""
    for key in ("bodyxhtml", "bodyhtml", "bodytext"):
        if isinstance(value := keys.get(key), str) and value.strip():
            yield key != "bodytext", value
    bodies = keys.get("bodies")
    for body in sorted(_objects(bodies), key=lambda body: str(body.get("role", "")).lower() != "main"):
        value = body.get("value")
        if isinstance(value, str) and value.strip():
            kind = str(body.get("contenttype", "")).lower()
            if "xml" in kind or "html" in kind:
                yield True, value
            elif kind in ("", "text/plain", "text"):
                yield False, value


def _metadata(keys: Mapping[str, object]) -> Metadata:
    headlines = sorted(_objects(keys.get("headlines")), key=lambda each: _rank(each.get("role")))
    titles = [keys.get("headline"), *(each.get("value") for each in headlines), keys.get("title")]
    source = next((each.get("name") for each in _objects(keys.get("infosources")) if each.get("name")), None)
    alternatives = [each for each in _objects(keys.get("altids")) if "canonical" in str(each.get("role", "")).lower()]
    return stated.metadata(
        {
            "title": next((title for title in titles if isinstance(title, str) and title.strip()), None),
            "published_on": _first_day(keys, "firstcreated", "contentcreated", "versioncreated"),
            "publisher": keys.get("copyrightholder") or keys.get("provider") or source,
            "authors": keys.get("by") or keys.get("byline"),
            "url": keys.get("canonicalurl") or next((each.get("value") for each in alternatives), None),
            "language": keys.get("language"),
        }
    )


def _first_day(keys: Mapping[str, object], *names: str) -> object:
    """The first of the dates that can be read."""
    return next((keys[name] for name in names if stated.READERS["published_on"](keys.get(name)) is not None), None)


def _rank(role: object) -> int:
    name = str(role or "").lower()
    return _HEADLINE_ROLES.index(name) if name in _HEADLINE_ROLES else len(_HEADLINE_ROLES)


def _objects(value: object) -> list[dict[str, object]]:
    """The objects of a list, or of a map as in version 1; their keys in lower case without underscores."""
    listed = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [{_key(key): inner for key, inner in each.items()} for each in listed if isinstance(each, dict)]


def _key(key: str) -> str:
    return key.replace("_", "").lower()
