"""Maps columns of a table, or values of a JSON object, to the fields of an article.

The user names columns by role; for the other roles, the best-ranked usual name is used (``input_columns.csv``).
A column that the user named must exist and be readable; a bad value in any other is null.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from broadsheet import reference
from broadsheet.base.errors import InputError
from broadsheet.reading.inputs import stated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from broadsheet.reading.metadata import Metadata

_SEPARATORS = re.compile(r"[\s.-]+")
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Row:
    """The article in a row.

    Attributes:
        text: The text.
        metadata: The metadata.
    """

    text: str
    metadata: Metadata


def choose(header: Iterable[str], named: Mapping[str, str], place: str) -> dict[str, str]:
    """Role to column, for a table with this header.

    Args:
        header: The names of the columns.
        named: Role to column, as given by the user.
        place: The table, for the error.

    Raises:
        InputError: If a named column does not exist, or there is no column for the text.
    """
    columns = list(header)
    for column in named.values():
        if column not in columns:
            raise InputError(place, f"has no column {column!r}", f"its columns are {_listed(columns)}")
    chosen = {**usual(columns, named), **named}
    if "text" not in chosen:
        raise InputError(place, "has no column for the text", f"name one of {_listed(columns)}")
    return chosen


def check_once(header: Sequence[str], chosen: Mapping[str, str], place: str) -> None:
    """Refuses a table with two columns of a chosen name.

    Raises:
        InputError: If there are.
    """
    for name in chosen.values():
        if (n := header.count(name)) > 1:
            raise InputError(place, f"has {n} columns called {name}", "give each its own name")


def usual(columns: Iterable[str], named: Mapping[str, str]) -> dict[str, str]:
    """Role to the column with the best-ranked usual name, for the roles that are not named."""
    best: dict[str, tuple[int, str]] = {}
    known = _known()
    used = set(named.values())
    for column in columns:
        role, rank = known.get(_SEPARATORS.sub("_", column.strip().lower()), ("", 0))
        if role and role not in named and column not in used and (role not in best or rank < best[role][0]):
            best[role] = rank, column
    return {role: column for role, (_, column) in best.items()}


def row(values: Mapping[str, object], named: Iterable[str], place: str) -> Row:
    """The text and the metadata in a row.

    Args:
        values: Role to value.
        named: The roles whose column the user named.
        place: The row, for the error.

    Raises:
        InputError: If there is no text, or a value in a named column cannot be read.
    """
    text = values.get("text")
    if not isinstance(text, str) or not text.strip():
        problem = "has no text" if text is None or isinstance(text, str) else f"the text is {_kind(text)}"
        raise InputError(place, problem, "name the column of the text if it is another")
    read = stated.metadata(values)
    for role in named:
        value = values.get(role)
        if role != "text" and not _is_empty(value) and getattr(read, role) is None:
            shown = repr(value)
            raise InputError(
                place,
                f"{shown if len(shown) <= 60 else shown[:57] + '...'} cannot be read as {role}",
                "correct it, or do not name the column",
            )
    return Row(text, read)


def _is_empty(value: object) -> bool:
    return value is None or value in ("", [], {}) or (isinstance(value, str) and not value.strip())


def _kind(value: object) -> str:
    kinds = {dict: "an object", list: "a list", bool: "true or false", int: "a number", float: "a number"}
    return kinds.get(type(value), f"of type {type(value).__name__}")


def _listed(columns: list[str]) -> str:
    shown = [column if len(column) <= 40 else column[:37] + "..." for column in columns[:_SHOWN]]
    return ", ".join(shown) + (" and others" if len(columns) > _SHOWN else "")


@cache
def _known() -> Mapping[str, tuple[str, int]]:
    rows = reference.table("input_columns")
    return MappingProxyType({row["column"]: (row["role"], int(row["rank"])) for row in rows})
