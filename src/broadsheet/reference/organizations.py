"""Reference data on organizations: well-known names, abbreviations, and nouns that head a name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from broadsheet.reference import mapping, table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
LEGAL_FORMS = frozenset({"inc", "corp", "co", "ltd", "llc", "plc", "limited", "incorporated", "corporation", "com"})
"""Abbreviations and words for the legal form of a company, in lower case."""
_OF_PLACES = frozenset({"bank", "company", "corporation", "exchange", "trust"})
_SUFFIXES = LEGAL_FORMS | {"company", "group", "holdings"}


@dataclass(frozen=True, slots=True)
class KnownOrganization:
    """A row of ``known_organizations.csv``.

    Attributes:
        organization: Name as printed.
        country_code: Seat; ``None`` for a body of many countries or of none in particular.
        sphere: ``intergovernmental`` ``government`` ``media`` ``company`` ``party`` ``ngo`` or ``group``, the last for
            movements without legal form.
    """

    organization: str
    country_code: str | None
    sphere: str


@dataclass(frozen=True, slots=True)
class OrganizationHead:
    """A row of ``organization_heads.csv``.

    Attributes:
        head: Noun in lower case that heads the name of a body (``ministry``) or ends that of a company (``inc.``).
        sphere: The kind of body that it indicates.
        is_suffix: Whether it only occurs at the end of a name.
    """

    head: str
    sphere: str
    is_suffix: bool


@cache
def known_organizations() -> Mapping[str, KnownOrganization]:
    """Name as printed to the organization."""
    return MappingProxyType(
        {
            r["organization"]: KnownOrganization(r["organization"], r["country_code"] or None, r["sphere"])
            for r in table("known_organizations")
        }
    )


@cache
def organization_aliases() -> Mapping[str, str]:
    """Abbreviation or other name, as printed, to the name in ``known_organizations.csv``."""
    return MappingProxyType({r["alias"]: r["organization"] for r in table("organization_aliases")})


@cache
def organization_heads() -> Mapping[str, OrganizationHead]:
    """Noun in lower case to the kind of body that it indicates."""
    return MappingProxyType(
        {
            r["head"]: OrganizationHead(r["head"], r["sphere"], r["position"] == "suffix")
            for r in table("organization_heads")
        }
    )


def head_of(word: str) -> OrganizationHead | None:
    """The row for a noun in lower case, in the singular or plural."""
    heads = organization_heads()
    found = heads.get(word)
    if found is None and word.endswith("ies"):
        found = heads.get(f"{word[:-3]}y")
    if found is None and word.endswith("s"):
        found = heads.get(word[:-1])
    return found


def is_head(word: str) -> bool:
    """Whether a noun in lower case, in the singular or plural, can head the name of a body."""
    return head_of(word) is not None


def is_firm(word: str) -> bool:
    """Whether a noun in lower case heads the names of firms (*energy*), and few that end with a place (*bank*)."""
    found = head_of(word)
    return found is not None and found.sphere == "company" and not found.is_suffix and found.head not in _OF_PLACES


def is_party_member(word: str) -> bool:
    """Whether a noun in lower case is the singular of one that heads names of parties: *democrat*."""
    found = organization_heads().get(f"{word}s")
    return found is not None and found.sphere == "party"


@cache
def body_nouns() -> Mapping[str, str]:
    """Common nouns for bodies (``lender``, ``ministry``), in lower case, to the kind of body."""
    return mapping("body_nouns", "sphere")


def other_heads() -> Mapping[str, str]:
    """Nouns that head names of things other than actors (``treaty``, ``street``) to the kind of thing."""
    return mapping("name_heads_of_other_things", "kind")


def words_of_body(text: str) -> tuple[str, ...]:
    """The words of a body's name in lower case, in one spelling; full stops inside an abbreviation are dropped."""
    lower = text.lower().replace("’", "'").removesuffix("'s").removesuffix("'")
    lower = re.sub(r"(?<=\b[a-z])\.", "", lower)
    words = tuple(_folds().get(word, word) for word in _WORD.findall(lower))
    return words[1:] if len(words) > 1 and words[0] == "the" else words


def without_suffix(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words less those that only give a company's legal form."""
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words = words[:-1]
    return words


@cache
def _folds() -> Mapping[str, str]:
    """British spellings of words in names of bodies to American ones."""
    return {row["printed"]: row["folded"] for row in table("spelling_folds") if row["place"] == "body"}


@cache
def known_words() -> Mapping[tuple[str, ...], str]:
    """The words of the names of known organizations to these."""
    return MappingProxyType({words_of_body(name): name for name in known_organizations()})


@cache
def unions() -> Mapping[tuple[str, ...], str]:
    """The words of names of intergovernmental bodies to their names in the reference table."""
    forms = {**{name: name for name in known_organizations()}, **organization_aliases()}
    known = known_organizations()
    between = {form: name for form, name in forms.items() if known[name].sphere == "intergovernmental"}
    return MappingProxyType({words_of_body(form): name for form, name in between.items()})


@cache
def listed_companies() -> Mapping[tuple[str, ...], tuple[str, str]]:
    """The words of names of listed companies to the name in ``listed_companies.csv`` and the code of its state."""
    rows = [(r["company"], r["country_code"]) for r in table("listed_companies")]
    return MappingProxyType({without_suffix(words_of_body(name)): (name, code) for name, code in rows})


SYMBOL = range(3, 6)
"""Letters of a stock symbol."""


def may_have_symbol(words: Sequence[str], known: str | None, symbol: str) -> bool:
    """Whether a company's shares can have a symbol: its letters in their order (``TSLA`` for *Tesla*).

    Args:
        words: The name, word by word, in lower case.
        known: Name in ``known_organizations.csv``, if it is there.
        symbol: The symbol in lower case.
    """
    entry = known_organizations()[known] if known is not None else head_of(words[-1])
    if len(symbol) not in SYMBOL or (entry is not None and entry.sphere != "company"):
        return False
    letters = iter("".join(words))
    return words[0][0] == symbol[0] and all(c in letters for c in symbol)


def closed_by_legal_form(words: Sequence[str]) -> int:
    """How many words of a name its legal form closes, all if none does: 3 of *Occidental Petroleum Corp. OXY*."""
    forms = [(head := head_of(word.lower())) is not None and head.is_suffix for word in words]
    return next((i + 1 for i in range(1, len(words) - 1) if forms[i] and not forms[i + 1]), len(words))
