"""States on a page: where a name, adjective or capital refers to a state, and where it only gives a place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from broadsheet.reference import column, table
from broadsheet.reference.geography import country_names
from broadsheet.reference.organizations import head_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.analysis.document import Token
    from broadsheet.extraction.actors.gazetteer import Hit
    from broadsheet.extraction.actors.page import Page
    from broadsheet.extraction.actors.titles import Title
    from broadsheet.extraction.entity_index import Form

Force = Literal["acts", "names", "tells nationality", "locates", "people"]
"""``acts``: refers to the state and does or undergoes something. ``names``: names the state. ``tells nationality`` of
a named person or body. ``locates``: where something is. ``people``: its people, not the state."""

GOVERNMENT = frozenset({"government", "regime", "administration"})
_LOCATIVE = frozenset(
    {
        "in",
        "at",
        "near",
        "inside",
        "across",
        "around",
        "throughout",
        "outside",
        "within",
        "beyond",
        "along",
        "off",
        "via",
    }
)
_CITY_STATES = frozenset(
    {"HKG", "SGP", "MAC", "MCO", "VAT", "SMR", "LUX", "KWT", "PAN", "DJI", "GIB", "GEO", "JOR", "TCD", "MLI"}
)
"""States whose name is also a city's, a person's or another place's: to locate with it is not to name a state."""
_SCALES = frozenset({"million", "billion", "trillion", "mln", "bln", "bn", "m"})
_LANGUAGE = frozenset({"language", "speaking", "speaker", "speakers", "dialect", "translation", "subtitles"})


