"""One row for one event of the world: brings the tellings of the same event together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from broadsheet.extraction.events.lexicon import is_a, modifier_effect
from broadsheet.extraction.events.when import Date

if TYPE_CHECKING:
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.events.event_mention import EventMention
    from broadsheet.extraction.events.party import Party
    from broadsheet.extraction.events.where import Place

_MEASURES = frozenset({"SANCTION", "CONCEDE", "COERCE"})
_SPEECH = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "SUPPORT"})
_RECENT = 31
"""Days between the announcement of a measure and the article."""

_OLD = 300
"""Days after which an event is no news."""

_REACH = 64
"""Events of a type, the latest first, with which a telling is compared: keeps long texts linear."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A sighting with its date and its place."""

    sighting: EventMention
    date: Date
    place: Place | None
    in_title: bool
    joined: str = ""
    """Why it was taken for one more telling of an event, empty for the first."""

    @property
    def weight(self) -> tuple[int, ...]:
        """How specific it is: the greatest of the tellings of one event gives the row."""
        s = self.sighting
        return (
            not self.in_title,
            len(s.actors) + len(s.recipients),
            sum(p.form in ("name", "alias") for p in (*s.actors, *s.recipients)),
            self.date.known,
            self.place is not None,
            not s.nominal,
            -s.anchor.i,
        )


@dataclass(slots=True)
class Event:
    """An event and its tellings, in reading order.

    Attributes:
        tellings: Where it is told.
        best: The most specific telling.
        targets: Of a trade measure: whom the rows of the measure aim at.
        effect: Of a trade measure: its days of effect.
    """

    tellings: list[Telling]
    best: Telling = field(init=False)
    targets: tuple[Party, ...] = ()
    effect: Date | None = None

    def __post_init__(self) -> None:
        self.best = max(self.tellings, key=lambda t: t.weight)

    def add(self, telling: Telling) -> None:
        """One more telling."""
        self.tellings.append(telling)
        if telling.weight > self.best.weight:
            self.best = telling

    @property
    def date(self) -> Date:
        """The date of the best telling, else the narrowest of another."""
        if self.effect is not None:
            return self.effect
        best = self.best.date
        if best.known:
            return best
        dated = [t.date for t in self.tellings if t.date.known]
        return min(dated, key=lambda d: d.width) if dated else Date()

    @property
    def place(self) -> Place | None:
        """The place of the best telling, else the first of another."""
        return self.best.place or next((t.place for t in self.tellings if t.place is not None), None)

    @property
    def actors(self) -> tuple[Party, ...]:
        """Those of the best telling, else those of another."""
        return self.best.sighting.actors or next((t.sighting.actors for t in self.tellings if t.sighting.actors), ())

    @property
    def recipients(self) -> tuple[Party, ...]:
        """Those of the best telling, else those of another."""
        found = (
            self.targets
            or self.best.sighting.recipients
            or next((t.sighting.recipients for t in self.tellings if t.sighting.recipients), ())
        )
        acting = {p.actor_id for p in self.actors}
        return tuple(p for p in found if p.actor_id not in acting)


def merge(tellings: list[Telling], cast: EntityIndex) -> list[Event]:
    """Events in the order of their first telling."""
    events: list[Event] = []
    by_type: dict[str, list[Event]] = {}
    for telling in tellings:
        kind = telling.sighting.type
        same = by_type.setdefault(kind, [])
        for event in reversed(same[-_REACH:]):
            joined = _same(telling, event.best, cast)
            if joined and _same(telling, event.tellings[-1], cast):
                event.add(replace(telling, joined=joined))
                break
        else:
            event = Event([telling])
            same.append(event)
            events.append(event)
    return events


