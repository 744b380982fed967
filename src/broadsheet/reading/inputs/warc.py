"""Articles in a crawl: WARC 1.0 and 1.1 (ISO 28500), compressed record by record or not.

A candidate is an HTML page or plain text that was fetched successfully (a ``response`` of status 200, or a
``resource``). All other records (requests, revisits, redirects, pictures, ``robots.txt``) are skipped. A damaged record
is a reject, and reading continues at the next one.

warcio is as fast, but takes half a gigabyte for a bomb of 260 kB and 95 seconds for an endless header, stops at a bad
record and gives a truncated one without an error.
"""

from __future__ import annotations

import re
from dataclasses import replace
from email.message import Message
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from broadsheet.base.errors import InputError
from broadsheet.reading.decode import decode
from broadsheet.reading.inputs import html, stated
from broadsheet.reading.inputs.assemble import article
from broadsheet.reading.inputs.http import Response, response
from broadsheet.reading.inputs.page import decoded
from broadsheet.reading.inputs.results import Found, Reject
from broadsheet.reading.metadata import Metadata

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from broadsheet.reading.inputs.source import Source

_VERSION = b"WARC/"
_LONGEST_LINE = 1 << 16
_MOST_GARBAGE = 1 << 28
"""Bytes between two records that are skipped."""
_MOST_HEADERS = 1_000
_CHUNK = 1 << 20
_PAGES = frozenset(["text/html", "application/xhtml+xml"])
_TYPES = frozenset(["response", "resource"])
_LENGTH = re.compile(r"\d{1,18}", re.ASCII)
_WHOLE = "get the whole file"


def read(source: Source) -> Iterator[Found | Reject]:
    """The articles of a crawl."""
    number, in_garbage, garbage = 0, False, 0
    while line := source.stream.readline(_LONGEST_LINE):
        if not line.startswith(_VERSION):
            garbage += len(line)
            if garbage > _MOST_GARBAGE:
                raise InputError(
                    f"{source.place}:after record {number}", "no record follows", "check the program that wrote it"
                )
            if line.strip() and not in_garbage:
                in_garbage = True
                yield Reject(
                    f"{source.place}:after record {number}", "is not a WARC record", "check the program that wrote it"
                )
            continue
        number, in_garbage, garbage = number + 1, False, 0
        place = f"{source.place}:record {number}"
        headers = _headers(source)
        length = headers.get("content-length", "")
        if not _LENGTH.fullmatch(length):
            yield Reject(place, "has no valid length", "check the program that wrote it")
            continue
        if headers.get("warc-type", "").lower() not in _TYPES:
            _skip(source, int(length), place)
            continue
        # The bound of a page, and that of its header.
        most = source.limits.article_bytes + _LONGEST_LINE
        block = _take(source, min(int(length), most), place)
        _skip(source, int(length) - len(block), place)
        try:
            found = _page(source, headers, block, place, is_whole=int(length) <= most)
        except InputError as error:
            found = Reject.of(error)
        if found is not None:
            yield found


def _headers(source: Source) -> dict[str, str]:
    """The named fields of a record, their names in lower case."""
    found: dict[str, str] = {}
    for _ in range(_MOST_HEADERS):
        line = source.stream.readline(_LONGEST_LINE)
        if not line.strip():
            break
        name, colon, value = line.decode("utf-8", "replace").partition(":")
        if colon and not name[:1].isspace():
            found.setdefault(name.strip().lower(), value.strip())
    return found


def _take(source: Source, length: int, place: str) -> bytes:
    data = source.stream.read(length)
    if len(data) < length:
        raise InputError(place, "the record is truncated", _WHOLE)
    return data


def _skip(source: Source, length: int, place: str) -> None:
    while length > 0:
        length -= len(_take(source, min(length, _CHUNK), place))


def _page(
    source: Source, headers: Mapping[str, str], block: bytes, place: str, *, is_whole: bool
) -> Found | Reject | None:
    """The article of a record; None if it is not a candidate."""
    kind = headers.get("content-type", "").lower()
    if kind.startswith("application/http"):
        fetched = response(block, place, source.limits.article_bytes)
        if fetched.status != 200:
            return None
    elif headers.get("warc-type", "").lower() == "resource":
        fetched = Response(200, kind, block)
    else:
        return None
    media, charset = _media(fetched.kind)
    if not media:
        media = "text/html" if fetched.body.lstrip()[:1] == b"<" else ""
    address = headers.get("warc-target-uri", "").strip("<>")
    if media not in _PAGES and (media != "text/plain" or _url_path(address).endswith("/robots.txt")):
        return None
    if not is_whole or "warc-truncated" in headers:
        raise InputError(
            place, "is a page that the crawler truncated, or over the limit for one article", "fetch it whole"
        )
    if not fetched.body.strip():
        return None
    return _article(replace(source, address=stated.url(address), declared=charset), place, media, fetched.body)


def _article(source: Source, place: str, media: str, body: bytes) -> Found | Reject:
    if media in _PAGES:
        return html.page(source, place, decoded(body, source.encoding or source.declared))
    text = decode(body, place=place, encoding=source.encoding or source.declared)
    return article(source, place, text, Metadata(url=source.address), titled=False)


def _media(content_type: str) -> tuple[str, str | None]:
    """The media type and the encoding in a ``Content-Type``."""
    message = Message()
    message["Content-Type"] = content_type[:1_000].replace("\r", " ").replace("\n", " ")
    charset = message.get_param("charset")
    name = charset if isinstance(charset, str) else None
    return content_type.partition(";")[0].strip().lower(), _known(name)


def _known(charset: str | None) -> str | None:
    """The name of an encoding that Python knows; None for any other, so that the page's own declaration counts."""
    try:
        "".encode((charset or "").strip("\"' "))
    except (LookupError, ValueError):
        return None
    return (charset or "").strip("\"' ")


def _url_path(address: str) -> str:
    """The path of an address; the empty string if it is malformed."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""
