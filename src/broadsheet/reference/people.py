"""Reference data on people: offices, forms of address, given and family names, gendered words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from broadsheet.reference import column, mapping, table

if TYPE_CHECKING:
    from collections.abc import Mapping

Gender = Literal["female", "male", "either"]
Tenure = Literal["current", "former", "nominated"]


@dataclass(frozen=True, slots=True)
class Office:
    """A row of ``offices.csv``.

    Attributes:
        office: Title in lower case, without the body or country.
        sphere: ``state`` ``government`` ``legislature`` ``diplomatic`` ``justice`` ``military`` ``party`` ``company``
            ``academic`` ``media`` ``religious`` ``spokes`` (a spokesperson) or ``organization`` (any).
        scope: What it belongs to: a ``country``, an ``organization`` or ``either``.
        unique: Whether a country has one holder at a time.
        with_country: Whether the country printed before it is part of the title (``U.S. Trade Representative``).
        country_code: The one country that has an office of this name, where there is one.
        stands_for: The title written out, where it is an abbreviation.
        is_rank: Whether it is a military rank, which its holder keeps in all posts.
    """

    office: str
    sphere: str
    scope: str
    unique: bool
    with_country: bool
    country_code: str | None
    stands_for: str | None
    is_rank: bool


@cache
def offices() -> Mapping[str, Office]:
    """Title in lower case to the office."""
    return MappingProxyType(
        {
            r["office"]: Office(
                r["office"],
                r["sphere"],
                r["scope"],
                r["unique"] == "yes",
                r["with_country"] == "yes",
                r["country_code"] or None,
                r["stands_for"] or None,
                r["office"] in column("military_ranks", "rank"),
            )
            for r in table("offices")
        }
    )


@dataclass(frozen=True, slots=True)
class OfficeVerb:
    """A row of ``office_verbs.csv``: what a verb says of an office.

    Attributes:
        particles: Words of which it needs one to say so (*step down*, *step aside*), separated by blanks.
        subject: What becomes of the office that its subject has: ``gains`` ``holds`` ``keeps`` (still holds) ``loses``
            ``leaves`` (loses, but only with *as*); empty if it says nothing.
        object: The same for its object, or the subject of its passive; ``awaits`` if it is not yet held.
    """

    particles: str
    subject: str
    object: str


@cache
def office_verbs() -> Mapping[str, OfficeVerb]:
    """Lemma of a verb to what it says of an office."""
    rows = table("office_verbs")
    return MappingProxyType({r["verb"]: OfficeVerb(r["particles"], r["subject"], r["object"]) for r in rows})


@cache
def office_qualifiers() -> Mapping[str, Tenure]:
    """Word before a title (``former``, ``acting``) to the tenure that it indicates."""
    out: dict[str, Tenure] = {}
    for row in table("office_qualifiers"):
        match row["tenure"]:
            case "current" | "former" | "nominated" as tenure:
                out[row["qualifier"]] = tenure
            case other:
                raise ValueError(other)
    return MappingProxyType(out)


@cache
def title_openings() -> frozenset[str]:
    """Qualifiers that belong to the title that they precede (*acting president*)."""
    return frozenset(r["qualifier"] for r in table("office_qualifiers") if r["in_title"] == "yes")


@cache
def honorifics() -> Mapping[str, Gender | None]:
    """Form of address in lower case, with its full stop if it has one, to the gender that it indicates."""
    return MappingProxyType({r["honorific"]: gender(r["gender"]) for r in table("honorifics")})


@cache
def gendered_nouns() -> Mapping[str, Gender | None]:
    """Noun for a person to the gender that it indicates."""
    return MappingProxyType({r["noun"]: gender(r["gender"]) for r in table("gendered_nouns")})


@cache
def given_names() -> Mapping[str, Gender | None]:
    """Given name in lower case to the gender of most people with it; ``either`` if it indicates none."""
    return MappingProxyType({r["given_name"]: gender(r["gender"]) for r in table("given_names")})


def surname_particles() -> frozenset[str]:
    """Words that join a family name in lower case (``van``, ``bin``)."""
    return column("surname_particles", "particle")


def name_suffixes() -> frozenset[str]:
    """What can follow a family name (``jr.``)."""
    return column("name_suffixes", "suffix")


def family_names_first() -> Mapping[str, str]:
    """Family names of languages that put them first, to the country where that is so."""
    return mapping("family_names_first", "country_code")


@dataclass(frozen=True, slots=True)
class Leader:
    """A row of ``leaders.csv``: who has led a state or its government.

    Attributes:
        leader: Name as the press prints it, without diacritics.
        country_code: ISO 3166-1 alpha-3.
        gender: Of the person.
        first_year: Year in which the first term began.
        last_year: Year in which the last term ended; ``None`` if it continues.
    """

    leader: str
    country_code: str
    gender: Gender | None
    first_year: int
    last_year: int | None


@cache
def leaders() -> tuple[Leader, ...]:
    """Heads of state and government since about 1950, by name."""
    return tuple(
        Leader(
            r["leader"],
            r["country_code"],
            gender(r["gender"]),
            int(r["first_year"]),
            int(r["last_year"]) if r["last_year"] else None,
        )
        for r in table("leaders")
    )


def portfolios() -> frozenset[str]:
    """What ministries, committees and their heads are for (``trade``, ``foreign``), in lower case."""
    return column("portfolios", "portfolio")


def gender(cell: str) -> Gender | None:
    """A cell of a gender column; empty is ``None``."""
    match cell:
        case "female" | "male" | "either":
            return cell
        case "":
            return None
    raise ValueError(cell)
