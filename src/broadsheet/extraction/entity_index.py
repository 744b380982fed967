"""The entity index of an article: its resolved actors and where each is mentioned, for the other parsers."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from broadsheet.base.span import Span
from broadsheet.extraction.found import Rule, rule
from broadsheet.reference import mapping
from broadsheet.reference.organizations import body_nouns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.found import Found
    from broadsheet.reference.people import Gender
    from broadsheet.tables.rows import ActorRow, MentionRow, RoleRow

Form = Literal["name", "alias", "title", "adjective", "metonym", "description", "pronoun"]

_UNION = ("european-community", "european-economic-community", "european-union")
_INDEFINITE = frozenset({"a", "an", "another", "some"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
NO_MENTION = -1
"""In ``EntityIndex.mention_of``: no mention covers the token."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens ``first`` to ``last`` (exclusive) that name an actor, with the ``form`` of the data model and the rule."""

    actor_id: str
    form: Form
    span: Span
    first: int
    last: int
    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class StateName:
    """Tokens ``first`` to ``last`` (exclusive) that name a state, by name, adjective, capital or seat of government.

    Unlike a mention it may be only a location (a meeting in Norway) and then belongs to no actor.
    """

    country_code: str
    form: Form
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class EntityIndex:
    """Actors and mentions of one document, with indexes by token.

    Attributes:
        document: The analysed article.
        actors: Actor id to its row, sorted by id.
        mentions: In reading order; they do not overlap.
        states: Every token range that names a state, mentions of country actors among them; in reading order.
        mention_of: For each token, the index of its mention, or ``NO_MENTION``.
        office_holders: Token of a title next to a name (*minister* in ``minister Ada Lund``) to the actor of that name.
        genders: Actor id to the gender known from names, forms of address and nouns; absent if unknown.
        roles: Actor id to the titles of its offices, in lower case, with their spheres.
    """

    document: Document
    actors: Mapping[str, ActorRow]
    mentions: tuple[Mention, ...]
    states: tuple[StateName, ...] = ()
    mention_of: tuple[int, ...] = ()
    office_holders: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    genders: Mapping[str, Gender] = field(default_factory=lambda: MappingProxyType({}))
    roles: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=lambda: MappingProxyType({}))

    def at(self, place: int) -> Mention | None:
        """The mention that covers the token at ``place`` of the document."""
        index = self.mention_of[place]
        return None if index == NO_MENTION else self.mentions[index]

    def within(self, first: int, last: int) -> list[Mention]:
        """The mentions wholly inside tokens ``first`` to ``last`` (exclusive), in reading order."""
        start = bisect_left(self.mentions, first, key=lambda m: m.first)
        stop = bisect_left(self.mentions, last, key=lambda m: m.first)
        return [m for m in self.mentions[start:stop] if m.last <= last]

    def touching(self, first: int, last: int) -> list[Mention]:
        """The mentions that share a token with tokens ``first`` to ``last`` (exclusive), in reading order."""
        found = {index: None for index in self.mention_of[first:last] if index != NO_MENTION}
        return [self.mentions[index] for index in found]

    def actor(self, actor_id: str) -> ActorRow:
        """The actor's row.

        Raises:
            KeyError: If the article has no such actor.
        """
        return self.actors[actor_id]

    def kind_of(self, actor_id: str) -> str:
        """``person``, ``organization``, ``country`` or ``group``."""
        return self.actors[actor_id].kind

    def is_person(self, actor_id: str) -> bool:
        """Whether the actor is a person."""
        return self.actors[actor_id].kind == "person"

    def is_state(self, actor_id: str) -> bool:
        """Whether the actor is a country, or the European Union."""
        return self.actors[actor_id].kind == "country" or actor_id in _UNION

    def country_of(self, actor_id: str) -> str | None:
        """Nationality or seat; a country's own code."""
        return self.actors[actor_id].country_code

    def country_actor(self, country_code: str) -> str | None:
        """The actor that is the country itself, the European Union for ``EUU``; None if the article has none."""
        for actor_id, row in self.actors.items():
            if row.country_code == country_code and self.is_state(actor_id):
                return actor_id
        return None

    def gender(self, actor_id: str) -> Gender | None:
        """Gender of a person, if the article reveals it."""
        return self.genders.get(actor_id)

    def resolve(self, phrase: Token | int | Span | tuple[int, int]) -> str | None:
        """The actor that a noun phrase refers to, by its head: a name, an abbreviation, a title, a pronoun.

        ``Trade Minister Ada Lund`` is the person; ``Lund's spokesman`` is another person, unknown unless also named.

        Args:
            phrase: The head token or its index, or the phrase as a span or as a range of tokens (last exclusive).
        """
        if isinstance(phrase, Span):
            phrase = self.document.range_of(phrase)
        if isinstance(phrase, tuple):
            head = self.head_of(*phrase)
            if head is None:
                return None
        else:
            head = self.document.tokens[phrase] if isinstance(phrase, int) else phrase
        return self._named_by(head)

    def why(self, phrase: Token) -> Rule | None:
        """The rule by which :meth:`resolve` finds the actor of a noun phrase with this head; None if it finds none."""
        mention = self.at(phrase.i)
        if mention is not None:
            return mention.rule
        if phrase.i in self.office_holders:
            return rule("mentions.led.holder", title=phrase.span)
        beside = self._beside(phrase)
        return None if beside is None else rule("mentions.led.beside", noun=phrase.span, name=beside.span)

    def head_of(self, first: int, last: int) -> Token | None:
        """The first token of a range whose syntactic head is outside it, ignoring punctuation and articles."""
        for token in self.document.tokens[first:last]:
            outside = token.head == token.i or not first <= token.head < last
            if outside and token.pos not in ("PUNCT", "DET", "PART"):
                return token
        return None

    def _named_by(self, head: Token) -> str | None:
        mention = self.at(head.i)
        if mention is not None:
            return mention.actor_id
        if head.i in self.office_holders:
            return self.office_holders[head.i]
        named = self._beside(head)
        return None if named is None else named.actor_id

    def _beside(self, head: Token) -> Mention | None:
        """The name in apposition to a descriptive noun."""
        for child in self.document.children(head, "appos"):
            beside = self.at(child.i)
            if beside is not None and (self.is_person(beside.actor_id) or self._is_body_named_so(head, beside)):
                return beside
        return None

    def in_apposition(self, head: Token) -> Mention | None:
        """The name that a noun phrase is in apposition to, before or after it: *Ada Lund, an ally* and the reverse."""
        beside = self.document.child(head, "appos")
        if beside is None and head.dep == "appos":
            beside = self.document.head(head)
        return None if beside is None else self.at(beside.i)

    def not_ruled_out(self, actors: Iterable[str], head: Token, phrase: range, known: Iterable[str]) -> list[str]:
        """Those actors that a common noun, the ``head`` of a phrase, can mean by grammar; ``known`` are named before.

        The object of a verb is not its subject (*rivals accused her*), an owner not the relative (*her sister*), and
        one named before not an indefinite noun (*a doctor*); nor is the subject of a later clause that is new there.
        """
        document = self.document
        named = self.touching(phrase.start, phrase.stop)
        beside = self.in_apposition(head)
        inside = {m.actor_id for m in (*named, *([beside] if beside is not None else [])) if m.form != "pronoun"}
        verb = document.head(head)
        places = [t.i for t in document.children(verb, "dobj", "dative") if head.dep == "nsubj"]
        barred = {m.actor_id for m in map(self.at, places) if m is not None}
        owners = [m for t in document.children(head, "poss") if (m := self.at(t.i)) is not None]
        if {head.lower, head.lemma} & mapping("gendered_nouns", "gender").keys():
            barred |= {m.actor_id for m in owners if self.is_person(m.actor_id)}
            barred -= {m.actor_id for m in named if m not in owners}
        behind = max(phrase.stop, verb.i)
        sentence = document.sentence_of(head)
        subjects = [m for m in self.within(behind, sentence.last) if document.tokens[m.last - 1].dep in _SUBJECTS]
        later = {m.actor_id for m in subjects} - {m.actor_id for m in self.within(sentence.first, behind)} - inside
        barred |= later - set(known)
        opening = document.tokens[phrase.start].lower
        is_new = head.tag == "NN" and opening in _INDEFINITE
        allowed = [actor for actor in actors if actor not in barred]
        return [actor for actor in allowed if actor in inside or not (is_new and self.is_person(actor))]

    def _is_body_named_so(self, head: Token, beside: Mention) -> bool:
        """Whether a common noun for bodies comes right before the name of one: *the rebel group Ansar al-Din*."""
        named = self.kind_of(beside.actor_id) in ("organization", "group") and beside.form in ("name", "alias")
        return named and beside.first == head.i + 1 and head.lower in body_nouns()

    def state_of(self, first: int, last: int) -> str | None:
        """Code of the first state that tokens ``first`` to ``last`` (exclusive) name, if any."""
        start = bisect_left(self.states, first, key=lambda s: s.first)
        for state in self.states[start:]:
            if state.first >= last:
                return None
            if state.last <= last:
                return state.country_code
        return None


