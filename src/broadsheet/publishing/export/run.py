"""The export formats, and how an export is written."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError
from broadsheet.base.safe_files import output_place, regular_inside
from broadsheet.publishing.exchange import placed
from broadsheet.publishing.layout import parquet_paths
from broadsheet.publishing.package import DESCRIPTOR, file_stem, read_descriptor
from broadsheet.tables.arrow import arrow_schema
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Source:
    """A package to export; its tables are read in batches, so none has to fit into memory.

    Attributes:
        folder: The folder of the package.
        descriptor: The content of its ``datapackage.json``.
    """

    folder: Path
    descriptor: Mapping[str, Any]

    def paths(self, table: str) -> tuple[Path, ...]:
        """The Parquet files of a table: one, or those of its parts.

        Raises:
            InputError: If one is a pipe, or leads through a link.
            OSError: If one is missing.
        """
        paths = parquet_paths(self.descriptor, table, str(self.folder / DESCRIPTOR))
        return tuple(regular_inside(self.folder, path) for path in paths)

    def rows(self, table: str) -> int:
        """The number of rows of a table."""
        import pyarrow.parquet as pq

        return sum(pq.read_metadata(path).num_rows for path in self.paths(table))

    def batches(self, table: str, size: int = 10_000) -> Iterator[pa.RecordBatch]:
        """Yields the rows of a table, with the columns and types of its schema."""
        import pyarrow.parquet as pq

        for path in self.paths(table):
            with pq.ParquetFile(path) as file:
                for batch in file.iter_batches(size, columns=arrow_schema(table).names):
                    yield batch.cast(arrow_schema(table))

    def reader(self, table: str) -> pa.RecordBatchReader:
        """The rows of a table as an Arrow stream."""
        import pyarrow as pa

        return pa.RecordBatchReader.from_batches(arrow_schema(table), self.batches(table, 100_000))

    @property
    def title(self) -> str:
        """The package's title and version."""
        return f"{self.descriptor.get('title')}, version {self.descriptor.get('version')}"


@dataclass(frozen=True, slots=True)
class Target:
    """An export format.

    Attributes:
        ending: The ending of its file name; empty for a folder.
        module: The module whose ``write(source, path)`` writes it.
        needs: The library to install for it, if any.
    """

    ending: str
    module: str
    needs: str | None = None


TARGETS: Mapping[str, Target] = MappingProxyType(
    {
        "duckdb": Target(".duckdb", "broadsheet.publishing.export.duckdb_file", "duckdb"),
        "sqlite": Target(".sqlite", "broadsheet.publishing.export.sqlite_file"),
        "xlsx": Target(".xlsx", "broadsheet.publishing.export.workbook", "openpyxl"),
        "hyper": Target(".hyper", "broadsheet.publishing.export.hyper_file", "tableauhyperapi"),
        "postgres": Target("", "broadsheet.publishing.export.postgres_folder"),
        "csv-excel": Target("", "broadsheet.publishing.export.csv_excel"),
    }
)
"""Name of each export format, for ``--to``."""


def export(package: Path, to: str, out: Path | None = None, *, force: bool = False) -> Path:
    """Exports a package to another format: whole or not at all.

    Args:
        package: Folder of the package.
        to: One of :data:`TARGETS`.
        out: The file or folder to write; if None, one in the working folder, named after the package and its version.
            An earlier export there is replaced.
        force: Whether to replace anything else there too.

    Returns:
        The path that was written.

    Raises:
        InputError: If the package cannot be read or is invalid, the format is unknown, its library is not installed, or
            ``out`` cannot be written.
    """
    if to not in TARGETS:
        raise InputError("--to", f"cannot be {to!r}", f"write one of {', '.join(TARGETS)}")
    target = TARGETS[to]
    source = read_source(package)
    path = export_path(package, to, out)
    module = _import(target.module, to, target.needs)
    _check(path, target, module, force=force)
    with placed(path) as new, _readable_errors(package, module):
        if not target.ending:
            new.mkdir()
        module.write(source, new)
    return path


def export_path(package: Path, to: str, out: Path | None) -> Path:
    """The file or folder that an export writes: ``out``, or a name from the package and its version.

    Raises:
        InputError: If the package cannot be read.
    """
    ending = TARGETS[to].ending if to in TARGETS else ""
    return out or Path(f"{file_stem(read_descriptor(package)) or 'package'}{ending or '-' + to}")


def export_database(package: Path, url: str) -> str:
    """Loads a package into a PostgreSQL database, in one transaction.

    Args:
        package: Folder of the package.
        url: Address of the database for libpq, ``postgresql://user@host/name``.

    Returns:
        Where the tables are, without the password.

    Raises:
        InputError: If the package cannot be read or is invalid, the driver is not installed, or the database cannot be
            reached or reports an error.
    """
    source = read_source(package)
    module = _import("broadsheet.publishing.export.postgres_database", "postgres", "psycopg")
    with _readable_errors(package, module):
        place: str = module.load(source, url)
    return place


def _import(module: str, to: str, needs: str | None) -> Any:
    """Imports an export module.

    Raises:
        InputError: If its library is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise InputError(f"--to {to}", f"needs {needs}", f"pip install 'broadsheet[{to}]'") from error


@contextmanager
def _readable_errors(package: Path, module: Any) -> Iterator[None]:
    """Turns a database error about an invalid package into one that a user can act on."""
    import pyarrow as pa

    try:
        yield
    except (*module.ERRORS, pa.ArrowException) as error:
        reason = " ".join(str(error).split())
        raise InputError(str(package), f"cannot be exported ({reason})", "run `broadsheet validate`") from error


def _check(path: Path, target: Target, module: Any, *, force: bool) -> None:
    """Refuses to replace a link, a pipe, or anything that no export of this format wrote."""
    final = output_place(path)
    if final.is_file() and not target.ending:
        raise InputError(str(path), "is a file, not a folder", "name another with --out")
    if final.is_dir() and target.ending:
        raise InputError(str(path), "is a folder, not a file", "name another with --out")
    problem = ""
    if final.is_dir():
        others = sorted(entry.name for entry in path.iterdir() if entry.name not in module.FILES)
        problem = f"holds {others[0]}, which broadsheet did not write" if others else ""
    elif final.is_file() and not _is_export(final, module):
        problem = "was not written by broadsheet"
    if problem and not force:
        raise InputError(str(path), problem, "name another with --out, or give --force to replace it")


def _is_export(path: Path, module: Any) -> bool:
    """Whether a file has the tables of a package; an empty file counts too."""
    if not path.stat().st_size:
        return True
    try:
        return bool(module.tables_of(path) >= set(TABLES))
    except Exception:  # a library may raise anything for a file that is not in its format
        return False


def read_source(package: Path) -> Source:
    """Opens the package in a folder, and checks that it has the Parquet files of all tables.

    Raises:
        InputError: If the folder holds no Broadsheet package, or a table is missing or has the wrong columns.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    source = Source(package, read_descriptor(package))
    for name in TABLES:
        place = package / "data" / name
        try:
            for path in source.paths(name):
                place = path
                if pq.read_schema(path).names != arrow_schema(name).names:
                    raise InputError(str(path), "has other columns than its schema", "rebuild the package")
        except (OSError, pa.ArrowException) as error:
            fix = f"see {DESCRIPTOR}, or run `broadsheet validate`"
            file = getattr(error, "filename", None) or place
            raise InputError(str(file), "cannot be read as Parquet", fix) from error
    return source
