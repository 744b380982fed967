"""Offices across articles: which titles are one office, which tell one bearer, which no one person holds together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from broadsheet.extraction.actors.identity import ascii_of
from broadsheet.reference import mapping
from broadsheet.reference.people import offices, portfolios

_REMEMBERED = 50_000
_NO_CONTENT = frozenset({"of", "the", "for", "and", "affairs", "s", "former", "acting", "interim", "chief"})
_PUBLIC = frozenset({"state", "government", "legislature", "diplomatic", "justice", "military", "party"})
_GOVERNING = frozenset({"state", "government"})
AFFAIRS = "affairs"
"""The walk of life of all offices in politics, business, learning and the press: people change between these."""


@dataclass(frozen=True, slots=True)
class Title:
    """What a printed title tells.

    Attributes:
        key: The office: its words without those that titles of one office have or lack.
        walk: The walk of life, ``affairs`` ``sport`` ``art``.
        is_public: Whether it is an office of a state or a party.
        is_governing: Whether it is one of a state's leader or government.
        is_company: Whether it is one of a company.
        is_telling: Whether few bear it in a country at a time: one that a state has one of, or one with a portfolio.
    """

    key: str
    walk: str
    is_public: bool
    is_governing: bool
    is_company: bool
    is_telling: bool


@lru_cache(_REMEMBERED)
def title_of(printed: str) -> Title:
    """Reads a printed title."""
    words = ascii_of(printed).replace("'", " ").replace("’", " ").split()
    office = next((found for n in range(len(words)) if (found := offices().get(" ".join(words[n:])))), None)
    if office is None:  # the office stands first: minister of finance
        office = next((found for n in range(len(words), 0, -1) if (found := offices().get(" ".join(words[:n])))), None)
    if office is not None and office.stands_for:
        words = [*ascii_of(printed).removesuffix(office.office).split(), *office.stands_for.split()]
        office = offices().get(office.stands_for, office)
    walks = mapping("walks_of_life", "walk")
    walk = next((walks[text] for n in range(len(words)) if (text := " ".join(words[n:])) in walks), AFFAIRS)
    sphere = office.sphere if office is not None else ""
    content = [w for w in words if w not in _NO_CONTENT] or words
    governing = sphere in _GOVERNING
    telling = office is not None and (office.unique or (governing and bool(portfolios() & set(content))))
    return Title(
        " ".join(sorted(content)), walk, sphere in _PUBLIC and walk == AFFAIRS, governing, sphere == "company", telling
    )