_OF_STATES = frozenset({"government", "legislature", "military"})


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

    def read(self, hit: Hit) -> StateUse | None:
        """How a known name is used; None where it names no state at all (a currency, a language, a city)."""
        if hit.country_code is None or self._is_money(hit):
            return None
        if hit.kind == "country":
            return self._country(hit, hit.country_code)
        if hit.kind == "demonym":
            return self._demonym(hit, hit.country_code)
        if hit.kind == "people":
            return self._people(hit, hit.country_code)
        if hit.kind == "seat":
            token = self._first_link(self.tokens[hit.last - 1])
            prep = self._preposition(token)
            if prep is not None and prep.lower in _LOCATIVE | {"to", "from"}:
                return None
            return StateUse(hit.first, hit.last, hit.country_code, "metonym", "acts", hit)
        if hit.kind == "capital" and self._acts_as_state(hit):
            return StateUse(hit.first, hit.last, hit.country_code, "metonym", "acts", hit)
        return None

    def _is_money(self, hit: Hit) -> bool:
        following = self.tokens[hit.last].lower if hit.last < len(self.tokens) else ""
        before = self.tokens[hit.first - 1].lower if hit.first else ""
        counted = hit.is_short and (before in _SCALES or before.isdecimal())
        # US $5, but not lent Chile $5.
        signed = following == "$" and hit.is_short
        return following in self.money or following.rstrip("s.") == "dlr" or signed or counted

    def _first_link(self, token: Token) -> Token:
        """The first of joined nouns: what governs ``Peru`` also governs ``Chile`` in ``with Peru and Chile``."""
        for _ in range(12):
            if token.dep != "conj" or token.head == token.i:
                return token
            head = self.tokens[token.head]
            if head.pos in ("VERB", "AUX"):
                return token
            token = head
        return token

    def _preposition(self, token: Token) -> Token | None:
        head = self.tokens[token.head]
        return head if token.dep == "pobj" and head.i != token.i else None

    def _country(self, hit: Hit, code: str) -> StateUse:
        known = country_names()[hit.key]
        form: Form = "alias" if known.form in ("alias", "abbreviation") else "name"
        token = self._first_link(self.tokens[hit.last - 1])
        force: Force = "names"
        prep = self._preposition(token)
        if (
            self._follows_place(hit)
            or (prep is not None and prep.lower in _LOCATIVE)
            or (prep is not None and prep.lower == "of" and prep.head in self.bodies)
        ):
            force = "locates"
        elif token.dep in ("compound", "nmod", "poss") and self._describes_name(token):
            force = "tells nationality"
        elif token.dep in ("nsubj", "nsubjpass", "agent", "poss"):
            force = "acts"
        return StateUse(hit.first, hit.last, code, form, force, hit)

    def _follows_place(self, hit: Hit) -> bool:
        """Whether the name closes an address: ``Brisbane, Australia``."""
        if hit.first < 2 or self.tokens[hit.first - 1].text != ",":
            return False
        place = self.tokens[hit.first - 2]
        if place.sentence != self.tokens[hit.first].sentence or not place.text[0].isupper():
            return False
        return (
            place.ent in ("GPE", "LOC", "FAC")
            and self.tokens[hit.last - 1].dep
            in (
                "appos",
                "npadvmod",
                "nmod",
                "conj",
                "dep",
                "ROOT",
                "pobj",
            )
            and self._closes_address(hit)
        )

    def _closes_address(self, hit: Hit) -> bool:
        """An address is followed by a mark or by no further name; ``Peru, Chile and Bolivia`` is a list."""
        if hit.last >= len(self.tokens):
            return True
        behind = self.tokens[hit.last]
        if behind.lower in ("and", "or"):
            return False
        further = self.tokens[hit.last + 1] if hit.last + 1 < len(self.tokens) else None
        in_list = (
            behind.text == "," and further is not None and (further.ent == "GPE" or further.lower in ("and", "or"))
        )
        return not in_list

    def _describes_name(self, token: Token) -> bool:
        """Whether the word qualifies a named person or body, or the description of one, other than by an office."""
        head = self.tokens[token.head]
        if head.i in self.bodies:
            kind = head_of(head.lower)
            return kind is None or kind.sphere not in _OF_STATES
        if head.i in self.persons:
            return True
        beside = [self.tokens[c] for c in head.children if self.tokens[c].dep == "appos"]
        if head.dep == "appos":
            beside.append(self.tokens[head.head])
        title = self.title_at.get(head.i)
        official = title is not None and title.office.sphere in _OF_STATES | {"state", "diplomatic"}
        return not official and any(b.i in self.bodies or b.i in self.persons for b in beside)

    def _demonym(self, hit: Hit, code: str) -> StateUse | None:
        token = self.tokens[hit.last - 1]
        before = self.tokens[hit.first - 1] if hit.first else None
        if self._is_language(hit, token):
            return None
        if token.dep in ("amod", "compound", "nmod", "poss", "conj", "advmod", "npadvmod"):
            force: Force = "tells nationality" if self._describes_name(token) else "names"
            return StateUse(hit.first, hit.last, code, "adjective", force, hit)
        if token.dep in ("nsubj", "nsubjpass") and before is not None and before.lower == "the":
            return StateUse(hit.first, hit.last, code, "adjective", "acts", hit)
        following = self.tokens[hit.last] if hit.last < len(self.tokens) else None
        if following is not None and following.pos in ("NOUN", "PROPN", "ADJ") and following.sentence == token.sentence:
            return StateUse(hit.first, hit.last, code, "adjective", "names", hit)
        if before is not None and before.lower in ("a", "an", "in", "speak", "speaks"):
            return None
        return StateUse(hit.first, hit.last, code, "adjective", "people", hit)

    def _is_language(self, hit: Hit, token: Token) -> bool:
        behind = [t.lower for t in self.tokens[hit.last : hit.last + 2]]
        if behind[:1] and (behind[0] in _LANGUAGE or (behind[0] == "-" and behind[1:] and behind[1] in _LANGUAGE)):
            return True
        head = self.tokens[token.head]
        spoken = token.dep == "dobj" and head.lemma in ("speak", "learn", "teach", "study", "understand")
        return spoken or (token.dep == "pobj" and head.lower in ("in", "into") and token.pos == "PROPN")

    def _people(self, hit: Hit, code: str) -> StateUse:
        token = self.tokens[hit.last - 1]
        before = self.tokens[hit.first - 1] if hit.first else None
        acts = token.dep in ("nsubj", "nsubjpass") and before is not None and before.lower == "the"
        return StateUse(hit.first, hit.last, code, "adjective", "acts" if acts else "people", hit)

    def _acts_as_state(self, hit: Hit) -> bool:
        """Whether a capital acts, owns an act, or is acted upon as a government is."""
        token = self.tokens[hit.last - 1]
        first = self._first_link(token)
        head = self.tokens[first.head]
        if self.tokens[hit.first - 1].text == "," and hit.first and self._follows_place(hit):
            return False
        if hit.first and self.tokens[hit.first - 1].lower in ("to", "in", "at", "from", "near"):
            # Whatever the parser makes of ``flew to Lima for a fair``, a preposition right before a town goes there.
            return first.dep == "pobj" and self._toward(head)
        if first.dep in ("nsubj", "nsubjpass"):
            return not (head.lemma == "be" and self.page.document.child(head, "attr") is not None)
        if first.dep == "poss":
            return head.lemma not in _context("of a city") and head.lower not in _context("of a city")
        if first.dep == "pobj":
            return self._toward(head)
        if first.dep in ("dobj", "dative"):
            return head.lemma in _context("urged")
        if first.dep in ("compound", "nmod", "amod"):
            title = self.title_at.get(head.i)
            return title is not None and title.office.sphere == "government" and head.i not in self.persons
        if first.dep == "npadvmod":
            return head.tag in ("VBN", "VBD") and head.lower in (
                "backed",
                "led",
                "based",
                "sponsored",
                "approved",
                "imposed",
            )
        return False

    def _toward(self, prep: Token) -> bool:
        governor = self.tokens[prep.head]
        if prep.lower in ("with", "between", "against"):
            return True
        if prep.lower == "by":
            return prep.dep == "agent" or governor.tag == "VBN" or governor.pos == "NOUN"
        if prep.lower in ("on", "upon", "toward", "towards", "for", "to"):
            return (
                prep.lower in ("on", "toward", "towards")
                and governor.pos == "NOUN"
                and governor.lemma not in ("attack", "march", "assault", "raid", "descent", "eye")
            )
        if prep.lower in ("from", "of"):
            return governor.lemma in _context("comes from") and prep.lower == "from"
        return False


def named_states(uses: Iterable[StateUse]) -> dict[str, float]:
    """Codes of the states that the page names as states, with how much it speaks of them.

    A state that something only happens in, or from which a person or body comes, is not named as one, unless
    it is named so several times and its name is not also a city's.
    """
    weight: dict[str, float] = {}
    located: dict[str, int] = {}
    for use in uses:
        if use.force in ("acts", "names"):
            weight[use.country_code] = weight.get(use.country_code, 0.0) + (1.0 if use.form != "adjective" else 0.6)
        elif use.force == "locates" and use.form == "name":
            located[use.country_code] = located.get(use.country_code, 0) + 1
    for code, count in located.items():
        if code in weight:
            weight[code] += 0.3 * count
        elif count > 1 and code not in _CITY_STATES:
            weight[code] = 0.3 * count
    return weight
