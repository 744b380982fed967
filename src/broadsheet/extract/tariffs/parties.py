"""Who imposes and on whose goods: country codes of the words of a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from broadsheet.reference.geography import EUROPEAN_UNION, capitals, country_names, demonyms, government_seats

if TYPE_CHECKING:
    from broadsheet.analyse.document import Document, Token
    from broadsheet.extract.cast import Cast

Form = Literal["adjective", "name", "metonym", "body", "person"]

_UNION = {"eu", "e.u.", "ec", "e.c.", "eec", "european union", "european community", "european commission", "common market"}
_UNION_ADJECTIVES = {"european"}
_UNION_BODIES = {"commission", "community", "bloc"}
_PRONOUNS = {"it", "its", "he", "his", "she", "her", "they", "their", "we", "our", "i", "my", "us"}
_STATE_BODIES = {
    "administration", "authority", "authorities", "cabinet", "chancellor", "commission", "community", "congress",
    "country", "customs", "department", "government", "governor", "island", "kingdom", "lawmaker", "leader", "leadership",
    "minister", "ministry", "nation", "office", "official", "parliament", "premier", "president", "regime", "regulator",
    "republic", "secretary", "senate", "spokesman", "spokesperson", "spokeswoman", "state", "tribunal", "bloc", "agency",
    "bureau", "council", "negotiator", "envoy", "ambassador", "representative", "commissioner", "board", "panel", "union",
    "side", "capital", "trade commission", "watchdog",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Party:
    """Tokens ``first`` to ``last`` (exclusive) that tell a country.

    ``form`` is ``adjective`` (Chinese), ``name`` (China), ``metonym`` (Beijing), ``body`` (a ministry, a company with a
    seat) or ``person``.
    """

    code: str
    form: Form
    first: int
    last: int
    actor_id: str | None = None


class Parties:
    """The countries named in a document, by token; each sentence is read once, when first asked for."""

    def __init__(self, document: Document, cast: Cast) -> None:
        self.document = document
        self.cast = cast
        self._states: dict[int, Party] = {}
        for state in cast.states:
            form: Form = "adjective" if state.form == "adjective" else "metonym" if state.form == "metonym" else "name"
            for i in range(state.first, state.last):
                self._states[i] = Party(state.country_code, form, state.first, state.last)
        self._seen: dict[int, Party | None] = {}

    def at(self, i: int) -> Party | None:
        """The country that the token at ``i`` helps to tell, by its own words; titles and pronouns aside."""
        if i not in self._seen:
            self._seen[i] = self._read(i)
        return self._seen[i]

    def _read(self, i: int) -> Party | None:
        state = self._states.get(i)
        mention = self.cast.at(i)
        if mention is not None and mention.form not in ("pronoun", "description", "title"):
            row = self.cast.actor(mention.actor_id)
            if row.kind == "country" or row.actor_id == "european-union":
                if row.country_code is not None:
                    form: Form = "adjective" if mention.form == "adjective" else "name"
                    return Party(row.country_code, form, mention.first, mention.last, mention.actor_id)
            elif row.country_code is not None:
                kind: Form = "person" if row.kind == "person" else "body"
                if kind == "body" and row.country_code == EUROPEAN_UNION:
                    kind = "name"
                return Party(row.country_code, kind, mention.first, mention.last, mention.actor_id)
        return state or self._union(i) or self._unlisted(i)

    def _union(self, i: int) -> Party | None:
        """The European Union where no actor tells it."""
        tokens = self.document.tokens
        lower = tokens[i].lower
        if lower in _UNION and tokens[i].text.isupper():
            return Party(EUROPEAN_UNION, "name", i, i + 1)
        for first in (i - 1, i):
            if first >= 0 and first + 1 < len(tokens) and f"{tokens[first].lower} {tokens[first + 1].lower}" in _UNION:
                return Party(EUROPEAN_UNION, "name", first, first + 2)
        if lower in _UNION_ADJECTIVES:
            return Party(EUROPEAN_UNION, "adjective", i, i + 1)
        return None

    def _unlisted(self, i: int) -> Party | None:
        """A state that the cast passes over because it takes the word for a place."""
        tokens = self.document.tokens
        if not tokens[i].text[0].isupper() or self.cast.at(i) is not None:
            return None
        for first, last in ((i, i + 2), (i - 1, i + 1), (i, i + 1)):
            if first < 0 or last > len(tokens) or tokens[first].sentence != tokens[last - 1].sentence:
                continue
            lower = self.document.text_of(first, last).lower()
            form: Form = "name"
            code = name.country_code if (name := country_names().get(lower)) and name.form in ("name", "historic") else None
            if code is None and (demonym := demonyms().get(lower)) is not None:
                code, form = demonym.country_code, "adjective"
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
        first, last = doc.edges(head)
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

    def is_pronoun(self, token: Token) -> bool:
        """Whether the token stands for somebody named elsewhere."""
        return token.lower in _PRONOUNS

    def is_state_body(self, token: Token) -> bool:
        """Whether the noun can stand for a state by itself (the ministry, the bloc)."""
        return token.lemma in _STATE_BODIES or token.lower in _STATE_BODIES
