"""Countries of persons and bodies, as the article's words tell them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.extraction.actors.bodies import words_of_body
from broadsheet.extraction.found import Rule, rule
from broadsheet.reference.organizations import head_of, known_organizations, organization_aliases

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from broadsheet.extraction.actors.bodies import Body
    from broadsheet.extraction.actors.gazetteer import Hit
    from broadsheet.extraction.actors.names import Name
    from broadsheet.extraction.actors.page import Page
    from broadsheet.extraction.actors.states import StateUse

    _Words = tuple[str, int, int]
    """A country, and the tokens, the last exclusive, that tell it."""

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
"""Towns that stand for the Union, and the state in which they are."""


@dataclass(frozen=True, slots=True)
class Told:
    """A country and the tokens that tell it; no tokens where it follows from a reference table or from the article.

    ``assumed`` where only the setting tells it; ``rule`` is what tells it.
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

    def of_body(self, body: Body, names: list[Name]) -> Told | None:
        """Country of a body: by reference table, by a state or place in its name or beside it."""
        if body.known is not None:
            code = known_organizations()[body.known].country_code
            if code is not None or known_organizations()[body.known].sphere in _STATELESS:
                known = rule("actors.country.known", file="known_organizations", entry=body.known)
                return Told(code, rule=known) if code is not None else None
        for how, look in (
            ("inside", self._inside),
            ("described", self._described),
            ("before", self._before),
            ("apposition", self._apposition),
        ):
            for index in body.names:
                told = look(names[index])
                if told is not None:
                    return self._ruled(told, how)
        return None

    def _ruled(self, told: _Words, how: str) -> Told:
        """What tells a country, by the words that do."""
        code, first, last = told
        return Told(code, first, last, rule=rule(f"actors.country.{how}", word=self.page.document.span(first, last)))

    def is_of_some_state(self, body: Body, names: list[Name]) -> bool:
        """Whether a body without a told country belongs to the state of which the article speaks."""
        if body.known is not None:
            return known_organizations()[body.known].sphere == "government"
        for index in body.names:
            words = words_of_body(self.page.text_of(names[index].first, names[index].last))
            link = next((i for i, word in enumerate(words) if i and word in ("of", "for", "on")), len(words))
            head = head_of(words[link - 1])
            if head is not None and head.sphere in _OF_STATES:
                return True
        return False

    @staticmethod
    def is_stateless(body: Body) -> bool:
        """Whether a body without a told country may be of many states or of none."""
        if body.known is not None:
            return known_organizations()[body.known].sphere in _STATELESS
        return bool(_OF_MANY_STATES & set(body.words))

    def of_person(self, name: Name) -> Told | None:
        """Country of a person by an adjective before the name or in the apposition behind it."""
        for how, look in (
            ("before", self._before),
            ("described", self._described),
            ("apposition", self._apposition),
        ):
            told = look(name)
            if told is not None:
                return self._ruled(told, how)
        return None

    def _use(self, i: int, form: str | None = None) -> _Words | None:
        """The state named at a token, in some form if one is asked for."""
        use = self.uses.get(i)
        return (use.country_code, use.first, use.last) if use is not None and form in (None, use.form) else None

    def _before(self, name: Name) -> _Words | None:
        i = name.first - 1
        while i >= 0 and (self.tokens[i].lower in ("'s", "’s", "'", "’", "the", "-")):
            i -= 1
        if i < 0 or self.tokens[i].sentence != self.tokens[name.first].sentence:
            return None
        nouns = 0
        while nouns < _MOST_NOUNS and i > 0 and i not in self.uses and self._describes(i):
            i -= 1
            nouns += 1
        if nouns and i not in self.uses:
            return self._town(i)
        return self._use(i, "adjective" if nouns else None)

    def _town(self, i: int) -> _Words | None:
        """The country of a town whose name is a token."""
        town = self.hits.get(i)
        if town is None or town.last != i + 1 or town.kind not in _PLACES or town.country_code is None:
            return None
        return _SEATS_OF_THE_UNION.get(town.key, town.country_code), town.first, town.last

    def _describes(self, i: int) -> bool:
        """Whether a common noun can stand between an adjective and a name: ``the Dutch shipyard Fortuna``."""
        return self.tokens[i].tag == "NN" and self.tokens[i].text.islower()

    def _described(self, name: Name) -> _Words | None:
        """The adjective of a noun in apposition: ``the Dutch bank Fortuna``."""
        for token in self.tokens[name.first : name.last]:
            noun = None
            if token.dep == "appos" and token.head < name.first:
                noun = self.tokens[token.head]
            elif token.dep in ("nsubj", "pobj", "dobj", "nsubjpass", "ROOT", "attr"):
                noun = self.page.document.child(token, "appos")
            for child in noun.children if noun is not None else ():
                if (told := self._use(child, "adjective")) is not None:
                    return told
        return None

    def _inside(self, name: Name) -> _Words | None:
        for i in range(name.first, name.last):
            hit = self.hits.get(i)
            if hit is not None and hit.country_code is not None:
                return hit.country_code, hit.first, hit.last
        return None

    def _apposition(self, name: Name) -> _Words | None:
        """An adjective, or a place before a noun, between the commas behind a name: ``, a Dutch economist,``."""
        i = name.last
        tokens = self.tokens
        if i + 1 >= len(tokens) or tokens[i].text != ",":
            return None
        for j in range(i + 1, min(i + _LONGEST_APPOSITION, len(tokens))):
            token = tokens[j]
            verbal = token.pos in ("VERB", "AUX") and token.lower != "based"
            if verbal or token.sentence != tokens[i].sentence or token.text in (",", ";", ".", '"', "“"):
                return None
            told = self._use(j, "adjective") or (self._town(j) if token.dep == "compound" else None)
            if told is not None:
                return told
        return None


def seat_of(publisher: str) -> str | None:
    """The country of a publisher that the reference tables know."""
    name = publisher.removeprefix("The ")
    known = known_organizations().get(organization_aliases().get(name, name))
    return known.country_code if known is not None else None
