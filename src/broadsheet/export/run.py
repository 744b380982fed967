"""Which exports there are, and how each comes to its place."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import mkdtemp
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from broadsheet.errors import InputError
from broadsheet.publish.package import DESCRIPTOR, read_descriptor
from broadsheet.tables.arrow import arrow_schema
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Source:
    """A package to export: its tables are read in batches, so that none has to fit into memory.

    Attributes:
        folder: Where it is.
        descriptor: The content of its ``datapackage.json``.
    """

    folder: Path
    descriptor: Mapping[str, Any]

    def path(self, table: str) -> Path:
        """The Parquet file of a table."""
        return self.folder / "data" / f"{table}.parquet"

    def rows(self, table: str) -> int:
        """How many rows a table has."""
        import pyarrow.parquet as pq

        rows: int = pq.read_metadata(self.path(table)).num_rows
        return rows

    def batches(self, table: str, size: int = 10_000) -> Iterator[pa.RecordBatch]:
        """The rows of a table, with the columns and types of its schema."""
        import pyarrow.parquet as pq

        with pq.ParquetFile(self.path(table)) as file:
            for batch in file.iter_batches(size, columns=arrow_schema(table).names):
                yield batch.cast(arrow_schema(table))

    @property
    def title(self) -> str:
        """What the package calls itself, with its version."""
        return f"{self.descriptor.get('title')}, version {self.descriptor.get('version')}"


@dataclass(frozen=True, slots=True)
class Target:
    """A kind of export.

    Attributes:
        ending: How the name of its file ends; empty for a folder.
        module: The module whose ``write(source, path)`` makes it.
        needs: What to install for it, none where it comes along.
    """

    ending: str
    module: str
    needs: str | None = None


TARGETS: Mapping[str, Target] = MappingProxyType(
    {
        "duckdb": Target(".duckdb", "broadsheet.export.duckdb_file", "duckdb"),
        "sqlite": Target(".sqlite", "broadsheet.export.sqlite_file"),
        "xlsx": Target(".xlsx", "broadsheet.export.workbook", "openpyxl"),
        "csv-excel": Target("", "broadsheet.export.csv_excel"),
    }
)
"""Name of each kind of export, as ``--to`` takes it."""


def export(package: Path, to: str, out: Path | None = None) -> Path:
    """Writes a package in another form: whole or not at all.

    Args:
        package: Folder of the package.
        to: One of :data:`TARGETS`.
        out: The file or folder to write; its name and version in this folder, if none is given. A file is replaced, a
            folder must be new or empty.

    Returns:
        The path that was written.

    Raises:
        InputError: If the package cannot be read, the kind is unknown, what it needs is not installed, or ``out``
            cannot be written.
    """
    if to not in TARGETS:
        raise InputError("--to", f"cannot be {to!r}", f"write one of {', '.join(TARGETS)}")
    target = TARGETS[to]
    source = read_source(package)
    path = out or Path(f"{source.descriptor.get('name')}-{source.descriptor.get('version')}{target.ending or '-' + to}")
    if path.is_dir() and (target.ending or any(path.iterdir())):
        problem = "is a folder" if target.ending else "holds files"
        raise InputError(str(path), problem, "name another with --out")
    try:
        write: Callable[[Source, Path], None] = import_module(target.module).write
    except ImportError as error:
        raise InputError(f"--to {to}", f"needs {target.needs}", f"pip install 'broadsheet[{to}]'") from error
    _in_place(source, path, write, folder=not target.ending)
    return path


def read_source(package: Path) -> Source:
    """The package in a folder, with Parquet files of all tables.

    Raises:
        InputError: If it holds none of ours, or a table is missing or of other columns.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    source = Source(package, read_descriptor(package))
    for name in TABLES:
        try:
            columns = pq.read_schema(source.path(name)).names
        except (OSError, pa.ArrowException) as error:
            mend = f"see {DESCRIPTOR}, or run `broadsheet validate`"
            raise InputError(str(source.path(name)), "cannot be read as Parquet", mend) from error
        if columns != arrow_schema(name).names:
            raise InputError(str(source.path(name)), "has other columns than its schema", "build the package anew")
    return source


def _in_place(source: Source, path: Path, write: Callable[[Source, Path], None], *, folder: bool) -> None:
    """Writes beside the target, and moves it there in one step."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(mkdtemp(prefix=f".{path.name}.", dir=path.parent))
        try:
            new = beside / path.name
            if folder:
                new.mkdir()
            write(source, new)
            if folder and path.is_dir():
                path.rmdir()
            new.replace(path)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise InputError(str(path), (error.strerror or str(error)).lower(), "name another with --out") from error
