"""A package of any version of the schemas, from a folder or from a repository's history."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError
from broadsheet.base.safe_files import read_inside
from broadsheet.publishing.layout import is_partitioned, parquet_paths
from broadsheet.publishing.package import DESCRIPTOR, read_descriptor
from broadsheet.tables.cells import cell_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa


@dataclass(frozen=True)
class TableSnapshot:
    """A table of a package.

    Attributes:
        name: Its name.
        key: The columns of its primary key.
        types: Column to its Arrow type, in the order of the columns.
        table: The rows.
    """

    name: str
    key: tuple[str, ...]
    types: Mapping[str, str]
    table: pa.Table

    def __len__(self) -> int:
        rows: int = self.table.num_rows
        return rows

    @cached_property
    def _cells(self) -> dict[str, list[Any]]:
        return {}

    def cell(self, column: str, row: int) -> str:
        """A cell as in the CSV."""
        if column not in self._cells:
            self._cells[column] = self.table.column(column).to_pylist()
        return cell_text(self._cells[column][row])

    def by_key(self) -> dict[tuple[str, ...], int]:
        """Maps the key of each row to its number."""
        columns = [self.table.column(name).to_pylist() for name in self.key]
        return {tuple(map(str, key)): place for place, key in enumerate(zip(*columns, strict=True))}


@dataclass(frozen=True)
class Snapshot:
    """A package: its descriptor and its tables."""

    descriptor: Mapping[str, Any]
    tables: Mapping[str, TableSnapshot]

    @property
    def version(self) -> str:
        """The package's version."""
        return str(self.descriptor.get("version", ""))


def read_snapshot(folder: Path) -> Snapshot:
    """Reads the package in a folder, of any version of the schemas.

    Raises:
        InputError: If the folder holds no Broadsheet package, or a table cannot be read.
    """
    descriptor = read_descriptor(folder)

    def content(path: str) -> bytes:
        try:
            return read_inside(folder, path)
        except OSError as error:
            raise InputError(str(folder / path), "cannot be read", "rebuild the package") from error

    return snapshot(descriptor, content, str(folder))


def snapshot(descriptor: Mapping[str, Any], content: Callable[[str], bytes], place: str) -> Snapshot:
    """The package that a descriptor describes.

    Args:
        descriptor: The content of its ``datapackage.json``.
        content: Returns the bytes of a file of the package.
        place: Where it is, for errors.

    Raises:
        InputError: If a table cannot be read.
    """
    import pyarrow as pa

    resources = descriptor.get("resources")
    tables: dict[str, TableSnapshot] = {}
    for resource in resources if isinstance(resources, list) else []:
        if not isinstance(resource, dict) or not (is_partitioned(descriptor) or resource.get("type") == "table"):
            continue
        # In the standard only CSV files are tables; most partitioned packages have none.
        name = str(resource.get("name")).removesuffix("-parquet")
        if name in tables or resource.get("format") == "toml":
            continue
        paths = parquet_paths(descriptor, name, place)
        try:
            tables[name] = _table(name, content, paths)
        except (pa.ArrowException, OSError, ValueError, KeyError, TypeError) as error:
            problem = "cannot be read as a table"
            raise InputError(f"{place}/{paths[0]}", problem, f"see {DESCRIPTOR} there") from error
    if not tables:
        raise InputError(place, "holds no tables", "name the folder of a data package")
    return Snapshot(descriptor, tables)


def _table(name: str, content: Callable[[str], bytes], paths: Sequence[str]) -> TableSnapshot:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = json.loads(content(f"schemas/{name}.json"))
    table = pa.concat_tables([pq.read_table(pa.BufferReader(content(path))) for path in paths])
    key = tuple(schema["primaryKey"])
    table.select(key)
    return TableSnapshot(name, key, {field.name: str(field.type) for field in table.schema}, table)
