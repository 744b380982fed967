"""Countries and the words that name them: names, national adjectives, capitals, seats of government, places."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from broadsheet.reference import column, mapping, table
from broadsheet.tables.rows import CountryRow

if TYPE_CHECKING:
    from collections.abc import Mapping

EUROPEAN_UNION = "EUU"
"""The code for the European Union; all others are ISO 3166-1 alpha-3."""

_WORD = re.compile(r"[A-Za-z][A-Za-z.'-]*")
_NAME = re.compile(r"[A-ZÀ-Ý][A-Za-zÀ-ɏ]+")
_DATELINE = re.compile(r"^[A-Z]{2,20}(?: [A-Z]{2,20}){0,2}", re.MULTILINE)

NameForm = Literal["name", "alias", "abbreviation", "historic"]
DemonymForm = Literal["adjective", "plural", "person"]


@dataclass(frozen=True, slots=True)
class CountryName:
    """A row of ``country_names.csv``.

    Attributes:
        name: In lower case, without an article.
        country_code: ISO 3166-1 alpha-3.
        form: ``name`` (everyday or official), ``alias`` (another word for it or a part of it), ``abbreviation`` (names
            the country only when printed in capitals) or ``historic`` (a former state; the code is its successor's).
    """

    name: str
    country_code: str
    form: NameForm


@dataclass(frozen=True, slots=True)
class Demonym:
    """A row of ``demonyms.csv``.

    Attributes:
        demonym: In lower case.
        country_code: ISO 3166-1 alpha-3.
        form: ``adjective`` (most can also denote a person), ``plural`` (the people) or ``person``.
    """

    demonym: str
    country_code: str
    form: DemonymForm


@cache
def countries() -> Mapping[str, CountryRow]:
    """Country code to country, the European Union among them: ISO 3166-1 codes, everyday name, UN M49 region."""
    return MappingProxyType(
        {
            r["country_code"]: CountryRow(r["country_code"], r["name"], r["alpha_2"], r["region"])
            for r in table("countries")
        }
    )


def country_name(code: str) -> str:
    """The name by which a state is an actor."""
    return countries()[code].name


@cache
def wikidata_items() -> Mapping[str, str]:
    """Country code to its item in Wikidata, the European Union among them.

    From the territories of ``rigour`` 1.3.13 (https://github.com/opensanctions/rigour, MIT), by ISO code. Without
    Denmark and the Netherlands, where the table has the item of the kingdom.
    """
    return MappingProxyType({r["country_code"]: r["wikidata_id"] for r in table("wikidata")})


@cache
def country_names() -> Mapping[str, CountryName]:
    """Name in lower case to the country it names."""
    return MappingProxyType(
        {r["name"]: CountryName(r["name"], r["country_code"], _name_form(r["form"])) for r in table("country_names")}
    )


@cache
def demonyms() -> Mapping[str, Demonym]:
    """National adjective or name of a people, in lower case, to its country."""
    return MappingProxyType(
        {r["demonym"]: Demonym(r["demonym"], r["country_code"], _demonym_form(r["form"])) for r in table("demonyms")}
    )


@cache
def capitals() -> Mapping[str, str]:
    """Capital or other seat of a government, in lower case, to the country code that it can refer to."""
    return MappingProxyType({r["capital"]: r["country_code"] for r in table("capitals")})


@cache
def government_seats() -> Mapping[str, str]:
    """Building or street that refers to a government (``kremlin``), to its country code."""
    return MappingProxyType({r["seat"]: r["country_code"] for r in table("government_seats")})


@cache
def places() -> Mapping[str, str]:
    """City, state, province or region to the code of its country."""
    return MappingProxyType({r["place"]: r["country_code"] for r in table("places")})


@cache
def _codes() -> Mapping[str, str]:
    """Names of countries, peoples and places, in lower case, to the code of the country."""
    peoples = {name: demonym.country_code for name, demonym in demonyms().items()}
    return {**places(), **capitals(), **peoples, **{n: country.country_code for n, country in country_names().items()}}


@lru_cache(maxsize=1)
def countries_named(text: str) -> Counter[str]:
    """How often a text names each country, its people or its places."""
    codes, words = _codes(), [match.span() for match in _NAME.finditer(text)]
    pairs = [text[one[0] : two[1]].lower() for one, two in pairwise([*words, (0, 0)])]
    found = Counter[str]()
    for number, (start, end) in enumerate(words):
        name = pairs[number] if pairs[number] in codes else text[start:end].lower()
        if name in codes and (not number or pairs[number - 1] not in codes):
            found[codes[name]] += 1
    return found


def reported_from(text: str) -> str | None:
    """The country of the first dateline of a text, a place in capitals that opens a paragraph."""
    openings = (match.group().lower() for match in _DATELINE.finditer(text))
    return next((_codes()[opening] for opening in openings if opening in _codes()), None)


def publisher_country(publisher: str) -> str | None:
    """The country of a publisher, if it is known or its name says so."""
    publisher = publisher.lower()
    known = mapping("publishers", "country_code")
    if publisher in known:
        return known[publisher]
    if publisher.removeprefix("the ") in known:
        return known[publisher.removeprefix("the ")]
    names, peoples = country_names(), demonyms()
    words = _WORD.findall(publisher)
    for n in (2, 1):
        for i in range(len(words) - n + 1):
            name = " ".join(words[i : i + n])
            if name in peoples and peoples[name].form == "adjective":
                return peoples[name].country_code
            if name in names and names[name].form == "name":
                return names[name].country_code
    return None


def language_country(language: str) -> str | None:
    """The three-letter country code of a language tag's region."""
    regions = [part.upper() for part in language.replace("_", "-").split("-")[1:] if len(part) == 2]
    return next((c.country_code for c in countries().values() if regions and c.alpha_2 == regions[0]), None)


def world_regions() -> frozenset[str]:
    """Regions of several states, seas and the adjectives for them, in lower case; they are not actors."""
    return column("world_regions", "region")


def peoples_and_faiths() -> frozenset[str]:
    """Peoples without a state of their own, faiths and political creeds, in lower case; they are not actors either."""
    return column("peoples_and_faiths", "word")


def _name_form(value: str) -> NameForm:
    match value:
        case "name" | "alias" | "abbreviation" | "historic":
            return value
    raise ValueError(value)


def _demonym_form(value: str) -> DemonymForm:
    match value:
        case "adjective" | "plural" | "person":
            return value
    raise ValueError(value)
