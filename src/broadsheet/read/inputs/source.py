"""The bytes of one input, with what is known of them before they are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from broadsheet.errors import InputError
from broadsheet.read.metadata import Metadata

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator
    from pathlib import Path

    from broadsheet.read.inputs.options import Limits

HEAD = 1 << 16
"""Bytes that tell a format."""


@dataclass(frozen=True, slots=True)
class Source:
    """One input, open for reading.

    Attributes:
        place: How the user named it.
        name: Its name without the ending of a packing, which may tell its format.
        stream: Its bytes, unpacked.
        limits: The bounds of what is read.
        said: What the user said of its articles, on the command line and in a sidecar.
        encoding: The encoding that the user said.
        columns: Role to column, as the user said.
        path: The file, where the stream is the file's own bytes; else None.
        declared: The encoding that a transport declared, such as the HTTP header of a crawled page.
        in_archive: Whether it is a member of an archive.
        address: The address that the bytes came from, where a crawl says so.
    """

    place: str
    name: str
    stream: io.BufferedReader[Any]
    limits: Limits
    said: Metadata = field(default_factory=Metadata)
    encoding: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    path: Path | None = None
    in_archive: bool = False
    declared: str | None = None
    address: str | None = None

    def head(self) -> bytes:
        """The first bytes, at most :data:`HEAD`; they are not taken from the stream."""
        return self.stream.peek(HEAD)[:HEAD]

    def whole(self, limit: int) -> bytes:
        """All bytes.

        Raises:
            InputError: If there are more than ``limit``.
        """
        pieces, size = [], 0
        while piece := self.stream.read(min(1 << 20, limit + 1 - size)):
            pieces.append(piece)
            size += len(piece)
            if size > limit:
                raise InputError(
                    self.place, f"has over {limit:,} bytes, too many to be read whole", "part it into smaller files"
                )
        return b"".join(pieces)

    def lines(self) -> Iterator[tuple[int, bytes | None]]:
        """Each line with its number, from 1 on; None for a line over ``limits.line_bytes``, which is passed over."""
        limit = self.limits.line_bytes
        number = 0
        while line := self.stream.readline(limit + 1):
            number += 1
            if len(line) <= limit or line.endswith(b"\n"):
                yield number, line
                continue
            del line
            while (rest := self.stream.readline(1 << 20)) and not rest.endswith(b"\n"):
                pass
            yield number, None
