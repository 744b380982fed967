"""The bytes of one input, with what is known of them before they are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError
from broadsheet.reading.files import read_up_to
from broadsheet.reading.metadata import Metadata

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator
    from pathlib import Path

    from broadsheet.reading.inputs.options import Limits

HEAD = 1 << 16
"""Bytes that tell a format."""


_PIECE = 1 << 20
_LONGEST_REST = 1 << 28
"""Bytes of a line over the limit that are passed over."""


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
        data = read_up_to(self.stream, limit + 1)
        if len(data) > limit:
            raise InputError(
                self.place,
                f"is over {limit:,} bytes long, too many to be read whole",
                "split it into smaller files, or raise the limit with --max-characters",
            )
        return data

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
            self._pass_line(number)
            yield number, None

    def _pass_line(self, number: int) -> None:
        """Passes over the rest of a line.

        Raises:
            InputError: If it has no end within bounds, as a stream of zeros has none.
        """
        passed = 0
        while (rest := self.stream.readline(_PIECE)) and not rest.endswith(b"\n"):
            passed += len(rest)
            if passed > _LONGEST_REST:
                raise InputError(
                    f"{self.place}:{number}", f"the line has no end within {passed:,} bytes", "look at what wrote it"
                )
