"""One input, open for reading, and what is known about it."""

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
"""Bytes by which a format is detected."""

_PIECE = 1 << 20
_LONGEST_REST = 1 << 28
"""Bytes of an overlong line that are skipped."""


@dataclass(frozen=True, slots=True)
class Source:
    """One input, open for reading.

    Attributes:
        place: How the user named it.
        name: Its name without the suffix of a compression; its own suffix may suggest the format.
        stream: Its bytes, unpacked.
        limits: The bounds.
        given: The user's metadata for its articles, from the command line and a sidecar.
        encoding: The encoding given by the user.
        columns: Role to column, as given by the user.
        path: The file if the stream has its bytes unchanged; else None.
        declared: The encoding in the HTTP header of a crawled page.
        in_archive: Whether it is a member of an archive.
        address: The address of a crawled page.
    """

    place: str
    name: str
    stream: io.BufferedReader[Any]
    limits: Limits
    given: Metadata = field(default_factory=Metadata)
    encoding: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    path: Path | None = None
    in_archive: bool = False
    declared: str | None = None
    address: str | None = None

    def head(self) -> bytes:
        """The first bytes, at most :data:`HEAD`, without consuming them."""
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
        """Each line with its number, from 1; None for a line over ``limits.line_bytes``, which is skipped."""
        limit = self.limits.line_bytes
        number = 0
        while line := self.stream.readline(limit + 1):
            number += 1
            if len(line) <= limit or line.endswith(b"\n"):
                yield number, line
                continue
            del line
            self._skip_line(number)
            yield number, None

    def _skip_line(self, number: int) -> None:
        """Skips the rest of a line.

        Raises:
            InputError: If the line does not end within the bound.
        """
        skipped = 0
        while (rest := self.stream.readline(_PIECE)) and not rest.endswith(b"\n"):
            skipped += len(rest)
            if skipped > _LONGEST_REST:
                raise InputError(
                    f"{self.place}:{number}",
                    f"the line has no end within {skipped:,} bytes",
                    "check the program that wrote it",
                )
