"""Reads the files of an untrusted package: only regular files, only inside its folder."""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from broadsheet.base import strict_json

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader
    from pathlib import Path

MOST_BYTES = 4 << 30
"""Size limit for a file, since a file must fit in memory. No table of news comes close."""

MOST_BYTES_OF_JSON = 64 << 20
"""Size limit for a JSON file. The descriptor of a package of 100,000 articles has a third of it."""


_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Do not follow a file that becomes a link after the check, or block on one that becomes a pipe."""


class UnreadableError(Exception):
    """A file of the package cannot be used. The message gives the reason and follows the file name."""


def read_inside(folder: Path, path: str, most: int = MOST_BYTES) -> bytes:
    """Reads the regular file ``path`` below ``folder`` without following links.

    Args:
        folder: The package folder. It may itself be a link, since the user named it.
        path: Path of the file inside the folder, with ``/``. It must be ours, never taken from the package.
        most: Maximum size in bytes.

    Raises:
        UnreadableError: If the file is missing, a link, not a regular file, too large or unreadable.
    """
    with _opened(folder, path, most) as (file, size):
        return file.read(size)


def hash_inside(folder: Path, path: str) -> str:
    """The hash of a file in the form used by ``datapackage.json``. The file is read in chunks.

    Raises:
        UnreadableError: As for :func:`read_inside`.
    """
    with _opened(folder, path, MOST_BYTES) as (file, _):
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"


@contextmanager
def _opened(folder: Path, path: str, most: int) -> Iterator[tuple[BufferedReader, int]]:
    """The file, open for reading, and its size."""
    place = folder
    try:
        for part in path.split("/"):
            place = place / part
            state = place.lstat()
            if stat.S_ISLNK(state.st_mode):
                raise UnreadableError("is a link, and what it leads to may be outside the package")
        if not stat.S_ISREG(state.st_mode):
            raise UnreadableError("is no regular file")
        if state.st_size > most:
            raise UnreadableError(f"has {state.st_size:,} bytes, more than the {most:,} that are read")
        with open(os.open(place, _FLAGS), "rb") as file:  # noqa: PTH123 - a path cannot be opened with flags
            state = os.fstat(file.fileno())
            if not stat.S_ISREG(state.st_mode) or state.st_size > most:
                raise UnreadableError("was exchanged while it was read")
            yield file, state.st_size
    except FileNotFoundError as error:
        raise UnreadableError("is missing") from error
    except OSError as error:
        raise UnreadableError(f"cannot be read: {(error.strerror or str(error)).lower()}") from error


def parse_json(content: bytes) -> Any:
    """Parses the content of a JSON file.

    Raises:
        UnreadableError: If it is not JSON, not UTF-8, nested too deeply, or has a non-finite number or a duplicate key.
    """
    try:
        return strict_json.parse(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UnreadableError(f"is not UTF-8 at byte {error.start}") from error
    except RecursionError as error:
        raise UnreadableError("is nested too deeply") from error
    except ValueError as error:
        raise UnreadableError(str(error)) from error


def differences(expected: object, found: object, pointer: str = "") -> list[tuple[str, object, object]]:
    """The differences of two JSON values: JSON pointer, expected value and found value (None if absent)."""
    if isinstance(expected, dict) and isinstance(found, dict):
        keys = [*expected, *(key for key in found if key not in expected)]
        return [
            difference
            for key in keys
            for difference in differences(expected.get(key), found.get(key), f"{pointer}/{_escape(key)}")
        ]
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        pairs = enumerate(zip(expected, found, strict=True))
        return [d for index, (one, other) in pairs for d in differences(one, other, f"{pointer}/{index}")]
    same = type(expected) is type(found) and expected == found
    return [] if same else [(pointer, expected, found)]


def _escape(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
