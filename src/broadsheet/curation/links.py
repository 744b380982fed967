"""The rows that depend on a row: those dropped with it, and those left with a dangling reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from broadsheet.tables.rows import Row

_OWNED = {
    "events": (("event_participants", "event_id"),),
    "actors": (("mentions", "actor_id"), ("actor_roles", "actor_id")),
}
"""Table to the tables and columns of its dependent rows: an event's participants, an actor's mentions and roles."""

SHOWN = 5


def dropped_with(
    rows: Mapping[str, Mapping[tuple[str, ...], Row]], table: str, key: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Table and key of the rows that are dropped with the row of ``key``."""
    for name, column in _OWNED.get(table, ()):
        for other, row in list(rows[name].items()):
            if getattr(row, column) == key[0]:
                yield name, other


def still_linked(rows: Mapping[str, Mapping[tuple[str, ...], Row]]) -> list[str]:
    """The first cells that refer to a missing row, as ``table key.column → value``."""
    found: list[str] = []
    for name, members in rows.items():
        for link in schemas()[name].foreign_keys:
            if link.target_table == "countries":
                continue
            known = {key[0] for key in rows[link.target_table]}
            for key, row in members.items():
                value = getattr(row, link.column)
                if value is not None and value not in known and len(found) < SHOWN:
                    found.append(f"{name} {'/'.join(key)}.{link.column} → {value}")
    return found
