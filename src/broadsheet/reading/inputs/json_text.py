"""Parses JSON that may be hostile: deep nesting, huge numbers, not in UTF-8."""

from __future__ import annotations

import json

from broadsheet.base.errors import InputError

_FIX = "fix the program that wrote it"


def parse(data: bytes, place: str) -> object:
    """Parses JSON to a dict, list, str, int, float, bool or None.

    Args:
        data: JSON text in UTF-8.
        place: How the user named it, for the error.

    Raises:
        InputError: If it is not JSON, or nested too deeply.
    """
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(
            place,
            f"byte 0x{data[error.start]:02x} at offset {error.start} is not UTF-8",
            "name the encoding with --encoding (windows-1252, say)",
        ) from error
    except RecursionError as error:
        raise InputError(place, "is nested too deeply", "no article is: check the program that wrote it") from error
    except json.JSONDecodeError as error:
        raise InputError(
            place, f"is not JSON: {error.msg[0].lower()}{error.msg[1:]} at character {error.pos}", _FIX
        ) from error
    except ValueError as error:
        raise InputError(place, f"is not readable JSON: {error}", _FIX) from error
