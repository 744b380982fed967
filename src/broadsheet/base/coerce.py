"""Converts path and day arguments, including text, to ``Path`` and ``date``."""

from __future__ import annotations

import os
import re
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.base.days import in_bounds
from broadsheet.base.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    T = TypeVar("T")

StrPath = str | os.PathLike[str]
"""A path argument of the Python API."""

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def optional(check: Callable[[object, str], T], value: object, place: str) -> T | None:
    """The result of ``check(value, place)``; None if the value is None."""
    return None if value is None else check(value, place)


def as_path(value: object, place: str) -> Path:
    """Converts a ``str`` or path-like object to a ``Path``.

    Args:
        value: The path.
        place: The argument it was passed as, for the error.

    Raises:
        InputError: If it is neither, is empty, or has a null character.

    Example:
        >>> as_path("package", "directory")
        PosixPath('package')
    """
    name = os.fspath(value) if isinstance(value, (str, os.PathLike)) else None
    if not isinstance(name, str):
        raise InputError(place, f"is of type {type(value).__name__}", "pass a str or a pathlib.Path")
    if not name or "\0" in name:
        raise InputError(place, f"{name!r} is not the name of a file or folder", "check the name")
    return Path(name)


def check_date(value: object, place: str) -> date:
    """Converts a date, or text in ISO 8601 (``2024-03-09``), to a ``date``.

    Raises:
        InputError: If it is anything else, no such day exists, or the tables cannot hold it.
    """
    if isinstance(value, datetime):
        raise InputError(place, "has a time of day", f"write the day alone, {value.date().isoformat()}")
    day = value if isinstance(value, date) else None
    if isinstance(value, str) and _ISO_DATE.fullmatch(value):
        try:
            day = date.fromisoformat(value)
        except ValueError as error:
            raise InputError(place, f"there is no day {value}", "give a day of the calendar as YYYY-MM-DD") from error
    if day is None:
        raise InputError(place, f"{value!r} is not a date", "write it as YYYY-MM-DD, such as 2024-03-09")
    if not in_bounds(day):
        raise InputError(place, f"{day} is outside the years 1000 to 2999", "correct the year")
    return day
