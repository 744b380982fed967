"""Offices across articles: which titles are the same office, which are rare, and their walk of life."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from broadsheet.base.slugs import ascii_of
from broadsheet.reference import mapping
from broadsheet.reference.people import offices, portfolios

_REMEMBERED = 50_000
_NO_CONTENT = frozenset({"of", "the", "for", "and", "affairs", "s", "former", "acting", "interim", "chief"})
_PUBLIC = frozenset({"state", "government", "legislature", "diplomatic", "justice", "military", "party"})
_GOVERNING = frozenset({"state", "government"})
AFFAIRS = "affairs"
"""The walk of life of politics, business, science and the press; people move between these."""


@dataclass(frozen=True, slots=True)
class Title:
    """A printed title, parsed.

    Attributes:
        key: The office: the content words of the title, sorted.
        walk: The walk of life: ``affairs``, ``sport`` or ``art``.
        is_public: Whether it is an office of a state or a party.
        is_governing: Whether it is the office of a state's leader or in its government.
        is_company: Whether it is an office of a company.
        is_rare: Whether few people hold it in a country at a time: it is unique in a state, or has a portfolio.
    """

    key: str
    walk: str
    is_public: bool
    is_governing: bool
    is_company: bool
    is_rare: bool


@lru_cache(_REMEMBERED)
def title_of(printed: str) -> Title:
    """Parses a printed title."""
    words = ascii_of(printed).replace("'", " ").replace("’", " ").split()
    office = next((found for n in range(len(words)) if (found := offices().get(" ".join(words[n:])))), None)
    if office is None:  # the office comes first: minister of finance
        office = next((found for n in range(len(words), 0, -1) if (found := offices().get(" ".join(words[:n])))), None)
    if office is not None and office.stands_for:
        words = [*ascii_of(printed).removesuffix(office.office).split(), *office.stands_for.split()]
        office = offices().get(office.stands_for, office)
    walks = mapping("walks_of_life", "walk")
    walk = next((walks[text] for n in range(len(words)) if (text := " ".join(words[n:])) in walks), AFFAIRS)
    sphere = office.sphere if office is not None else ""
    content = [w for w in words if w not in _NO_CONTENT] or words
    governing = sphere in _GOVERNING
    rare = office is not None and (office.unique or (governing and bool(portfolios() & set(content))))
    return Title(
        " ".join(sorted(content)), walk, sphere in _PUBLIC and walk == AFFAIRS, governing, sphere == "company", rare
    )
