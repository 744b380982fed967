"""Events: what happened, between whom, when and where, in the types of PLOVER.

Types are those of the Political Language Ontology for Verifiable Event Records (Open Event Data Alliance). Each verb,
light-verb phrase and noun that ``reference/event_predicates.csv`` knows is a *sighting*; what tells the same event of
the world is merged, and the most specific telling gives the row.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from broadsheet.extraction.dates.cues import direction
from broadsheet.extraction.events.clauses import clause_span
from broadsheet.extraction.events.measures import with_measures
from broadsheet.extraction.events.merging import Event, Telling, merge
from broadsheet.extraction.events.reasons import event_rules, part_rules
from broadsheet.extraction.events.sightings import sightings
from broadsheet.extraction.events.status import OCCURRED
from broadsheet.extraction.events.when import Date, Dating
from broadsheet.extraction.events.where import Placing
from broadsheet.extraction.found import Found, rule
from broadsheet.extraction.lazy import LazyMapping
from broadsheet.tables.keys import event_key
from broadsheet.tables.rows import EventRow, ParticipantRow
from broadsheet.tables.summary import summarise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.analysis.document import Document, Token
    from broadsheet.base.span import Span
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.events.status import Status
    from broadsheet.extraction.found import Rule
    from broadsheet.tables.rows import TariffRow

__all__ = ["find_events"]


_PAST = frozenset({"VBD", "VBN"})


def find_events(
    document: Document, cast: EntityIndex, tariffs: Sequence[TariffRow] = ()
) -> tuple[list[Found[EventRow]], list[ParticipantRow]]:
    """The events of an article and who took part in them.

    Args:
        document: The analysed article.
        cast: Its resolved actors.
        tariffs: Its rows of ``tariffs``: a measure's event has their targets as recipients.

    Returns:
        The rows of ``events`` in reading order, each with its evidence, and those of ``event_participants``.
    """
    dating, placing = Dating(document), Placing(document, cast)
    tellings: list[Telling] = []
    for sighting in sightings(document, cast, tariffs):
        date = dating.of(sighting)
        if not date.known and dating.hanging(sighting):
            date = _previous(tellings, sighting.anchor.sentence)
        tellings.append(Telling(sighting, date, placing.of(sighting), document.in_title(sighting.anchor)))
    rows: list[Found[EventRow]] = []
    participants: list[ParticipantRow] = []
    told: Counter[tuple[str, int]] = Counter()
    for event in with_measures(merge(tellings, cast), tariffs, document, cast, dating):
        sighting = event.best.sighting
        trigger = (sighting.type, sighting.trigger.start)
        found, parts = _rows(document, cast, event, told[trigger])
        told[trigger] += 1
        rows.append(found)
        participants.extend(parts)
    rows.sort(key=lambda f: (f.row.char_start, f.row.char_end, f.row.event_id))
    return rows, participants


def _previous(tellings: list[Telling], sentence: int) -> Date:
    """The date of the event told in the sentence before."""
    for telling in reversed(tellings):
        if telling.sighting.anchor.sentence < sentence - 1:
            break
        if telling.date.known:
            return replace(telling.date, why="goes_on")
    return Date()


def _rows(
    document: Document, cast: EntityIndex, event: Event, number: int
) -> tuple[Found[EventRow], list[ParticipantRow]]:
    """The rows of an event; ``number`` tells events of one trigger apart (a measure of two states in one clause)."""
    article = document.article
    sighting = event.best.sighting
    date, status, real = _settle(document, event)
    place = event.place
    clause = clause_span(document, sighting)
    row = EventRow(
        event_id=event_key(
            article.article_id, clause, sighting.type, sighting.trigger.start, sighting.trigger.end, number
        ),
        article_id=article.article_id,
        type=sighting.type,
        trigger=sighting.trigger.of(document.text),
        summary="",
        status=status,
        date_start=date.start,
        date_end=date.end,
        date_precision=date.precision if date.known else None,
        date_text=date.expression.text if date.known and date.expression is not None else None,
        date_basis=date.basis if date.known else None,
        place=place.text if place is not None else None,
        country_code=place.country_code if place is not None else None,
        char_start=clause.start,
        char_end=clause.end,
    )
    parts = [
        ParticipantRow(row.event_id, party.actor_id, role, article.article_id, party.span.start, party.span.end)
        for role, parties in (("actor", event.actors), ("recipient", event.recipients))
        for party in parties
    ]
    row = replace(row, summary=summarise(row, [(cast.actors[p.actor_id].name, p.role) for p in parts]))
    evidence: dict[str, tuple[Span, ...]] = {
        "type": (sighting.trigger,),
        "trigger": (sighting.trigger,),
        "status": (sighting.trigger,),
    }
    if date.known and date.expression is not None:
        said = (date.expression.span,)
        evidence |= dict.fromkeys(("date_start", "date_end", "date_precision", "date_text", "date_basis"), said)
        if date.closing is not None:
            evidence["date_end"] = (date.closing.span,)
    if place is not None:
        evidence |= {"place": (place.span,), "country_code": (place.told or place.span,)}
    rules = LazyMapping(partial(event_rules, event, date, real, article.published_on))
    return Found(row, evidence, rules, LazyMapping(partial(part_rules, event))), parts


def _settle(document: Document, event: Event) -> tuple[Date, Status, Rule]:
    """Date and status, made to agree with the day of publication, and what gave the status."""
    date, status, real = event.date, event.best.sighting.status, event.best.sighting.real
    if event.best.sighting.type in ("SANCTION", "CONCEDE"):
        status, real = _measure_status(event)
    published = document.article.published_on
    if published is None or not date.known:
        return date, status, real
    if status in ("occurred", "ongoing") and date.start is not None and date.start > published:
        told = date.expression
        ahead = told is not None and ("day" in told.text.lower() or _looks_ahead(document, told.span))
        if _told_as_past(document, event.best.sighting.anchor) and not ahead:
            return date.moved(-1), status, real
        status = "planned"
        real = rule("events.status.to_come", day=date.start.isoformat(), published=published.isoformat(), because=real)
    if date.end is not None and date.end < published:
        if status == "planned":
            return date.moved(1), status, real
        if status == "ongoing":
            status = "occurred"
            real = rule("events.status.over", day=date.end.isoformat(), published=published.isoformat(), because=real)
    return date, status, real


def _looks_ahead(document: Document, span: Span) -> bool:
    """Whether the verb beside a date puts it ahead, whatever another telling of the event says (``will start on``)."""
    return direction(document.text, span.start, span.end) == ("future", 2)


def _told_as_past(document: Document, anchor: Token) -> bool:
    return anchor.tag in _PAST or any(c.tag == "VBD" for c in document.children(anchor, "aux", "auxpass"))


def _measure_status(event: Event) -> tuple[Status, Rule]:
    """A measure that is announced and takes effect later is ``planned``, whichever telling is the most specific."""
    told = {t.sighting.status: t.sighting for t in reversed(event.tellings)}
    best = event.best.sighting
    if len(told) == 1:
        return best.status, best.real
    status: Status = "planned" if "planned" in told else "occurred"
    under = told[status].real if status in told else OCCURRED
    return status, rule("events.status.of_measure", because=under, status=status, number=str(len(event.tellings)))