def _same(a: Telling, b: Telling, cast: EntityIndex) -> str:
    """Why two tellings are of one event; empty where they are not."""
    x, y = a.sighting, b.sighting
    if not a.date.fits(b.date):
        return ""
    if x.status != y.status and not _one_measure(a, b, cast) and {x.status, y.status} != {"occurred", "ongoing"}:
        return ""
    if (
        a.place
        and b.place
        and a.place.country_code
        and b.place.country_code
        and a.place.country_code != b.place.country_code
    ):
        return ""
    if _long_ago(a, b, cast) or _long_ago(b, a, cast):
        return ""
    headline = (a.in_title or b.in_title) and _stem(x) == _stem(y) and not _ids(x).isdisjoint(_ids(y))
    loose = x.type not in _SPEECH or a.in_title or b.in_title or _stem(x) == _stem(y)
    if not headline and not all(
        _sides(p, q, cast, loose=loose) for p, q in ((x.actors, y.actors), (x.recipients, y.recipients))
    ):
        return ""
    if x.type in ("CONSULT", "AGREE") and bool(x.recipients) != bool(y.recipients):
        return ""
    if _side_by_side(x, y, cast) and not (a.in_title or b.in_title):
        return ""
    if _another(x, cast) and y.anchor.i < x.anchor.i and not b.in_title:
        return ""
    shared = not _ids(x).isdisjoint(_ids(y))
    if not (a.in_title or b.in_title) and _different_deeds(x, y, cast):
        return ""
    why = _alike(a, b)
    if why == "dates":
        return why if shared and a.date.known and b.date.known else ""
    return why if shared or _kin(x, y, cast) else ""


def _alike(a: Telling, b: Telling) -> str:
    """What two tellings that share somebody have in common: a headline, the sentence, the word, the kind, or dates."""
    x, y = a.sighting, b.sighting
    if a.in_title or b.in_title:
        return "headline"
    if _stem(x) == _stem(y):
        return "word"
    if x.anchor.sentence == y.anchor.sentence:
        return "sentence"
    if x.nominal or y.nominal or x.type in ("CONSULT", "AGREE") or x.type in _SPEECH or x.type in _MEASURES:
        return "kind"
    return "dates"


def _side_by_side(x: EventMention, y: EventMention, cast: EntityIndex) -> bool:
    """Whether two verbs of one sentence with an object each are coordinated: two acts, not one told twice."""
    first, second = sorted((x.anchor, y.anchor), key=lambda t: t.i)
    document = cast.document
    return (
        second.dep == "conj"
        and first.sentence == second.sentence
        and first.lemma != second.lemma
        and first.pos == second.pos == "VERB"
        and all(document.child(t, "dobj") is not None for t in (first, second))
    )


def _long_ago(past: Telling, other: Telling, cast: EntityIndex) -> bool:
    """Whether one telling is of a year long gone and the other, by a verb, of what is news."""
    published = cast.document.article.published_on
    if published is None or past.date.end is None or other.date.known or other.sighting.nominal:
        return False
    far = (published - past.date.end).days > _OLD
    lead = cast.document.sentences[0].paragraph + (1 if cast.document.in_title(cast.document.tokens[0]) else 0)
    return far and (other.in_title or other.sighting.anchor.paragraph == lead)


def _another(s: EventMention, cast: EntityIndex) -> bool:
    """Whether a noun says that there was one before (``a new round of sanctions``, ``another raid``)."""
    document = cast.document
    noun = s.noun or s.anchor
    if noun.pos != "NOUN":
        return False
    over = document.head(document.head(noun))
    if any(c.lower == "another" for c in document.children(noun, "det")):
        return True
    rounds = noun.dep == "pobj" and over.lemma in ("round", "wave")
    return rounds and any(modifier_effect(c.lower) == "new" or c.lower == "second" for c in document.children(over))


def _object_kind(s: EventMention, cast: EntityIndex) -> str | None:
    """What a verb imposes, lifts or drops: a measure, a charge or talks; None where that is none of these."""
    words = [s.noun] if s.noun is not None else [*cast.document.children(s.anchor, "dobj", "nsubjpass")]
    for kind in ("measure", "objection", "visit"):
        if any(is_a(t.lemma, kind) for t in words):
            return kind
    return None


