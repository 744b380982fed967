"""Events of trade measures: what the rows of ``tariffs`` know of targets and days, and measures that no verb tells."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from broadsheet.base.span import Span
from broadsheet.extraction.events import reality
from broadsheet.extraction.events.event_mention import EventMention
from broadsheet.extraction.events.lexicon import is_event_noun, is_event_verb, verb_senses
from broadsheet.extraction.events.merging import Event, Telling
from broadsheet.extraction.events.party import Party
from broadsheet.extraction.events.status import OCCURRED
from broadsheet.extraction.events.syntax import Syntax
from broadsheet.extraction.events.when import Date
from broadsheet.extraction.found import rule

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.entity_index import EntityIndex, Mention
    from broadsheet.extraction.events.status import Status
    from broadsheet.extraction.events.when import Dating
    from broadsheet.tables.rows import TariffRow

_TYPES = {
    "impose": "SANCTION",
    "raise": "SANCTION",
    "lower": "CONCEDE",
    "suspend": "CONCEDE",
    "remove": "CONCEDE",
}
_OPPOSITE = {"SANCTION": "CONCEDE", "CONCEDE": "SANCTION"}
_CHANGES = frozenset({"lower", "suspend", "remove", "maintain"})
_TRIGGER = 80
"""The longest trigger that may begin before a row's clause and reach into it, in code points."""

_POSTPONING = frozenset({"postpone", "delay", "defer", "shelve"})
"""Verbs after which a measure's day of effect is that of before."""

_REACH = 64


def event_type(row: TariffRow) -> str | None:
    """Type of a measure's event: a higher duty is a sanction, a larger quota a concession; None for no change."""
    kind = _TYPES.get(row.action)
    return _OPPOSITE[kind] if kind is not None and row.measure == "quota" and row.action in ("raise", "lower") else kind


def with_measures(
    events: list[Event], rows: Sequence[TariffRow], document: Document, cast: EntityIndex, dating: Dating
) -> list[Event]:
    """The events with the targets and days that the rows of their measures give, and those that only rows tell."""
    out = list(events)
    if not rows:
        return out
    told = _Told(events)
    mentions: dict[str, list[Mention]] = {}
    for mention in cast.mentions:
        mentions.setdefault(mention.actor_id, []).append(mention)
    changed = {(r.imposer_code, r.char_start) for r in rows if r.action in _CHANGES}
    for row in rows:
        kind = event_type(row)
        imposer = _party(cast, mentions, row, row.imposer_code)
        if kind is None or imposer is None:
            continue
        target = _party(cast, mentions, row, row.target_code)
        event = told.at(row, kind, cast)
        standing = row.action == "impose" and (row.imposer_code, row.char_start) in changed
        if event is None and kind == "SANCTION" and (standing or told.at(row, "CONCEDE", cast) is not None):
            continue  # the measure that the clause lifts or keeps
        if event is None and target is not None and row.measure != "quota":
            event = told.between(kind, row.imposer_code, target.actor_id, cast)
            if event is None:
                made = _made(row, kind, document, imposer, target)
                if made is None:
                    continue
                event = Event([made])
                told.add(event)
                out.append(event)
        if event is None:
            continue
        if target is not None and target.actor_id not in {p.actor_id for p in event.targets}:
            event.targets = (*event.targets, target)
        postponed = event.best.sighting.anchor.lemma in _POSTPONING
        if row.effective_on is not None and event.effect is None and not postponed:
            event.effect = _effect(row, dating, event)
    return out


