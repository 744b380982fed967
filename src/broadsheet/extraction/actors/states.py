"""States on a page: where a name, adjective or capital refers to a state, and where it only gives a place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from broadsheet.reference import column, table
from broadsheet.reference.geography import country_names
from broadsheet.reference.organizations import head_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from broadsheet.analysis.document import Token
    from broadsheet.extraction.actors.gazetteer import Hit, HitKind
    from broadsheet.extraction.actors.page import Page
    from broadsheet.extraction.actors.titles import Title
    from broadsheet.extraction.entity_index import Form

Force = Literal["acts", "names", "tells nationality", "locates", "people"]
"""``acts``: refers to the state and does or undergoes something. ``names``: names the state. ``tells nationality`` of
a named person or body. ``locates``: where something is. ``people``: its people, not the state."""

GOVERNMENT = frozenset({"government", "regime", "administration"})
_SCALES = frozenset({"million", "billion", "trillion", "mln", "bln", "bn", "m"})
_LANGUAGE = frozenset({"language", "speaking", "speaker", "speakers", "dialect", "translation", "subtitles"})
_OF_STATES = frozenset({"government", "legislature", "military"})
_ADDRESS = frozenset({"appos", "npadvmod", "nmod", "conj", "dep", "ROOT", "pobj"})
"""How the parser attaches the name of a state that closes an address."""
_FORMS: Mapping[HitKind, Form] = MappingProxyType(
    {"demonym": "adjective", "people": "adjective", "seat": "metonym", "capital": "metonym"}
)


@dataclass(frozen=True, slots=True)
class StateUse:
    """Tokens ``first`` to ``last`` (exclusive) that name a state, in what form and with what force, by which entry."""

    first: int
    last: int
    country_code: str
    form: Form
    force: Force
    hit: Hit


@cache
def _context(name: str) -> frozenset[str]:
    return frozenset(row["lemma"] for row in table("capital_contexts") if row["context"] == name)


class States:
    """Reads the uses of states' names on one page."""

    def __init__(self, page: Page, titles: Iterable[Title], bodies: frozenset[int], persons: frozenset[int]) -> None:
        self.page = page
        self.tokens = page.tokens
        self.bodies = bodies
        self.persons = persons
        self.title_at = {title.last - 1: title for title in titles}
        self.money = column("currency_words", "word")
        self.readers: dict[HitKind, Callable[[Hit], Force | None]] = {
            "country": self._country,
            "demonym": self._demonym,
            "people": self._people,
            "seat": self._seat,
            "capital": self._capital,
        }

    def read(self, hit: Hit) -> StateUse | None:
        """How a known name is used; None where it names no state at all (a currency, a language, a city)."""
        if hit.country_code is None or self._is_money(hit):
            return None
        force = self.readers[hit.kind](hit)
        if force is None:
            return None
        is_alias = hit.kind == "country" and country_names()[hit.key].form in ("alias", "abbreviation")
        form = _FORMS.get(hit.kind, "alias" if is_alias else "name")
        return StateUse(hit.first, hit.last, hit.country_code, form, force, hit)

    def _is_money(self, hit: Hit) -> bool:
        before, following = self.page.word(hit.first - 1), self.page.word(hit.last)
        # US $5, but not lent Chile $5.
        counted = hit.is_short and (following == "$" or before in _SCALES or before.isdecimal())
        return counted or following in self.money

    def _first_link(self, token: Token) -> Token:
        """The first of joined nouns: what governs ``Peru`` also governs ``Chile`` in ``with Peru and Chile``."""
        for _ in range(12):
            if token.dep == "conj":
                token = self.tokens[token.head]
        return token

    def _preposition(self, token: Token) -> Token | None:
        return self.tokens[token.head] if token.dep == "pobj" else None

    def _country(self, hit: Hit) -> Force:
        token = self._first_link(self.tokens[hit.last - 1])
        prep = self._preposition(token)
        if self._follows_place(hit) or (prep is not None and prep.lower in _context("in a place")):
            return "locates"
        if token.dep in ("compound", "nmod", "poss") and self._describes_name(token):
            return "tells nationality"
        return "acts" if token.dep in ("nsubj", "nsubjpass", "poss") else "names"

    def _seat(self, hit: Hit) -> Force | None:
        prep = self._preposition(self._first_link(self.tokens[hit.last - 1]))
        return None if prep is not None and prep.lower in _context("in a place") | {"to", "from"} else "acts"

    def _follows_place(self, hit: Hit) -> bool:
        """Whether the name closes an address: ``Brisbane, Australia``; ``Peru, Chile and Bolivia`` is a list."""
        if hit.first < 2 or self.page.word(hit.first - 1) != ",":
            return False
        place = self.tokens[hit.first - 2]
        if place.ent not in ("GPE", "LOC", "FAC") or self.tokens[hit.last - 1].dep not in _ADDRESS:
            return False
        behind, further = self.page.word(hit.last), self.page.word(hit.last + 1)
        goes_on = behind == "," and (further in ("and", "or") or (further and self.tokens[hit.last + 1].ent == "GPE"))
        return behind not in ("and", "or") and not goes_on

    def _describes_name(self, token: Token) -> bool:
        """Whether the word qualifies a named person or body, or the description of one, other than by an office."""
        head = self.tokens[token.head]
        if head.i in self.bodies:
            kind = head_of(head.lower)
            return kind is None or kind.sphere not in _OF_STATES
        if head.i in self.persons or head.lower == "counterpart":  # that of a minister is another state's minister
            return head.i in self.persons
        beside = [self.tokens[c] for c in head.children if self.tokens[c].dep == "appos"]
        if head.dep == "appos":
            beside.append(self.tokens[head.head])
        title = self.title_at.get(head.i)
        official = title is not None and title.office.sphere in _OF_STATES | {"state", "diplomatic"}
        return not official and any(b.i in self.bodies or b.i in self.persons for b in beside)

    def _demonym(self, hit: Hit) -> Force | None:
        token = self.tokens[hit.last - 1]
        if self._is_language(hit, token):
            return None
        if token.dep in ("amod", "compound", "nmod", "poss", "conj", "advmod", "npadvmod"):
            return "tells nationality" if self._describes_name(token) else "names"
        return self._people(hit)

    def _is_language(self, hit: Hit, token: Token) -> bool:
        behind = self.page.word(hit.last)
        if behind == "-":
            behind = self.page.word(hit.last + 1)
        prep = self._preposition(token)
        into = prep is not None and prep.lower in ("in", "into") and token.pos == "PROPN"
        return into or behind in _LANGUAGE

    def _people(self, hit: Hit) -> Force:
        is_subject = self.tokens[hit.last - 1].dep in ("nsubj", "nsubjpass")
        return "acts" if is_subject and self.page.word(hit.first - 1) == "the" else "people"

    def _capital(self, hit: Hit) -> Force | None:
        return "acts" if self._acts_as_state(hit) else None

    def _acts_as_state(self, hit: Hit) -> bool:
        """Whether a capital acts, owns an act, or is acted upon as a government is."""
        first = self._first_link(self.tokens[hit.last - 1])
        head = self.tokens[first.head]
        # Whatever the parser makes of ``flew to Lima for a fair``, a preposition right before a town goes there.
        if first.dep == "pobj" or self.page.word(hit.first - 1) in ("to", "in", "at", "from", "near"):
            return first.dep == "pobj" and self._toward(head)
        if first.dep in ("nsubj", "nsubjpass"):
            return not (head.lemma == "be" and self.page.document.child(head, "attr") is not None)
        if first.dep == "poss":
            return not {head.lemma, head.lower} & _context("of a city")
        if first.dep in ("dobj", "dative"):
            return head.lemma in _context("urged")
        if first.dep in ("compound", "nmod", "amod"):
            title = self.title_at.get(head.i)
            return title is not None and title.office.sphere == "government"
        return first.dep == "npadvmod" and head.lower in ("backed", "led", "based", "sponsored", "approved", "imposed")

    def _toward(self, prep: Token) -> bool:
        governor = self.tokens[prep.head]
        if prep.lower in ("with", "between", "against", "by"):
            return True
        if prep.lower in ("on", "toward", "towards"):
            return governor.pos == "NOUN" and governor.lemma not in ("attack", "march", "assault", "raid")
        return prep.lower == "from" and governor.lemma in _context("comes from")


def named_states(uses: Sequence[StateUse]) -> set[str]:
    """Codes of the states that the page names as states.

    A state that something only happens in is named as one only if it is named so several times; one from which a
    person or body comes, if its name and no adjective says so.
    """
    located = Counter(use.country_code for use in uses if use.force == "locates" and use.form == "name")
    several = {code for code, count in located.items() if count > 1}
    owners = {use.country_code for use in uses if use.force == "tells nationality" and use.form == "name"}
    return several | owners | {use.country_code for use in uses if use.force in ("acts", "names")}
