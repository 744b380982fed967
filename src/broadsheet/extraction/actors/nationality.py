"""Countries of persons and bodies, as the article's words give them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from broadsheet.extraction.actors.bodies import words_of_body
from broadsheet.extraction.found import Rule, rule
from broadsheet.reference.geography import countries
from broadsheet.reference.organizations import (
    body_nouns,
    head_of,
    known_organizations,
    organization_aliases,
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
_SEATS_OF_THE_UNION = {"brussels": "BEL"}
"""Towns that can refer to the Union, and the state in which they are."""


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

    def of_body(self, body: Body, names: list[Name]) -> CountryEvidence | None:
        """Country of a body: by reference table, by a state or place in its name or beside it."""
        if body.known is not None:
            code = known_organizations()[body.known].country_code
            if code is not None or known_organizations()[body.known].sphere in _STATELESS:
                known = rule("actors.country.known", file="known_organizations", entry=body.known)
                return CountryEvidence(code, rule=known) if code is not None else None
        for how, look in (
            ("inside", self._inside),
            ("described", self._described),
            ("before", self._before),
            ("behind", self._behind),
            ("apposition", self._apposition),
        ):
            for index in body.names:
                country = look(names[index])
                if country is not None:
                    return self._ruled(country, how)
        return None

    def _ruled(self, country: CountryEvidence | None, how: str) -> CountryEvidence | None:
        """The country with the rule that found it and the words that name it."""
        if country is None or country.first is None:
            return country
        words = self.page.document.span(country.first, country.last or country.first + 1)
        return replace(country, rule=rule(f"actors.country.{how}", word=words))

    def is_of_some_state(self, body: Body, names: list[Name]) -> bool:
        """Whether a body without a stated country belongs to the state of which the article speaks."""
        if body.known is not None:
            return known_organizations()[body.known].sphere == "government"
        for index in body.names:
            inside = [self.hits[i] for i in range(names[index].first, names[index].last) if i in self.hits]
            if any(hit.kind == "organization" and hit.country_code is None for hit in inside):
                return False
            words = words_of_body(self.page.text_of(names[index].first, names[index].last))
            link = next((i for i, word in enumerate(words) if i and word in ("of", "for", "on")), len(words))
            last = words[link - 1]
            if words[0] in _OF_MANY_STATES:
                return False
            head = head_of(last)
            if head is not None and head.sphere in _OF_STATES:
                return True
            behind = names[index].last
            if behind < len(self.tokens) and self.tokens[behind].text == "party":
                return True
        return False

    @staticmethod
    def is_stateless(body: Body) -> bool:
        """Whether a body without a stated country may be of many states or of none."""
        if body.known is not None:
            return known_organizations()[body.known].sphere in _STATELESS
        head = head_of(body.words[-1])
        shared = head is not None and head.sphere == "intergovernmental"
        return shared or bool(_OF_MANY_STATES & set(body.words))

    def of_person(self, name: Name) -> CountryEvidence | None:
        """Country of a person by an adjective before the name or in the apposition after it."""
        for how, look in (
            ("before", self._before),
            ("described", self._described),
            ("apposition", self._apposition),
        ):
            country = look(name)
            if country is not None:
                return self._ruled(country, how)
        return None

    def _use(self, i: int) -> CountryEvidence | None:
        use = self.uses.get(i)
        return CountryEvidence(use.country_code, use.first, use.last) if use is not None else None

    def _before(self, name: Name) -> CountryEvidence | None:
        i = name.first - 1
        while i >= 0 and (self.tokens[i].lower in ("'s", "’s", "'", "’", "the", "-")):
            if i in self.uses:
                break
            i -= 1
        if i < 0 or self.tokens[i].sentence != self.tokens[name.first].sentence:
            return None
        nouns = 0
        while nouns < _MOST_NOUNS and i > 0 and i not in self.uses and self._describes(i):
            i -= 1
            nouns += 1
        if nouns:
            use = self.uses.get(i)
            if use is not None:
                return self._use(i) if use.form == "adjective" else None
            return self._town(i)
        use = self.uses.get(i)
        if use is not None and i == name.first - 1 and use.form != "adjective" and use.first:
            link = self.tokens[use.first - 1]
            if link.lower in ("to", "in", "for", "from"):
                return None  # the ambassador to Peru Ada Lund
        described = self.tokens[name.first - 1].lower in body_nouns()
        return self._use(i) or (self._town(i) if described else None)

    def _town(self, i: int) -> CountryEvidence | None:
        """The country of a town that ends at a token."""
        town = next((h for j in range(max(0, i - 2), i + 1) if (h := self.hits.get(j)) and h.last == i + 1), None)
        if town is None or town.kind not in _PLACES or town.country_code is None:
            return None
        code = _SEATS_OF_THE_UNION.get(town.key, town.country_code)
        return CountryEvidence(code, town.first, town.last)

    def _describes(self, i: int) -> bool:
        """Whether a common noun can be between an adjective and a name: ``the Dutch shipyard Fortuna``."""
        return self.tokens[i].tag == "NN" and self.tokens[i].text.islower()

    def _described(self, name: Name) -> CountryEvidence | None:
        """The adjective of a noun in apposition: ``the Dutch bank Fortuna``."""
        for token in self.tokens[name.first : name.last]:
            noun = None
            if token.dep == "appos" and token.head < name.first:
                noun = self.tokens[token.head]
            elif token.dep in ("nsubj", "pobj", "dobj", "nsubjpass", "ROOT", "attr"):
                noun = self.page.document.child(token, "appos")
            if noun is None or noun.i in range(name.first, name.last):
                continue
            for child in noun.children:
                use = self.uses.get(child)
                if use is not None and use.form == "adjective":
                    return self._use(child)
        return None

    def _behind(self, name: Name) -> CountryEvidence | None:
        """``of Peru``, ``in Lima``, ``(Peru)`` right after a body's name."""
        i = name.last
        if i + 1 >= len(self.tokens) or self.tokens[i].sentence != self.tokens[name.first].sentence:
            return None
        link = self.tokens[i]
        if link.lower not in ("of", "in", "(", "at"):
            return None
        i += 1
        if self.tokens[i].lower == "the" and i + 1 < len(self.tokens):
            i += 1
        hit = self.hits.get(i)
        kinds = ("organization",) if link.lower == "at" else ("country", "place", "capital")
        if hit is None or hit.country_code is None or hit.kind not in kinds:
            return None
        if link.lower == "in" and not name.first <= link.head < name.last:
            return None
        return CountryEvidence(hit.country_code, hit.first, hit.last)

    def _inside(self, name: Name) -> CountryEvidence | None:
        for i in range(name.first, name.last):
            hit = self.hits.get(i)
            if hit is not None and hit.country_code in countries() and hit.last <= name.last and hit.country_code:
                return CountryEvidence(hit.country_code, hit.first, hit.last)
        return None

    def _apposition(self, name: Name) -> CountryEvidence | None:
        """An adjective, or a place before a noun, between the commas after a name: ``, a Dutch economist,``."""
        i = name.last
        tokens = self.tokens
        if i + 1 >= len(tokens) or tokens[i].text != ",":
            return None
        for j in range(i + 1, min(i + _LONGEST_APPOSITION, len(tokens))):
            token = tokens[j]
            if (
                token.sentence != tokens[i].sentence
                or token.text in (",", ";", ".", '"', "“")
                or (token.pos in ("VERB", "AUX") and token.lower != "based")
            ):
                return None
            use = self.uses.get(j)
            if use is not None and (use.form == "adjective"):
                return self._use(j)
            hit = self.hits.get(j)
            if hit is not None and hit.kind in _PLACES and hit.country_code is not None:
                behind = tokens[hit.last] if hit.last < len(tokens) else None
                if tokens[hit.last - 1].dep == "compound" or (behind is not None and behind.pos in ("NOUN", "PROPN")):
                    return CountryEvidence(hit.country_code, hit.first, hit.last)
        return None


def seat_of(publisher: str) -> str | None:
    """The country of a publisher that the reference tables know."""
    name = publisher.removeprefix("The ")
    known = known_organizations().get(organization_aliases().get(name, name))
    return known.country_code if known is not None else None
