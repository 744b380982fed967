"""Turns a stream of text in another encoding into UTF-8, line by line readable.

Bytes that are no text in the encoding become a lone surrogate, which no UTF-8 text can hold: the record that they
stand in is refused when it is decoded, and those around it are read.
"""

from __future__ import annotations

import codecs
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import Buffer

_BUFFER = 1 << 16
_MARKS = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UTF_8 = frozenset(["utf-8", "ascii", "utf-8-sig"])
_BAD = "broadsheet.lone-surrogate"


def _mark_bad(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return "\udcff", error.end


codecs.register_error(_BAD, _mark_bad)


def recoded(stream: io.BufferedReader, encoding: str | None) -> io.BufferedReader:
    """The stream in UTF-8, as it is where it is so already.

    Args:
        stream: Text in ``encoding``, or in what its byte order mark says.
        encoding: A name that Python knows; None for UTF-8.
    """
    head = stream.peek(4)[:4]
    name = encoding or next((codec for mark, codec in _MARKS if head.startswith(mark)), None)
    if name is None or codecs.lookup(name).name in _UTF_8:
        return stream
    return io.BufferedReader(_Recoded(stream, name), _BUFFER)


class _Recoded(io.RawIOBase):
    def __init__(self, stream: io.BufferedReader, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)(errors=_BAD)
        self._ready = memoryview(b"")
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        target = memoryview(buffer).cast("B")
        while not self._ready and not self._ended:
            data = self._stream.read1(_BUFFER)
            self._ended = not data
            text = self._decoder.decode(data, final=self._ended)
            self._ready = memoryview(text.encode("utf-8", "surrogatepass"))
        n = min(len(target), len(self._ready))
        target[:n] = self._ready[:n]
        self._ready = self._ready[n:]
        return n
