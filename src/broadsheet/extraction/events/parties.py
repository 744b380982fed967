"""Which actors of the article a phrase stands for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from broadsheet.extraction.events.definite import Definite
from broadsheet.extraction.events.lexicon import is_a, is_people, is_quantity, operators
from broadsheet.extraction.events.naming import acts, can_act, place_of
from broadsheet.extraction.events.party import Party, merged, read

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.events.syntax import Syntax

_DEPTH = 4
_INNER = (
    "by", "against", "on", "upon", "to", "with", "of", "from", "for", "into", "at",
    "in", "between", "over", "toward", "towards", "near", "around", "outside",
)  # fmt: skip
_MODIFIERS = ("amod", "compound", "nmod", "poss", "nummod")
_VERBS = ("VERB", "AUX")
_ANY_NUMBER = frozenset({"they", "their", "them", "i", "we", "my", "our"})
_PLURAL = frozenset({"they", "their", "them", "we", "our"})

_UNION = "European Union"
_PAIR = 2
_AMONG = 8
"""Tokens within which those are named whom a number of people includes."""

_PERSONAL = frozenset({"he", "she", "they", "it", "we", "his", "her", "their", "its", "our", "him", "them", "i", "my"})


@dataclass(slots=True)
class Parties:
    """Looks phrases up in the cast of a document."""

    document: Document
    cast: EntityIndex
    syntax: Syntax
    definite: Definite = field(init=False)
    _countries: dict[str, str] = field(default_factory=dict)
    _at: dict[int, Party | None] = field(default_factory=dict)
    _described: dict[str, tuple[int, tuple[Party, ...]]] | None = None
    _sentences_back: int = 0
    _in_conflict: bool = False

    def __post_init__(self) -> None:
        self.definite = Definite(self.document, self.cast)
        for actor_id, actor in self.cast.actors.items():
            if actor.kind == "country" and actor.country_code:
                self._countries.setdefault(actor.country_code, actor_id)

    def at(self, token: Token) -> Party | None:
        """The actor whose mention covers the token."""
        if token.i not in self._at:
            self._at[token.i] = self._named(token)
        return self._at[token.i]

    def _named(self, token: Token) -> Party | None:
        mention = self.cast.at(token.i)
        if mention is not None:
            return Party(mention.actor_id, mention.span, mention.form)
        holder = self.cast.office_holders.get(token.i)
        return Party(holder, token.span, "title", "holder") if holder is not None else None

    def of(self, token: Token, depth: int = _DEPTH) -> tuple[Party, ...]:
        """The actors that the phrase headed by ``token`` stands for.

        A name stands for its bearer; a common noun for the country or body that its modifiers name (``Kenyan police``,
        ``leaders of the union``), unless it is something that people make or do rather than people.
        """
        direct = self.at(token)
        if direct is not None:
            if direct.form == "description" and direct.actor_id in self._acting(token):
                return self._definite(token) or (direct,)  # Nordvik sued the company
            return self._by_name(token, direct) or (direct,)
        if not depth:
            return ()
        if token.pos == "PRON" or token.lower in _PERSONAL:
            return self._pronoun(token, depth) or self._they(token)
        if is_quantity(token.lemma) or token.pos == "NUM":
            core = self.syntax.core(token)
            if core.i != token.i:
                return self.beside(token) or self.of(core, depth - 1)
            return self.beside(token) or read(self._modifiers(token, depth), "qualifier") or self._definite(token)
        if not acts(token):
            return ()
        return (
            self.beside(token)
            or self._its_state(token)
            or self._named_among(token)
            or read(self._modifiers(token, depth), "qualifier")
            or read(self._complement(token, depth), "complement")
            or read(self._repeated(token), "repeated")
            or self._definite(token)
        )

    def all_of(self, tokens: tuple[Token, ...]) -> tuple[Party, ...]:
        """The actors of several phrases, each once."""
        out: dict[str, Party] = {}
        for token in tokens:
            for party in self.of(token):
                out.setdefault(party.actor_id, party)
        return tuple(out.values())

    def states(self, parties: tuple[Party, ...]) -> tuple[Party, ...]:
        """The states of actors: a country itself, that of a person or body; those of unknown country left out."""
        out: dict[str, Party] = {}
        for party in parties:
            actor_id = self._countries.get(self.cast.country_of(party.actor_id) or "")
            if actor_id is not None:
                own = actor_id == party.actor_id
                how = party.how if own else "state_of"
                out.setdefault(actor_id, Party(actor_id, party.span, party.form, how, party.slot))
        return tuple(out.values())

    def agents(self, tokens: tuple[Token, ...]) -> tuple[Party, ...]:
        """The actors of the phrases that stand for somebody who can act, each once."""
        return self.all_of(tuple(t for t in tokens if self.at(t) is not None or can_act(self.syntax.core(t))))

    def inside(self, token: Token, depth: int = _DEPTH) -> tuple[Party, ...]:
        """The actors named inside a phrase, of its nearest part that names any."""
        found = self.of(token) or (() if not depth else self._modifiers(token, depth))
        if found or not depth:
            return found
        for name, inner in self._phrases(token, _INNER):
            del name
            parties = self._spread(inner, depth)
            if parties:
                return parties
        for child in self.document.children(token, "acl"):
            frame = self.syntax.frame(child)
            inners = frame.subjects if child.tag == "VBN" else frame.objects
            for inner in (*inners, *(t for _, t in frame.prepositions)):
                if inner.i > token.i and (parties := self.inside(inner, depth - 1) or self.country(inner)):
                    return parties
        for child in self.document.children(token, "relcl"):
            for name, inner in self.syntax.frame(child).prepositions:
                if name in ("against", "on", "with") and (parties := self.of(inner, depth - 1)):
                    return parties
        return ()

    def uttered(self, token: Token) -> tuple[Party, ...]:
        """Who said or did what ``this statement`` or ``the move`` takes up: the last who said something before."""
        det = self.document.child(token, "det")
        if det is None or det.lower not in ("this", "that", "these", "those") or not is_a(token.lemma, "utterance"):
            return ()
        document = self.document
        index = token.sentence - 1
        if index < 0:
            return ()
        for other in reversed(document.sentence_tokens(document.sentences[index])):
            if other.pos == "VERB" and "say" in operators(other.lemma, frozenset()):
                found = self.all_of(self.syntax.surface_subjects(other))
                if found:
                    return read(found, "uttered")
        return ()

    def after(self, token: Token, prepositions: tuple[str, ...]) -> tuple[Party, ...]:
        """The actors behind one of the prepositions inside a phrase, in the order of ``prepositions``."""
        for _, inner in self._phrases(token, prepositions):
            parties = self._spread(inner, _DEPTH)
            if parties:
                return parties
        return self._there(token) if "to" in prepositions and "in" in prepositions else ()

    def _there(self, noun: Token) -> tuple[Party, ...]:
        """``a visit there``: the country named last before."""
        there = self.document.tokens[noun.i + 1 : noun.i + 2]
        if not there or there[0].lower != "there":
            return ()
        before = self.cast.within(self.document.sentence_of(noun).first, noun.i)
        found = next((m for m in reversed(before) if self.cast.kind_of(m.actor_id) == "country"), None)
        return (Party(found.actor_id, found.span, found.form, "there"),) if found is not None else ()

    def modifiers(self, token: Token) -> tuple[Party, ...]:
        """The actors that possess or qualify what a noun names (``its``, ``Peru's``, ``Peruvian``)."""
        return self._modifiers(token, _DEPTH)

    def country(self, token: Token) -> tuple[Party, ...]:
        """The country of the article in which a place lies, where the place itself names no actor."""
        code, span = place_of(self.document, token)
        actor_id = self._countries.get(code or "")
        if token.text == "Europe":
            union = next((m for m in self.cast.mentions if self.cast.actors[m.actor_id].name == _UNION), None)
            return (Party(union.actor_id, token.span, "metonym", "place"),) if union is not None else ()
        return (Party(actor_id, span, "metonym", "place"),) if actor_id and span else ()

    def _spread(self, token: Token, depth: int) -> tuple[Party, ...]:
        out: dict[str, Party] = {}
        for part in self.syntax.conjuncts(token):
            for party in self.inside(part, depth - 1) or self.country(part):
                out.setdefault(party.actor_id, party)
        return tuple(out.values())

    def _phrases(self, token: Token, wanted: tuple[str, ...]) -> list[tuple[str, Token]]:
        found: list[tuple[str, Token]] = []
        prepositions = list(self.document.children(token, "prep", "agent"))
        for participle in self.document.children(token, "acl"):
            if participle.tag == "VBN":
                prepositions.extend(self.document.children(participle, "prep", "agent"))
        for prep in prepositions:
            inner = self.document.child(prep, "pobj")
            border = prep.lower in ("on", "near") and inner is not None and is_a(inner.lemma, "border")
            if inner is not None and prep.lower in wanted and not border:
                found.append((prep.lower, inner))
        return sorted(found, key=lambda pair: wanted.index(pair[0]))

    def _modifiers(self, token: Token, depth: int) -> tuple[Party, ...]:
        out: dict[str, Party] = {}
        for child in self.document.children(token, *_MODIFIERS):
            for part in self.syntax.conjuncts(child):
                if part.i >= token.i:
                    continue
                for party in self._modifier(part, depth):
                    out.setdefault(party.actor_id, party)
        return tuple(out.values())

    def _modifier(self, part: Token, depth: int) -> tuple[Party, ...]:
        direct = self.at(part)
        if direct is not None:
            return (direct,)
        if part.dep == "poss" or (part.dep == "conj" and part.pos in ("NOUN", "PROPN")):
            return self.of(part, depth - 1) or self._modifiers(part, depth - 1)
        if part.dep == "compound" and part.pos in ("NOUN", "PROPN") and depth > 1:
            return self._modifiers(part, depth - 1)
        if part.lower == "led":
            return tuple(p for c in self.document.children(part, "npadvmod", "advmod", "amod") if (p := self.at(c)))
        return ()

    def beside(self, token: Token) -> tuple[Party, ...]:
        """The person or body that an apposition to a noun names (``the newspaper La Voz``)."""
        for child in self.document.children(token, "appos"):
            found = self.at(child)
            if found is not None and self.cast.actors[found.actor_id].kind != "country":
                return (replace(found, how="beside"),)
        return ()

    def _by_name(self, people: Token, direct: Party) -> tuple[Party, ...]:
        """``two Peruvians, the priest Ivo Lanz and …``: those whom an apposition names."""
        if people.tag not in ("NNS", "NNPS") or self.cast.kind_of(direct.actor_id) != "country":
            return ()
        out: dict[str, Party] = {}
        for child in self.document.children(people, "appos"):
            for mention in self.cast.within(*self.document.edges(child)):
                beside = self.document.tokens[mention.last - 1].dep in ("appos", "conj")
                if beside and self.cast.is_person(mention.actor_id):
                    party = Party(mention.actor_id, mention.span, mention.form, "beside")
                    out.setdefault(mention.actor_id, party)
        return tuple(out.values())

    def _named_among(self, people: Token) -> tuple[Party, ...]:
        """``nine men, among them Ivo Lanz``: the first whom a number of people includes by name."""
        if people.tag not in ("NNS", "NNPS") or not is_people(people):
            return ()
        last = self.document.sentence_of(people).last
        tokens = self.document.tokens[people.i + 1 : min(last, people.i + _AMONG)]
        for here, following in pairwise(tokens):
            if here.lower == "including" or (here.lower == "among" and following.lower == "them"):
                place = following.i + (here.lower == "among")
                for mention in self.cast.within(place, min(last, place + _AMONG)):
                    if self.cast.is_person(mention.actor_id):
                        return (Party(mention.actor_id, mention.span, mention.form, "among"),)
        return ()

    def _complement(self, token: Token, depth: int) -> tuple[Party, ...]:
        for prep in self.document.children(token, "prep"):
            if prep.lower not in ("of", "from", "in", "at", "with"):
                continue
            inner = self.document.child(prep, "pobj")
            if inner is None:
                continue
            if prep.lower != "of" and not is_people(token):
                continue
            out: dict[str, Party] = {}
            for part in self.syntax.conjuncts(inner):
                for party in self.of(part, depth - 1) or self.country(part):
                    out.setdefault(party.actor_id, party)
            if out:
                return tuple(out.values())
        for child in self.document.children(token, "acl", "amod"):
            if is_a(child.lemma, "affiliated"):
                for prep in self.document.children(child, "prep"):
                    inner = self.document.child(prep, "pobj")
                    if inner is not None and (found := self.of(inner, depth - 1) or self.country(inner)):
                        return found
        return ()

    def _pronoun(self, token: Token, depth: int) -> tuple[Party, ...]:
        """Subject of the verb of saying over the clause, for a pronoun that the cast leaves open.

        ``It`` that opens a sentence goes on with the body that the sentence before lets speak.
        """
        document = self.document
        clause = next((a for a in document.ancestors(token) if a.pos in _VERBS), None)
        for _ in range(_DEPTH):
            if clause is None:
                return ()
            if clause.head == clause.i:
                return self._said_before(token, depth) if token.lower == "it" else ()
            head = document.head(clause)
            if clause.dep in ("ccomp", "advcl", "parataxis") and head.pos in _VERBS:
                said_by = self.syntax.surface_subjects(head)
                if token.lower in _PLURAL and len(said_by) > 1:
                    meant = merged(*(self.of(s, depth - 1) for s in said_by if s.i != token.i))
                    return read(meant, "pronoun_of_clause")
                for subject in said_by:
                    if subject.i != token.i and subject.pos != "PRON" and self._agrees(token, subject):
                        return read(self.of(subject, depth - 1), "pronoun_of_clause")
            clause = head if head.pos in _VERBS else None
        return ()

    def _agrees(self, pronoun: Token, subject: Token) -> bool:
        if pronoun.lower in _ANY_NUMBER:
            return True
        return not (subject.tag in ("NNS", "NNPS") or len(self.syntax.conjuncts(subject)) > 1)

    def _said_before(self, token: Token, depth: int) -> tuple[Party, ...]:
        if self._sentences_back == _DEPTH:
            return ()  # the sentence before may open with a pronoun too: the text decides how often
        self._sentences_back += 1
        try:
            return self._subject_before(token, depth)
        finally:
            self._sentences_back -= 1

    def _subject_before(self, token: Token, depth: int) -> tuple[Party, ...]:
        document = self.document
        if token.sentence == 0 or document.sentences[token.sentence - 1].paragraph != token.paragraph:
            return ()
        before = document.sentence_tokens(document.sentences[token.sentence - 1])
        root = next((t for t in before if t.head == t.i), None)
        if root is None or root.pos not in _VERBS:
            return ()
        subjects = self.syntax.surface_subjects(root)
        if "say" not in operators(root.lemma, frozenset()):
            # Of who does something else only a body or state by name goes on as *it*.
            named = tuple(p for t in subjects if (p := self.at(t)) is not None)
            goes_on = tuple(p for p in named if not self.cast.is_person(p.actor_id)) if len(named) == 1 else ()
            return read(goes_on, "pronoun_goes_on")
        found = self.all_of(subjects) or merged(*(self.inside(t, depth - 1) for t in subjects))
        return read(tuple(p for p in found if not self.cast.is_person(p.actor_id)), "pronoun_goes_on")

    def _definite(self, token: Token) -> tuple[Party, ...]:
        """Whom ``both countries``, ``the two``, ``the government`` or ``its neighbour`` means."""
        acting = self._acting(token)
        if token.lemma in ("side", "party") and (sides := self._at_odds(token)):
            return sides
        found = self.definite.pair(token, acting)
        if not found:
            one = self.definite.one(token, acting)
            found = (one,) if one is not None else ()
        return tuple(Party(m.actor_id, m.span, m.form, "definite") for m in found)

    def _at_odds(self, token: Token) -> tuple[Party, ...]:
        """``both sides`` after ``a truce between the government and the Front``: the two between whom it is."""
        words = {c.lower for c in self.document.children(token, "nummod", "det", "predet")}
        if token.tag != "NNS" or words.isdisjoint({"both", "two"}):
            return ()
        if self._in_conflict:
            return ()  # a truce between both sides does not say who they are
        self._in_conflict = True
        try:
            return self._between(token)
        finally:
            self._in_conflict = False

    def _between(self, token: Token) -> tuple[Party, ...]:
        """The two parties named behind ``between`` in the last agreement or conflict before the token."""
        for other in reversed(self.document.tokens[: token.i]):
            if other.lower != "between" or other.dep != "prep":
                continue
            noun = self.document.head(other)
            if is_a(noun.lemma, "agreement") or is_a(noun.lemma, "violence") or noun.lemma in ("conflict", "dispute"):
                inner = self.document.child(other, "pobj")
                found = merged(*(self.of(t) for t in self.syntax.conjuncts(inner))) if inner is not None else ()
                if len(found) == _PAIR:
                    return read(found, "definite")
        return ()

    def _its_state(self, token: Token) -> tuple[Party, ...]:
        """``its former colony``: somebody else than whoever has it."""
        if self.document.child(token, "poss") is None or not self.definite.is_one_state(token):
            return ()
        return self._definite(token)

    def _they(self, token: Token) -> tuple[Party, ...]:
        """``Ana Ruiz will see Olaf Berg when they meet``: the two persons whom the sentence names."""
        if token.lower != "they":
            return ()
        return tuple(Party(m.actor_id, m.span, m.form, "two_persons") for m in self.definite.two_persons(token))

    def _acting(self, token: Token) -> frozenset[str]:
        """The actors named as subject of the verb on whose other side the phrase stands."""
        document = self.document
        for _ in range(_DEPTH):
            over = document.head(token)
            if over.i == token.i or token.dep in ("nsubj", "nsubjpass", "appos", "relcl"):
                break
            if over.pos in _VERBS:
                named = (self.at(t) for t in self.syntax.surface_subjects(over))
                return frozenset(p.actor_id for p in named if p is not None)
            token = over
        return frozenset()

    def _repeated(self, token: Token) -> tuple[Party, ...]:
        """What a bare noun of people repeats: ``the ministers`` after ``Chilean ministers``."""
        if not is_people(token) or self.document.child(token, *_MODIFIERS, "prep", "relcl", "acl") is not None:
            return ()
        det = self.document.child(token, "det")
        if det is not None and det.lower != "the":
            return ()
        if self._described is None:
            self._described = {}
            for other in self.document.tokens:
                if other.pos in ("NOUN", "PROPN") and is_people(other) and other.lemma not in self._described:
                    found = self._modifiers(other, 1)
                    if found:
                        self._described[other.lemma] = (other.i, found)
        place, found = self._described.get(token.lemma, (token.i, ()))
        return found if place < token.i else ()
