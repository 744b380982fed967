"""Decompresses gzip and Zstandard as a stream, in bounded memory, and stops at a bomb.

A file may have several members or frames. A truncated file yields the content that it has.
"""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, BinaryIO

from broadsheet.base.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from typing_extensions import Buffer

    from broadsheet.reading.inputs.options import Limits

GZIP = b"\x1f\x8b"
ZSTANDARD = b"\x28\xb5\x2f\xfd"

_SKIPPABLE = b"\x2a\x4d\x18"
_BUFFER = 1 << 16
_GZIP_CHUNK = 1 << 14
_PIECE = 1 << 18
_ZSTANDARD_CHUNK = 1 << 8
"""Bytes given to the decompressor at a time: 4 bytes can expand to 128 KiB, so this gives 8 MiB at most."""
_WINDOW = 1 << 27
"""The largest window that a frame may need: 128 MiB, the default of the command-line tool."""
_WHOLE = "get the whole file"


class BombError(InputError):
    """An archive or a table unpacks to too much: its other members or rows are not read either."""


class Budget:
    """The unpacked bytes that the members of an archive, or the rows of a table, may have in total."""

    def __init__(self, place: str, limits: Limits, size: int) -> None:
        """For an input of ``size`` bytes."""
        self._place = place
        self._left = min(limits.expanded_bytes, max(limits.expansion_floor, limits.expansion * size))

    def spend(self, n: int) -> None:
        """Takes ``n`` bytes.

        Raises:
            BombError: If the budget is exceeded.
        """
        self._left -= n
        if self._left < 0:
            raise BombError(
                self._place, "unpacks to far more bytes than it has", "unpack it yourself if it is not a bomb"
            )


def packing(head: bytes) -> str | None:
    """``gzip`` or ``zstd``, by the first bytes of a file; None if it is not compressed."""
    if head.startswith(GZIP):
        return "gzip"
    if head.startswith(ZSTANDARD) or (head[1:4] == _SKIPPABLE and 0x50 <= head[0] <= 0x5F):
        return "zstd"
    return None


def unpacked(stream: BinaryIO, kind: str, place: str, limits: Limits) -> io.BufferedReader:
    """The content of a compressed stream.

    Its ``read`` raises :class:`InputError` if the bytes are truncated or damaged, or unpack to more than the limits.

    Args:
        stream: The compressed bytes.
        kind: As given by :func:`packing`.
        place: How the user named it, for the errors.
        limits: The bounds.
    """
    return io.BufferedReader(_Unpacked(stream, kind, place, limits), _BUFFER)


class _Unpacked(io.RawIOBase):
    """The raw stream that :func:`unpacked` wraps."""

    def __init__(self, stream: BinaryIO, kind: str, place: str, limits: Limits) -> None:
        self._stream = stream
        self._place = place
        self._limits = limits
        self._taken = 0
        self._given = 0
        self._piece = memoryview(b"")
        self._error: InputError | None = None
        self._pieces = (_gunzip if kind == "gzip" else _unzstd)(self._take, place)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        target = memoryview(buffer).cast("B")
        n = 0
        while n < len(target) and (self._piece or self._advance(hold=n > 0)):
            taken = self._piece[: len(target) - n]
            target[n : n + len(taken)] = taken
            self._piece = self._piece[len(taken) :]
            n += len(taken)
        return n

    def _advance(self, *, hold: bool) -> bool:
        """Decompresses the next piece; an error is held back until the bytes before it are delivered."""
        if self._error is None:
            try:
                self._piece = memoryview(next(self._pieces, b""))
                self._given += len(self._piece)
                self._check()
            except InputError as error:
                self._error = error
                self._piece = memoryview(b"")
        if self._error is not None and not hold:
            raise self._error
        return bool(self._piece)

    def _take(self, size: int) -> bytes:
        data = self._stream.read(size)
        self._taken += len(data)
        return data

    def _check(self) -> None:
        most = max(self._limits.expansion_floor, self._limits.expansion * self._taken)
        if self._given > min(most, self._limits.expanded_bytes):
            raise InputError(
                self._place,
                f"unpacks to over {self._given:,} bytes from {self._taken:,}",
                "unpack it yourself if it is not a bomb, and read its content",
            )


def _gunzip(take: Callable[[int], bytes], place: str) -> Iterator[bytes]:
    pending = take(_GZIP_CHUNK)
    while pending:
        member = zlib.decompressobj(wbits=31)
        while not member.eof:
            pending = pending or take(_GZIP_CHUNK)
            try:
                piece = member.decompress(pending, _PIECE)
            except zlib.error as error:
                raise InputError(place, "the gzip data is damaged", _WHOLE) from error
            if not piece and not pending and not member.eof:
                raise InputError(place, "the gzip data is truncated", _WHOLE)
            pending = member.unconsumed_tail
            if piece:
                yield piece
        # Some writers pad with zeros after a member.
        pending = member.unused_data.lstrip(b"\0") or _after_zeros(take)


def _after_zeros(take: Callable[[int], bytes]) -> bytes:
    while chunk := take(_GZIP_CHUNK):
        if rest := chunk.lstrip(b"\0"):
            return rest
    return b""


def _unzstd(take: Callable[[int], bytes], place: str) -> Iterator[bytes]:
    import zstandard

    context = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
    pending = take(_ZSTANDARD_CHUNK)
    while pending:
        frame = context.decompressobj()
        while not frame.eof:
            pending = pending or take(_ZSTANDARD_CHUNK)
            if not pending:
                raise InputError(place, "the Zstandard data is truncated", _WHOLE)
            try:
                piece = frame.decompress(pending)
            except zstandard.ZstdError as error:
                raise InputError(place, "the Zstandard data is damaged", _WHOLE) from error
            pending = b""
            if piece:
                yield piece
        pending = frame.unused_data or take(_ZSTANDARD_CHUNK)
