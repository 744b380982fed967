"""Converts a stream of text in another encoding to UTF-8, so that it can be read line by line.

Bytes that are not text in the encoding become a lone surrogate, which is not valid UTF-8: the record with them is
rejected when it is decoded, and the others are read.
"""

from __future__ import annotations

import codecs
import io
from typing import TYPE_CHECKING

from broadsheet.reading.decode import marked_encoding

if TYPE_CHECKING:
    from typing_extensions import Buffer

_BUFFER = 1 << 16
_UTF_8 = frozenset(["utf-8", "ascii", "utf-8-sig"])
_BAD = "broadsheet.lone-surrogate"


def _mark_bad(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return "\udcff", error.end


codecs.register_error(_BAD, _mark_bad)


def recoded(stream: io.BufferedReader, encoding: str | None) -> io.BufferedReader:
    """Converts a stream to UTF-8; one in UTF-8 is returned unchanged.

    Args:
        stream: Text in ``encoding``, or in the encoding of its byte order mark.
        encoding: A name that Python knows; None for UTF-8.
    """
    name = encoding or marked_encoding(stream.peek(4))
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
