"""Creators of a package with ORCID iDs, and its licence, as users write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet import reference
from broadsheet.base.errors import InputError
from broadsheet.reading.metadata import check_text, check_url

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ORCID = "https://orcid.org/"
"""Start of the address of an ORCID iD."""

_ORCID = re.compile(r"(?:\d{4}-){3}\d{3}[\dX]", re.ASCII)
_LIKE_ORCID = re.compile(r"[\dX-]{8,}", re.ASCII)
_RESOLVER = re.compile(r"(?:https?://)?(?:www\.)?orcid\.org/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence: its SPDX identifier, its title and its URL; the identifier or the URL is given."""

    name: str | None
    title: str | None
    url: str | None

    def __str__(self) -> str:
        return self.name or self.url or ""

    @property
    def label(self) -> str:
        """Its title, or else its identifier or URL."""
        return self.title or self.name or self.url or ""


@dataclass(frozen=True, slots=True)
class Contributor:
    """A creator or publisher: a person if it has an ORCID iD or a given or family name, else an organization."""

    name: str
    given: str | None = None
    family: str | None = None
    url: str | None = None
    roles: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.name} ({self.url})" if self.url else self.name

    @property
    def orcid(self) -> str | None:
        """The URL of the ORCID iD, or None."""
        return self.url if self.url is not None and self.url.startswith(ORCID) else None

    @property
    def is_person(self) -> bool:
        """Whether it is a person."""
        return self.given is not None or self.family is not None or self.orcid is not None

    @property
    def kind(self) -> str:
        """Its type in schema.org."""
        return "Person" if self.is_person else "Organization"


def check_creators(value: object, place: str) -> tuple[Contributor, ...]:
    """Creators: one text or a list of texts, each a person or an organization.

    A person may have an ORCID iD: ``Ada Lovelace (https://orcid.org/0000-0002-1825-0097)``, or
    ``Ada Lovelace, 0000-0002-1825-0097``. ``Lovelace, Ada (…)`` states family and given name. A name without an iD is
    kept as it is written.

    Args:
        value: The creators.
        place: Where they were given, for the error.

    Raises:
        InputError: If a name is missing, or an ORCID iD is malformed or has a wrong check digit.
    """
    if not isinstance(value, str | list | tuple):
        raise InputError(place, f"{value!r} is neither text nor a list of texts", 'write ["First Name", "Second Name"]')
    creators = tuple(_creator(entry, place) for entry in ([value] if isinstance(value, str) else value))
    return tuple(dict.fromkeys(creators))


def _creator(value: object, place: str) -> Contributor:
    text = check_text(value, place)
    name, orcid = _parts(text)
    if orcid is None:
        if _RESOLVER.search(text) or _ORCID.search(text.upper()):
            problem = f"{text!r} does not have the form NAME (ORCID iD)"
            raise InputError(place, problem, f"write Ada Lovelace ({ORCID}…)")
        return Contributor(name, roles=("creator",))
    if not _ORCID.fullmatch(orcid):
        raise InputError(place, f"{orcid!r} is not an ORCID iD", "write four groups of four, as 0000-0002-1825-0097")
    if (right := check_digit(orcid)) != orcid[-1]:
        problem = f"ORCID iD {orcid} ends in {orcid[-1]}, where its check digit is {right}"
        raise InputError(place, problem, "copy the iD from the profile at orcid.org")
    family, comma, given = (part.strip() for part in name.partition(","))
    if not comma:
        return Contributor(name, url=f"{ORCID}{orcid}", roles=("creator",))
    if not family or not given:
        raise InputError(place, f"{name!r} lacks the family or the given name", "write it as Lovelace, Ada")
    return Contributor(f"{given} {family}", given, family, f"{ORCID}{orcid}", ("creator",))


def _parts(text: str) -> tuple[str, str | None]:
    """The name, and the ORCID iD in parentheses or after the last comma; None if that does not look like one."""
    name, _, last = text.removesuffix(")").rpartition("(" if text.endswith(")") else ",")
    last = last.strip()
    orcid = _RESOLVER.sub("", last, count=1).rstrip("/").upper()
    if not name.strip() or not (_RESOLVER.match(last) or _LIKE_ORCID.fullmatch(orcid)):
        return text, None
    return name.strip(), orcid


def check_digit(orcid: str) -> str:
    """The last character that an ORCID iD must have, by ISO 7064 MOD 11-2.

    Args:
        orcid: The iD; its last character is ignored.
    """
    total = 0
    for digit in orcid[:-1].replace("-", ""):
        total = (total + int(digit)) * 2
    value = (12 - total % 11) % 11
    return "X" if value == 10 else str(value)


def check_license(value: object, place: str) -> Licence:
    """A licence: an SPDX identifier in any case, or the URL of its text.

    Args:
        value: The licence.
        place: Where it was given, for the error.

    Returns:
        The licence. For a URL in the SPDX list, with its identifier and title.

    Raises:
        InputError: If it is neither.
    """
    text = check_text(value, place)
    if ":" in text or "/" in text:
        url = check_url(text, place)
        found = _by_url().get(_compared(url))
        return Licence(found["spdx_id"], found["title"], found["url"]) if found else Licence(None, None, url)
    by_key = _by_key()
    if (row := by_key.get(text.lower())) is None:
        near = get_close_matches(text.lower().replace(" ", "-"), by_key, n=1)
        fix = f"did you mean {by_key[near[0]]['spdx_id']}?" if near else "see spdx.org/licenses or give its URL"
        raise InputError(place, f"{text!r} is not an SPDX licence identifier", fix)
    return Licence(row["spdx_id"], row["title"], row["url"])


@cache
def _by_key() -> Mapping[str, Mapping[str, str]]:
    return {row["key"]: row for row in reference.table("licences")}


@cache
def _by_url() -> Mapping[str, Mapping[str, str]]:
    return {_compared(row["url"]): row for row in reference.table("licences")}


def _compared(url: str) -> str:
    """A URL in comparable form."""
    return url.lower().removeprefix("https://").removeprefix("http://").removesuffix("/").removesuffix("/legalcode")


def default_title(sources: Sequence[Path | str]) -> str | None:
    """The default title of a package, derived from its sources; independent of the output folder.

    Returns:
        The name of the only file or folder; for several files in the same folder, that of the folder.
    """
    paths = [Path(source) for source in sources]
    files = [path for path in paths if path.is_file()]
    if len(paths) == 1:
        [path] = paths
        return path.stem if files else path.resolve().name if path.is_dir() else None
    folders = {path.resolve().parent for path in files}
    return folders.pop().name if len(folders) == 1 and len(files) == len(paths) else None
