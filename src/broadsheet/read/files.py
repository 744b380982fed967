"""Reads a file whole, and says in a user's words why it cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.errors import InputError
from broadsheet.safe_files import open_regular

if TYPE_CHECKING:
    from pathlib import Path


def read_bytes(path: Path) -> bytes:
    """The content of the file.

    Raises:
        InputError: If there is no such file, it is a folder, or it cannot be read.
    """
    place = str(path)
    try:
        with open_regular(path) as file:
            return file.read()
    except FileNotFoundError as error:
        raise InputError(place, "no such file", "check the name") from error
    except IsADirectoryError as error:
        raise InputError(place, "is a folder", "name the files in it") from error
    except PermissionError as error:
        raise InputError(place, "may not be read", "give yourself the right to read it") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(repr(place), f"cannot be read ({reason.lower()})", "check the name") from error
