"""Parses JSON that may be hostile: nested without end, with endless numbers, not in UTF-8."""

from __future__ import annotations

import json

from broadsheet.base.errors import InputError


def parse(data: bytes, place: str) -> object:
    """The value that ``data`` holds: a dict, list, str, int, float, bool or None.

    Args:
        data: JSON text in UTF-8.
        place: How the user named it, for the error.

    Raises:
        InputError: If it is no JSON or cannot be taken.
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
        raise InputError(place, "is nested too deeply", "no article is: look at what wrote it") from error
    except json.JSONDecodeError as error:
        raise InputError(
            place, f"is no JSON: {error.msg[0].lower()}{error.msg[1:]} at character {error.pos}", "mend what wrote it"
        ) from error
    except ValueError as error:
        raise InputError(place, f"is no JSON that can be read: {error}", "mend what wrote it") from error
