"""An HTTP response as a crawl keeps it: the status, the type, and the body with its transfer undone (RFC 9112)."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

from broadsheet.base.errors import InputError

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})\b")
_CHUNK_SIZE = re.compile(rb"([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r?\n")
_LONGEST_HEADER = 1 << 18
_MEND = "fetch the page again"


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
    """The response that a block of bytes holds.

    Args:
        block: Status line, header and body.
        place: How the user named it, for the errors.
        most: Bytes that the body may have.

    Raises:
        InputError: If there is no status line, or the body cannot be unpacked within the bound.
    """
    started = _STATUS.match(block)
    if not started:
        raise InputError(place, "holds no HTTP response", _MEND)
    headers, body = _parted(block)
    status, kind = int(started[1]), headers.get("content-type", "")
    # Crawlers that undo the transfer keep the old header at times: what is not in chunks is taken as it is.
    if headers.get("transfer-encoding", "").lower() == "chunked":
        body = _unchunked(body)
    if status == 200 and kind.lower().startswith(("text/", "application/xhtml")):
        for packed in reversed(headers.get("content-encoding", "").lower().split(",")):
            body = _unpacked(body, packed.strip(), place, most)
    return Response(status, kind, body)


def _parted(block: bytes) -> tuple[dict[str, str], bytes]:
    match = re.search(rb"\r?\n\r?\n", block[:_LONGEST_HEADER])
    head, body = (block[: match.start()], block[match.end() :]) if match else (block[:_LONGEST_HEADER], b"")
    headers: dict[str, str] = {}
    for line in head.splitlines()[1:]:
        name, parted, value = line.decode("utf-8", "replace").partition(":")
        if parted:
            headers.setdefault(name.strip().lower(), value.strip())
    return headers, body


def _unchunked(body: bytes) -> bytes:
    """The body out of its chunks, as far as they go; the body as it is where it is in none."""
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
        # Crawlers that unpack keep the old header at times.
        return _inflated(body, 31, place, most) if body.startswith(b"\x1f\x8b") else body
    if packing == "deflate":
        return _inflated(body, 15 if body[:1] == b"\x78" else -15, place, most)
    raise InputError(place, f"is packed by {packing!r}, which is not read", _MEND)


def _inflated(body: bytes, window: int, place: str, most: int) -> bytes:
    unpacker = zlib.decompressobj(wbits=window)
    try:
        data = unpacker.decompress(body, most + 1)
    except zlib.error as error:
        raise InputError(place, "the packed page is damaged", _MEND) from error
    if len(data) > most:
        raise InputError(place, f"the page unpacks to over {most:,} bytes", "leave it out")
    if not unpacker.eof:
        raise InputError(place, "the packed page breaks off", _MEND)
    return data
