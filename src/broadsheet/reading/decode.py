"""Decodes bytes to text: UTF-8, or UTF-16 or UTF-32 if a byte order mark says so."""

from __future__ import annotations

import codecs
from typing import NoReturn

from broadsheet.base.errors import InputError

_BYTE_ORDER_MARKS = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)


def marked_encoding(data: bytes) -> str | None:
    """The encoding that the byte order mark at the start of the data names, if there is one."""
    return next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), None)


def decode(data: bytes, *, place: str, encoding: str | None = None) -> str:
    """Decodes the content of a file.

    Args:
        data: The content of a file.
        place: How the user named it, for the error.
        encoding: A name that Python knows (``windows-1252``); None for that of the byte order mark, or UTF-8.

    Raises:
        InputError: If ``encoding`` is unknown, or the bytes are not text in it. The error gives the offset of the
            first bad byte.
    """
    codec = encoding or marked_encoding(data) or "utf-8"
    if codec.startswith("utf-8") and (offset := data.find(b"\0")) >= 0:
        _refuse_binary(place, offset)
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        raise InputError(
            place,
            f"byte 0x{data[error.start]:02x} at offset {error.start} is not {codec.upper()}",
            "name the encoding of a text with --encoding (windows-1252, say); save any other file as plain text first",
        ) from error
    except (LookupError, ValueError) as error:
        raise InputError(
            "--encoding", f"{encoding!r} is not a known text encoding", "name one such as utf-8 or windows-1252"
        ) from error
    if (at := text.find("\0")) >= 0:
        _refuse_binary(place, len(text[:at].encode(codec)))
    return text


def _refuse_binary(place: str, offset: int) -> NoReturn:
    raise InputError(
        place,
        f"binary: a NUL at offset {offset}",
        "name the encoding of a text with --encoding (utf-16-le, say); save any other file as plain text first",
    )
