"""The right options of decisions about an annotated article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.reference.news_actors import plain_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from broadsheet.base.span import Span
    from broadsheet.extraction.actors.candidates import Candidate
    from broadsheet.extraction.actors.holders import Holding
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.models import Decision
    from broadsheet.tables.rows import ActorRow

    Gold = dict[str, Any]
    Right = list[float] | None

OVERLAP, SAME_TITLE = 0.7, 0.5


class Answers:
    """The right options of the decisions about one article.

    Args:
        gold: Its annotation.
        text: Its canonical text.
        decisions: All decisions about it.
        entities: Its actors.
    """

    def __init__(self, gold: Gold, text: str, decisions: Sequence[Decision], entities: EntityIndex) -> None:
        self.golds, self.entities = GoldActors(gold, text), entities
        self.actors = self.golds.matched([d.subject for d in decisions if d.model == "actor"])
        self.countries = self.golds.matched([d.subject for d in decisions if d.model == "country"])
        self._of: Mapping[str, Callable[[Decision], Right]] = {
            "actor": self._actor,
            "country": self._country,
            "speaker": self._speaker,
            "holder": self._holder,
            "organization": self._organization,
            "title": self._title,
            "kind": self._kind,
            "span": self._span,
        }

    def right(self, decision: Decision) -> Right:
        """1 for each right option and 0 for the others; None where the annotation does not tell."""
        return self._of[decision.model](decision)

    def _actor(self, decision: Decision) -> Right:
        actor = self.actors[decision.subject.key]
        if actor is not None and actor.get("optional"):
            return None
        return [float(actor is not None), float(actor is None)]

    def _country(self, decision: Decision) -> Right:
        actor = self.countries[decision.subject.key]
        return None if actor is None else [float(code in allowed(actor, "country")) for code in decision.options]

    def _speaker(self, decision: Decision) -> Right:
        quote = self.golds.quote(decision.subject)
        if quote is None:
            return None
        known = self.entities.actors
        meant = {self.golds.actor_of(known[a]) if a is not None else None: a for a in decision.options}
        speakers = {meant[name] for name in allowed(quote, "speaker") if name in meant}
        return [float(a in speakers) for a in decision.options]

    def _holder(self, decision: Decision) -> Right:
        people = decision.options[:-1]
        holds = [self.golds.holds(decision.subject, self.actors.get(person)) for person in people]
        if not self.golds.has_roles or None in holds:
            return None
        held = [holding is True for holding in holds]
        stated = [person == decision.subject.person for person in people]
        if any(map(bool.__and__, held, stated)):
            held = stated  # others may hold the same office, which other titles say
        return [*map(float, held), float(not any(held))]

    def _organization(self, decision: Decision) -> Right:
        role = self.golds.role(decision.subject, self.actors.get(decision.subject.person))
        if role is None:
            return None
        bodies = [str((self.actors.get(a) or {"name": f"?{a}"})["name"]) if a else None for a in decision.options]
        return [float(body in allowed(role, "organization")) for body in bodies]

    def _title(self, decision: Decision) -> Right:
        return [float(plain_name(option) in self.golds.titles) for option in decision.options]

    def _kind(self, decision: Decision) -> Right:
        kind = self.golds.kind(decision.subject)
        return None if kind is None else [float(option == kind) for option in decision.options]

    def _span(self, decision: Decision) -> Right:
        taken = self.golds.better(*decision.subject)
        return None if taken is None else [float(taken), float(not taken)]


def allowed(gold: Gold, name: str) -> list[Any]:
    """The right values of a field."""
    further = gold.get(f"{name}_alt", [])
    return [gold.get(name), *(further if isinstance(further, list) else [further])]


class GoldActors:
    """The annotated actors of an article, by name."""

    def __init__(self, gold: Gold, text: str) -> None:
        self.quotes = [(quote, *place_of(text, quote)) for quote in gold.get("quotes") or []]
        self.has_roles = gold.get("roles") is not None
        self.roles = gold.get("roles") or []
        self.titles = {plain_name(str(title)) for role in self.roles for title in allowed(role, "title")}
        self.actors = gold["actors"]
        self.forms: dict[str, Gold] = {}
        self.surnames: dict[str, Gold] = {}
        for actor in self.actors:
            for form in (actor["name"], *actor.get("aliases", [])):
                self.forms.setdefault(plain_name(form), actor)
        for actor in self.actors:
            if actor["kind"] == "person":
                self.surnames.setdefault(plain_name(actor["name"]).split()[-1], actor)
        self.states = {a["country"]: a for a in self.actors if a["kind"] == "country" and a.get("country")}

    def named(self, candidate: Candidate) -> Gold | None:
        """The annotated actor with the full name of a candidate, or the person with its surname."""
        if candidate.kind == "country":
            return self.states.get(candidate.key[1:]) or self.forms.get(plain_name(candidate.texts[0]))
        full = plain_name(candidate.texts[0])
        if not full:
            return None
        return self.forms.get(full) or (self.surnames.get(full.split()[-1]) if candidate.kind == "person" else None)

    def kind(self, texts: Sequence[str]) -> str | None:
        """Whether a name is a person's, a body's or neither's; None for the name of a state."""
        for form in (plain_name(text) for text in texts):
            actor = self.forms.get(form) or self.surnames.get(form)
            if actor is not None:
                return {"country": None, "person": "person"}.get(actor["kind"], "organization")
        words = plain_name(texts[0]).split()
        parts = self.surnames.get(words[-1]) if words else None
        return "person" if parts is not None and set(words) & set(plain_name(parts["name"]).split()[:-1]) else "other"

    def better(self, span: str, others: Sequence[str]) -> bool | None:
        """Whether a span is the name of an actor rather than those that it overlaps; None where that is open.

        A name inside the longer name of an actor is none (``U.S.`` in ``U.S. Chamber of Commerce``).
        """
        is_named = self._is_named(span)
        own = f" {plain_name(span)} "
        longer = [other for other in others if own in f" {plain_name(other)} "]
        if any(map(self._is_named, longer)):
            return False
        if is_named and others and self._is_state(span):
            return None  # a longer name may be a body's that the annotators left out, and *the Lund government* is none
        crossing = [o for o in others if o not in longer and f" {plain_name(o)} " not in own]
        return None if is_named and any(map(self._is_named, crossing)) else is_named

    def _is_state(self, name: str) -> bool:
        actor = self.forms.get(plain_name(name))
        return actor is not None and actor["kind"] == "country"

    def _is_named(self, name: str) -> bool:
        """Whether a name is an actor's, without titles."""
        form = plain_name(name)
        actor = self.forms.get(form) or self.surnames.get(form)
        if actor is None or actor["kind"] != "person":
            return actor is not None
        return set(form.split()) <= set(plain_name(actor["name"]).split())

    def quote(self, span: Span) -> Gold | None:
        """The annotated quote at a span."""
        for quote, start, end in self.quotes:
            shared = min(span.end, end) - max(span.start, start)
            if shared > OVERLAP * (max(span.end, end) - min(span.start, start)):
                found: Gold = quote
                return found
        return None

    def actor_of(self, row: ActorRow) -> str:
        """The name that the annotators have for an actor; a text that is none for one that they lack."""
        if row.kind == "country" and row.country_code in self.states:
            return str(self.states[row.country_code]["name"])
        actor = self.forms.get(plain_name(row.name))
        if actor is None and row.kind == "person":
            actor = self.surnames.get(plain_name(row.name).split()[-1])
        return str(actor["name"]) if actor is not None else f"?{row.actor_id}"

    def holds(self, held: Holding, person: Gold | None) -> bool | None:
        """Whether a person holds the office with a title; None where the annotators left that open."""
        words = set(plain_name(held.title).split())
        own = [r for r in self.roles if person is not None and r["actor"] == person["name"]]
        same = [r for r in own if any(_likeness(words, title) >= SAME_TITLE for title in allowed(r, "title"))]
        return None if same and all(r.get("optional") for r in same) else bool(same)

    def role(self, held: Holding, person: Gold | None) -> Gold | None:
        """The annotated office of a person with most of the words of a title."""
        words = set(plain_name(held.title).split())
        own = [r for r in self.roles if person is not None and r["actor"] == person["name"]]
        shared = [(len(words & set(plain_name(r["title"]).split())), -k) for k, r in enumerate(own)]
        return own[-max(shared)[1]] if shared and max(shared)[0] else None

    def matched(self, candidates: Sequence[Candidate]) -> dict[str, Gold | None]:
        """The annotated actor of each candidate; of two for one, that with more mentions has it."""
        out: dict[str, Gold | None] = {}
        taken: set[int] = set()
        for candidate in sorted(candidates, key=lambda c: (-c.mentions, c.key)):
            actor = self.named(candidate)
            out[candidate.key] = None if actor is None or id(actor) in taken else actor
            if actor is not None:
                taken.add(id(actor))
        return out


def _likeness(words: set[str], title: str | None) -> float:
    """The share of the words of two titles that both have."""
    others = set(plain_name(title or "").split())
    return len(words & others) / max(1, len(words | others))


def place_of(text: str, quote: Mapping[str, Any]) -> tuple[int, int]:
    """The first and last (exclusive) character of an annotated quote; the first is -1 where the text lacks it."""
    if "char_start" in quote:
        return int(quote["char_start"]), int(quote["char_end"])
    start = -1
    for _ in range(quote.get("nth") or 1):
        start = text.find(quote["text"], start + 1)
    return start, start + len(quote["text"])
