"""How to cite a package or one row of it: plain text, BibTeX, RIS and CSL JSON.

Whatever the form, it names the version and, where it is at hand, a checksum: the SHA-256 of ``datapackage.json``, which
holds those of all files.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from broadsheet.publishing.metadata.facts import licences, parties

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    licence = licences(descriptor)[0]
    note = [str(row)] if row else []
    note += [f"SHA-256 of datapackage.json: {checksum}"] if checksum else []
    told = _Told(
        authors=tuple(party.name for party in parties(descriptor)),
        title=str(descriptor["title"]),
        version=str(descriptor["version"]),
        day=str(descriptor.get("created", ""))[:10],
        urn=f"urn:uuid:{descriptor['id']}",
        licence=licence.name or licence.label,
        name=str(descriptor["name"]),
        note=". ".join(note),
        row=row.key if row else None,
    )
    return {"text": _text, "bibtex": _bibtex, "ris": _ris, "csl-json": _csl}[form](told)


@dataclass(frozen=True, slots=True)
class _Told:
    authors: tuple[str, ...]
    title: str
    version: str
    day: str
    urn: str
    licence: str
    name: str
    note: str
    row: str | None

    @property
    def key(self) -> str:
        return "-".join(filter(None, (self.name, self.version, self.row)))


def _text(told: _Told) -> str:
    year = f" ({told.day[:4]})" if told.day else ""
    authors = "; ".join(told.authors)
    cited = f"{authors}{year}. {told.title} (version {told.version}) [Data set]. {told.licence}. {told.urn}."
    return f"{cited} {told.note}".rstrip()


def _bibtex(told: _Told) -> str:
    fields = {
        # The inner braces keep the name of a group from being taken apart.
        "author": " and ".join(f"{{{_tex(author)}}}" for author in told.authors),
        "title": f"{{{_tex(told.title)}}}",
        "version": told.version,
        **({"year": told.day[:4], "date": told.day} if told.day else {}),
        "urn": told.urn,
        **({"note": _tex(told.note)} if told.note else {}),
    }
    lines = ",\n".join(f"  {key} = {{{value}}}" for key, value in fields.items())
    return f"@dataset{{{told.key},\n{lines}\n}}"


def _tex(text: str) -> str:
    special = {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
    }
    return "".join(special.get(character, character) for character in text)


def _ris(told: _Told) -> str:
    lines = [("TY", "DATA"), *(("AU", author) for author in told.authors), ("TI", told.title)]
    if told.day:
        lines += [("PY", told.day[:4]), ("DA", told.day.replace("-", "/"))]
    lines += [("ET", told.version), ("ID", told.key), ("UR", told.urn)]
    lines += [("N1", told.note)] if told.note else []
    lines.append(("ER", ""))
    return "\n".join(f"{tag}  - {' '.join(value.split())}".rstrip() if value else f"{tag}  - " for tag, value in lines)


def _csl(told: _Told) -> str:
    item: dict[str, Any] = {
        "id": told.key,
        "type": "dataset",
        "title": told.title,
        "author": [{"literal": author} for author in told.authors],
        "version": told.version,
        "URL": told.urn,
        **({"note": told.note} if told.note else {}),
    }
    if told.day:
        item["issued"] = {"date-parts": [[int(part) for part in told.day.split("-")]]}
    return json.dumps([item], indent=2, ensure_ascii=False)
