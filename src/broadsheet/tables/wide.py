"""Wide tables: each with the names behind its keys, for people who read one table and join none.

The joins are derived from the foreign keys of ``schemas/``, and serve pandas and the views of exported databases alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

_SHOWN: Mapping[str, Mapping[str, str]] = {
    "articles": {"title": "article_title", "published_on": "article_published_on"},
    "actors": {"name": "{stem}_name"},
    "countries": {"name": "{stem}_name"},
    "events": {"type": "event_type", "summary": "event_summary"},
    "tariffs": {
        "imposer_code": "{stem}_imposer_code",
        "target_code": "{stem}_target_code",
        "product": "{stem}_product",
    },
    "financial_figures": {"amount_text": "{stem}_amount_text"},
    "quotes": {},
}
"""Table that a key leads to, and which of its columns are shown, under which name; ``{stem}`` is the key's own."""


@dataclass(frozen=True, slots=True)
class WideColumn:
    """A column that a wide table has besides its own.

    Attributes:
        name: Its name.
        key: The column of the table that leads to it.
        target_table: The table where it is.
        target_key: The key there.
        target_column: The column there.
    """

    name: str
    key: str
    target_table: str
    target_key: str
    target_column: str


def wide_columns(table: str) -> tuple[WideColumn, ...]:
    """The columns of a wide table besides its own, in the order of its keys.

    Raises:
        KeyError: If there is no table of that name.
    """
    own = set(schemas()[table].columns)
    found = []
    for link in schemas()[table].foreign_keys:
        stem = link.column.removesuffix("_id").removesuffix("_code")
        for column, name in _SHOWN[link.target_table].items():
            wide = WideColumn(name.format(stem=stem), link.column, link.target_table, link.target_column, column)
            if wide.name not in own:
                found.append(wide)
    return tuple(found)


def widen(table: str, frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """A table with the names behind its keys; its rows and their order stay.

    Args:
        table: Its name.
        frames: All tables.
    """
    frame = frames[table]
    added = {}
    for column in wide_columns(table):
        target = frames[column.target_table]
        places = target[column.target_key]
        values = target[column.target_column].set_axis(places)
        added[column.name] = values.reindex(frame[column.key]).set_axis(frame.index)
    return frame.assign(**added)


def all_wide() -> dict[str, tuple[WideColumn, ...]]:
    """Table to the columns that it has when wide, of the tables that have any."""
    return {table: columns for table in TABLES if (columns := wide_columns(table))}
