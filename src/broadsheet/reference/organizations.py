"""Reference data on organizations: well-known names, abbreviations, and nouns that head a name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from broadsheet.reference import mapping, table

if TYPE_CHECKING:
    from collections.abc import Mapping


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


@cache
def body_nouns() -> Mapping[str, str]:
    """Common nouns for bodies (``lender``, ``ministry``), in lower case, to the kind of body."""
    return mapping("body_nouns", "sphere")


def other_heads() -> Mapping[str, str]:
    """Nouns that head names of things other than actors (``treaty``, ``street``) to the kind of thing."""
    return mapping("name_heads_of_other_things", "kind")
