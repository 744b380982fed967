"""Reads a whole file, within a bound, with clear errors."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.base.safe_files import open_regular

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from _typeshed import SupportsRead

_PIECE = 1 << 20
_ADDRESS = re.compile(r"(https?|ftp):/{1,2}", re.IGNORECASE)
MOST_BYTES = 16 << 20
"""Limit for a file of options or corrections."""


def read_up_to(stream: SupportsRead[bytes], most: int) -> bytes:
    """The next bytes of a stream, at most ``most``. Memory grows with the bytes read, not with ``most``."""
    pieces = []
    while most > 0 and (piece := stream.read(min(_PIECE, most))):
        pieces.append(piece)
        most -= len(piece)
    return b"".join(pieces)


def refuse_address(name: str) -> None:
    """Refuses a web address in place of a file.

    Raises:
        InputError: If it is one.
    """
    if _ADDRESS.match(name):
        # A path has lost one of the two slashes.
        address = _ADDRESS.sub(lambda scheme: f"{scheme[1]}://", name)
        raise InputError(address, "is a web address, and Broadsheet reads only files", "download it first")


def read_bytes(path: Path, most: int = MOST_BYTES, too_long: Callable[[str, int], InputError] | None = None) -> bytes:
    """The content of a regular file.

    Args:
        path: The file.
        most: The most bytes that it may have; at most one more is read.
        too_long: Makes the error for a longer file, from its name and size.

    Raises:
        InputError: If there is no such file, it is a folder, a pipe or a device, too long, or cannot be read.
    """
    place = str(path)
    refuse_address(place)
    try:
        with open_regular(path) as file:
            # The size is 0 on some file systems and may change, so the number of bytes read decides.
            size = max(os.fstat(file.fileno()).st_size, 0)
            data = read_up_to(file, most + 1) if size <= most else b""
    except FileNotFoundError as error:
        raise InputError(place, "no such file", "check the name") from error
    except IsADirectoryError as error:
        raise InputError(place, "is a folder", "name the files in it") from error
    except PermissionError as error:
        raise InputError(place, "may not be read", "change its permissions") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(repr(place), f"cannot be read ({reason.lower()})", "check the name") from error
    size = max(size, len(data))
    if size > most:
        raise (
            too_long(place, size)
            if too_long is not None
            else InputError(place, f"is {size:,} bytes long, over the limit of {most:,}", "shorten it")
        )
    return data
