"""Whom a definite phrase means that names nobody: ``the government``, ``both sides``, ``its neighbour``."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from broadsheet.extraction.events.lexicon import MUTUAL, is_a, is_people
from broadsheet.reference.organizations import body_nouns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.entity_index import EntityIndex, Mention
    from broadsheet.extraction.events.event_mention import EventMention

SIDES = frozenset(
    {"country", "nation", "state", "side", "government", "neighbour", "neighbor", "power", "party", "ally", "capital"}
)
STATES = frozenset({"country", "nation", "state", "government", "neighbour", "neighbor", "power", "capital"})
_THE = frozenset({"the", "these", "those", "its", "their"})
_GOVERNMENTS = frozenset({"government", "administration", "authority", "regime", "junta"})
_ONE_STATE = frozenset(
    {"country", "nation", "state", "colony", "neighbour", "neighbor", "island", "kingdom", "republic", "rival", "ally"}
)
_MOVEMENTS = frozenset({"front", "army", "movement", "brigade", "brigades", "militia", "resistance", "guerrillas"})
_COURTS = frozenset({"court", "tribunal"})
_PLAIN = frozenset(
    {"same", "federal", "central", "new", "interim", "military", "caretaker", "transitional", "incoming", "own"}
)
_WHOSE_STATE = frozenset({"its", "their"})
_TERMS = frozenset({"east", "west", "north", "south", "former", "neighbouring", "neighboring", "large", "small", "big"})
_COMPOUNDS = frozenset({"island", "desert", "mountain", "oil", "border"})
_COMPANIES = frozenset({"company", "media"})
_LOOK_BACK = 4
"""Sentences within which a pair or a company is looked for."""

_FAR_BACK = 10
"""Sentences within which a state is looked for."""

_EVENTS = 8
"""Late events whose two sides ``both sides`` may mean."""

_CLEAR = 1.5
"""How much oftener than the third the second of two must be named to be one of ``the two countries``."""

_TITLE = 3
_TWO = 2


@dataclass(slots=True)
class Definite:
    """Resolves definite phrases against the cast and the events told so far.

    Attributes:
        told: The events of the document as they are found, in reading order.
    """

    document: Document
    cast: EntityIndex
    told: list[EventMention] = field(default_factory=list)
    _memo: dict[str, tuple[Mention, ...]] = field(default_factory=dict)
    _counted: Counter[str] | None = None

    def pair(self, token: Token, acting: frozenset[str]) -> tuple[Mention, ...]:
        """The two whom ``both sides``, ``the two countries`` or ``the two`` means, the subject's actors left out.

        Two whom the same sentence names before; else, of states, the two that the article is about, and of sides and
        parties those of the latest event between two.
        """
        if not self._both(token):
            return ()
        if token.lemma == "party" and len(self._parties()) == _TWO:
            return self._parties()
        kinds = self._kinds(token)
        sentence = self.document.sentence_of(token)
        for kind in kinds:
            if kind == "side":
                # States are at odds oftener than bodies.
                found = self._opposed(token, "country", acting) or self._main_two("country", acting)
                named = self._named(sentence.first, token.i, kind, acting)
                if len(found) == _TWO and len(named) != _TWO:
                    return found
            if len(found := self._named(sentence.first, token.i, kind, acting)) == _TWO:
                return found
            ways: tuple[Callable[[], tuple[Mention, ...]], ...] = (
                lambda kind=kind: self._main_two(kind, acting),  # type: ignore[misc]
                lambda kind=kind: self._opposed(token, kind, acting),  # type: ignore[misc]
                lambda kind=kind: self._before(sentence.index, kind, acting),  # type: ignore[misc]
            )
            for way in ways if kind == "country" else (ways[1], ways[2], ways[0]):
                if len(found := way()) == _TWO:
                    return found
        return ()

    def _parties(self) -> tuple[Mention, ...]:
        """The bodies that the article calls a party."""
        if "party" not in self._memo:
            tokens = self.document.tokens
            found: dict[str, Mention] = {}
            for mention in self.cast.mentions:
                beside = tokens[mention.last - 1 : mention.last + 1]
                if self.cast.kind_of(mention.actor_id) == "organization" and any(t.lower == "party" for t in beside):
                    found.setdefault(mention.actor_id, mention)
            self._memo["party"] = tuple(found.values())
        return self._memo["party"]

    def two_persons(self, token: Token) -> tuple[Mention, ...]:
        """The persons whom the sentence names before, if they are two."""
        found = self._named(self.document.sentence_of(token).first, token.i, "person", ())
        return found if len(found) == _TWO else ()

    def _both(self, token: Token) -> bool:
        if token.pos == "NUM" or token.lower == "both":
            before = self.document.tokens[token.i - 1].lower if token.i else ""
            alone = not any(self.document.children(token, "prep", "amod", "nummod"))
            return alone and (token.lower == "both" or (token.lower == "two" and before == "the"))
        if token.tag not in ("NNS", "NNPS"):
            return False
        if token.lemma not in SIDES and not is_people(token):
            return False
        words = {c.lower for c in self.document.children(token, "nummod", "det", "predet", "amod", "poss")}
        return "both" in words or ("two" in words and not words.isdisjoint(_THE))

    def _kinds(self, token: Token) -> tuple[str, ...]:
        if token.pos == "NUM" or token.lower == "both":
            return ("person", "country")
        if token.lemma in STATES:
            return ("country",)
        return ("side",) if token.lemma in SIDES else ("person",)

    def _of_kind(self, kind: str, actor_id: str) -> bool:
        actual = self.cast.kind_of(actor_id)
        return actual != "person" if kind == "side" else actual == kind

    def _named(self, first: int, last: int, kind: str, acting: Iterable[str]) -> tuple[Mention, ...]:
        found: dict[str, Mention] = {}
        for mention in self.cast.within(first, last):
            if mention.actor_id not in acting and self._of_kind(kind, mention.actor_id):
                found.setdefault(mention.actor_id, mention)
        return tuple(found.values())

    def _before(self, index: int, kind: str, acting: frozenset[str]) -> tuple[Mention, ...]:
        sentences = self.document.sentences
        for place in range(index - 1, max(-1, index - _LOOK_BACK), -1):
            found = self._named(sentences[place].first, sentences[place].last, kind, acting)
            if len(found) >= _TWO:
                return found
        return ()

    def _opposed(self, token: Token, kind: str, acting: frozenset[str]) -> tuple[Mention, ...]:
        """The two sides of the latest event that has just two."""
        for event in reversed(self.told[-_EVENTS:]):
            if event.type not in MUTUAL and not (event.actors and event.recipients):
                continue
            ids = {p.actor_id for p in (*event.actors, *event.recipients)} - acting
            if len(ids) == _TWO and all(self._of_kind(kind, i) for i in ids):
                spans = {p.actor_id: p.span for p in (*event.actors, *event.recipients)}
                mentions = (m for i in sorted(ids, key=lambda i: spans[i]) for m in self.cast.in_span(spans[i])[:1])
                return tuple(m for m in mentions if m.first < token.i)
        return ()

    def _main_two(self, kind: str, acting: frozenset[str]) -> tuple[Mention, ...]:
        main = [m for m in self._main(kind) if m.actor_id not in acting]
        if len(main) < _TWO:
            return ()
        if len(main) > _TWO:
            counts = self._counts
            if counts[main[1].actor_id] < _CLEAR * counts[main[2].actor_id]:
                return ()
        return tuple(main[:_TWO])

    @property
    def _counts(self) -> Counter[str]:
        if self._counted is None:
            self._counted = Counter()
            for mention in self.cast.mentions:
                title = self.document.in_title(self.document.tokens[mention.first])
                self._counted[mention.actor_id] += _TITLE if title else 1
        return self._counted

    def _main(self, kind: str) -> tuple[Mention, ...]:
        """The first mention of each actor of a kind, those named oftenest first."""
        if kind not in self._memo:
            first: dict[str, Mention] = {}
            for mention in self.cast.mentions:
                if self._of_kind(kind, mention.actor_id):
                    first.setdefault(mention.actor_id, mention)
            counts = self._counts
            self._memo[kind] = tuple(sorted(first.values(), key=lambda m: (-counts[m.actor_id], m.first)))
        return self._memo[kind]

    def one(self, token: Token, acting: frozenset[str]) -> Mention | None:
        """The state or company that a definite noun in the singular stands for."""
        if token.text == "Centre" and self._is_the(token):
            return self._country("IND")
        if token.lemma in _GOVERNMENTS and self._is_the(token):
            return self._government(token, acting)
        if is_a(token.lemma, "rebel") and token.tag == "NNS" and self._is_the(token):
            return self._movement()
        if token.lemma in _COURTS and token.tag == "NN" and self._is_the(token):
            return self._named_so(token)
        if self.is_one_state(token):
            return self._last(token, acting, "country")
        if token.tag == "NN" and body_nouns().get(token.lower) in _COMPANIES and self._is_the(token):
            return self._last(token, acting, "organization")
        return None

    def _movement(self) -> Mention | None:
        """``the rebels``: the movement of the article, where it has but one."""
        found: dict[str, Mention] = {}
        for mention in self.cast.mentions:
            actor = self.cast.actors[mention.actor_id]
            words = actor.name.lower().split()
            if actor.kind in ("group", "organization") and any(w in _MOVEMENTS for w in words):
                found.setdefault(mention.actor_id, mention)
        return next(iter(found.values())) if len(found) == 1 else None

    def _named_so(self, token: Token) -> Mention | None:
        """``the same court``: the body named last before whose name says that it is one."""
        for mention in reversed(self.cast.within(0, token.i)):
            head = self.document.tokens[mention.last - 1]
            words = self.cast.actors[mention.actor_id].name.lower().split()
            if token.lemma in words and (head.dep != "pobj" or self.document.head(head).lower != "to"):
                return mention
        return None

    def _is_the(self, token: Token) -> bool:
        det = self.document.child(token, "det")
        if det is None or det.lower != "the" or self.document.child(token, "prep", "poss", "relcl", "acl") is not None:
            return False
        return all(c.lower in _PLAIN for c in self.document.children(token, "amod", "compound", "nmod", "nummod"))

    def is_one_state(self, token: Token) -> bool:
        """Whether a noun stands for a state by a definite phrase: ``the island nation``, ``its former colony``."""
        if token.lemma not in _ONE_STATE or token.tag != "NN":
            return False
        if not any(c.lower in ("the", *_WHOSE_STATE) for c in self.document.children(token, "det", "poss")):
            return False
        if token.lemma in ("rival", "ally") or self.document.child(token, "prep", "acl", "appos") is not None:
            return False
        clause = self.document.child(token, "relcl")
        if clause is not None and self.document.tokens[self.document.edges(clause)[0] - 1].text != ",":
            return False
        words = self.document.children(token, "amod", "compound", "nmod", "nummod")
        return all(w.lower in _TERMS or w.lower in _COMPOUNDS or w.ent == "NORP" or w.tag == "JJ" for w in words)

    def _country(self, code: str) -> Mention | None:
        return next((m for m in self._main("country") if self.cast.country_of(m.actor_id) == code), None)

    def _government(self, token: Token, acting: frozenset[str]) -> Mention | None:
        """The government of the one who addresses it, else of the state that acted last, else of the main one."""
        if token.lemma == "administration" and (found := self._country("USA")) is not None:
            return found
        own = {self.cast.country_of(a) for a in acting if self.cast.kind_of(a) != "country"} - {None}
        if len(own) == 1 and (found := self._country(str(own.pop()))) is not None:
            return found
        before = self._acted(token)
        if before is not None:
            return before
        main, counts = self._main("country"), self._counts
        clear = len(main) == 1 or (main and counts[main[0].actor_id] >= _CLEAR * counts[main[1].actor_id])
        return main[0] if clear else None

    def _acted(self, token: Token) -> Mention | None:
        """The state that last stood as a subject or possessor in the sentences before."""
        tokens = self.document.tokens
        first = self.document.sentences[max(0, token.sentence - 1)].first
        for mention in reversed(self.cast.within(first, token.i)):
            head = tokens[mention.last - 1]
            if self.cast.kind_of(mention.actor_id) == "country" and head.dep in ("nsubj", "nsubjpass", "poss"):
                return mention
        return None

    def _last(self, token: Token, acting: frozenset[str], kind: str) -> Mention | None:
        sentences = self.document.sentences
        first = sentences[max(0, token.sentence - (_FAR_BACK if kind == "country" else _LOOK_BACK))].first
        for mention in reversed(self.cast.within(first, token.i)):
            if mention.actor_id in acting or self.cast.kind_of(mention.actor_id) != kind:
                continue
            if kind == "country" or not self._public(mention):
                return mention
        return None

    def _public(self, mention: Mention) -> bool:
        """Whether the name of a body says that it is no company (``Finance Ministry``)."""
        words = self.cast.actors[mention.actor_id].name.lower().split()
        return any(is_a(w, "collective") or body_nouns().get(w, "company") not in _COMPANIES for w in words)
