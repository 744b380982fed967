"""Which actor a phrase stands for as a party: by name, beside a common noun, by nationality, or as ``the country``."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from broadsheet.extraction.figures.reach import MAX_TOKENS, children, upwards
from broadsheet.reference import table
from broadsheet.reference.geography import capitals

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document, Token
    from broadsheet.base.span import Span
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.found import Rule

_NATIONS = frozenset({"country", "nation", "republic", "kingdom", "island"})
_POINTING = frozenset({"the", "that", "this"})
_PARTS = frozenset({"arm", "branch", "division", "unit", "wing"})
"""Parts of a body, which act for it."""
_OF_STATES = frozenset({"aid", "budget", "debt", "loan", "trade"})
"""Kinds whose money is a state's where one of its office-holders gives or takes it."""
_OFFICES = frozenset(
    {
        *("ambassador", "chancellor", "emir", "king", "minister", "premier", "president", "queen", "secretary"),
        *("sultan", "taoiseach", "treasurer"),
    }
)
_BLOCS = frozenset(
    {
        *("alliance", "association", "asean", "cartel", "community", "council", "ecowas", "eu", "league", "mercosur"),
        *("opec", "organisation", "organization", "union"),
    }
)
_BLOC_REACH = 60
"""Mentions before ``the bloc`` among which its name may be."""
_BACK = 2
"""Sentences before its own in which ``the country`` finds its name."""


@dataclass(frozen=True, slots=True)
class Party:
    """An actor in a role, and the characters that name it there.

    Attributes:
        actor_id: Key of the actor.
        span: The characters.
        how: How the phrase was taken for the actor: ``mention``, ``resolved``, ``beside``, ``part``, ``agent``,
            ``the_country``, ``the_bloc``, ``state``, ``capital`` or ``office_holder``.
        told: What gave it its role.
    """

    actor_id: str
    span: Span
    how: str = field(default="mention", compare=False)
    told: Rule | None = field(default=None, compare=False)


@cache
def _agents() -> frozenset[tuple[str, str]]:
    """Nouns that act for the country named beside them, each with a kind of figure, ``any`` for all kinds."""
    return frozenset((row["noun"], row["kind"]) for row in table("figure_agents"))


