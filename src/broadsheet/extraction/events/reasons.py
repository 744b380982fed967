"""The rules of the cells of an event and of those who took part in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.dates.provenance import day_rules
from broadsheet.extraction.found import Rule, rule

if TYPE_CHECKING:
    import datetime

    from broadsheet.extraction.events.dating import Date
    from broadsheet.extraction.events.merging import Event


def event_rules(event: Event, date: Date, status: Rule, published_on: datetime.date | None) -> dict[str, Rule]:
    """The rules of an event's row.

    Args:
        event: The event.
        date: Its date, as the row has it.
        status: What gave its status.
        published_on: The day of publication.
    """
    mention = event.best.mention
    kind = rule(
        "events.type.scored",
        word=mention.anchor.span, type=mention.type, margin=f"{mention.score:.1f}", second=mention.second,
    )  # fmt: skip
    if mention.scored:
        kind = rule("events.type.grammar", word=mention.anchor.span, type=mention.type, scored=mention.scored)
    out = {"type": kind, "trigger": Rule("events.trigger.predicate"), "status": status}
    if len(event.mentions) > 1:
        again = tuple(rule(f"events.joined.{m.joined}", trigger=m.mention.trigger) for m in event.mentions if m.joined)
        out["event_id"] = rule("events.event_id.merged", because=again, number=str(len(event.mentions)))
    if date.known and date.expression is not None:
        out |= _dates(date, published_on)
    if event.place is not None:
        out |= _places(event)
    return out


def _dates(date: Date, published_on: datetime.date | None) -> dict[str, Rule]:
    said = date.expression
    assert said is not None
    out = day_rules("events", said, published_on)
    reason = rule(f"events.date_text.{date.source}", date=said.span)
    out["date_text"] = reason
    if date.lasting is not None:
        out["date_start"] = rule("events.days.lasting", because=out["date_start"], date=said.span, words=date.lasting)
        out["date_end"] = out["date_start"]
    if date.moved_by:
        way, tense = ("before", "is over") if date.moved_by < 0 else ("after", "is to come")
        out["date_start"] = rule("events.days.moved", because=out["date_start"], date=said.span, way=way, tense=tense)
        out["date_end"] = out["date_start"]
    return out


def _places(event: Event) -> dict[str, Rule]:
    place = event.place
    assert place is not None
    if place.joint is None:
        reason = rule("events.place.visited", place=place.span)
    else:
        reason = rule("events.place.phrase", place=place.span, preposition=place.joint.span)
    if event.best.place is None:
        reason = rule("events.place.other_telling", because=reason, place=place.span)
    out = {"place": reason}
    if place.country_code is not None:
        words = place.country_words or place.span
        if place.known in ("places", "capitals"):
            key = f"events.country_code.{place.known}"
            out["country_code"] = rule(key, file=place.known, entry=place.text.lower(), words=words)
        else:
            out["country_code"] = rule(f"events.country_code.{place.known}", words=words)
    return out


def part_rules(event: Event) -> dict[tuple[str, str], dict[str, Rule]]:
    """The rules of those who took part, by actor and role."""
    out: dict[tuple[str, str], dict[str, Rule]] = {}
    for role, parties in (("actor", event.actors), ("recipient", event.recipients)):
        for party in parties:
            words = (("trigger", event.best.mention.trigger), ("role", role))
            if party.source == "scored":
                why = Rule("event_participants.role.scored", (*words, ("score", f"{party.score:.1f}")))
            else:
                why = Rule(f"event_participants.role.{party.source}", words)
            named = Rule(f"event_participants.actor_id.{party.form}", (("words", party.span),))
            out[party.actor_id, role] = {"actor_id": named, "role": why}
    return out
