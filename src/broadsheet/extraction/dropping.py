"""Removes rows from the tables of an article and keeps the rest consistent.

Rows that belong to a dropped row are dropped too: mentions, roles and participations of an actor, participants of an
event. Rows that only refer to it stay, without the reference. Counts and sequence numbers are recomputed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from broadsheet.tables.rows import ActorRow, QuoteRow, Row
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from broadsheet.extraction.found import Found
    from broadsheet.extraction.pipeline import ArticleTables

R = TypeVar("R", bound=Row)

NEVER_DROPPED = frozenset({"articles", "countries", "evidence"})
"""Tables whose rows are not dropped: they are the article itself, or follow from other rows."""


def without(tables: ArticleTables, gone: Mapping[str, Collection[str]]) -> ArticleTables:
    """The tables of an article without some rows.

    Args:
        tables: The parser results.
        gone: Table name to the keys of the rows to drop. The parts of an ``event_participants`` key are joined by
            ``/``; actor ids are those of the single article.
    """
    lost = {name: set(keys) for name, keys in gone.items()}
    lost_actors = lost.setdefault("actors", set())
    mentions = [
        found
        for found in tables.mentions
        if found.row.actor_id not in lost_actors and found.row.mention_id not in lost.get("mentions", ())
    ]
    counts = Counter(found.row.actor_id for found in mentions)
    # Actors without any mention left are dropped.
    lost_actors |= {f.row.actor_id for f in tables.actors if f.row.n_mentions and not counts[f.row.actor_id]}
    events = _kept("events", tables.events, lost)
    participants = [
        row
        for row in tables.participants
        if row.event_id not in lost.get("events", ())
        and row.actor_id not in lost_actors
        and f"{row.event_id}/{row.actor_id}/{row.role}" not in lost.get("event_participants", ())
    ]
    return replace(
        tables,
        actors=[_counted(found, counts) for found in _kept("actors", tables.actors, lost)],
        mentions=mentions,
        roles=[found for found in _kept("actor_roles", tables.roles, lost) if found.row.actor_id not in lost_actors],
        quotes=_renumbered(_kept("quotes", tables.quotes, lost)),
        events=events,
        participants=participants,
        tariffs=_kept("tariffs", tables.tariffs, lost),
        figures=_kept("financial_figures", tables.figures, lost),
    )


def _kept(name: str, rows: Sequence[Found[R]], lost: Mapping[str, Collection[str]]) -> list[Found[R]]:
    """The rows of a table that stay, without references to dropped rows."""
    key = schemas()[name].primary_key[0]
    kept = [found for found in rows if getattr(found.row, key) not in lost.get(name, ())]
    links = [link for link in schemas()[name].foreign_keys if link.column != key and link.target_table in lost]
    for place, found in enumerate(kept):
        empty = {
            link.column: None
            for link in links
            if getattr(found.row, link.column) in lost[link.target_table] and _may_be_empty(name, link.column)
        }
        if empty:
            kept[place] = replace(found, row=replace(found.row, **empty))  # type: ignore[arg-type]
    return kept


def _may_be_empty(name: str, column: str) -> bool:
    return not schemas()[name].field(column).required


def _counted(found: Found[ActorRow], counts: Mapping[str, int]) -> Found[ActorRow]:
    return replace(found, row=replace(found.row, n_mentions=counts[found.row.actor_id]))


def _renumbered(quotes: Iterable[Found[QuoteRow]]) -> list[Found[QuoteRow]]:
    """The remaining quotes, renumbered, with the first remaining part of each utterance."""
    first: dict[str, str] = {}
    kept = []
    for number, found in enumerate(sorted(quotes, key=lambda found: found.row.sequence), start=1):
        utterance = first.setdefault(found.row.utterance_id, found.row.quote_id)
        kept.append(replace(found, row=replace(found.row, sequence=number, utterance_id=utterance)))
    return kept


def keys_of(tables: ArticleTables) -> dict[str, set[str]]:
    """Table name to the keys of the rows that can be dropped, in the form that :func:`without` takes."""
    keys: dict[str, set[str]] = {
        name: {getattr(found.row, schemas()[name].primary_key[0]) for found in rows}
        for name, rows in tables.by_table().items()
        if name not in NEVER_DROPPED
    }
    keys["event_participants"] = {f"{row.event_id}/{row.actor_id}/{row.role}" for row in tables.participants}
    return keys
