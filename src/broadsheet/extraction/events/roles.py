"""Who takes which part in an event: the slots of verbs and nouns, filled with actors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.extraction.events.lexicon import MUTUAL, Slot, is_a, is_people, is_quantity, noun_senses
from broadsheet.extraction.events.party import Party, merged, placed, without

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.events.lexicon import Predicate
    from broadsheet.extraction.events.parties import Parties
    from broadsheet.extraction.events.syntax import Frame, Syntax

Sides = tuple[tuple["Party", ...], tuple["Party", ...]]
"""Actors and recipients."""

_NEEDS_BOTH = frozenset({"REQUEST", "THREATEN", "SUPPORT", "ACCUSE", "AID"})
_NEEDS_TWO = frozenset({"CONSULT", "COOPERATE"})
_NEEDS_ACTOR = frozenset({"AGREE", "REJECT", "SANCTION", "CONCEDE", "MOBILIZE"})
_PURPOSE = tuple(Slot(name) for name in ("obj", "inner", "comp", "against", "at", "on", "for"))
_ATTENDING = frozenset({"during", "on", "at", "in", "after", "following", "before", "for", "from", "to", "into"})
_DEPTH = 3


def enough(kind: str, actors: tuple[Party, ...], recipients: tuple[Party, ...]) -> bool:
    """Whether the participants that a type needs are known.

    A demand, a threat, a charge or praise is an event only where it is somebody's and addressed to a named actor.
    """
    if kind in _NEEDS_BOTH:
        return bool(actors) and bool(recipients)
    if kind in _NEEDS_TWO:
        return len(actors) + len(recipients) > 1
    if kind in _NEEDS_ACTOR:
        return bool(actors)
    return bool(actors) or bool(recipients)


@dataclass(slots=True)
class Roles:
    """Fills the slots of predicates in one document."""

    document: Document
    syntax: Syntax
    parties: Parties

    def of_verb(self, frame: Frame, slots: tuple[Slot, ...]) -> Sides:
        """Actors and recipients of a verb."""
        subjects = placed(self.parties.agents(frame.subjects), "by" if frame.passive else "subject")
        if any(s.inverse for s in slots):
            return merged(*(self.slot(s, frame) for s in slots)), subjects
        actors = merged(subjects, *(self.slot(s, frame) for s in slots if s.role == "actor"))
        if frame.passive and not frame.subjects:
            actors = merged(actors, self._by_event(frame))
        return actors, self.seek(slots, frame, actors)

    def _by_event(self, frame: Frame) -> tuple[Party, ...]:
        """``were killed in Chadian shelling``: the author of the event in which it was done."""
        for name, token in frame.prepositions:
            core = self.syntax.core(token)
            if name in ("in", "during") and any(p.type == "ASSAULT" for p in noun_senses(core.lemma)):
                found = merged(self.parties.modifiers(core), self.parties.after(core, ("by",)))
                return placed(found, "in_act_of")
        return ()

    def of_noun(self, noun: Token, predicate: Predicate) -> Sides:
        """Actors and recipients that the phrase of a noun names."""
        parties = self.parties
        owners = placed(parties.modifiers(noun), "possessor")
        actors: tuple[Party, ...] = ()
        recipients: tuple[Party, ...] = ()
        if predicate.possessor == "recipient":
            recipients = self._after(noun, "of")
            if recipients:
                actors = owners
            else:
                recipients = owners
        elif predicate.type == "SANCTION" and self._named_target(noun, owners):
            recipients = owners
        else:
            actors = owners
        by = ("by", "at", "before") if predicate.type == "ACCUSE" else ("by",)
        actors = merged(actors, self._after(noun, *by))
        directed = predicate.type not in MUTUAL and predicate.possessor == "actor"
        if directed:
            actors = actors or self._after(noun, "from")
        actors = merged(actors, *(self._after(noun, s.name) for s in predicate.slots if s.role == "actor"))
        for slot in predicate.slots:
            if recipients:
                break
            if slot.role == "recipient" and not (slot.name == "in" and predicate.possessor == "recipient"):
                recipients = without(self._after(noun, slot.name), actors)
        if not recipients and is_a(noun.lemma, "motion"):
            recipients = without(self._after(noun, "to", "in"), actors)
        if directed and not actors and all(s.name != "of" for s in predicate.slots):
            actors = self._after(noun, "of")
        return actors, without(recipients, actors)

    def _after(self, noun: Token, *prepositions: str) -> tuple[Party, ...]:
        """The parties behind one of the prepositions inside the phrase of a noun."""
        found = self.parties.after(noun, prepositions)
        return placed(found, f"behind:{' or '.join(prepositions)}") if found else found

    def _named_target(self, noun: Token, owners: tuple[Party, ...]) -> bool:
        """Whether a country's name before a measure is its target (``Sudan sanctions``), no author (``Chilean``)."""
        bare = any(self.parties.at(c) is not None for c in self.document.children(noun, "compound"))
        return bare and all(p.form == "name" for p in owners)

    def seek(
        self, slots: tuple[Slot, ...], frame: Frame, actors: tuple[Party, ...], noun: Token | None = None
    ) -> tuple[Party, ...]:
        """The parties of the first slot for recipients in which somebody else than the actors stands."""
        for slot in slots:
            if slot.role == "recipient" and (found := without(self.slot(slot, frame, noun), actors)):
                return found
            told = slot.name == "obj" and frame.verb.tag in ("VBD", "VBG") and len(frame.objects) == 1
            if told and (found := self._somebody_else(frame.objects[0], actors)):
                return found
        return ()

    def _somebody_else(self, pronoun: Token, actors: tuple[Party, ...]) -> tuple[Party, ...]:
        """``met Ana Ruiz and asked him``: no pronoun but a reflexive one names the subject of its own clause."""
        if pronoun.lower not in ("him", "her") or not actors:
            return ()
        acting = {p.actor_id for p in actors}
        cast = self.parties.cast
        for mention in reversed(cast.within(self.document.sentence_of(pronoun).first, pronoun.i)):
            if mention.actor_id not in acting and cast.is_person(mention.actor_id):
                return (Party(mention.actor_id, pronoun.span, "pronoun", "pronoun_of_another", "object"),)
        return ()

    def slot(self, slot: Slot, frame: Frame, noun: Token | None = None) -> tuple[Party, ...]:
        """The parties in one slot; of a staged event the phrases of the noun count besides those of the verb."""
        parties = self.parties
        match slot.name:
            case "subject":
                return placed(parties.all_of(frame.subjects), "by" if frame.passive else "subject")
            case "obj":
                found = placed(parties.all_of(frame.objects), "object")
                return found or placed(self._sent_from(frame), "sent_from")
            case "dative":
                return placed(parties.all_of(frame.datives), "dative")
            case "inner":
                return placed(merged(*(parties.inside(t) or parties.uttered(t) for t in frame.objects)), "inner")
            case "owner":
                return placed(merged(*(self.owner(t) for t in frame.objects)), "owner")
            case "comp-subject":
                return placed(self.complement_subject(frame), "complement_subject")
            case "author":
                return placed(merged(*(self.author(t) for t in frame.objects)), "author")
            case "author:subject":
                return placed(merged(*(self.author(t) for t in frame.subjects)), "author")
            case "comp":
                return placed(self.complement(frame), "complement")
            case "if":
                return placed(self.condition(frame.verb), "condition")
            case "cause":
                return placed(self.cause(frame.verb), "cause")
        if slot.name.startswith("author:"):
            wanted = slot.name.partition(":")[2]
            return placed(merged(*(self.author(t) for name, t in frame.prepositions if name == wanted)), "author")
        return placed(self._behind(slot.name, frame, noun), f"behind:{slot.name}")

    def _sent_from(self, frame: Frame) -> tuple[Party, ...]:
        """``hosted a delegation from Yemen``, where the model attaches the origin to the verb."""
        if not any(is_people(t) for t in frame.objects):
            return ()
        return merged(*(self.parties.of(t) for name, t in frame.prepositions if name == "from"))

    def _behind(self, preposition: str, frame: Frame, noun: Token | None) -> tuple[Party, ...]:
        """The parties behind a preposition, wherever the model attaches it: to the verb, its object or the noun."""
        parties = self.parties
        if noun is not None and (found := parties.after(noun, (preposition,))):
            return found
        found = merged(
            *(
                parties.of(t) or parties.inside(t) or parties.country(t)
                for name, t in frame.prepositions
                if name == preposition and not (name == "in" and noun_senses(self.syntax.core(t).lemma))
            )
        )
        if found or noun is not None:
            return found
        return merged(
            *(parties.after(self.syntax.core(t), (preposition,)) for t in frame.objects if parties.at(t) is None)
        )

    def author(self, token: Token) -> tuple[Party, ...]:
        """Who made what a phrase names: a proposal, a demand, a charge."""
        parties = self.parties
        core = self.syntax.core(token)
        direct = parties.at(core)
        if direct is not None:
            return (direct,)
        return (
            parties.modifiers(core)
            or parties.after(core, ("by", "from", "of"))
            or parties.inside(core)
            or parties.uttered(core)
        )

    def owner(self, token: Token) -> tuple[Party, ...]:
        """Whose what a phrase names is: by possessor, adjective, ``of``, ``by``, ``from`` or ``in``."""
        parties = self.parties
        core = self.syntax.core(token)
        if any(p.type == "ASSAULT" for p in noun_senses(core.lemma)):
            return parties.after(core, ("by", "from"))
        return parties.modifiers(core) or parties.after(core, ("of", "by", "from", "in")) or parties.uttered(core)

    def complement_subject(self, frame: Frame) -> tuple[Party, ...]:
        """The subject of the complement clause, or whom a gerund's or a passive's agent names."""
        clause = frame.complement
        if clause is None or clause.pos not in ("VERB", "AUX"):
            return ()
        own = self.document.child(clause, "nsubj", "nsubjpass")
        if own is None:
            return ()
        inner = self.syntax.frame(clause)
        known = self.parties.all_of(frame.subjects)
        tokens = inner.subjects if inner.passive else self.syntax.conjuncts(own)
        return without(self.parties.all_of(tokens) or merged(*(self.owner(t) for t in tokens)), known)

    def complement(self, frame: Frame) -> tuple[Party, ...]:
        """The participants of the complement clause, its subject first where it has its own."""
        clause = frame.complement
        parties = self.parties
        known = parties.all_of(frame.subjects)
        for _ in range(_DEPTH):
            if clause is None or clause.pos not in ("VERB", "AUX"):
                return ()
            inner = self.syntax.frame(clause)
            own = self.document.child(clause, "nsubj", "nsubjpass")
            if own is not None:
                found = without(parties.all_of(self.syntax.conjuncts(own)), known)
                if not found and not inner.passive and own.pos != "PRON":
                    found = parties.inside(own)
                if found:
                    return found
            for tokens in (inner.datives, inner.objects, self._arguments(inner)):
                found = without(merged(*(parties.of(t) or parties.inside(t) for t in tokens)), known)
                if found:
                    return found
                aimed = merged(*(parties.after(t, ("on", "against", "to", "from", "for")) for t in tokens))
                if found := without(aimed, known):
                    return found  # its tariff on cars from Peru
            clause = inner.complement
        return ()

    def _arguments(self, frame: Frame) -> tuple[Token, ...]:
        """What stands behind the prepositions of a verb, times and occasions aside."""
        return tuple(
            t
            for name, t in frame.prepositions
            if name not in ("at", "during", "after", "before") and not noun_senses(self.syntax.core(t).lemma)
        )

    def condition(self, verb: Token) -> tuple[Party, ...]:
        """Whoever must do something lest a threat come true."""
        for clause in (verb, *self.document.children(verb, "xcomp", "ccomp")):
            for child in self.document.children(clause, "advcl"):
                if any(m.lower in ("if", "unless") for m in self.document.children(child, "mark")):
                    found = self.parties.all_of(self.syntax.surface_subjects(child))
                    if found:
                        return found
        return ()

    def cause(self, verb: Token) -> tuple[Party, ...]:
        """Whom a protest is aimed at, where a purpose says so (``to denounce``, ``in defiance of``)."""
        for child in self.document.children(verb, "advcl", "xcomp"):
            if is_a(child.lemma, "protesting"):
                frame = self.syntax.frame(child)
                found = self.seek(_PURPOSE, frame, self.parties.all_of(frame.subjects))
                if found:
                    return found
        for prep in self.document.children(verb, "prep"):
            inner = self.document.child(prep, "pobj")
            if prep.lower == "in" and inner is not None and is_a(inner.lemma, "stance"):
                return self.parties.inside(inner)
        return ()

    def attending(self, noun: Token) -> tuple[Party, ...]:
        """The subject of the clause during, at or after which a meeting or visit takes place."""
        head = self.document.head(noun)
        if noun.dep == "pobj" and head.lower == "of" and is_quantity(self.document.head(head).lemma):
            noun = self.document.head(head)
            head = self.document.head(noun)
        if noun.dep != "pobj" or head.lower not in _ATTENDING:
            return ()
        over = self.document.head(head)
        if over.pos in ("NOUN", "PROPN"):
            found = self.parties.of(over) or self.parties.modifiers(over) or self.parties.after(over, ("of",))
            return placed(found, "attending")
        if over.pos in ("VERB", "AUX"):
            return placed(self.parties.all_of(self.syntax.surface_subjects(over)), "attending")
        return ()
