"""Events: what happened, between whom, when and where, in the types of PLOVER.

Types are those of the Political Language Ontology for Verifiable Event Records (Open Event Data Alliance). Which words
name an event, of which type, who takes part and when, models on the vectors of the encoder decide, which are learned
from annotated articles (``meaning``). Mentions of the same event of the world are merged.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from broadsheet.extraction.events.clauses import clause_span
from broadsheet.extraction.events.dating import Date
from broadsheet.extraction.events.event_mention import find_mentions
from broadsheet.extraction.events.measures import measures_of, with_measures
from broadsheet.extraction.events.merging import DatedMention, Event, merge
from broadsheet.extraction.events.reality import is_refusal, retyped, without_doubles
from broadsheet.extraction.events.reasons import event_rules, part_rules
from broadsheet.extraction.events.sides import Sides
from broadsheet.extraction.events.timing import ANNOUNCED, Timing
from broadsheet.extraction.events.visits import visited_states, with_states
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
    from broadsheet.extraction.events.event_mention import EventMention, Status
    from broadsheet.extraction.found import Rule
    from broadsheet.extraction.meaning import Meaning
    from broadsheet.tables.rows import TariffRow

__all__ = ["find_events", "visited_states", "with_states"]

_AHEAD = frozenset({"will", "'ll", "’ll", "wo", "shall"})
"""Auxiliaries after which nothing has occurred."""


def find_events(
    document: Document, cast: EntityIndex, meaning: Meaning, tariffs: Sequence[TariffRow] = ()
) -> tuple[list[Found[EventRow]], list[ParticipantRow]]:
    """The events of an article and who took part in them.

    Args:
        document: The analysed article.
        cast: Its resolved actors.
        meaning: The encoder's view of it.
        tariffs: Its rows of ``tariffs``: a measure's event has their targets as recipients.

    Returns:
        The rows of ``events`` in reading order, each with its evidence, and those of ``event_participants``.
    """
    placing, sides = Placing(document, cast), Sides(document, cast)
    given = without_doubles(document, find_mentions(document, cast, meaning))
    found = [mention for one in given for mention in sides.settle(retyped(document, cast, one))]
    mentions = [
        DatedMention(
            mention, date, placing.of(mention), document.in_title(mention.anchor), measures_of(mention, tariffs)
        )
        for mention, date in zip(found, Timing(document, meaning).dates_of(found), strict=True)
    ]
    rows: list[Found[EventRow]] = []
    participants: list[ParticipantRow] = []
    counts: Counter[tuple[str, int]] = Counter()
    for event in with_measures(merge(mentions, cast), tariffs, cast):
        mention = event.best.mention
        trigger = (mention.type, mention.trigger.start)
        row, parts = _rows(document, cast, event, counts[trigger])
        counts[trigger] += 1
        rows.append(row)
        participants.extend(parts)
    rows.sort(key=lambda f: (f.row.char_start, f.row.char_end, f.row.event_id))
    return rows, participants


def _rows(
    document: Document, cast: EntityIndex, event: Event, number: int
) -> tuple[Found[EventRow], list[ParticipantRow]]:
    """The rows of an event; ``number`` distinguishes events of one trigger (a measure of two states in one clause)."""
    article = document.article
    mention = event.best.mention
    date, status, real = _settle(document, event)
    place = event.place
    clause = clause_span(document, mention)
    row = EventRow(
        event_id=event_key(
            article.article_id, clause, mention.type, mention.trigger.start, mention.trigger.end, number
        ),
        article_id=article.article_id,
        type=mention.type,
        trigger=mention.trigger.of(document.text),
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
        "type": (mention.trigger,),
        "trigger": (mention.trigger,),
        "status": (mention.trigger,),
    }
    if date.known and date.expression is not None:
        said = (date.expression.span,)
        evidence |= dict.fromkeys(("date_precision", "date_text", "date_basis"), said)
        ends = (*said, date.lasting) if date.lasting is not None else said
        evidence |= dict.fromkeys(("date_start", "date_end"), ends)
    if place is not None:
        evidence |= {"place": (place.span,), "country_code": (place.country_words or place.span,)}
    rules = LazyMapping(partial(event_rules, event, date, real, article.published_on))
    return Found(row, evidence, rules, LazyMapping(partial(part_rules, event))), parts


def _told(mention: EventMention, ahead: Token | None, *, refused: bool) -> tuple[Status, Rule]:
    """The status that the words of an event give it: the scored one, save where they refuse it or put it ahead."""
    if refused and mention.status == "planned":
        return "occurred", rule("events.status.refusal", word=mention.anchor.span)
    if ahead is not None and not refused and mention.status in ("occurred", "ongoing"):
        return "planned", rule("events.status.future", word=ahead.span)
    return mention.status, rule("events.status.scored", word=mention.anchor.span, status=mention.status)


def _settle(document: Document, event: Event) -> tuple[Date, Status, Rule]:
    """Date and status, made to agree with the day of publication, and what gave the status."""
    date, mention, published = event.best.date, event.best.mention, document.article.published_on
    if date.source == "announced" and date.expression is not None:
        return date, "occurred", rule("events.status.announced", date=date.expression.span)
    ahead = next((c for c in document.children(mention.anchor, "aux") if c.lower in _AHEAD), None)
    status, real = _told(mention, ahead, refused=is_refusal(document, mention))
    if published is None or not date.known:
        return date, status, real
    if status in ("occurred", "ongoing") and date.start is not None and date.start > published:
        before = date.moved(-1)
        if before.known:
            return before, status, real
        status = "planned"
        real = rule("events.status.to_come", day=date.start.isoformat(), published=published.isoformat(), because=real)
    if status == "planned" and date.end is None and date.start is not None and date.start < published:
        return date, "ongoing", rule("events.status.begun", day=date.start.isoformat(), published=published.isoformat())
    if date.end is not None and date.end < published:
        if status == "planned":
            # The past weekday of a measure to come is rather that of its announcement.
            stays = date.weekly and (mention.type in ANNOUNCED or mention.anchor.pos != "VERB")
            after = Date() if stays else date.moved(1)
            if after.known or ahead is not None:
                return after, status, real
            return date, "occurred", real
        if status == "ongoing":
            status = "occurred"
            real = rule("events.status.over", day=date.end.isoformat(), published=published.isoformat(), because=real)
    return date, status, real
