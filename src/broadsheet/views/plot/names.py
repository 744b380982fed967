"""What people read for keys and codes: names that are told apart, of characters that can be seen."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

from broadsheet.quality.validation.groups import printable

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from broadsheet.tables.frames import TableSet

LONGEST = 120
"""A label has at most so many characters; a name of a hostile package may have any number."""


def cells(frame: pd.DataFrame, column: str) -> list[Any]:
    """The cells of a column as Python has them, None for null."""
    import pandas as pd

    values = frame[column]
    return [None if missing else cell for cell, missing in zip(values.tolist(), pd.isna(values).tolist(), strict=True)]


def texts(frame: pd.DataFrame, column: str) -> list[str | None]:
    """The cells of a column as CSV has them, None for null."""
    from broadsheet.publishing.formats import cell_text

    return [None if cell is None else cell_text(cell) for cell in cells(frame, column)]


def label(text: str) -> str:
    """A text as a picture shows it: on one line, its control and invisible characters written out, cut where long."""
    seen = printable(text[: LONGEST + 1])
    return seen if len(seen) <= LONGEST else seen[: LONGEST - 1] + "…"


def actor_names(tables: TableSet) -> Mapping[str, str]:
    """Actor to name; where several have one name, their keys are added."""
    ids, names = cells(tables["actors"], "actor_id"), cells(tables["actors"], "name")
    often = Counter(names)
    return {
        str(key): label(str(name) if often[name] == 1 else f"{name} ({key})")
        for key, name in zip(ids, names, strict=True)
    }


def country_names(tables: TableSet) -> Mapping[str, str]:
    """Country code to name, from the package; the reference table's short form where there is one."""
    codes, names = cells(tables["countries"], "country_code"), cells(tables["countries"], "name")
    return {str(code): label(str(name or code)) for code, name in zip(codes, names, strict=True)}


@cache
def unit_names() -> Mapping[str, str]:
    """Unit of an amount to its name: currencies by ISO 4217, and the units that are no money."""
    from broadsheet.reference import table

    return {row["code"]: row["name"] for row in table("currencies")} | {
        "percent": "percent",
        "percentage_points": "percentage points",
        "basis_points": "basis points",
    }
