"""A valid package in memory, the operators that damage it, and the mutants that they make."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from broadsheet.base.errors import InputError
from broadsheet.publishing.descriptor import LISTING, hash_of
from broadsheet.publishing.formats import csv_bytes, json_bytes, parquet_bytes
from broadsheet.publishing.metadata.index import metadata_files
from broadsheet.publishing.package import DESCRIPTOR
from broadsheet.quality.validation.structure import data_path
from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from pathlib import Path
    from random import Random

    import pyarrow as pa


class Reach(StrEnum):
    """The inputs needed to catch the damage."""

    PACKAGE = "package"
    """Only the package."""
    SOURCE = "source"
    """The package and the articles, since the wrong value is plausible."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The files of a valid package and its tables; an operator never changes it."""

    files: Mapping[str, bytes]
    tables: Mapping[str, pa.Table]

    @property
    def descriptor(self) -> dict[str, Any]:
        """A copy of the content of ``datapackage.json``."""
        content: dict[str, Any] = json.loads(self.files[DESCRIPTOR])
        return content


@dataclass(frozen=True, slots=True)
class Damage:
    """The changes of an operator to tables and files.

    Attributes:
        tables: Changed tables, to write as CSV and Parquet.
        files: Maps changed files to their content; None for a deleted file.
        links: Maps files to replace by symbolic links to their targets.
        descriptor: Replaces ``datapackage.json``; None for a correct one, with sizes, hashes and counts of the files.
        suites: Suites that replace those under ``validation/``.
        key: The changed row as a failure names it; empty if there is none.
    """

    tables: Mapping[str, pa.Table] = field(default_factory=dict)
    files: Mapping[str, bytes | None] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    descriptor: bytes | None = None
    suites: Mapping[str, Sequence[dict[str, Any]]] | None = None
    key: str = ""

    def write(self, draft: Draft, folder: Path) -> None:
        """Writes the damaged package into an empty folder."""
        files = dict(draft.files)
        for name, table in self.tables.items():
            files[data_path(name, "csv")] = csv_bytes(table)
            files[data_path(name, "parquet")] = parquet_of(table)
        files |= {path: content for path, content in self.files.items() if content is not None}
        gone = {path for path, content in self.files.items() if content is None} | {*self.links}
        if DESCRIPTOR not in self.files:
            files[DESCRIPTOR] = self.descriptor or refreshed(draft, files, self.tables)
        files = {**_metadata_of(files[DESCRIPTOR]), **files}
        files[DESCRIPTOR] = _listed(files, gone)
        for path, content in files.items():
            if path not in gone:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(content)
        for path, target in self.links.items():
            (folder / path).symlink_to(target)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One application of an operator: its table and column, and a function that makes it (None if it does not fit)."""

    operator: Operator
    table: str
    column: str
    make: Callable[[Draft, Random], Damage | None]


@dataclass(frozen=True, slots=True)
class Operator:
    """A kind of damage.

    Attributes:
        name: One or more words joined by ``_``.
        says: Description in plain words.
        reach: The inputs needed to catch it.
        aims: Returns its mutants, one for each table and column that it fits.
        is_content: Whether it changes facts and keeps everything derived from them consistent.
    """

    name: str
    says: str
    reach: Reach
    aims: Callable[[Operator, Draft], Iterator[Mutant]]
    is_content: bool = False


def refreshed(draft: Draft, files: Mapping[str, bytes], tables: Mapping[str, pa.Table]) -> bytes:
    """Returns ``datapackage.json`` with sizes, hashes, counts and sources of the files, so no checksum reveals it."""
    content = draft.descriptor
    for resource in content["resources"]:
        data = files[resource["path"]]
        resource["bytes"], resource["hash"] = len(data), f"sha256:{sha256(data).hexdigest()}"
        if "rows" in resource and resource["name"] in tables:
            resource["rows"] = tables[resource["name"]].num_rows
    if "articles" in tables:
        content["sources"] = _sources(tables["articles"], content["sources"])
    hashes = [resource["hash"].removeprefix("sha256:") for resource in content["resources"]]
    content["id"] = str(uuid5(NAMESPACE_URL, json.dumps([content["name"], content["version"], *hashes])))
    return json_bytes(content)


def _listed(files: Mapping[str, bytes], gone: Collection[str]) -> bytes:
    """Returns the descriptor with the actual file hashes; a descriptor in an unusual format is left unchanged."""
    said = files[DESCRIPTOR]
    try:
        content = json.loads(said)
    except ValueError:
        return said
    if not isinstance(content, dict) or not isinstance(content.get("broadsheet"), dict) or json_bytes(content) != said:
        return said
    paths = files.keys() - {*gone, DESCRIPTOR}
    content["broadsheet"][LISTING] = {path: hash_of(files[path]) for path in sorted(paths)}
    return json_bytes(content)


def _metadata_of(descriptor: bytes) -> dict[str, bytes]:
    """Returns the files derived from the descriptor, so that they do not reveal the change either."""
    try:
        return metadata_files(json.loads(descriptor))
    except (InputError, ValueError):
        return {}


def _sources(articles: pa.Table, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    columns = {"title": "title", "path": "url", "publisher": "publisher", "publishedOn": "published_on"}
    made = []
    for row in articles.to_pylist():
        entry = {name: str(row[column]) for name, column in columns.items() if row.get(column) is not None}
        title = entry.pop("title", str(row.get("article_id")))
        made.append({"title": title, **entry, "textHash": f"sha256:{row.get('text_sha256')}"})
    return made if {"article_id", "text_sha256", *columns.values()} <= set(articles.column_names) else before


def parquet_of(table: pa.Table) -> bytes:
    """Writes a table as Parquet, even if it has an unknown schema."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return parquet_bytes(table)
    except (pa.ArrowException, ValueError, KeyError, TypeError):
        out = pa.BufferOutputStream()
        pq.write_table(table, out)
        return bytes(out.getvalue())


def put(table: pa.Table, column: str, cells: Mapping[int, object]) -> pa.Table:
    """Replaces cells of a column by position; the column becomes text if its type cannot hold them."""
    import pyarrow as pa

    place = table.schema.get_field_index(column)
    old, values = table.schema.field(place), table.column(place).to_pylist()
    for position, cell in cells.items():
        values[position] = cell
    try:
        array, kind = pa.array(values, type=old.type), old.type
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        texts = [None if v is None else str(v).lower() if isinstance(v, bool) else str(v) for v in values]
        array, kind = pa.array(texts, type=pa.string()), pa.string()
    new = pa.field(column, kind, nullable=old.nullable or None in values, metadata=old.metadata)
    changed = table.set_column(place, new, array)
    return changed.replace_schema_metadata(table.schema.metadata)


def with_rows(table: pa.Table, rows: Sequence[Mapping[str, object]]) -> pa.Table:
    """Returns the table with its rows replaced."""
    import pyarrow as pa

    return pa.Table.from_pylist([dict(row) for row in rows], schema=table.schema)


def key_at(name: str, table: pa.Table, position: int) -> str:
    """Returns the key of a row as a failure names it."""
    from broadsheet.quality.validation.rows import key_of

    return key_of([table.column(part)[position].as_py() for part in schemas()[name].primary_key], position)


def shuffled(number: int, random: Random) -> list[int]:
    """Returns row positions in random order."""
    positions = list(range(number))
    random.shuffle(positions)
    return positions


def columns() -> Iterator[tuple[str, str]]:
    """Yields every table and column."""
    return ((name, column) for name in TABLES for column in schemas()[name].columns)
