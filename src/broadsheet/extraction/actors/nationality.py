"""Countries of persons and bodies, as the article's words give them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.extraction.found import Rule, rule
from broadsheet.reference.organizations import (
    head_of,
    known_organizations,
    listed_companies,
    without_suffix,
    words_of_body,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from broadsheet.extraction.actors.bodies import Body
    from broadsheet.extraction.actors.gazetteer import Hit
    from broadsheet.extraction.actors.names import Name
    from broadsheet.extraction.actors.page import Page
    from broadsheet.extraction.actors.states import StateUse

_OF_STATES = frozenset({"government", "legislature", "military", "party"})
OFFICIAL = frozenset({"state", "government", "legislature", "diplomatic", "military", "justice"})
_LONGEST_APPOSITION = 14
_STATELESS = frozenset({"intergovernmental", "group", "ngo", "media"})
"""Known bodies that, where the table gives no country, have none."""
_PLACES = frozenset({"place", "capital"})
_MOST_NOUNS = 3
_OF_MANY_STATES = frozenset({"african", "arab", "asian", "european", "global", "international", "pacific", "world"})
"""Words that open the names of bodies that are of no one state."""


@dataclass(frozen=True, slots=True)
class CountryEvidence:
    """A country and the tokens that name it; no tokens where it follows from a reference table or from the article.

    ``assumed`` where it follows only from the setting; ``rule`` is its provenance.
    """

    country_code: str
    first: int | None = None
    last: int | None = None
    assumed: bool = False
    rule: Rule | None = None


class Nationality:
    """Looks for countries around the names of one page."""

    def __init__(self, page: Page, hits: Mapping[int, Hit], uses: Iterable[StateUse]) -> None:
        self.page = page
        self.tokens = page.tokens
        self.hits = hits
        self.uses = {i: use for use in uses for i in range(use.first, use.last)}
        self.looks = {
            "inside": self._inside,
            "described": self._described,
            "before": self._before,
            "behind": self._behind,
            "apposition": self._apposition,
            "origin": self._origin,
        }

    def of_body(self, body: Body, names: list[Name]) -> CountryEvidence | None:
        """Country of a body: by reference table, by a state or place in its name or beside it."""
        if body.known is not None:
            code = known_organizations()[body.known].country_code
            known = rule("actors.country.known", file="known_organizations", entry=body.known)
            return CountryEvidence(code, rule=known) if code is not None else None
        company, code = listed_companies().get(without_suffix(body.words), ("", ""))
        if code:
            return CountryEvidence(code, rule=rule("actors.country.known", file="listed_companies", entry=company))
        return self._stated([names[index] for index in body.names], *self.looks)

    def of_person(self, name: Name) -> CountryEvidence | None:
        """Country of a person by *of* after the name, an adjective before it or in the apposition after it."""
        return self._stated([name], "origin", "before", "described", "apposition")

    def _stated(self, names: Iterable[Name], *places: str) -> CountryEvidence | None:
        """The country that is found in the first of some places, with the rule and the words that name it."""
        for place in places:
            for name in names:
                found = self.looks[place](name)
                if found is not None and found.country_code is not None:
                    why = rule(f"actors.country.{place}", word=self.page.document.span(found.first, found.last))
                    return CountryEvidence(found.country_code, found.first, found.last, rule=why)
        return None

    def is_of_some_state(self, body: Body, names: list[Name]) -> bool:
        """Whether a body without a stated country belongs to the state of which the article speaks."""
        if body.known is not None:
            return known_organizations()[body.known].sphere == "government"
        for index in body.names:
            name = names[index]
            inside = filter(None, map(self.hits.get, range(name.first, name.last)))
            if any(h.kind == "organization" and h.country_code is None and not h.is_stranger for h in inside):
                return False
            words = words_of_body(self.page.text_of(name.first, name.last))
            link = next((i for i, word in enumerate(words) if i and word in ("of", "for", "on")), len(words))
            head = head_of(words[link - 1])
            if head is not None and head.sphere in _OF_STATES:
                return True
        return False

    @staticmethod
    def is_stateless(body: Body) -> bool:
        """Whether a body without a stated country may be of many states or of none."""
        if body.known is not None:
            return known_organizations()[body.known].sphere in _STATELESS
        return bool(_OF_MANY_STATES & set(body.words))

    def _adjective(self, i: int) -> StateUse | None:
        """The national adjective at a token."""
        use = self.uses.get(i)
        return use if use is not None and use.form == "adjective" else None

    def _before(self, name: Name) -> StateUse | Hit | None:
        """A state right before a name; or an adjective or town before common nouns: ``the Dutch shipyard Fortuna``."""
        i = name.first - 1
        while i >= 0 and self.tokens[i].lower in ("'s", "’s", "'", "’", "the", "-"):
            i -= 1
        if i < 0 or self.tokens[i].sentence != self.tokens[name.first].sentence:
            return None
        nouns = 0
        while nouns < _MOST_NOUNS and i > 0 and self.tokens[i].tag in ("NN", "NNS") and self.tokens[i].text.islower():
            i -= 1
            nouns += 1
        use = self.uses.get(i)
        if not nouns or use is not None:
            posted = use is not None and self.page.word(use.first - 1) == "to"  # ambassador to Peru Ada Lund
            return self._adjective(i) if nouns else None if posted else use
        town = next((h for j in range(max(0, i - 2), i + 1) if (h := self.hits.get(j)) and h.last == i + 1), None)
        return town if town is not None and town.kind in _PLACES else None

    def _described(self, name: Name) -> StateUse | None:
        """The adjective of a noun in apposition: ``the Dutch bank Fortuna``."""
        for token in self.tokens[name.first : name.last]:
            noun = None
            if token.dep == "appos":
                noun = self.tokens[token.head]
            elif token.dep in ("nsubj", "pobj", "dobj", "nsubjpass", "ROOT", "attr"):
                noun = self.page.document.child(token, "appos")
            for child in noun.children if noun is not None else ():
                use = self._adjective(child)
                if use is not None:
                    return use
        return None

    def _behind(self, name: Name) -> Hit | None:
        """``of Peru``, ``in Lima``, ``(Peru)`` right after a body's name."""
        link = self.tokens[name.last].text if name.last < len(self.tokens) else ""
        if link not in ("of", "in", "(", "at"):
            return None
        has_article = self.page.word(name.last + 1) == "the"
        hit = self.hits.get(name.last + 2 if has_article else name.last + 1)
        kinds = ("organization",) if link == "at" else ("country", "place", "capital")
        return hit if hit is not None and hit.kind in kinds else None

    def _origin(self, name: Name) -> Hit | None:
        """``of Peru`` right after a person's name."""
        hit = self._behind(name) if self.page.word(name.last) == "of" else None
        return hit if hit is not None and hit.kind == "country" else None

    def _inside(self, name: Name) -> Hit | None:
        hits = (self.hits.get(i) for i in range(name.first, name.last))
        return next((hit for hit in hits if hit is not None and hit.country_code is not None), None)

    def _apposition(self, name: Name) -> StateUse | Hit | None:
        """An adjective, or a place before a noun, between the commas after a name: ``, a Dutch economist,``."""
        if self.page.word(name.last) != ",":
            return None
        sentence = self.tokens[name.last].sentence
        for token in self.tokens[name.last + 1 : name.last + _LONGEST_APPOSITION]:
            if token.sentence != sentence or token.text in (",", ";", ".", '"', "“"):
                return None
            if token.pos in ("VERB", "AUX") and token.lower != "based":
                return None
            if (adjective := self._adjective(token.i)) is not None:
                return adjective
            town = self.hits.get(token.i)
            last = self.tokens[town.last - 1] if town is not None and town.kind in _PLACES else None
            if last is not None and last.dep == "compound" and self.page.document.head(last).pos == "NOUN":
                return town
        return None