class Namer:
    """Looks up the phrases of one document."""

    def __init__(self, document: Document, cast: EntityIndex) -> None:
        self.document = document
        self.cast = cast
        self._holders: frozenset[str] | None = None

    def party(self, token: Token, kind: str) -> Party | None:
        """The actor that a phrase names by its head, or the country that a place in it is in."""
        cast = self.cast
        mention = cast.at(token.i)
        if mention is not None:
            return Party(mention.actor_id, mention.span)
        actor = cast.resolve(token)
        if actor is not None:
            return Party(actor, self._naming(token, actor), "resolved")
        if token.pos in ("NOUN", "PROPN"):
            beside = self._named_beside(token) or self._acting_for(token, kind)
            beside = beside or self._the_country(token) or self._the_bloc(token)
            if beside is not None:
                return beside
        if token.pos in ("PROPN", "ADJ"):
            first, last = self.document.edges(token)
            for state in cast.states_in(first, last):
                if state.first <= token.i < state.last:
                    country = cast.country_actor(state.country_code)
                    if country is not None:
                        return Party(country, self.document.span(state.first, state.last), "state")
        if token.pos == "PROPN" and (code := capitals().get(token.lower)) is not None:
            country = cast.country_actor(code)
            return Party(country, token.span, "capital") if country is not None else None
        return None

    def acting_for(self, party: Party, kind: str) -> Party:
        """The country for which one of its office-holders pays or is paid, where the article has it as an actor."""
        cast = self.cast
        if kind not in _OF_STATES or not cast.is_person(party.actor_id) or party.actor_id not in self._statesmen():
            return party
        country = cast.country_actor(cast.country_of(party.actor_id) or "")
        return Party(country, party.span, "office_holder", party.told) if country is not None else party

    def _statesmen(self) -> frozenset[str]:
        if self._holders is None:
            found = set()
            for place, actor in self.cast.office_holders.items():
                before = self.cast.at(place - 1) if place else None
                of_a_body = before is not None and self.cast.kind_of(before.actor_id) == "organization"
                if self.document.tokens[place].lower in _OFFICES and not of_a_body:
                    found.add(actor)
            self._holders = frozenset(found)
        return self._holders

    def _named_beside(self, noun: Token) -> Party | None:
        """The body whose name stands beside a common noun: the carmaker Norvik; the lender, Kestrel Bank."""
        if noun.pos != "NOUN":
            return None
        places = [noun.i + 1, *(child.i for child in children(self.document, noun, "appos"))]
        for place in places:
            mention = self.cast.at(place) if place < len(self.document.tokens) else None
            if mention is None or mention.form not in ("name", "alias") or mention.last <= noun.i:
                continue
            if self.cast.kind_of(mention.actor_id) != "country":
                return Party(mention.actor_id, mention.span, "beside")
        return None

    def _acting_for(self, noun: Token, kind: str) -> Party | None:
        """The country of a government, in trade of those who buy and sell (Peru's mills), the body of a part of one."""
        if noun.lemma in _PARTS:
            for child in children(self.document, noun, "poss"):
                mention = self.cast.at(child.i)
                if mention is not None and not self.cast.is_person(mention.actor_id):
                    return Party(mention.actor_id, mention.span, "part")
        if (noun.lemma, "any") not in _agents() and (noun.lemma, kind) not in _agents():
            return None
        for child in children(self.document, noun, "amod", "compound", "poss", "nmod"):
            mention = self.cast.at(child.i)
            if mention is not None and child.i < noun.i and self.cast.kind_of(mention.actor_id) == "country":
                return Party(mention.actor_id, mention.span, "agent")
        return None

    def _the_country(self, noun: Token) -> Party | None:
        """The country that ``the country`` goes back to: the last one named that is not the subject of the clause."""
        document = self.document
        det = next(children(document, noun, "det"), None)
        if noun.lemma not in _NATIONS or noun.tag == "NNS" or det is None or det.lower not in _POINTING:
            return None
        if any(prep.lower == "of" for prep in children(document, noun, "prep")):
            return None
        sentence = document.sentence_of(noun)
        start = document.sentences[max(0, sentence.index - _BACK)].first
        subjects = {c.i for verb in upwards(document, noun) for c in children(document, verb, "nsubj", "nsubjpass")}
        acting = {m.actor_id for i in subjects if (m := self.cast.at(i)) is not None}
        near = noun.i - 4 * MAX_TOKENS
        here = self.cast.within(max(sentence.first, near), noun.i)
        before = self.cast.within(max(start, near), sentence.first)
        topics = [m for m in before if document.tokens[m.last - 1].dep in ("nsubj", "nsubjpass", "poss")]
        topics = [m for m in topics if document.head(document.tokens[m.last - 1]).dep in ("ROOT", "nsubj", "nsubjpass")]
        for mention in (*reversed(here), *reversed(topics), *reversed(before)):
            if self.cast.kind_of(mention.actor_id) == "country" and mention.actor_id not in acting:
                return Party(mention.actor_id, noun_span(document, noun), "the_country")
        return None

    def is_union(self, actor_id: str) -> bool:
        """Whether an actor is a union of states, by its name."""
        if self.cast.kind_of(actor_id) != "organization":
            return False
        return bool(_BLOCS & set(self.cast.actor(actor_id).name.lower().split()))

    def _the_bloc(self, noun: Token) -> Party | None:
        """The union of states that ``the bloc`` goes back to: the last one named, however far back."""
        if noun.lower not in ("bloc", "grouping") or next(children(self.document, noun, "det"), noun).lower == "a":
            return None
        for mention in self.cast.before(noun.i)[:_BLOC_REACH]:
            if mention.form in ("name", "alias", "metonym") and self.is_union(mention.actor_id):
                return Party(mention.actor_id, noun_span(self.document, noun), "the_bloc")
        return None

    def _naming(self, token: Token, actor: str) -> Span:
        for mention in self.cast.within(*self.document.edges(token)):
            if mention.actor_id == actor:
                return mention.span
        return token.span


def in_role(party: Party, told: Rule) -> Party:
    """The party with what gave it its role."""
    return Party(party.actor_id, party.span, party.how, told)


def noun_span(document: Document, noun: Token) -> Span:
    """The characters of a noun with its article and the words between."""
    det = next(children(document, noun, "det"), noun)
    return document.span(min(det.i, noun.i), noun.i + 1)
