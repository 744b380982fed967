"""A user's own rules: suites of Great Expectations in JSON, each for a table that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.errors import InputError
from broadsheet.tables.schema import TABLES
from broadsheet.validate.files import UnreadableError, parse_json
from broadsheet.validate.suites import check_suite

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MOST_BYTES = 16 << 20
"""Behind so many a file is cut, and then it is no JSON."""


def read_suites(paths: Sequence[Path]) -> dict[str, list[dict[str, Any]]]:
    """The suites by table.

    A file is an object with a table's name before each suite, ``{"quotes": {"name": …, "expectations": […]}}``; a
    suite's ``name`` may be left out.

    Raises:
        InputError: If a file cannot be read, names no table of ours, or an expectation is none that the library knows.
    """
    suites: dict[str, list[dict[str, Any]]] = {}
    for path in paths:
        for table, suite in _read(path).items():
            place = f"{path}#/{table}"
            if table not in TABLES:
                raise InputError(place, "is no table", f"name one of {', '.join(TABLES)}")
            if not isinstance(suite, dict):
                raise InputError(place, "is no suite of expectations", "give an object with expectations")
            named = {**suite, "name": f"{path.name}:{table}:{suite.get('name', '')}"}
            check_suite(named, place)
            suites.setdefault(table, []).append(named)
    return suites


def _read(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES)
        read = parse_json(content)
    except OSError as error:
        raise InputError(str(path), (error.strerror or str(error)).lower(), "name a file with suites") from error
    except UnreadableError as error:
        raise InputError(str(path), str(error), "give a JSON object of table to suite") from error
    if not isinstance(read, dict) or not read:
        raise InputError(str(path), "names no table", "give a JSON object of table to suite")
    return read
