"""Events of trade measures: what the rows of ``tariffs`` know of imposers and targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.base.span import Span
from broadsheet.extraction.events.participants import Party

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.events.event_mention import EventMention
    from broadsheet.extraction.events.merging import Event, Measure
    from broadsheet.tables.rows import TariffRow

_TYPES = {"impose": "SANCTION", "raise": "SANCTION", "lower": "CONCEDE", "suspend": "CONCEDE", "remove": "CONCEDE"}
_OPPOSITE = {"SANCTION": "CONCEDE", "CONCEDE": "SANCTION"}
_MADE = 0.0
"""Score of a mention that only a row of tariffs gives."""


def event_type(row: TariffRow) -> str | None:
    """Type of a measure's event: a higher duty is a sanction, a larger quota a concession; None for no change."""
    kind = _TYPES.get(row.action)
    return _OPPOSITE[kind] if kind is not None and row.measure == "quota" and row.action in ("raise", "lower") else kind


def measures_of(mention: EventMention, rows: Sequence[TariffRow]) -> frozenset[Measure]:
    """The goods and target of each row of the type of a mention whose clause has its trigger."""
    if mention.type not in _OPPOSITE:
        return frozenset()
    found = (row for row in rows if mention.trigger.overlaps(Span(row.char_start, row.char_end)))
    return frozenset((row.product, row.target_code) for row in found if event_type(row) == mention.type)


def with_measures(events: list[Event], rows: Sequence[TariffRow], cast: EntityIndex) -> list[Event]:
    """The events with the targets and imposers that the rows of their measures give."""
    for row in rows:
        kind = event_type(row)
        event = _matching_event(events, row, kind, cast) if kind is not None else None
        if event is None:
            continue
        target = _party(cast, row, row.target_code, "target_of_row")
        if target is not None and target.actor_id not in {p.actor_id for p in event.targets}:
            event.targets = (*event.targets, target)
        event.aims_at_all = event.aims_at_all or row.target_code is None
        imposer = _party(cast, row, row.imposer_code, "imposer_of_row")
        if imposer is not None and not event.imposers:
            event.imposers = (imposer,)
    return events


def _matching_event(events: list[Event], row: TariffRow, kind: str, cast: EntityIndex) -> Event | None:
    """The event of a type that a row's clause mentions."""
    span = Span(row.char_start, row.char_end)
    for event in events:
        for dated in event.mentions:
            mention = dated.mention
            if mention.type == kind and mention.trigger.overlaps(span):
                acting = {cast.country_of(p.actor_id) for p in mention.actors}
                if not acting or row.imposer_code in acting:
                    return event
    return None


def _party(cast: EntityIndex, row: TariffRow, code: str | None, source: str) -> Party | None:
    """The actor of a country code with the mention nearest to the row."""
    actor_id = cast.country_actor(code) if code is not None else None
    named = [m for m in cast.mentions if m.actor_id == actor_id]
    if actor_id is None or not named:
        return None
    near = min(named, key=lambda m: (abs(m.span.start - row.char_start), m.first))
    return Party(actor_id, near.span, near.form, _MADE, source)