def _different_deeds(x: EventMention, y: EventMention, cast: EntityIndex) -> bool:
    """Whether two verbs name deeds that are never one (``expelled``, ``froze the assets``)."""
    if x.anchor.lemma == y.anchor.lemma or x.nominal or y.nominal:
        return False
    if x.type == "COERCE":
        return not (is_a(x.anchor.lemma, "custody") and is_a(y.anchor.lemma, "custody"))
    if x.type == "RETREAT":
        retreats = {_RETREATS.get(s.anchor.lemma) for s in (x, y)}
        return None not in retreats and len(retreats) > 1
    kinds = {_object_kind(x, cast), _object_kind(y, cast)}
    if x.type in ("SANCTION", "CONCEDE") and None not in kinds and len(kinds) > 1:
        return True
    if x.type not in ("SANCTION", "AGREE"):
        return False
    deeds = {_DEEDS.get(s.anchor.lemma) for s in (x, y)}
    if "raise" in deeds and "planned" in (x.status, y.status):
        deeds.discard("raise")  # will impose a duty, raised from August
    return len(deeds) > 1


_RETREATS = {
    "free": "free",
    "liberate": "free",
    "pull": "withdraw",
    "release": "free",
    "resign": "resign",
    "step": "resign",
    "surrender": "surrender",
    "withdraw": "withdraw",
}
"""Verbs of retreat to what they give up."""

_DEEDS = {
    "accept": "accept",
    "pledge": "promise",
    "promise": "promise",
    "blacklist": "list",
    "boycott": "boycott",
    "break": "break",
    "drive": "expel",
    "expel": "expel",
    "extend": "extend",
    "force": "expel",
    "freeze": "freeze",
    "kick": "expel",
    "double": "raise",
    "hike": "raise",
    "increase": "raise",
    "leave": "leave",
    "raise": "raise",
    "triple": "raise",
    "quit": "leave",
    "recall": "recall",
    "lock": "shut",
    "sever": "break",
    "shut": "shut",
    "undertake": "promise",
    "vow": "promise",
    "throw": "expel",
}
"""Verbs of acts that are no trade measure and no signing to what they do."""


def _one_measure(a: Telling, b: Telling, cast: EntityIndex) -> bool:
    """Announcement and effect of one measure are one event; what happened long before is another."""
    x, y = a.sighting, b.sighting
    if x.type not in _MEASURES or {x.status, y.status} != {"occurred", "planned"}:
        return False
    done = a.date if x.status == "occurred" else b.date
    published = cast.document.article.published_on
    return not done.known or published is None or done.end is None or (published - done.end).days <= _RECENT


def _stem(s: EventMention) -> str:
    return (s.noun or s.anchor).lemma


def _ids(s: EventMention) -> set[str]:
    return {p.actor_id for p in (*s.actors, *s.recipients)}


def _sides(a: tuple[Party, ...], b: tuple[Party, ...], cast: EntityIndex, *, loose: bool) -> bool:
    """Whether the parties on one side may be the same: one list is empty or part of the other, a state standing for
    its officials and bodies.
    """
    if not a or not b:
        return True
    short, long = sorted((a, b), key=len)
    ids = {p.actor_id for p in long}
    if all(p.actor_id in ids for p in short):
        return True
    if not loose or not any(all(cast.kind_of(p.actor_id) == "country" for p in side) for side in (a, b)):
        return False
    return all(any(_matches(p.actor_id, q.actor_id, cast) for q in long) for p in short)


def _matches(a: str, b: str, cast: EntityIndex) -> bool:
    if a == b:
        return True
    rows = cast.actors[a], cast.actors[b]
    codes = {r.country_code for r in rows}
    if codes == {"EUU"}:
        return True
    return None not in codes and len(codes) == 1 and any(r.kind == "country" for r in rows)


def _kin(x: EventMention, y: EventMention, cast: EntityIndex) -> bool:
    return any(_matches(p, q, cast) for p in _ids(x) for q in _ids(y))
