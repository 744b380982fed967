"""Countries and the words that name them: names, national adjectives, capitals, seats of government, places."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from broadsheet.reference import column, table
from broadsheet.tables.rows import CountryRow

if TYPE_CHECKING:
    from collections.abc import Mapping

EUROPEAN_UNION = "EUU"
"""The code for the European Union; all others are ISO 3166-1 alpha-3."""

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
