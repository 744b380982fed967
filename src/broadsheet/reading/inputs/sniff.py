"""Detects the format of an input by its first bytes, or by its name if the bytes are ambiguous."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING

from broadsheet import reference
from broadsheet.base.errors import InputError
from broadsheet.reading.decode import marked_encoding
from broadsheet.reading.inputs import columns
from broadsheet.reading.inputs.json_text import parse
from broadsheet.reading.inputs.source import HEAD, Source

if TYPE_CHECKING:
    from collections.abc import Mapping


SUFFIXES: Mapping[str, str] = MappingProxyType(
    {
        ".txt": "text",
        ".text": "text",
        ".md": "text",
        ".html": "html",
        ".htm": "html",
        ".xhtml": "html",
        ".jsonl": "jsonl",
        ".ndjson": "jsonl",
        ".json": "json",
        ".csv": "csv",
        ".tsv": "tsv",
        ".tab": "tsv",
        ".parquet": "parquet",
        ".pq": "parquet",
        ".nitf": "nitf",
        ".warc": "warc",
        ".zip": "zip",
        ".tar": "tar",
        ".tgz": "tar",
    }
)
"""File name suffix, without that of a compression, to format."""

_XML_ROOTS = {"nitf": "nitf", "newsitem": "newsml", "newsmessage": "newsml", "packageitem": "newsml", "html": "html"}
_TAG = re.compile(r"<(?![!?])(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)", re.ASCII)
# fmt: off
_HTML_TAGS = frozenset((
    "article", "body", "div", "h1", "h2", "head", "header", "html", "link", "main", "meta", "p", "script", "section",
    "style", "title",
))
# fmt: on
_HEADER_CELL = re.compile(r"[\w .:-]{1,60}")


def by_name(name: str) -> str | None:
    """The format that the suffix of a file name suggests."""
    return SUFFIXES.get(PurePath(name).suffix.lower())


def sniff(source: Source) -> str:
    """The format of an input, one of :data:`~broadsheet.reading.inputs.options.FORMATS`.

    Raises:
        InputError: If the format is not supported.
    """
    head = source.head()
    if found := _by_signature(head, source.place):
        return found
    text = _text(head, source.encoding)
    start = text.lstrip("\ufeff \t\r\n\x0b\x0c")
    if start.startswith("<") and (found := _markup(start, source.place)):
        return found
    named = by_name(source.name)
    if start.startswith(("{", "[")) and named in (None, "json", "jsonl"):
        return _json(start, named)
    if named in ("csv", "tsv", "html", "jsonl", "json", "nitf"):
        return named
    suffix = PurePath(source.name).suffix.lower()
    if kind := reference.mapping("unread_suffixes", "kind").get(suffix):
        raise InputError(source.place, f"is {kind} by its name, which is not read", "rename it if it is an article")
    # Text is read as text, whatever binary format its name suggests.
    return _table(start, source) or "text"


def _by_signature(head: bytes, place: str) -> str | None:
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"WARC/"):
        return "warc"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head[257:262] == b"ustar":
        return "tar"
    for signature, offset, kind in _signatures():
        if head.startswith(signature, offset):
            raise InputError(place, f"is {kind}, which is not read", "save the words of the article as a text file")
    return None


def _text(head: bytes, encoding: str | None) -> str:
    return head.decode(encoding or marked_encoding(head) or "utf-8", errors="replace")


def _markup(start: str, place: str) -> str | None:
    """The format of a document that opens with ``<``; None if it is not markup."""
    opened = start[:200].lower()
    if opened.startswith("<!doctype html"):
        return "html"
    match = _TAG.search(_without_prolog(start))
    root = match[1].lower() if match else ""
    if root in _XML_ROOTS:
        return _XML_ROOTS[root]
    if opened.startswith(("<?xml", "<!doctype")):
        if not root:
            raise InputError(place, "is XML without an element", "get the whole file")
        raise InputError(
            place, f"is XML of a kind that is not read, <{match[1] if match else ''}>", "NITF, NewsML-G2 and XHTML are"
        )
    return "html" if root in _HTML_TAGS or opened.startswith(("<!--", "<![")) else None


def _without_prolog(text: str) -> str:
    """The text after comments, processing instructions and the document type, which may contain tags."""
    at = 0
    while True:
        rest = text[at : at + 9]
        if rest.startswith("<!--"):
            end = text.find("-->", at)
        elif rest.startswith("<?"):
            end = text.find("?>", at)
        elif rest.upper().startswith("<!DOCTYPE"):
            subset, close = text.find("[", at), text.find(">", at)
            end = text.find("]", subset) if 0 <= subset < close else close
            end = text.find(">", end) if end >= 0 else end
        else:
            return text[at:]
        if end < 0:
            return ""
        at = end + text[end : end + 3].index(">") + 1
        at += len(text[at:]) - len(text[at:].lstrip())


def _json(start: str, named: str | None) -> str:
    """``jsonl`` if each line is a value, else ``json``."""
    if named == "jsonl":
        return "jsonl"
    first, broken, rest = start.partition("\n")
    if start.startswith("["):
        return "json"
    if not broken:
        # One line, or a first line longer than the head: a document if its name says so, else the first of many lines.
        return named or ("jsonl" if len(start) > HEAD // 2 else "json")
    if not rest.strip():
        return "json"
    try:
        parse(first.encode(errors="replace"), "")
    except InputError:
        return "jsonl" if rest.lstrip().startswith("{") and first.rstrip().endswith("}") else "json"
    return "jsonl"


def _table(start: str, source: Source) -> str | None:
    """``csv`` or ``tsv`` if the first line is a header with a column for the text."""
    line = start.partition("\n")[0].rstrip("\r")
    for delimiter, name in ((",", "csv"), (";", "csv"), ("\t", "tsv")):
        if delimiter in line and len(line) < 4_000:
            try:
                cells = next(csv.reader([line], delimiter=delimiter, strict=True), [])
            except csv.Error:
                continue
            is_header = len(cells) > 1 and all(_HEADER_CELL.fullmatch(cell) for cell in cells)
            known = {**columns.usual(cells, source.columns), **{r: c for r, c in source.columns.items() if c in cells}}
            if is_header and len(set(cells)) == len(cells) and "text" in known and len(known) > 1:
                return name
    return None


@cache
def _signatures() -> tuple[tuple[bytes, int, str], ...]:
    rows = reference.table("file_signatures")
    return tuple((bytes.fromhex(row["signature"]), int(row["offset"]), row["kind"]) for row in rows)
