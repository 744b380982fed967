"""Joins the rows of several articles: actor ids across articles, one set of country codes, one order.

The result is a function of the set of articles: it depends neither on their order nor on how the work was divided.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, TypeVar

from broadsheet.reference.geography import countries
from broadsheet.tables.rows import ActorRow, CountryRow, EvidenceRow, Row
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

R = TypeVar("R", bound=Row)


def actor_columns(table: str) -> tuple[str, ...]:
    """The columns of a table that hold the key of an actor."""
    schema = schemas()[table]
    return tuple(key.column for key in schema.foreign_keys if key.target_table == "actors")


def rename_actors(rows: Iterable[R], columns: Sequence[str], ids: Mapping[str, str]) -> list[R]:
    """The rows with the ids of actors replaced."""
    if not ids:
        return list(rows)
    return [_renamed(row, {c: ids[v] for c in columns if (v := getattr(row, c)) in ids}) for row in rows]


def _renamed(row: R, changes: dict[str, str]) -> R:
    changed: R = replace(row, **changes)  # type: ignore[arg-type]  # the columns are those of this row's own table
    return changed


def agreeing_evidence(actors: Iterable[ActorRow], local: Iterable[tuple[ActorRow, EvidenceRow]]) -> list[EvidenceRow]:
    """The evidence that agrees with the joined actors; evidence of a differing value in one article is dropped.

    Args:
        actors: The joined actors.
        local: Each article's row of an actor, with the evidence of one of its cells.
    """
    joined = {actor.actor_id: actor for actor in actors}
    return [
        cell for row, cell in local if getattr(joined[row.actor_id], cell.column_name) == getattr(row, cell.column_name)
    ]


def unique_evidence(evidence: Iterable[EvidenceRow]) -> list[EvidenceRow]:
    """The evidence without duplicate keys (row, column and start).

    An actor has one row for all articles, and two articles may name it at the same offset: the one from the article
    with the smaller key is kept.
    """
    kept: dict[tuple[str, str, int], EvidenceRow] = {}
    for row in evidence:
        key = (row.row_id, row.column_name, row.char_start)
        if key not in kept or row.article_id < kept[key].article_id:
            kept[key] = row
    return list(kept.values())


def country_rows(rows: Mapping[str, Iterable[Row]]) -> list[CountryRow]:
    """The countries whose codes the rows use, sorted by code."""
    used: set[str] = set()
    for table, members in rows.items():
        columns = [k.column for k in schemas()[table].foreign_keys if k.target_table == "countries"]
        used.update(code for row in members for c in columns if (code := getattr(row, c)) is not None)
    return [row for row in countries().values() if row.country_code in used]


def reading_order(table: str, rows: Iterable[R]) -> list[R]:
    """The rows by article and position, then by key; tables without a position by key alone."""
    key = schemas()[table].primary_key
    names = {f.name for f in fields(next(iter(rows)))} if (rows := list(rows)) else set()
    place = ("article_id", "char_start", "char_end") if "char_start" in names and table != "evidence" else ()
    return sorted(rows, key=lambda row: tuple(getattr(row, name) for name in (*place, *key)))
