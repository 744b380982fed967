"""The content of ``datapackage.json``, parsed once for all the formats that other tools read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError
from broadsheet.reading.credits import Contributor, Licence
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PLACE = "datapackage.json"


@dataclass(frozen=True, slots=True)
class Source:
    """An article that the package was made from."""

    title: str
    url: str | None
    publisher: str | None
    day: str | None
    text_hash: str | None


@dataclass(frozen=True, slots=True)
class File:
    """A file of the package.

    Attributes:
        path: Its path inside.
        title: Its title.
        media_type: Its media type.
        size: Its size in bytes.
        sha256: Its SHA-256 in hexadecimal digits.
        rows: Number of rows, if it is a table.
        description: What it contains.
    """

    path: str
    title: str
    media_type: str
    size: int
    sha256: str
    rows: int | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """The parsed content. ``csv`` and ``parquet`` map table to file, in the order of the data model."""

    name: str
    id: str
    title: str
    description: str
    version: str
    day: str | None
    keywords: tuple[str, ...]
    licences: tuple[Licence, ...]
    parties: tuple[Contributor, ...]
    sources: tuple[Source, ...]
    extractor: str
    code_licence: str | None
    model: str | None
    source_rights: str | None
    csv: Mapping[str, File]
    parquet: Mapping[str, File]
    more: tuple[File, ...]

    @property
    def urn(self) -> str:
        """The identifier of this version."""
        return f"urn:uuid:{self.id}"

    @property
    def files(self) -> tuple[File, ...]:
        """The files that ``datapackage.json`` lists, in its order."""
        return (*(f for table in self.csv for f in (self.csv[table], self.parquet[table])), *self.more)

    @property
    def publishers(self) -> tuple[Contributor, ...]:
        """The contributors with the role of publisher, or all contributors if no one has it."""
        return tuple(party for party in self.parties if "publisher" in party.roles) or self.parties

    @property
    def made_by(self) -> str:
        """One sentence that names the program, its licence (which is not the licence of the data) and the model."""
        licence = f" (code under {self.code_licence})" if self.code_licence else ""
        model = f" with the language model {self.model}" if self.model else ""
        return f"Extracted by broadsheet {self.extractor}{licence}{model}."


def facts(descriptor: Mapping[str, object]) -> Facts:
    """Parses a descriptor.

    Raises:
        InputError: If a required property is missing or invalid; the message has its JSON pointer.
    """
    made_by = _object(descriptor, "", "broadsheet")
    files = [_file(entry, place) for place, entry in _objects(descriptor, "resources")]
    model = _object(made_by, "/broadsheet", "model") if made_by.get("model") is not None else None
    created = _optional(descriptor, "", "created")
    return Facts(
        name=_text(descriptor, "", "name"),
        id=_text(descriptor, "", "id"),
        title=_text(descriptor, "", "title"),
        description=_text(descriptor, "", "description"),
        version=_text(descriptor, "", "version"),
        day=created[:10] if created else None,
        keywords=_texts(descriptor, "", "keywords"),
        licences=licences(descriptor),
        parties=parties(descriptor),
        sources=tuple(
            Source(
                _text(entry, place, "title"),
                _optional(entry, place, "path"),
                _optional(entry, place, "publisher"),
                _optional(entry, place, "publishedOn"),
                _optional(entry, place, "textHash"),
            )
            for place, entry in _objects(descriptor, "sources")
        ),
        extractor=_text(made_by, "/broadsheet", "extractor"),
        code_licence=_optional(made_by, "/broadsheet", "extractorLicense"),
        model=None if model is None else " ".join(_text(model, "/broadsheet/model", k) for k in ("name", "version")),
        source_rights=_optional(made_by, "/broadsheet", "sourceRights"),
        csv=_by_table(files, "csv"),
        parquet=_by_table(files, "parquet"),
        more=tuple(file for file in files if file.path not in _OF_TABLES),
    )


_OF_TABLES = frozenset(f"data/{table}.{ending}" for table in TABLES for ending in ("csv", "parquet"))


def _by_table(files: Iterable[File], ending: str) -> dict[str, File]:
    by_path = {file.path: file for file in files}
    wanted = {table: f"data/{table}.{ending}" for table in TABLES}
    for path in wanted.values():
        if path not in by_path:
            raise _invalid("/resources", f"a resource whose path is {path}")
    return {table: by_path[path] for table, path in wanted.items()}


def _file(entry: Mapping[str, object], place: str) -> File:
    digest = _text(entry, place, "hash")
    if not digest.startswith("sha256:"):
        raise _invalid(f"{place}/hash", "a SHA-256")
    return File(
        path=_text(entry, place, "path"),
        title=_text(entry, place, "title"),
        media_type=_text(entry, place, "mediatype"),
        size=_number(entry, place, "bytes"),
        sha256=digest.removeprefix("sha256:"),
        rows=_number(entry, place, "rows") if "rows" in entry else None,
        description=_optional(entry, place, "description"),
    )


def licences(descriptor: Mapping[str, object]) -> tuple[Licence, ...]:
    """The licences of the tables; empty if the package has none.

    Raises:
        InputError: If they do not follow the standard.
    """
    return tuple(_licence(entry, place) for place, entry in _optional_objects(descriptor, "licenses"))


def _licence(entry: Mapping[str, object], place: str) -> Licence:
    name, url = _optional(entry, place, "name"), _optional(entry, place, "path")
    if name is None and url is None:
        raise _invalid(place, "a name or path")
    return Licence(name, _optional(entry, place, "title"), url)


def parties(descriptor: Mapping[str, object]) -> tuple[Contributor, ...]:
    """The contributors of the package; empty if it names no one.

    Raises:
        InputError: If they do not follow the standard.
    """
    return tuple(_party(entry, place) for place, entry in _optional_objects(descriptor, "contributors"))


def _party(entry: Mapping[str, object], place: str) -> Contributor:
    given, family = _optional(entry, place, "givenName"), _optional(entry, place, "familyName")
    name = _optional(entry, place, "title") or " ".join(filter(None, (given, family)))
    if not name:
        raise _invalid(place, "a title")
    return Contributor(name, given, family, _optional(entry, place, "path"), _texts(entry, place, "roles"))


def present(cells: Mapping[str, Any]) -> dict[str, Any]:
    """The cells that are not None."""
    return {key: value for key, value in cells.items() if value is not None}


def _invalid(place: str, what: str) -> InputError:
    return InputError(f"{PLACE}#{place}", f"is not {what}", "rebuild the package")


def _text(entry: Mapping[str, object], place: str, key: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value:
        raise _invalid(f"{place}/{key}", "a text")
    return value


def _optional(entry: Mapping[str, object], place: str, key: str) -> str | None:
    return None if entry.get(key) is None else _text(entry, place, key)


def _number(entry: Mapping[str, object], place: str, key: str) -> int:
    value = entry.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise _invalid(f"{place}/{key}", "a whole number")
    return value


def _texts(entry: Mapping[str, object], place: str, key: str) -> tuple[str, ...]:
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
        raise _invalid(f"{place}/{key}", "a list of texts")
    return tuple(value)


def _object(entry: Mapping[str, object], place: str, key: str) -> Mapping[str, object]:
    value = entry.get(key)
    if not isinstance(value, dict):
        raise _invalid(f"{place}/{key}", "an object")
    return value


def _objects(entry: Mapping[str, object], key: str) -> list[tuple[str, Mapping[str, object]]]:
    value = entry.get(key)
    if not isinstance(value, list) or not all(isinstance(part, dict) for part in value):
        raise _invalid(f"/{key}", "a list of objects")
    return [(f"/{key}/{number}", part) for number, part in enumerate(value)]


def _optional_objects(entry: Mapping[str, object], key: str) -> list[tuple[str, Mapping[str, object]]]:
    if key not in entry:
        return []
    found = _objects(entry, key)
    if not found:
        raise _invalid(f"/{key}", "a list of one object at least")
    return found
