"""How to cite a package or one row of it: plain text, BibTeX, RIS and CSL JSON.

Whatever the form, it names the version and, where it is at hand, a checksum: the SHA-256 of ``datapackage.json``, which
holds those of all files.

cffconvert is a tool of the tests only: it needs jsonschema 3 where frictionless needs 4, and it cites neither a row
nor a checksum.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from broadsheet.publishing.metadata.facts import licences, parties

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.reading.credits import Contributor

FORMATS = ("text", "bibtex", "ris", "csl-json")


@dataclass(frozen=True, slots=True)
class CitedRow:
    """The row that a citation is of.

    Attributes:
        table: Its table.
        key: Its key.
        article: Title of the article that it was found in, where it is of one.
        span: The characters there, where it has a place.
    """

    table: str
    key: str
    article: str | None = None
    span: tuple[int, int] | None = None

    def __str__(self) -> str:
        place = f", characters {self.span[0]} to {self.span[1]}" if self.span else ""
        article = f" of “{self.article}”" if self.article else ""
        return f"Row {self.key} of table {self.table}{place}{article}"


def cite(
    descriptor: Mapping[str, Any], checksum: str | None = None, form: str = "text", row: CitedRow | None = None
) -> str:
    """A citation of a package, or of a row of it.

    Args:
        descriptor: The content of its ``datapackage.json``.
        checksum: SHA-256 of that file, in hex digits; None leaves it out, where a file that is derived of it cites.
        form: One of :data:`FORMATS`.
        row: The row, if one is cited.

    Raises:
        KeyError: If there is no such form.
    """
    licence = next(iter(licences(descriptor)), None)
    day = str(descriptor.get("created", ""))[:10]
    note = [str(row)] if row else []
    note += [f"SHA-256 of datapackage.json: {checksum}"] if checksum else []
    told = _Told(
        authors=parties(descriptor),
        title=str(descriptor["title"]),
        version=str(descriptor["version"]),
        day=day if _DAY.fullmatch(day) else "",
        urn=f"urn:uuid:{descriptor['id']}",
        licence=(licence.name or licence.label) if licence else None,
        name=str(descriptor["name"]),
        note=". ".join(note),
        row=row.key if row else None,
    )
    return {"text": _text, "bibtex": _bibtex, "ris": _ris, "csl-json": _csl}[form](told)


@dataclass(frozen=True, slots=True)
class _Told:
    authors: tuple[Contributor, ...]
    title: str
    version: str
    day: str
    urn: str
    licence: str | None
    name: str
    note: str
    row: str | None

    @property
    def key(self) -> str:
        """The key of the entry, in characters that every BibTeX reader takes."""
        return _NOT_OF_KEY.sub("-", "-".join(filter(None, (self.name, self.version, self.row))))


_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-\d{2}", re.ASCII)
_NOT_OF_KEY = re.compile(r"[^A-Za-z0-9.:/+_-]")


def _text(told: _Told) -> str:
    year = f" ({told.day[:4]})" if told.day else ""
    what = f"{told.title} (version {told.version}) [Data set]"
    authors = "; ".join(author.name for author in told.authors)
    # A work without an author begins with its title, as in the style of the APA.
    cited = f"{authors}{year}. {what}. " if authors else f"{what}{year}. "
    cited += f"{told.licence}. {told.urn}." if told.licence else f"{told.urn}."
    return f"{cited} {told.note}".rstrip()


def _bibtex(told: _Told) -> str:
    """An entry of type ``misc``: BibTeX does not know ``dataset``, biber knows both."""
    fields = {
        **({"author": " and ".join(map(_bibtex_name, told.authors))} if told.authors else {}),
        # The braces keep the capitals.
        "title": f"{{{_tex(told.title)}}}",
        "howpublished": f"Data set, version {_tex(told.version)}",
        **({"year": told.day[:4]} if told.day else {}),
        "note": ". ".join(filter(None, (told.urn, _tex(told.note)))),
        # What BibTeX sorts an entry without author by.
        **({} if told.authors else {"key": f"{{{_tex(told.title)}}}"}),
    }
    lines = "".join(f",\n  {name} = {{{value}}}" for name, value in fields.items())
    # BibTeX has macros for the months, which styles print in their own language.
    month = f",\n  month = {_MONTHS[int(told.day[5:7]) - 1]}" if told.day else ""
    return f"@misc{{{told.key}{lines}{month}\n}}"


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _bibtex_name(author: Contributor) -> str:
    """A name; braces keep BibTeX from dividing that of a body, or of a person of whom only the whole name is known."""
    if author.given is None or author.family is None:
        return f"{{{_tex(author.name)}}}"
    return f"{_name_part(author.family)}, {_name_part(author.given)}"


def _name_part(text: str) -> str:
    divides = "," in text or " and " in f" {text.lower()} "
    return f"{{{_tex(text)}}}" if divides else _tex(text)


_SPECIAL = {
    "\\": r"{\textbackslash}",
    # Not \{: BibTeX counts braces, also after a backslash.
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    "<": r"{\textless}",
    ">": r"{\textgreater}",
    "|": r"{\textbar}",
    **{character: f"\\{character}" for character in "&%$#_"},
}
_ACCENTS = dict(zip("\u0300\u0301\u0302\u0303\u0308\u0304\u0307", "`'^~\"=.", strict=True)) | dict(
    zip("\u030a\u0327\u030c\u0306\u0328\u030b\u0323", ("r", "c", "v", "u", "k", "H", "d"), strict=True)
)
"""Combining character to the TeX command of the accent."""


def _tex(text: str) -> str:
    """A text as BibTeX, biber and TeX read it."""
    return "".join(_SPECIAL.get(character) or _accented(character) for character in " ".join(text.split()))


def _accented(character: str) -> str:
    """A letter with one accent in the form that BibTeX takes for one letter; other characters stay UTF-8."""
    parts = normalize("NFD", character)
    accent = _ACCENTS.get(parts[1:])
    if accent is None or not parts[0].isascii():
        return character
    # Not a dotless i: TeX sees to that, and biber does not.
    return f"{{\\{accent}{{{parts[0]}}}}}"


def _ris(told: _Told) -> str:
    lines = [("TY", "DATA"), *(("AU", _inverted(author)) for author in told.authors), ("TI", told.title)]
    if told.day:
        lines += [("PY", told.day[:4]), ("DA", told.day.replace("-", "/"))]
    lines += [("ET", told.version), ("ID", told.key), ("UR", told.urn)]
    lines += [("N1", told.note)] if told.note else []
    lines.append(("ER", ""))
    return "\n".join(f"{tag}  - {' '.join(value.split())}".rstrip() if value else f"{tag}  - " for tag, value in lines)


def _inverted(author: Contributor) -> str:
    return f"{author.family}, {author.given}" if author.given and author.family else author.name


def _csl_name(author: Contributor) -> dict[str, str]:
    if author.given and author.family:
        return {"family": author.family, "given": author.given}
    return {"literal": author.name}


def _csl(told: _Told) -> str:
    item: dict[str, Any] = {
        "id": told.key,
        "type": "dataset",
        "title": told.title,
        **({"author": [_csl_name(author) for author in told.authors]} if told.authors else {}),
        "version": told.version,
        "URL": told.urn,
        **({"note": told.note} if told.note else {}),
    }
    if told.day:
        item["issued"] = {"date-parts": [[int(part) for part in told.day.split("-")]]}
    return json.dumps([item], indent=2, ensure_ascii=False)
