"""One row for one event of the world: brings the mentions of the same event together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from broadsheet.extraction.events.participants import MUTUAL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.events.dating import Date
    from broadsheet.extraction.events.event_mention import EventMention
    from broadsheet.extraction.events.participants import Party
    from broadsheet.extraction.events.where import Place

    Measure = tuple[str | None, str | None]

_SPEECH = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "SUPPORT"})
_REACH = 64
"""Events of a type, the latest first, with which a mention is compared: keeps long texts linear."""

_THAT = frozenset({"this", "that", "these", "those"})
_DEPENDENT = frozenset({"advcl", "relcl"})
"""Clauses that repeat a charge: *condemned the move, calling it unjustified*."""

_NEAR = 2
"""Sentences within which two words of one type and one pair of participants name one event."""


@dataclass(frozen=True, slots=True)
class DatedMention:
    """A mention with its date and its place."""

    mention: EventMention
    date: Date
    place: Place | None
    in_title: bool
    measures: frozenset[Measure] = frozenset()
    """The goods and targets of the rows of ``tariffs`` that tell it."""
    joined: str = ""
    """Why it was taken for one more mention of an event, empty for the first."""

    @property
    def fullness(self) -> int:
        """How many of date, actors and recipients are known."""
        return (
            (self.date.known and self.date.source != "spoken")
            + bool(self.mention.actors)
            + bool(self.mention.recipients)
        )


@dataclass(slots=True)
class Event:
    """An event and its mentions.

    Attributes:
        mentions: Its mentions, in reading order.
        best: The fullest mention, of these the one with the highest score; those of the body before that of the title.
        measures: Of a trade measure: the goods and targets of its rows.
        targets: Of a trade measure: whom the rows of the measure aim at.
        aims_at_all: Of a trade measure: whether one of its rows aims at all origins.
        imposers: Of a trade measure: whose measure it is by its rows.
    """

    mentions: list[DatedMention]
    best: DatedMention = field(init=False)
    measures: frozenset[Measure] = field(init=False)
    targets: tuple[Party, ...] = ()
    aims_at_all: bool = False
    imposers: tuple[Party, ...] = ()

    def __post_init__(self) -> None:
        self.best = max(self.mentions, key=lambda m: (not m.in_title, m.fullness, m.mention.score))
        self.measures = frozenset().union(*(m.measures for m in self.mentions))

    def add(self, mention: DatedMention) -> None:
        """One more mention."""
        self.mentions.append(mention)
        self.__post_init__()

    @property
    def place(self) -> Place | None:
        """The place of the best mention, else the first of another."""
        return self.best.place or next((m.place for m in self.mentions if m.place is not None), None)

    @property
    def actors(self) -> tuple[Party, ...]:
        """Those of the best mention, or of one that has both sides, else of another, else whose measure it is."""
        best = self.best.mention
        acted = [m for m in (self.best, *self.mentions) if m.mention.actors]
        if best.type in MUTUAL and len(best.ids) == 1:
            acted = [*(m for m in acted if len(m.mention.actors) > 1 and m.mention.ids >= best.ids), *acted]
        found = acted[0].mention.actors if acted else self.imposers
        receiving = {p.actor_id for p in self.best.mention.recipients}
        return tuple(p for p in found if p.actor_id not in receiving)

    @property
    def recipients(self) -> tuple[Party, ...]:
        """The targets of the measure, none of one on all origins; else those of the best mention, else of another."""
        named = (m.mention.recipients for m in (self.best, *self.mentions) if m.mention.recipients)
        found = self.targets or (() if self.aims_at_all else next(named, ()))
        acting = {p.actor_id for p in self.actors}
        return tuple(p for p in found if p.actor_id not in acting)


def merge(mentions: Iterable[DatedMention], cast: EntityIndex) -> list[Event]:
    """Events in the order of their first mention."""
    events: list[Event] = []
    by_type: dict[str, list[Event]] = {}
    for dated in mentions:
        same = by_type.setdefault(dated.mention.type, [])
        for event in reversed(same[-_REACH:]):
            if event.measures and dated.measures and not event.measures & dated.measures:
                continue  # tariffs on other goods or another target
            if joined := _same(dated, event.best, cast):
                event.add(replace(dated, joined=joined))
                break
        else:
            event = Event([dated])
            same.append(event)
            events.append(event)
    return events


def _same(a: DatedMention, b: DatedMention, cast: EntityIndex) -> str:
    """Why two mentions of one type are of one event; empty where they are not."""
    x, y = a.mention, b.mention
    if not a.date.fits(b.date) or not _compatible(x.actors, y.actors, cast):
        return ""
    if not _compatible(x.recipients, y.recipients, cast) or not _share(x.ids, y.ids, cast):
        return ""
    if {x.status, y.status} not in ({x.status}, {"occurred", "ongoing"}, {"occurred", "planned"}):
        return ""
    if a.in_title or b.in_title:
        return "headline"
    if x.anchor.lemma == y.anchor.lemma:
        return "word"
    if _is_object(x.anchor, y.anchor) or _is_object(y.anchor, x.anchor):
        return "sentence"
    if _are_two_acts(x.anchor, y.anchor, cast.document):
        return ""
    if x.type == "ACCUSE" and x.anchor.sentence == y.anchor.sentence and x.anchor.dep in _DEPENDENT:
        return "sentence"
    if x.anchor.sentence == y.anchor.sentence and x.type not in _SPEECH:
        return "sentence"
    if x.type not in _SPEECH and x.anchor.sentence - y.anchor.sentence <= _NEAR:
        return "kind"
    if "spoken" in (a.date.source, b.date.source):
        return ""
    return "dates" if a.date.known and a.date.start == b.date.start and a.date.end == b.date.end else ""


def _is_object(noun: Token, verb: Token) -> bool:
    """Whether a noun is what a verb does: *opened an investigation*."""
    return noun.dep in ("dobj", "nsubjpass") and noun.head == verb.i


def _are_two_acts(x: Token, y: Token, document: Document) -> bool:
    """Whether two verbs tell two acts: *closed its border* and *expelled two consuls*, not *imposed the ban*."""
    new, old = ([c for c in document.children(v, "dobj", "nsubjpass") if c.pos == "NOUN"] for v in (x, y))
    known = any(_is_known(noun, document) for noun in new)
    return x.pos == y.pos == "VERB" and bool(new and old) and not known and new[0].lemma != old[0].lemma


def _is_known(noun: Token, document: Document) -> bool:
    """Whether a noun means what was named before (*the ban*, *this step*) or is light (*took effect*)."""
    inside = [child.lower for child in document.children(noun)]
    return inside == ["the"] or any(word in _THAT for word in inside) or (not inside and noun.tag == "NN")


def _compatible(a: tuple[Party, ...], b: tuple[Party, ...], cast: EntityIndex) -> bool:
    """Whether the sides may be the same: one is empty or part of the other, a state matching those of its own."""
    if not a or not b:
        return True
    short, long = sorted((a, b), key=len)
    return all(any(_matches(p.actor_id, q.actor_id, cast) for q in long) for p in short)


def _share(a: frozenset[str], b: frozenset[str], cast: EntityIndex) -> bool:
    return any(_matches(p, q, cast) for p in a for q in b)


def _matches(a: str, b: str, cast: EntityIndex) -> bool:
    """Whether two participants are one, or one is the state of the other."""
    if a == b:
        return True
    codes = {cast.country_of(a), cast.country_of(b)}
    return None not in codes and len(codes) == 1 and (cast.is_state(a) or cast.is_state(b))
