"""Wide tables: each with the names that its keys refer to, for people who read one table without joins.

The joins are derived from the foreign keys in ``schemas/`` and serve both pandas and the views in exported databases.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.tables.schema import schemas

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
"""For each target table, the columns to show and their new names; ``{stem}`` is the key without its suffix."""


@dataclass(frozen=True, slots=True)
class WideColumn:
    """A column that a wide table has in addition to its own.

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
    """The additional columns of a wide table, in the order of its keys.

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
    """A table with the names that its keys refer to; rows and their order stay the same.

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
