"""Who imposes and on whose goods: country codes of the words of a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from broadsheet.extraction.tariffs import goods
from broadsheet.extraction.tariffs.lexicon import word_set
from broadsheet.reference import table
from broadsheet.reference.geography import EUROPEAN_UNION, capitals, country_names, demonyms, government_seats

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.entity_index import EntityIndex, Mention

Form = Literal["adjective", "name", "metonym", "body", "person"]

_UNION = word_set("union")
_UNION_ADJECTIVES = frozenset({"european"})
_PRONOUNS = word_set("pronouns")
_STATE_BODIES = word_set("state_bodies")


_DESCRIBING = frozenset({"DT", "JJ", "VBN", "HYPH", "NN", "NNS", "RB", "PRP$", "VBG"})
_NAMING_ON = frozenset({"for", "of", "-", "'s", "’s"})
_NAME_TAGS = frozenset({"NNP", "NNPS", "NN", "NNS", "JJ", "FW"})
_COMPANY_WORDS = frozenset({"group", "&", "company", "corporation", "co", "co.", "corp", "corp.", "ltd", "ltd.", "inc"})
_RUN_ON = frozenset({"on", "against", "from", "over"})
"""Prepositions of a measure that no name of a body has inside."""


@cache
def _provinces() -> Mapping[str, str]:
    """Provinces and states, whose governments act in trade, to their country."""
    return MappingProxyType(
        {r["place"]: r["country_code"] for r in table("places") if r["kind"] in ("province", "state", "territory")}
    )


@cache
def _governments() -> Mapping[str, tuple[str, ...]]:
    """What a press calls the government of its own country, to the countries where it does."""
    out: dict[str, tuple[str, ...]] = {}
    for row in table("government_names"):
        out[row["name"]] = (*out.get(row["name"], ()), row["country_code"])
    return MappingProxyType(out)


@dataclass(frozen=True, slots=True)
class Party:
    """Tokens ``first`` to ``last`` (exclusive) that tell a country.

    ``form`` is ``adjective`` (Chinese), ``name`` (China), ``metonym`` (Beijing), ``body`` (a ministry, a company with a
    seat) or ``person``. ``role`` is how it was found to be what it is to the measure: imposer or target.
    """

    code: str
    form: Form
    first: int
    last: int
    actor_id: str | None = None
    role: str = field(default="", compare=False)


class Parties:
    """The countries named in a document, by token; each sentence is read once, when first asked for."""

    def __init__(self, document: Document, cast: EntityIndex) -> None:
        self.document = document
        self.cast = cast
        self._states: dict[int, Party] = {}
        for state in cast.states:
            form: Form = "adjective" if state.form == "adjective" else "metonym" if state.form == "metonym" else "name"
            for i in range(state.first, state.last):
                self._states[i] = Party(state.country_code, form, state.first, state.last)
        surnames: dict[str, set[str]] = {}
        for actor_id, row in cast.actors.items():
            if row.kind == "person" and row.country_code is not None:
                surnames.setdefault(row.name.split()[-1], set()).add(actor_id)
        self._surnames = {name: next(iter(ids)) for name, ids in surnames.items() if len(ids) == 1 and len(name) > 1}
        self._codes: frozenset[str] | None = None
        self._seen: dict[int, Party | None] = {}

    def at(self, i: int) -> Party | None:
        """The country that the token at ``i`` helps to tell, by its own words; titles and pronouns aside."""
        if i not in self._seen:
            self._seen[i] = self._read(i)
        return self._seen[i]

    def named(self, i: int) -> Party | None:
        """As :meth:`at`, and organizations of no known country (then without a code): companies can have rates."""
        party = self.at(i)
        if party is None and (mention := self.cast.at(i)) is not None and mention.form in ("name", "alias"):
            row = self.cast.actor(mention.actor_id)
            if row.kind == "organization":
                return Party("", "body", mention.first, mention.last, mention.actor_id)
        return party

    def company(self, i: int, stop: int) -> Party | None:
        """The company named from ``i`` on, known as an actor or not: a run of capitals that tells no country or good.

        Words before the name that only describe it (the state-owned) are passed over; its country is then unknown.
        """
        tokens = self.document.tokens
        stop = min(stop, i + 12)
        while i < stop:
            party = self.at(i)
            if party is not None and party.form == "adjective":
                i = party.last
            elif tokens[i].text[0].isupper():
                break
            elif tokens[i].tag in _DESCRIBING:
                i += 1
            else:
                return None
        if i >= stop or tokens[i].tag not in _NAME_TAGS or goods.known([tokens[i].lower]) is not None:
            return None
        named = self.named(i)
        taken = i + 1
        if named is not None and named.form == "person":
            # people have no rates: a company that was taken for one
            taken, named = named.last, None
        if named is not None and named.form != "body":
            return None
        last = taken if named is None else named.last
        while last < stop and (
            (tokens[last].text[0].isupper() and tokens[last].tag in _NAME_TAGS)
            or tokens[last].lower in _COMPANY_WORDS
            or (tokens[last].tag == "HYPH" and tokens[last].start == tokens[last - 1].end)
        ):
            if (party := self.at(last)) is not None and party.form != "body":
                break
            last += 1
        if named is not None and named.last >= last:
            return named
        return Party("", "body", i, last, named.actor_id if named is not None else None)

    def _read(self, i: int) -> Party | None:
        state = self._states.get(i)
        mention = self._mention(i)
        if mention is not None:
            named = self._of_mention(mention)
            if named is not None:
                return named
        elif state is None and (known := self._surnames.get(self.document.tokens[i].text)) is not None:
            code = self.cast.country_of(known)
            if code is not None:
                return Party(code, "person", i, i + 1, known)
        return state or self._union(i) or self._called(i) or (self._unlisted(i) if mention is None else None)

    def _mention(self, i: int) -> Mention | None:
        """The mention at a token, but for what was taken for one: goods (EV), a name run into what it is on."""
        mention = self.cast.at(i)
        if mention is None:
            return None
        tokens = self.document.tokens
        if mention.last - mention.first == 1 and goods.known([tokens[i].lower]) is not None:
            return None
        if any(t.lower in _RUN_ON for t in tokens[mention.first + 1 : mention.last - 1]):
            return None
        return mention

    def _of_mention(self, mention: Mention) -> Party | None:
        """The country of who is named; ``None`` for a title or pronoun, and where none is known."""
        row = self.cast.actor(mention.actor_id)
        if mention.form in ("pronoun", "description", "title") or row.country_code is None:
            return None
        form: Form = "person" if row.kind == "person" else "body"
        if row.kind == "country" or row.actor_id == "european-union":
            form = "adjective" if mention.form == "adjective" else "name"
        elif form == "body" and row.country_code == EUROPEAN_UNION:
            form = "name"
        return Party(row.country_code, form, mention.first, mention.last, mention.actor_id)

    def _called(self, i: int) -> Party | None:
        """A government by what its own press calls it (the Centre), where its country is named in the article."""
        tokens = self.document.tokens
        for first, last in ((i, i + 2), (i - 1, i + 1), (i, i + 1)):
            if first < 1 or last > len(tokens) or tokens[first - 1].lower != "the":
                continue
            words = " ".join(t.lower for t in tokens[first:last])
            for code in _governments().get(words, ()):
                if code not in self._named_states():
                    continue
                if last < len(tokens) and (tokens[last].pos in ("PROPN", "NOUN") or tokens[last].lower in _NAMING_ON):
                    continue
                if words not in ("administration",) and not tokens[first].text[0].isupper():
                    continue
                return Party(code, "metonym", first, last)
        return None

    def _named_states(self) -> frozenset[str]:
        """Codes of the countries that the article names, its dateline included."""
        if self._codes is None:
            found = {s.country_code for s in self.cast.states}
            found |= {EUROPEAN_UNION for a in self.cast.actors.values() if a.country_code == EUROPEAN_UNION}
            for paragraph in self.document.paragraphs[:2]:
                first, last = self.document.range_of(paragraph)
                read = (self._unlisted(i) for i in range(first, min(last, first + 6)))
                found |= {party.code for party in read if party is not None}
            self._codes = frozenset(found)
        return self._codes

    def _union(self, i: int) -> Party | None:
        """The European Union where no actor tells it."""
        tokens = self.document.tokens
        lower = tokens[i].lower
        if lower in _UNION and tokens[i].text.isupper():
            return Party(EUROPEAN_UNION, "name", i, i + 1)
        for first in (i - 1, i):
            if first >= 0 and first + 1 < len(tokens) and f"{tokens[first].lower} {tokens[first + 1].lower}" in _UNION:
                return Party(EUROPEAN_UNION, "name", first, first + 2)
        if lower == "europe" and i and tokens[i - 1].lower in ("from", "against"):
            # in trade, what comes from Europe comes from the union that sets its tariffs
            return Party(EUROPEAN_UNION, "name", i, i + 1)
        if lower in _UNION_ADJECTIVES:
            return Party(EUROPEAN_UNION, "adjective", i, i + 1)
        return None

    def _unlisted(self, i: int) -> Party | None:
        """A state that the cast passes over because it takes the word for a place."""
        tokens = self.document.tokens
        if not tokens[i].text[0].isupper():
            return None
        for first, last in ((i, i + 2), (i - 1, i + 1), (i, i + 1)):
            if first < 0 or last > len(tokens) or tokens[first].sentence != tokens[last - 1].sentence:
                continue
            lower = self.document.text_of(first, last).lower()
            form: Form = "name"
            name = country_names().get(lower)
            plain = name is not None and (
                name.form in ("name", "historic")
                or (name.form == "abbreviation" and lower != "us" and tokens[first].text.isupper())
            )
            code = name.country_code if name is not None and plain else None
            if code is None and (demonym := demonyms().get(lower)) is not None:
                code, form = demonym.country_code, "adjective"
            if code is None and lower in _provinces():
                code = _provinces()[lower]
            if code is None and (seat := capitals().get(lower) or government_seats().get(lower)) is not None:
                code, form = seat, "metonym"
            if code is not None:
                return Party(code, form, first, last)
        return None

    def of_phrase(self, head: Token) -> Party | None:
        """The country that a noun phrase acts for: its name, its adjective or possessor, the seat of whoever it is."""
        doc = self.document
        own = self.at(head.i)
        if own is not None:
            return own
        actor_id = self.cast.resolve(head)
        if actor_id is not None:
            code = self.cast.country_of(actor_id)
            if code is not None:
                kind: Form = "person" if self.cast.is_person(actor_id) else "body"
                return Party(code, kind, head.i, head.i + 1, actor_id)
        if head.pos == "PRON" or head.lower in _PRONOUNS:
            return None
        first, _ = doc.edges(head)
        for i in range(max(first, head.i - 8), head.i):
            party = self.at(i)
            if party is not None and party.form != "person":
                return party
        for prep in doc.children(head, "prep"):
            if prep.lower in ("of", "in", "for") and head.lemma in _STATE_BODIES:
                inner = doc.child(prep, "pobj")
                if inner is not None and (party := self.at(inner.i)) is not None:
                    return party
        for beside in doc.children(head, "appos"):
            if (party := self.at(beside.i)) is not None:
                return party
        return None

    def owner(self, pronoun: Token) -> Party | None:
        """The country that a possessive pronoun stands for, where the cast knows it."""
        actor_id = self.cast.resolve(pronoun)
        if actor_id is None or self.cast.is_person(actor_id):
            return None
        code = self.cast.country_of(actor_id)
        return None if code is None else Party(code, "adjective", pronoun.i, pronoun.i + 1, actor_id, "its")

    def is_pronoun(self, token: Token) -> bool:
        """Whether the token stands for somebody named elsewhere."""
        return token.lower in _PRONOUNS

    def is_state_body(self, token: Token) -> bool:
        """Whether the noun can stand for a state by itself (the ministry, the bloc)."""
        return token.lemma in _STATE_BODIES or token.lower in _STATE_BODIES


def as_(role: str, parties: Iterable[Party]) -> list[Party]:
    """The parties with how they were found to be what they are to the measure, where nothing has said so yet."""
    return [p if p.role else Party(p.code, p.form, p.first, p.last, p.actor_id, role) for p in parties]


def by_code(parties: Iterable[Party]) -> list[Party]:
    """The parties without those whose country was there before."""
    seen: dict[str, Party] = {}
    for party in parties:
        seen.setdefault(party.code, party)
    return list(seen.values())
