"""Readable names for keys and codes: unique, and made of visible characters."""

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
"""The most characters of a label; a hostile package may have longer names."""


def cells(frame: pd.DataFrame, column: str) -> list[Any]:
    """The cells of a column as Python objects, None for null."""
    import pandas as pd

    values = frame[column]
    return [None if missing else cell for cell, missing in zip(values.tolist(), pd.isna(values).tolist(), strict=True)]


def texts(frame: pd.DataFrame, column: str) -> list[str | None]:
    """The cells of a column as in the CSV, None for null."""
    from broadsheet.publishing.formats import cell_text

    return [None if cell is None else cell_text(cell) for cell in cells(frame, column)]


def label(text: str) -> str:
    """A text as a label: one line, with control and invisible characters spelled out, shortened if it is long."""
    shown = printable(text[: LONGEST + 1])
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"


def actor_names(tables: TableSet) -> Mapping[str, str]:
    """Actor to name, with its key added if several actors share the name."""
    ids, names = cells(tables["actors"], "actor_id"), cells(tables["actors"], "name")
    count = Counter(names)
    return {
        str(key): label(str(name) if count[name] == 1 else f"{name} ({key})")
        for key, name in zip(ids, names, strict=True)
    }


def country_names(tables: TableSet) -> Mapping[str, str]:
    """Country code to the package's name for it."""
    codes, names = cells(tables["countries"], "country_code"), cells(tables["countries"], "name")
    return {str(code): label(str(name or code)) for code, name in zip(codes, names, strict=True)}


@cache
def unit_names() -> Mapping[str, str]:
    """Unit of an amount to its name: ISO 4217 currencies, and the percentages."""
    from broadsheet.reference import table

    return {row["code"]: row["name"] for row in table("currencies")} | {
        "percent": "percent",
        "percentage_points": "percentage points",
        "basis_points": "basis points",
    }
