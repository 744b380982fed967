"""What hangs on a row: what goes with it when it is dropped, and what is left without it."""

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
"""Table to the tables whose rows are nothing without theirs: an event's participants, an actor's mentions and roles."""

SHOWN = 5


def dropped_with(
    rows: Mapping[str, Mapping[tuple[str, ...], Row]], table: str, key: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Table and key of the rows that go when the row of ``key`` goes."""
    for name, column in _OWNED.get(table, ()):
        for other, row in list(rows[name].items()):
            if getattr(row, column) == key[0]:
                yield name, other


def still_linked(rows: Mapping[str, Mapping[tuple[str, ...], Row]]) -> list[str]:
    """The first cells that name a row which is not there, as ``table key.column → name``."""
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
