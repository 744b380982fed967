"""Visits that are told as a stay: somebody *is in* a country, on a visit, for talks, until some day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.events import reality
from broadsheet.extraction.events.affected import is_stay
from broadsheet.extraction.events.event_mention import EventMention
from broadsheet.extraction.events.party import placed, without
from broadsheet.extraction.found import rule

if TYPE_CHECKING:
    from broadsheet.analysis.document import Token
    from broadsheet.extraction.events.scene import Scene
    from broadsheet.extraction.events.status import Status

_EXPECTED = frozenset({"due", "expected"})


def find(scene: Scene, copula: Token) -> EventMention | None:
    """The visit that a form of *be* with a place tells, where a word says that it is a stay and no home."""
    document = scene.document
    prep = next((p for p in document.children(copula, "prep") if p.lower == "in"), None)
    place = document.child(prep, "pobj") if prep is not None else None
    due = next((a for a in document.children(copula, "acomp") if a.lower in _EXPECTED), None)
    if due is not None and prep is None:
        prep = next((p for p in document.children(due, "prep") if p.lower == "in"), None)
        place = document.child(prep, "pobj") if prep is not None else None
    if prep is None or place is None or place.pos != "PROPN":
        return None
    if due is None and document.child(copula, "attr", "acomp") is not None:
        return None
    if due is None and not is_stay(document, copula, place):
        return None
    told = reality.of_verb(scene.syntax, copula)
    visitors = placed(scene.parties.all_of(scene.syntax.surface_subjects(copula)), "subject")
    visitors = tuple(p for p in visitors if scene.cast.kind_of(p.actor_id) != "country")
    hosts = without(placed(scene.parties.of(place) or scene.parties.country(place), "behind:in"), visitors)
    if told.status is None or not visitors or not hosts:
        return None
    status: Status = told.status
    real = told.rule
    if due is not None:
        status, real = "planned", rule("events.status.due", word=due.span)
    elif told.status == "occurred" and copula.tag in ("VBZ", "VBP"):
        status, real = "ongoing", rule("events.status.stay", word=copula.span)
    first, last = sorted((copula.i, place.i))
    trigger = document.span(first, last + 1)
    return EventMention(
        "CONSULT", copula, trigger, copula, status, visitors, hosts,
        typed=rule("events.type.stay", word=trigger), real=real, worded="stay",
    )  # fmt: skip