class _Told:
    """The events of measures by where they are told and by type."""

    def __init__(self, events: list[Event]) -> None:
        self._triggers: list[tuple[int, int, Event]] = []
        self._by_type: dict[str, list[Event]] = {}
        for event in events:
            if event.best.sighting.type in _OPPOSITE:
                self._index(event)
        self._triggers.sort(key=lambda t: t[:2])

    def _index(self, event: Event) -> None:
        self._by_type.setdefault(event.best.sighting.type, []).append(event)
        for number, telling in enumerate(event.tellings):
            self._triggers.append((telling.sighting.trigger.start, number, event))

    def add(self, event: Event) -> None:
        """An event made from a row, to which further rows of the same two may belong."""
        self._by_type.setdefault(event.best.sighting.type, []).append(event)

    def at(self, row: TariffRow, kind: str, cast: EntityIndex) -> Event | None:
        """The event whose trigger stands in the row's clause."""
        span = Span(row.char_start, row.char_end)
        first = bisect_left(self._triggers, row.char_start - _TRIGGER, key=lambda t: t[0])
        for start, number, event in self._triggers[first:]:
            if start >= row.char_end:
                break
            sighting = event.tellings[number].sighting
            if sighting.type == kind and sighting.trigger.overlaps(span) and _imposes(sighting, row.imposer_code, cast):
                return event
        return None

    def between(self, kind: str, imposer: str, target: str, cast: EntityIndex) -> Event | None:
        """A late event of the same kind between the same two."""
        for event in self._by_type.get(kind, ())[-_REACH:]:
            if any(cast.country_of(p.actor_id) == imposer for p in event.actors):
                aimed = {p.actor_id for p in (*event.recipients, *event.targets)}
                if not aimed or target in aimed:
                    return event
        return None


def _imposes(sighting: EventMention, code: str, cast: EntityIndex) -> bool:
    return not sighting.actors or any(cast.country_of(p.actor_id) == code for p in sighting.actors)


def _party(cast: EntityIndex, mentions: Mapping[str, list[Mention]], row: TariffRow, code: str | None) -> Party | None:
    """The actor of a country code with the mention nearest to the row: in its clause, else the last before it."""
    actor_id = cast.country_actor(code) if code is not None else None
    named = mentions.get(actor_id, []) if actor_id is not None else []
    if actor_id is None or not named:
        return None
    place = bisect_left(named, row.char_start, key=lambda m: m.span.start)
    inside = place < len(named) and named[place].span.start < row.char_end
    chosen = named[place if inside or place == 0 else place - 1]
    return Party(
        actor_id, chosen.span, chosen.form, slot="target_of_row" if code == row.target_code else "imposer_of_row"
    )


def _made(row: TariffRow, kind: str, document: Document, imposer: Party, target: Party) -> Telling | None:
    """A telling made from a row that no sighting covers."""
    words = document.tokens_in(Span(row.char_start, row.char_end))
    named = [t for t in words if _names_measure(t)]
    if not named:
        return None
    first = last = named[0]
    if len(named) > 1 and named[1].i == first.i + 1:
        last = named[1]
    verb = next((t for t in words if t.pos == "VERB" and is_event_verb(t.lemma)), None)
    told = reality.of_verb(Syntax(document), verb) if verb is not None else None
    status: Status = "occurred"
    real = OCCURRED
    if told is not None and told.status == "planned":
        status, real = "planned", told.rule
    published = document.article.published_on
    if row.effective_on is not None and published is not None and row.effective_on > published:
        status, real = "planned", rule("events.status.effect_ahead", day=row.effective_on.isoformat())
    clause = next((t for t in (first, *document.ancestors(first)) if t.pos in ("VERB", "AUX")), first)
    trigger = document.span(first.i, last.i + 1)
    why = rule("events.type.measure", word=trigger, action=row.action, measure=row.measure, type=kind)
    sighting = EventMention(
        kind, first, trigger, clause, status, (imposer,), (target,), nominal=True,
        typed=why, real=real, worded="measure",
    )  # fmt: skip
    return Telling(sighting, Date(), None, document.in_title(first))


def _names_measure(token: Token) -> bool:
    if token.pos == "VERB":
        senses = {p.type for p in verb_senses(token.lemma) if p.type}
        return is_event_verb(token.lemma) and (not senses or not senses.isdisjoint(_OPPOSITE))
    return token.pos == "NOUN" and is_event_noun(token.lemma)


def _effect(row: TariffRow, dating: Dating, event: Event) -> Date | None:
    """The days of effect, where a date of the text gives them."""
    expression = dating.beginning(row.effective_on, Span(row.char_start, row.char_end))
    if expression is None or row.effective_on is None:
        return None
    if event.best.sighting.type == "CONCEDE" and expression.text.lower().startswith("since"):
        return None  # ended duties that had been in force since 1983
    if event.date.known and event.date.start == row.effective_on and row.ended_on is None:
        return None
    closing = dating.ending(row.ended_on, Span(row.char_start, row.char_end))
    end = row.ended_on or expression.date_end
    return Date(row.effective_on, end, expression.precision, expression.basis, expression, closing, "effect")
