"""What ``datapackage.json`` says of a package, read once for all the forms that other tools ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
        title: What it is called.
        media_type: Its media type.
        size: In bytes.
        sha256: Its digest in hex digits.
        rows: How many rows, where it is a table.
        description: What it holds.
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
    """All of it. ``csv`` and ``parquet`` are by table, in the order of the data model; ``day`` is ISO 8601."""

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
        """Who published it: those with that role, or else all who made it."""
        return tuple(party for party in self.parties if "publisher" in party.roles) or self.parties

    @property
    def made_by(self) -> str:
        """The program and the model in a sentence, with the licence of the program, which is not that of the data."""
        licence = f" (code under {self.code_licence})" if self.code_licence else ""
        model = f" with the language model {self.model}" if self.model else ""
        return f"Extracted by broadsheet {self.extractor}{licence}{model}."


def facts(descriptor: Mapping[str, object]) -> Facts:
    """Reads a descriptor.

    Raises:
        InputError: If it lacks what a package of ours has, or has it in another form; with the JSON pointer.
    """
    made_by = _object(descriptor, "", "broadsheet")
    files = [_file(entry, place) for place, entry in _objects(descriptor, "resources")]
    model = _object(made_by, "/broadsheet", "model") if made_by.get("model") is not None else None
    created = _maybe(descriptor, "", "created")
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
                _maybe(entry, place, "path"),
                _maybe(entry, place, "publisher"),
                _maybe(entry, place, "publishedOn"),
                _maybe(entry, place, "textHash"),
            )
            for place, entry in _objects(descriptor, "sources")
        ),
        extractor=_text(made_by, "/broadsheet", "extractor"),
        code_licence=_maybe(made_by, "/broadsheet", "extractorLicense"),
        model=None if model is None else " ".join(_text(model, "/broadsheet/model", k) for k in ("name", "version")),
        source_rights=_maybe(made_by, "/broadsheet", "sourceRights"),
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
            raise _lacks("/resources", f"a resource whose path is {path}")
    return {table: by_path[path] for table, path in wanted.items()}


def _file(entry: Mapping[str, object], place: str) -> File:
    digest = _text(entry, place, "hash")
    if not digest.startswith("sha256:"):
        raise _lacks(f"{place}/hash", "a SHA-256")
    return File(
        path=_text(entry, place, "path"),
        title=_text(entry, place, "title"),
        media_type=_text(entry, place, "mediatype"),
        size=_number(entry, place, "bytes"),
        sha256=digest.removeprefix("sha256:"),
        rows=_number(entry, place, "rows") if "rows" in entry else None,
        description=_maybe(entry, place, "description"),
    )


def licences(descriptor: Mapping[str, object]) -> tuple[Licence, ...]:
    """What the tables may be used under; empty where the package has no licence.

    Raises:
        InputError: If the descriptor does not have it in the form of the standard.
    """
    return tuple(_licence(entry, place) for place, entry in _some_or_none(descriptor, "licenses"))


def _licence(entry: Mapping[str, object], place: str) -> Licence:
    name, url = _maybe(entry, place, "name"), _maybe(entry, place, "path")
    if name is None and url is None:
        raise _lacks(place, "a name or path")
    return Licence(name, _maybe(entry, place, "title"), url)


def parties(descriptor: Mapping[str, object]) -> tuple[Contributor, ...]:
    """Who made and who published the package; empty where it names no one.

    Raises:
        InputError: If the descriptor does not have it in the form of the standard.
    """
    return tuple(_party(entry, place) for place, entry in _some_or_none(descriptor, "contributors"))


def _party(entry: Mapping[str, object], place: str) -> Contributor:
    given, family = _maybe(entry, place, "givenName"), _maybe(entry, place, "familyName")
    name = _maybe(entry, place, "title") or " ".join(filter(None, (given, family)))
    if not name:
        raise _lacks(place, "a title")
    return Contributor(name, given, family, _maybe(entry, place, "path"), _texts(entry, place, "roles"))


def _lacks(place: str, what: str) -> InputError:
    return InputError(f"{PLACE}#{place}", f"is not {what}", "build the package anew")


def _text(entry: Mapping[str, object], place: str, key: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value:
        raise _lacks(f"{place}/{key}", "a text")
    return value


def _maybe(entry: Mapping[str, object], place: str, key: str) -> str | None:
    return None if entry.get(key) is None else _text(entry, place, key)


def _number(entry: Mapping[str, object], place: str, key: str) -> int:
    value = entry.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise _lacks(f"{place}/{key}", "a whole number")
    return value


def _texts(entry: Mapping[str, object], place: str, key: str) -> tuple[str, ...]:
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
        raise _lacks(f"{place}/{key}", "a list of texts")
    return tuple(value)


def _object(entry: Mapping[str, object], place: str, key: str) -> Mapping[str, object]:
    value = entry.get(key)
    if not isinstance(value, dict):
        raise _lacks(f"{place}/{key}", "an object")
    return value


def _objects(entry: Mapping[str, object], key: str) -> list[tuple[str, Mapping[str, object]]]:
    value = entry.get(key)
    if not isinstance(value, list) or not all(isinstance(part, dict) for part in value):
        raise _lacks(f"/{key}", "a list of objects")
    return [(f"/{key}/{number}", part) for number, part in enumerate(value)]


def _some_or_none(entry: Mapping[str, object], key: str) -> list[tuple[str, Mapping[str, object]]]:
    if key not in entry:
        return []
    found = _objects(entry, key)
    if not found:
        raise _lacks(f"/{key}", "a list of one object at least")
    return found
