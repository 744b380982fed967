"""Which column of a table, or which value of a JSON object, says what of an article.

The user names columns by role; for the other roles the usual names are looked for (``reference/input_columns.csv``),
the best-ranked one first. What a user named must be there and readable; what was only found is dropped where it is not.
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
    """What one row says of its article.

    Attributes:
        text: The text.
        metadata: The metadata; the empty string as title where the row has a place for one and says none.
    """

    text: str
    metadata: Metadata


def choose(header: Iterable[str], named: Mapping[str, str], place: str) -> dict[str, str]:
    """Role to column, for a table with this header.

    Args:
        header: The names of the columns.
        named: Role to column, as the user said.
        place: The table, for the error.

    Raises:
        InputError: If a column that was named is not there, or none can be taken for the text.
    """
    columns = list(header)
    taken = {}
    for role, column in named.items():
        if column not in columns:
            raise InputError(place, f"has no column {column!r}", f"its columns are {_listed(columns)}")
        taken[role] = column
    taken = {**usual(columns, taken), **taken}
    if "text" not in taken:
        raise InputError(place, "no column is known to hold the text", f"name one of {_listed(columns)}")
    return taken


def check_once(header: Sequence[str], chosen: Mapping[str, str], place: str) -> None:
    """Refuses a table with two columns of one name, where a role is taken from it.

    Raises:
        InputError: If it has.
    """
    for name in chosen.values():
        if (n := header.count(name)) > 1:
            raise InputError(place, f"has {n} columns called {name}", "give each its own name")


def usual(columns: Iterable[str], taken: Mapping[str, str]) -> dict[str, str]:
    """Role to the column that usually says it, for the roles that are not taken."""
    best: dict[str, tuple[int, str]] = {}
    known = _known()
    used = set(taken.values())
    for column in columns:
        role, rank = known.get(_SEPARATORS.sub("_", column.strip().lower()), ("", 0))
        if role and role not in taken and column not in used and (role not in best or rank < best[role][0]):
            best[role] = rank, column
    return {role: column for role, (_, column) in best.items()}


def row(values: Mapping[str, object], named: Iterable[str], place: str) -> Row:
    """The text and the metadata in a row.

    Args:
        values: Role to value.
        named: The roles whose column the user named.
        place: The row, for the error.

    Raises:
        InputError: If there is no text, or a value under a column that was named cannot be read.
    """
    text = values.get("text")
    if not isinstance(text, str) or not text.strip():
        problem = "has no text" if text is None or isinstance(text, str) else f"the text is {_kind(text)}"
        raise InputError(place, problem, "name the column that holds the text if it is another")
    read = stated.metadata(values)
    for role in named:
        value = values.get(role)
        if role != "text" and not _is_empty(value) and getattr(read, role) is None:
            shown = repr(value)
            raise InputError(
                place,
                f"{shown if len(shown) <= 60 else shown[:57] + '...'} cannot be read as {role}",
                "mend it, or do not name the column",
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
