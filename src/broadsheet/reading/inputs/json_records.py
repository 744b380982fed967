"""Articles in JSON: one object per line (JSON Lines), or a document with an object or a list of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.reading.inputs import columns, ninjs
from broadsheet.reading.inputs.assemble import article
from broadsheet.reading.inputs.cells import plain
from broadsheet.reading.inputs.json_text import parse
from broadsheet.reading.inputs.results import Found, Reject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from broadsheet.reading.inputs.source import Source

_DEEPEST_LIST = 3
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)


def read_lines(source: Source) -> Iterator[Found | Reject]:
    """The articles of JSON Lines; any other line is a reject with its number."""
    return _records(source, source.lines())


def _records(source: Source, lines: Iterable[tuple[int, bytes | None]]) -> Iterator[Found | Reject]:
    for number, line in lines:
        place = f"{source.place}:{number}"
        if line is None:
            yield Reject(
                place, f"the line is over {source.limits.line_bytes:,} bytes long", "split it, or leave it out"
            )
        elif line.strip(b"\xef\xbb\xbf \t\r\n"):
            try:
                value = parse(line, place)
            except InputError as error:
                yield Reject.of(error)
            else:
                yield record(source, place, value)


def read_document(source: Source) -> Iterator[Found | Reject]:
    """The articles of one JSON document: a record, a list of records, or an object around such a list."""
    data = source.whole(source.limits.document_bytes)
    try:
        value = parse(data, source.place)
    except InputError:
        # The file is JSON Lines, although its name says otherwise.
        lines = data.splitlines()
        if len(lines) < 2 or not lines[1].lstrip().startswith(b"{") or not _is_value(lines[0]):
            raise
        yield from _records(source, enumerate(lines, 1))
        return
    listed = _listed(source, value)
    if listed is None:
        yield record(source, source.place, value)
        return
    for number, item in enumerate(listed, 1):
        yield record(source, f"{source.place}:item {number}", item)


def _is_value(line: bytes) -> bool:
    try:
        parse(line, "")
    except InputError:
        return False
    return True


def record(source: Source, place: str, value: object) -> Found | Reject:
    """The article of one object."""
    if not isinstance(value, dict):
        return Reject(place, "is not a JSON object", "write each article as an object")
    try:
        if not source.columns and ninjs.is_item(value):
            return ninjs.item(source, place, value)
        values = _values(value, source.columns, place)
        row = columns.row(values, source.columns, place)
        return article(source, place, plain(row.text, place, source.limits), row.metadata, titled="title" in values)
    except InputError as error:
        return Reject.of(error)


def _values(item: Mapping[str, object], named: Mapping[str, str], place: str) -> dict[str, object]:
    """Role to value."""
    values = {role: at(item, path) for role, path in named.items()}
    if "text" in named and values["text"] is None:
        raise InputError(place, f"has nothing at {named['text']!r}", f"its keys are {', '.join(list(item)[:20])}")
    # Of the usual names, prefer those with a value: dumps leave many keys empty.
    full = [key for key, value in item.items() if value not in (None, "", [])]
    chosen = {**columns.usual(item, named), **columns.usual(full, named)}
    return {**{role: item[key] for role, key in chosen.items()}, **values}


def at(item: object, path: str) -> object:
    """The value at a dotted path (``source.name``, ``bodies.0.value``), or None."""
    if isinstance(item, dict) and path in item:
        return item[path]
    for step in path.split("."):
        if isinstance(item, dict):
            item = item.get(step)
        elif isinstance(item, list) and _NUMBER.fullmatch(step) and int(step) < len(item):
            item = item[int(step)]
        else:
            return None
    return item


def _listed(source: Source, value: object, depth: int = 0) -> list[object] | None:
    """The records of a document with several; None for a single record."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict) or depth == _DEEPEST_LIST or ninjs.is_item(value):
        return None
    if "text" in source.columns and at(value, source.columns["text"]) is not None:
        return None
    if "text" not in source.columns and "text" in columns.usual(_strings(value), {}):
        return None
    lists = [inner for inner in value.values() if isinstance(inner, list) and inner and isinstance(inner[0], dict)]
    if lists:
        return lists[0] if len(lists) == 1 else None
    objects = [inner for inner in value.values() if isinstance(inner, dict)]
    return _listed(source, objects[0], depth + 1) if len(objects) == 1 else None


def _strings(value: Mapping[str, object]) -> list[str]:
    return [key for key, inner in value.items() if isinstance(inner, str) and inner]
