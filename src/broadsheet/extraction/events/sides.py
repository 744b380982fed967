"""Who takes part by grammar: what the syntax of a clause makes certain, whatever the scores of the parts."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from broadsheet.extraction.events.frames import framed
from broadsheet.extraction.events.participants import MUTUAL, Party, coordinated
from broadsheet.reference import table
from broadsheet.reference.organizations import body_nouns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.entity_index import EntityIndex, Mention
    from broadsheet.extraction.events.event_mention import EventMention

    Parties = tuple[Party, ...]

_PAIR = 2
_RECENT = 6
"""Mentions of events among which the latest with two sides is looked for."""
_NEAR = 2
"""Sentences between the two sides and the words that mean them, at most."""
_NEXT = 8
"""Tokens between a verb and *each other*, at most."""


@cache
def _numbers() -> Mapping[str, int]:
    """The small numbers in words, and *both*."""
    units = {row["word"]: int(row["value"]) for row in table("number_words") if row["kind"] == "unit"}
    return MappingProxyType({"both": _PAIR} | {word: value for word, value in units.items() if value >= _PAIR})


class Sides:
    """Corrects the sides of the mentions of events of one document, which are given in reading order."""

    def __init__(self, document: Document, cast: EntityIndex) -> None:
        self.document, self.cast = document, cast
        self._recent: deque[tuple[int, Parties]] = deque(maxlen=_RECENT)

    def settle(self, mention: EventMention) -> Iterator[EventMention]:
        """The mention with the sides that grammar gives it; one for each pair, two if they act on each other."""
        for one in self._between(mention):
            yield from self._settled(one)

    def _settled(self, mention: EventMention) -> Iterator[EventMention]:
        mention = self._organised(mention)
        mention = self._both(mention)
        mention = self._exchanged(mention)
        sides = (*mention.actors, *mention.recipients)
        self._recent.append((mention.anchor.sentence, sides))
        if len(mention.actors) == _PAIR and mention.type not in MUTUAL and self._is_reciprocal(mention):
            first, second = mention.actors
            yield replace(mention, actors=(first,), recipients=(second,))
            yield replace(mention, actors=(second,), recipients=(first,))
        elif sides:
            yield mention

    def _between(self, mention: EventMention) -> Iterator[EventMention]:
        """Of a deal *between A and B*, those two are the sides, and not who welcomes or hosts it."""
        groups = self._between_whom(mention) if mention.type in MUTUAL else []
        inside = {p.actor_id: p for p in (*mention.actors, *mention.recipients)}
        for named in groups:
            sides = (inside.get(m.actor_id) or Party(m.actor_id, m.span, m.form, 0.0, "between") for m in named)
            yield replace(mention, actors=tuple(sides), recipients=())
        if not groups:
            yield mention

    def _between_whom(self, mention: EventMention) -> list[list[Mention]]:
        """The sides that *between* after the word of an event or its object names; several in a list of pairs."""
        document = self.document
        for word in (mention.anchor, *document.children(mention.anchor, "dobj")):
            for prep in (p for p in document.children(word, "prep") if p.lower == "between"):
                if pairs := self._pairs(prep):
                    return pairs
                spans = {m.actor_id: m for m in self.cast.within(*document.edges(prep))}
                named = self._named(prep)
                if len(named) >= _PAIR:
                    return [[spans[actor_id] for actor_id in named if actor_id in spans]]
        return []

    def _pairs(self, prep: Token) -> list[list[Mention]]:
        """The pairs of names after *between*, where there are several: *A and B, C and D*."""
        tokens, place = self.document.tokens, prep.i + 1
        groups: list[list[Mention]] = []
        for named in self.cast.within(place, self.document.sentence_of(prep).last):
            words = [t.lower for t in tokens[place : named.first] if t.lower != "the"]
            if words in ([[","], [",", "and"]] if groups else [[]]):
                groups.append([named])
            elif groups and words == ["and"]:
                groups[-1].append(named)
            else:
                break
            place = named.last
        if groups and len(groups[-1]) == 1:  # its other name is no actor, or the list is over
            groups.pop()
        return groups if len(groups) > 1 and all(len(group) == _PAIR for group in groups) else []

    def _named(self, prep: Token) -> list[str]:
        """The actors that the coordinated objects of a preposition name."""
        named = []
        for inner in self.document.children(prep, "pobj"):
            part: Token | None = inner
            while part is not None:
                if (actor_id := self.cast.resolve(part)) is not None and actor_id not in named:
                    named.append(actor_id)
                part = self.document.child(part, "conj")
        return named

    def _organised(self, mention: EventMention) -> EventMention:
        """Who organises a protest is its actor."""
        if mention.type != "PROTEST":
            return mention
        leading = tuple(p for p in mention.recipients if self._organises(p))
        if not leading:
            return mention
        rest = tuple(p for p in mention.recipients if p not in leading)
        return replace(mention, actors=(*mention.actors, *leading), recipients=rest)

    def _organises(self, party: Party) -> bool:
        token = self.document.tokens[self.document.range_of(party.span)[0]]
        return any(
            above.dep == "agent" and framed(self.document.head(above), "organises")
            for above in self.document.ancestors(token)
        )

    def _both(self, mention: EventMention) -> EventMention:
        """*Both sides* and *the two countries* are the pair that the event before was between."""
        for role, noun in self._groups(mention.anchor):
            others = mention.recipients if role == "actor" or mention.type in MUTUAL else mention.actors
            known = {p.actor_id for p in (mention.actors if role != "recipient" else mention.recipients)}
            pair = self._group(noun, {p.actor_id for p in (others if role != "side" else ())}, known)
            acting = {p.actor_id for p in pair}
            if pair and role == "recipient":
                rest = tuple(p for p in mention.actors if p.actor_id not in acting)
                return replace(mention, actors=rest, recipients=pair)
            if pair:
                rest = tuple(p for p in mention.recipients if p.actor_id not in acting)
                return replace(mention, actors=pair, recipients=() if mention.type in MUTUAL else rest)
        return mention

    def _groups(self, anchor: Token) -> Iterator[tuple[str, Token]]:
        """The nouns after *both* or a number in the clause of an event, with the role that their place gives."""
        document = self.document
        verb = document.head(anchor) if anchor.dep in ("dobj", "pobj") and anchor.pos == "NOUN" else anchor
        objects = [*document.children(anchor, "dobj", "dative")]
        preps = [prep for word in (anchor, *objects) for prep in document.children(word, "prep", "dative")]
        nouns = [("recipient", noun) for noun in objects]
        for prep in preps:
            role = "side" if prep.lower == "between" else "recipient"
            nouns += [(role, noun) for noun in document.children(prep, "pobj")]
        nouns += [("actor", noun) for noun in document.children(verb, "nsubj")]
        yield from ((role, noun) for role, noun in nouns if self._size(noun))

    def _size(self, noun: Token) -> int:
        """How many actors *both sides* or *the three states* are; 0 where it is no such noun."""
        children = list(self.document.children(noun))
        known = framed(noun, "sides", "states", "persons") or body_nouns().get(noun.lemma) == "company"
        if not known or any(c.dep in ("conj", "prep") for c in children):
            return 0
        return next((_numbers()[c.lower] for c in children if c.lower in _numbers()), 0)

    def _group(self, noun: Token, others: set[str], known: set[str]) -> Parties:
        """The last actors, as many as the noun says, that are not on the other side; their states for *countries*."""
        size = self._size(noun)
        for sides in (*self._recent_sides(noun), *self._lists_before(noun, size)):
            group = {p.actor_id: p for p in sides if p.actor_id not in others}
            if framed(noun, "states"):
                group = {q.actor_id: q for q in map(self._state, group.values())}
            agrees = set(group) <= known or known <= set(group)
            if len(group) == size and agrees and not others & set(group) and self._fits(noun, set(group)):
                return tuple(replace(p, source="pair") for p in group.values())
        return ()

    def _recent_sides(self, noun: Token) -> Iterator[Parties]:
        """The sides of the latest events before a noun, the last first."""
        for sentence, sides in reversed(self._recent):
            if noun.sentence - sentence > _NEAR:
                break
            yield sides

    def _lists_before(self, noun: Token, size: int) -> Iterator[Parties]:
        """The lists of so many names shortly before a noun, the last first."""
        document, cast = self.document, self.cast
        first = document.sentences[max(0, noun.sentence - _NEAR)].first
        for named in reversed(cast.within(first, noun.i)):
            head = document.tokens[named.last - 1]
            if head.dep != "conj" and document.child(head, "conj") is not None:
                listed = {m.actor_id: m for m in coordinated(head, cast)}
                if len(listed) == size:
                    yield tuple(Party(m.actor_id, m.span, m.form, 0.0) for m in listed.values())

    def _fits(self, noun: Token, group: set[str]) -> bool:
        """Whether actors are of one kind, and of the kind that the noun names."""
        kinds = {self.cast.kind_of(actor_id) for actor_id in group}
        if framed(noun, "persons"):
            return kinds == {"person"}
        if body_nouns().get(noun.lemma) == "company":
            return kinds == {"organization"}
        return kinds == {"country"} or (framed(noun, "sides") and "person" not in kinds)

    def _state(self, party: Party) -> Party:
        """The state of a person, where it is an actor."""
        code = self.cast.country_of(party.actor_id)
        if code is None or not self.cast.is_person(party.actor_id):
            return party
        return replace(party, actor_id=self.cast.country_actor(code) or party.actor_id)

    def _is_reciprocal(self, mention: EventMention) -> bool:
        """Whether the two sides act on each other: *accused each other*, *traded accusations*."""
        document, anchor = self.document, mention.anchor
        for token in document.tokens[anchor.i + 1 : anchor.i + _NEXT]:
            before = document.tokens[token.i - 1].lower
            one = "the" if document.tokens[anchor.i - 1].lower == "each" else "each"
            if (before, token.lower) in ((one, "other"), ("one", "another")):
                verb = next((a for a in document.ancestors(token) if a.pos in ("VERB", "AUX")), None)
                return verb is not None and verb in (anchor, document.head(anchor))
        return self._exchange(anchor) is not None

    def _exchange(self, anchor: Token) -> Token | None:
        """The verb of *exchanged accusations*, if an event is one; else None."""
        document = self.document
        verb = anchor if anchor.pos == "VERB" else document.head(anchor)
        thing = anchor if anchor.dep == "dobj" else document.child(anchor, "dobj")
        is_one = framed(verb, "exchanges") and thing is not None and framed(thing, "exchanged")
        return verb if is_one else None

    def _exchanged(self, mention: EventMention) -> EventMention:
        """Who exchanges accusations *with* another does what the other does, too."""
        document, verb = self.document, self._exchange(mention.anchor)
        if verb is None or mention.type in MUTUAL:
            return mention
        preps = [p for word in (verb, mention.anchor) for p in document.children(word, "prep") if p.lower == "with"]
        ends = [*document.children(verb, "nsubj"), *(t for p in preps for t in document.children(p, "pobj"))]
        found = (self.cast.at(noun.i) or self.cast.in_apposition(noun) for noun in ends)
        named = {m.actor_id: m for m in found if m is not None}
        if not preps or len(named) != _PAIR:
            return mention
        sides = tuple(Party(m.actor_id, m.span, m.form, 0.0, "exchange") for m in named.values())
        return replace(mention, actors=sides, recipients=())