@dataclass(frozen=True, slots=True)
class FoundActors:
    """The entity index, and the rows of the three tables of actors."""

    entities: EntityIndex
    actors: tuple[Found[ActorRow], ...]
    mentions: tuple[Found[MentionRow], ...]
    roles: tuple[Found[RoleRow], ...]


def index_entities(
    document: Document,
    actors: Mapping[str, ActorRow],
    mentions: list[Mention],
    states: list[StateName] | None = None,
    office_holders: Mapping[int, str] | None = None,
    genders: Mapping[str, Gender] | None = None,
    roles: Mapping[str, tuple[tuple[str, str], ...]] | None = None,
) -> EntityIndex:
    """Builds the entity index.

    Raises:
        ValueError: If two mentions overlap or one names an unknown actor.
    """
    ordered = sorted(mentions, key=lambda m: m.first)
    mention_of = [NO_MENTION] * len(document.tokens)
    for index, mention in enumerate(ordered):
        if mention.actor_id not in actors:
            raise ValueError(f"mention of {mention.actor_id!r}, which is not an actor")
        for place in range(mention.first, mention.last):
            if mention_of[place] != NO_MENTION:
                raise ValueError(f"two mentions cover token {place}")
            mention_of[place] = index
    return EntityIndex(
        document,
        MappingProxyType({key: actors[key] for key in sorted(actors)}),
        tuple(ordered),
        tuple(sorted(states or [], key=lambda s: (s.first, s.last))),
        tuple(mention_of),
        MappingProxyType(dict(office_holders or {})),
        MappingProxyType(dict(genders or {})),
        MappingProxyType(dict(roles or {})),
    )
