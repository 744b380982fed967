"""Citations of a package or of one row of it: plain text, BibTeX, RIS and CSL JSON.

Every format names the version and, if known, the SHA-256 of ``datapackage.json``, which lists those of all files.

cffconvert is used in tests only: it needs jsonschema 3 where frictionless needs 4, and can cite neither a row nor a
checksum.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from broadsheet.publishing.metadata.facts import licences, parties, present

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.reading.credits import Contributor

FORMATS = ("text", "bibtex", "ris", "csl-json")


@dataclass(frozen=True, slots=True)
class CitedRow:
    """The row that is cited.

    Attributes:
        table: Its table.
        key: Its key.
        article: Title of its article, if it belongs to one.
        span: Its characters in the article, if it has a position.
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
        checksum: SHA-256 of that file in hexadecimal digits; None for metadata derived from the file.
        form: One of :data:`FORMATS`.
        row: The row, if one is cited.

    Raises:
        KeyError: If there is no such format.
    """
    licence = next(iter(licences(descriptor)), None)
    day = str(descriptor.get("created", ""))[:10]
    note = [str(row)] if row else []
    note += [f"SHA-256 of datapackage.json: {checksum}"] if checksum else []
    work = _Work(
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
    return {"text": _text, "bibtex": _bibtex, "ris": _ris, "csl-json": _csl}[form](work)


@dataclass(frozen=True, slots=True)
class _Work:
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
        """The key of the entry, in characters that every BibTeX reader accepts."""
        return _NOT_OF_KEY.sub("-", "-".join(filter(None, (self.name, self.version, self.row))))


_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-\d{2}", re.ASCII)
_NOT_OF_KEY = re.compile(r"[^A-Za-z0-9.:/+_-]")


def _text(work: _Work) -> str:
    year = f" ({work.day[:4]})" if work.day else ""
    what = f"{work.title} (version {work.version}) [Data set]"
    authors = "; ".join(author.name for author in work.authors)
    # APA style: a work without an author begins with its title.
    cited = f"{authors}{year}. {what}. " if authors else f"{what}{year}. "
    cited += f"{work.licence}. {work.urn}." if work.licence else f"{work.urn}."
    return f"{cited} {work.note}".rstrip()


def _bibtex(work: _Work) -> str:
    """An entry of type ``misc``, as BibTeX has no ``dataset``."""
    fields = {
        "author": " and ".join(map(_bibtex_name, work.authors)),
        # The braces keep the capitals.
        "title": f"{{{_tex(work.title)}}}",
        "howpublished": f"Data set, version {_tex(work.version)}",
        "year": work.day[:4],
        "note": ". ".join(filter(None, (work.urn, _tex(work.note)))),
        # BibTeX sorts an entry without an author by this field.
        "key": "" if work.authors else f"{{{_tex(work.title)}}}",
    }
    lines = "".join(f",\n  {name} = {{{value}}}" for name, value in fields.items() if value)
    # Styles print BibTeX's month macros in their own language.
    month = f",\n  month = {_MONTHS[int(work.day[5:7]) - 1]}" if work.day else ""
    return f"@misc{{{work.key}{lines}{month}\n}}"


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _bibtex_name(author: Contributor) -> str:
    """A name; braces keep BibTeX from splitting an organization's name or a person's undivided one."""
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
    """A text escaped for BibTeX, biber and TeX."""
    return "".join(_SPECIAL.get(character) or _accented(character) for character in " ".join(text.split()))


def _accented(character: str) -> str:
    """An accented letter in the form that BibTeX reads as one letter; other characters stay UTF-8."""
    parts = normalize("NFD", character)
    accent = _ACCENTS.get(parts[1:])
    if accent is None or not parts[0].isascii():
        return character
    # No dotless i: TeX handles it, biber does not.
    return f"{{\\{accent}{{{parts[0]}}}}}"


def _ris(work: _Work) -> str:
    lines = [("TY", "DATA"), *(("AU", _inverted(author)) for author in work.authors), ("TI", work.title)]
    if work.day:
        lines += [("PY", work.day[:4]), ("DA", work.day.replace("-", "/"))]
    lines += [("ET", work.version), ("ID", work.key), ("UR", work.urn)]
    lines += [("N1", work.note)] if work.note else []
    lines.append(("ER", ""))
    return "\n".join(f"{tag}  - {' '.join(value.split())}".rstrip() if value else f"{tag}  - " for tag, value in lines)


def _inverted(author: Contributor) -> str:
    return f"{author.family}, {author.given}" if author.given and author.family else author.name


def _csl_name(author: Contributor) -> dict[str, str]:
    if author.given and author.family:
        return {"family": author.family, "given": author.given}
    return {"literal": author.name}


def _csl(work: _Work) -> str:
    item = {
        "id": work.key,
        "type": "dataset",
        "title": work.title,
        "author": [_csl_name(author) for author in work.authors] or None,
        "version": work.version,
        "URL": work.urn,
        "note": work.note or None,
        "issued": {"date-parts": [[int(part) for part in work.day.split("-")]]} if work.day else None,
    }
    return json.dumps([present(item)], indent=2, ensure_ascii=False)
