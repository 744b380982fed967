"""An HTTP response in a crawl: status, type, and the body without its transfer and content encodings (RFC 9112)."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

from broadsheet.base.errors import InputError

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})\b")
_CHUNK_SIZE = re.compile(rb"([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r?\n")
_LONGEST_HEADER = 1 << 18
_FIX = "fetch the page again"


@dataclass(frozen=True, slots=True)
class Response:
    """A response.

    Attributes:
        status: Its status code.
        kind: Its ``Content-Type``.
        body: Its body.
    """

    status: int
    kind: str
    body: bytes


def response(block: bytes, place: str, most: int) -> Response:
    """Parses a response.

    Args:
        block: Status line, header and body.
        place: How the user named it, for the errors.
        most: The most bytes that the body may have.

    Raises:
        InputError: If there is no status line, or the body cannot be decompressed within the bound.
    """
    started = _STATUS.match(block)
    if not started:
        raise InputError(place, "has no HTTP response", _FIX)
    headers, body = _split(block)
    status, kind = int(started[1]), headers.get("content-type", "")
    # Some crawlers decode the body and keep the old header: a body without chunks is left as it is.
    if headers.get("transfer-encoding", "").lower() == "chunked":
        body = _unchunked(body)
    if status == 200 and kind.lower().startswith(("text/", "application/xhtml")):
        for packed in reversed(headers.get("content-encoding", "").lower().split(",")):
            body = _unpacked(body, packed.strip(), place, most)
    return Response(status, kind, body)


def _split(block: bytes) -> tuple[dict[str, str], bytes]:
    match = re.search(rb"\r?\n\r?\n", block[:_LONGEST_HEADER])
    head, body = (block[: match.start()], block[match.end() :]) if match else (block[:_LONGEST_HEADER], b"")
    headers: dict[str, str] = {}
    for line in head.splitlines()[1:]:
        name, colon, value = line.decode("utf-8", "replace").partition(":")
        if colon:
            headers.setdefault(name.strip().lower(), value.strip())
    return headers, body


def _unchunked(body: bytes) -> bytes:
    """The body without its chunk headers; a body without chunks unchanged."""
    pieces, at = [], 0
    while match := _CHUNK_SIZE.match(body, at):
        size = int(match[1], 16)
        if size == 0:
            break
        pieces.append(body[match.end() : match.end() + size])
        at = match.end() + size
        at += 2 if body[at : at + 2] == b"\r\n" else 1 if body[at : at + 1] == b"\n" else 0
    return b"".join(pieces) if pieces else body


def _unpacked(body: bytes, packing: str, place: str, most: int) -> bytes:
    if packing in ("", "identity"):
        return body
    if packing in ("gzip", "x-gzip"):
        # Some crawlers decompress the body and keep the old header.
        return _inflated(body, 31, place, most) if body.startswith(b"\x1f\x8b") else body
    if packing == "deflate":
        return _inflated(body, 15 if body[:1] == b"\x78" else -15, place, most)
    raise InputError(place, f"is compressed as {packing!r}, which is not supported", _FIX)


def _inflated(body: bytes, window: int, place: str, most: int) -> bytes:
    unpacker = zlib.decompressobj(wbits=window)
    try:
        data = unpacker.decompress(body, most + 1)
    except zlib.error as error:
        raise InputError(place, "the compressed page is damaged", _FIX) from error
    if len(data) > most:
        raise InputError(place, f"the page unpacks to over {most:,} bytes", "leave it out")
    if not unpacker.eof:
        raise InputError(place, "the compressed page is truncated", _FIX)
    return data
