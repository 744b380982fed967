"""Known names on a page: states by name, adjective, capital or seat of government; places; organizations."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from broadsheet.extraction.actors.page import Matcher
from broadsheet.reference.geography import (
    capitals,
    country_names,
    demonyms,
    government_seats,
    peoples_and_faiths,
    places,
    world_regions,
)
from broadsheet.reference.names import is_generic
from broadsheet.reference.organizations import known_organizations, organization_aliases
from broadsheet.reference.people import given_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.extraction.actors.page import Page

_SPELLED = 3
"""Letters of the longest abbreviation that is always spelled out."""
_ARABIC_ARTICLES = frozenset({"al", "el"})
HitKind = Literal["country", "demonym", "people", "capital", "seat", "place", "region", "organization"]


@dataclass(frozen=True, slots=True)
class Hit:
    """Tokens ``first`` to ``last`` (exclusive) that a reference table knows.

    Attributes:
        kind: What the table says they name.
        key: Key in the table; for an organization its name in ``known_organizations.csv``.
        country_code: Country named, or where the place or body is.
        is_short: Whether it is an abbreviation.
        is_stranger: Whether it is a common name that must be that of a body other than the table's.
    """

    first: int
    last: int
    kind: HitKind
    key: str
    country_code: str | None
    is_short: bool = False
    is_stranger: bool = False


@cache
def _names() -> tuple[Matcher, dict[str, tuple[HitKind, str, str | None, str]]]:
    """The matcher of all names; and of each, in lower case, its kind, key, country and required printed form."""
    table: dict[str, tuple[HitKind, str, str | None, str]] = {}
    for region in sorted(world_regions() | peoples_and_faiths()):
        table[region] = ("region", region, None, "")
    towns: dict[HitKind, Mapping[str, str]] = {"place": places(), "capital": capitals(), "seat": government_seats()}
    for kind, codes in towns.items():
        table.update({name: (kind, name, code, "") for name, code in codes.items()})
    for word, demonym in demonyms().items():
        table[word] = ("demonym" if demonym.form == "adjective" else "people", word, demonym.country_code, "")
    for name in country_names().values():
        printed = name.name.upper() if name.form == "abbreviation" else ""
        table[name.name] = ("country", name.name, name.country_code, printed)
    for form, body in (*((name, name) for name in known_organizations()), *organization_aliases().items()):
        printed = form if " " not in form else ""
        seat = known_organizations()[body].country_code
        table.setdefault(form.lower(), ("organization", body, seat, printed))
        if form.isalpha() and form.isupper():
            dotted = "".join(f"{letter}." for letter in form)
            table.setdefault(dotted.lower(), ("organization", body, seat, dotted))
    return Matcher(table), table


def find_hits(page: Page) -> dict[int, Hit]:
    """The known names by their first token, the longest at each place; they do not overlap.

    A name counts only with a capital, an abbreviation only as its table prints it, except in a line of capitals.
    """
    matcher, table = _names()
    hits: dict[int, Hit] = {}
    free = 0
    for place in page.large:
        if place < free or place in page.silent:
            continue
        joined = place > free + 1 and page.word(place - 1) == "-" and page.word(place - 2) in _ARABIC_ARTICLES
        found = matcher.at(page, token := page.tokens[place - 2]) if joined else None
        found = found or matcher.at(page, token := page.tokens[place])
        if found is None:
            continue
        phrase, last = found
        kind, key, code, printed = table[phrase]
        text = page.text_of(token.i, last)
        # Some papers print abbreviations that are spoken as words like names: Nato.
        spoken_form = len(printed) > _SPELLED and text == printed.capitalize() and text.lower() not in given_names()
        if printed and text != printed and token.paragraph not in page.shouted and not spoken_form:
            continue
        hits[token.i] = Hit(token.i, last, kind, key, code, bool(printed) and printed.isupper())
        free = last
    return _with_strangers(page, hits)


def _with_strangers(page: Page, hits: dict[int, Hit]) -> dict[int, Hit]:
    """The hits; common names (*Senate*) are strangers where the table has them for a state the page does not name."""

    def is_common(hit: Hit) -> bool:
        public = hit.kind == "organization" and known_organizations()[hit.key].sphere in ("government", "party")
        return public and is_generic(page.text_of(hit.first, hit.last))

    named = {reported_from(page), *(hit.country_code for hit in hits.values() if not is_common(hit))} - {None}
    strange = {i for i, h in hits.items() if named and h.country_code not in (None, *named) and is_common(h)}
    return {i: replace(h, country_code=None, is_stranger=True) if i in strange else h for i, h in hits.items()}


def reported_from(page: Page) -> str | None:
    """Code of the country of the first dateline that names a known place."""
    matcher, table = _names()
    for place in page.large:
        if place in page.silent and place - 1 not in page.silent:
            found = matcher.at(page, page.tokens[place])
            code = table[found[0]][2] if found is not None else None
            if code is not None:
                return code
    return None
