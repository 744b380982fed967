"""Who stands where around a word that tells of money: its subject, object and phrases, in the slots of the frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.figures.change import change_before
from broadsheet.extraction.figures.cues import base
from broadsheet.extraction.figures.naming import Namer, Party
from broadsheet.extraction.figures.reach import child_of, children, holds, path_to, upwards

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.figures.sightings import AmountMention

DATIVE_REACH = 8
MAX_NAME = 12
"""Tokens of a long name."""
WAYS = frozenset({"import", "export", "buy", "sell", "purchase", "ship", "supply", "shipment", "sale"})
"""Cues of trade that goes one way."""
_BACKED = frozenset({"lead", "back", "finance", "fund", "provide", "extend", "arrange", "pay", "owe", "give", "grant"})
"""Participles behind which it is said who gave: a round led by, a loan provided by."""
_HELP = frozenset({"help", "assist", "support", "aid", "rescue", "bail"})
_NOMINAL = frozenset({"compound", "conj", "dobj", "npadvmod", "oprd", "nmod", "pobj", "prep", "appos", "amod"})
_PRONOUNS = frozenset({"it", "they", "he", "she", "we"})
_NEUTER = frozenset({"it", "they"})
_PROMISES = frozenset({"promise", "vow", "pledge", "guarantee"})
"""Verbs after which it is the subject that does what they promise somebody; after others it is the object."""


class Slots:
    """The slots of the words around an amount of one kind."""

    def __init__(self, document: Document, cast: EntityIndex, namer: Namer, kind: str) -> None:
        self.document = document
        self.cast = cast
        self.namer = namer
        self.kind = kind

    def fillers(self, anchor: Token, sighting: AmountMention) -> Iterator[tuple[str, Party]]:
        """The slots of a word and the actors that fill them."""
        document = self.document
        verbal = anchor.pos in ("VERB", "AUX")
        passive = child_of(document, anchor, "nsubjpass", "auxpass") is not None
        if verbal:
            yield from self._swallowed(anchor, sighting)
            yield from self._receiver_of_goods(anchor)
        for child in children(document, anchor):
            if child.dep in ("nsubj", "nsubjpass") and verbal:
                if self._before_the_subject(child, anchor):
                    continue
                yield from self._as("object" if child.dep == "nsubjpass" else "subject", child, anchor)
                for joint in children(document, child, "conj"):
                    yield from self._as("joint", joint)
            elif child.dep == "dobj" and not holds(document, child, sighting.head):
                doubled = any(holds(document, other, sighting.head) for other in children(document, anchor, "dobj"))
                if doubled and child.i > sighting.first:
                    # Of two objects the second is the sum; what the model finds behind it belongs elsewhere.
                    continue
                yield from self._as("object", child)
                if doubled:
                    yield from self._as("dative", child)
            elif child.dep == "dobj":
                if self._is_beside(child, sighting):
                    yield from self._as("dative", child)
                # The bank's loan object may carry the receiver as its own dependent.
                yield from self._prepositions(child, sighting)
                for inner in children(document, child, "dative"):
                    yield from self._as("dative", inner)
            elif child.dep == "dative" and child.pos != "ADP":
                yield from self._as("dative", child)
            elif child.dep in ("poss", "compound", "amod", "nmod") and not verbal:
                yield from self._as("possessor", child)
        for token in path_to(document, document.tokens[sighting.head], anchor):
            yield from self._prepositions(token, sighting)
        yield from self._prepositions(anchor, sighting)
        if verbal:
            yield from self._helped(anchor, sighting)
        if not verbal:
            if base(anchor) in WAYS and anchor.dep == "nsubj" and child_of(document, anchor, "poss", "amod") is None:
                yield from self._same_owner(anchor)
            if base(anchor) in WAYS and anchor.lower.endswith("s") and child_of(document, anchor, "poss") is None:
                yield from self._misread(anchor)
            return
        if child_of(document, anchor, "nsubj", "nsubjpass") is None and not passive:
            subject = self._controller(anchor)
            if subject is not None:
                yield from self._as("subject", subject, document.head(subject))

    def _before_the_subject(self, token: Token, verb: Token) -> bool:
        """Whether a subject is followed by another one: a dateline, a phrase set before its clause."""
        subjects = children(self.document, verb, "nsubj", "nsubjpass")
        return token.i < verb.i and any(token.i < other.i < verb.i for other in subjects)

    def _swallowed(self, verb: Token, sighting: AmountMention) -> Iterator[tuple[str, Party]]:
        """The receiver between verb and amount that the model takes for a part of the amount: owes Spain 3 million."""
        near = sighting.amount.approximation_span
        start = sighting.amount.span.start if near is None else min(near.start, sighting.amount.span.start)
        for mention in self.cast.within(max(0, sighting.first - DATIVE_REACH - MAX_NAME), sighting.first)[:-3:-1]:
            close = verb.i < mention.first <= verb.i + DATIVE_REACH
            if not close or self.document.text[mention.span.end : start].strip():
                continue
            between = self.document.tokens[verb.i + 1 : mention.first]
            if all(t.pos not in ("ADP", "VERB", "PUNCT", "CCONJ") for t in between):
                yield "dative", Party(mention.actor_id, mention.span)

    def _is_beside(self, token: Token, sighting: AmountMention) -> bool:
        """Whether the sum stands in an apposition to an object, which then is the receiver: paid its chief, Ida Moe, a
        bonus of 3 million dollars.
        """
        path = path_to(self.document, self.document.tokens[sighting.head], token)
        return any(t.dep == "appos" and t.pos == "NOUN" for t in path)

    def _helped(self, verb: Token, sighting: AmountMention) -> Iterator[tuple[str, Party]]:
        """Whom a sum is to help: pledged 3 million to help Oman fight; to assist Malta."""
        document = self.document
        for child in children(document, verb, "xcomp", "advcl"):
            if child.lemma not in _HELP or child.i < sighting.first:
                continue
            clause = child_of(document, child, "ccomp", "xcomp")
            helped = child_of(document, clause, "nsubj") if clause is not None else None
            helped = helped or child_of(document, child, "dobj")
            if helped is not None:
                yield from self._as("to", helped)

    def _receiver_of_goods(self, verb: Token) -> Iterator[tuple[str, Party]]:
        """A country right behind a verb, before what it receives, which the model takes for its modifier: sold Peru
        rice worth.
        """
        mention = self.cast.at(verb.i + 1) if verb.i + 1 < len(self.document.tokens) else None
        if mention is None or mention.form != "name" or self.cast.kind_of(mention.actor_id) != "country":
            return
        if self.document.tokens[mention.last - 1].dep in ("compound", "nmod"):
            yield "dative", Party(mention.actor_id, mention.span)

    def _same_owner(self, goods: Token) -> Iterator[tuple[str, Party]]:
        """``Peru's deficit grew as imports rose``: whose the subject of the main clause is."""
        verb = self.document.head(goods)
        if verb.dep not in ("advcl", "conj") or verb.pos != "VERB":
            return
        led = change_before(self.document, verb) or self.document.head(verb)
        subject = child_of(self.document, led, "nsubj")
        if subject is not None and subject.i != goods.i:
            for owner in children(self.document, subject, "poss", "amod", "compound"):
                yield from self._as("possessor", owner)

    def _misread(self, anchor: Token) -> Iterator[tuple[str, Party]]:
        """A verb in -s that the model reads as a noun (exports wheat and imports rice worth): its clause's subject."""
        token = anchor
        for above in upwards(self.document, anchor):
            if token.dep not in _NOMINAL:
                break
            token = above
        if token is not anchor and token.pos == "VERB":
            subject = child_of(self.document, token, "nsubj")
            if subject is not None:
                yield from self._as("subject", subject)
                yield from self._as("possessor", subject)

    def _prepositions(self, anchor: Token, sighting: AmountMention) -> Iterator[tuple[str, Party]]:
        """``to``, ``from``, ``by`` … and the actors behind them: first those behind the amount, the nearest first."""
        document = self.document
        nearest = sorted(children(document, anchor), key=lambda c: (c.i < sighting.first, abs(c.i - sighting.first)))
        for child in nearest:
            if child.dep == "acl" and child.tag == "VBN" and child.lemma in _BACKED:
                for agent in children(document, child, "agent", "prep", "dative"):
                    if agent.lower in ("by", "to", "from"):
                        for target in children(document, agent, "pobj"):
                            yield from self._as(agent.lower, target)
            if child.dep in ("prep", "agent", "dative") and child.pos in ("ADP", "SCONJ"):
                for target in children(document, child, "pobj"):
                    yield from self._as(child.lower, target)
                    for inner in children(document, target, "prep"):
                        if inner.lower in ("from", "to", "by") or (inner.lower in ("in", "at") and child.lower == "in"):
                            for deeper in children(document, inner, "pobj"):
                                yield from self._as(inner.lower, deeper)

    def _as(self, slot: str, token: Token, anchor: Token | None = None) -> Iterator[tuple[str, Party]]:
        if token.lower in ("which", "that", "who") and anchor is not None and anchor.dep == "relcl":
            token = self.document.head(anchor)
        party = None
        if slot == "subject" and token.lower in _PRONOUNS and anchor is not None:
            party = self._goes_back(token, anchor)
        party = party or self.namer.party(token, self.kind)
        if party is not None:
            yield slot, party

    def _goes_back(self, pronoun: Token, verb: Token) -> Party | None:
        """Whom a pronoun that is the subject of a verb stands for, as far as the grammar tells: in reported speech the
        subject of the clause that reports (Acme said it had), else that of the clause before, in the sentence (Acme
        lost its licence, and it owes) or the one before (Acme pleaded guilty. It has paid back). ``It`` and ``they``
        are nobody who is a person.
        """
        if pronoun.lower not in _NEUTER:
            return None
        document = self.document
        clause = verb
        for above in upwards(document, verb):
            if above.pos in ("VERB", "AUX"):
                reported = clause.dep == "ccomp" and above.i < clause.i
                if reported or clause.dep in ("conj", "parataxis"):
                    party = self._subject_of(above)
                    if party is not None:
                        return party
                elif clause.dep not in ("xcomp", "advcl", "aux", "ccomp"):
                    return None
                clause = above
        sentence = document.sentence_of(verb)
        if sentence.index == 0 or clause.dep != "ROOT":
            return None
        before = document.sentences[sentence.index - 1]
        if before.paragraph != sentence.paragraph:
            return None
        root = next((t for t in document.tokens[before.first : before.last] if t.dep == "ROOT"), None)
        return self._subject_of(root) if root is not None else None

    def _subject_of(self, verb: Token) -> Party | None:
        """The subject of a verb, where it is no person."""
        subjects = [c for c in children(self.document, verb, "nsubj", "nsubjpass") if c.lower not in _PRONOUNS]
        party = self.namer.party(subjects[-1], self.kind) if subjects else None
        return party if party is not None and not self.cast.is_person(party.actor_id) else None

    def _controller(self, verb: Token) -> Token | None:
        """The subject that a verb without one has from the clause that it hangs on."""
        document, token = self.document, verb
        for _ in range(8):
            if token.dep == "acl" and token.tag == "VBG":
                return document.head(token)
            infinitive = token.dep == "relcl" and token.tag == "VB" and child_of(document, token, "aux") is not None
            if not infinitive and token.dep not in (
                "xcomp",
                "conj",
                "advcl",
                "pcomp",
                "acl",
                "prep",
                "dobj",
                "pobj",
                "attr",
                "ccomp",
                "acomp",
            ):
                return None
            if token.dep == "ccomp" and child_of(document, token, "aux") is not None and token.tag != "VB":
                return None
            controlled = token.dep == "xcomp"
            token = document.head(token)
            if token.pos in ("VERB", "AUX"):
                ordered = child_of(document, token, "dobj") if controlled and token.lemma not in _PROMISES else None
                if ordered is not None:
                    return ordered
                subject = child_of(document, token, "nsubj", "nsubjpass")
                if subject is not None:
                    if subject.lower in ("which", "that", "who") and token.dep == "relcl":
                        return document.head(token)
                    return subject
        return None
