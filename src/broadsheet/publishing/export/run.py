"""Which exports there are, and how each comes to its place."""

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
    """A package to export: its tables are read in batches, so that none has to fit into memory.

    Attributes:
        folder: Where it is.
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
        """How many rows a table has."""
        import pyarrow.parquet as pq

        return sum(pq.read_metadata(path).num_rows for path in self.paths(table))

    def batches(self, table: str, size: int = 10_000) -> Iterator[pa.RecordBatch]:
        """The rows of a table, with the columns and types of its schema."""
        import pyarrow.parquet as pq

        for path in self.paths(table):
            with pq.ParquetFile(path) as file:
                for batch in file.iter_batches(size, columns=arrow_schema(table).names):
                    yield batch.cast(arrow_schema(table))

    def reader(self, table: str) -> pa.RecordBatchReader:
        """The rows of a table as a stream that databases read."""
        import pyarrow as pa

        return pa.RecordBatchReader.from_batches(arrow_schema(table), self.batches(table, 100_000))

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
        "duckdb": Target(".duckdb", "broadsheet.publishing.export.duckdb_file", "duckdb"),
        "sqlite": Target(".sqlite", "broadsheet.publishing.export.sqlite_file"),
        "xlsx": Target(".xlsx", "broadsheet.publishing.export.workbook", "openpyxl"),
        "hyper": Target(".hyper", "broadsheet.publishing.export.hyper_file", "tableauhyperapi"),
        "postgres": Target("", "broadsheet.publishing.export.postgres_folder"),
        "csv-excel": Target("", "broadsheet.publishing.export.csv_excel"),
    }
)
"""Name of each kind of export, as ``--to`` takes it."""


def export(package: Path, to: str, out: Path | None = None, *, force: bool = False) -> Path:
    """Writes a package in another form: whole or not at all.

    Args:
        package: Folder of the package.
        to: One of :data:`TARGETS`.
        out: The file or folder to write; its name and version in this folder, if none is given. An export that is
            there is replaced.
        force: Whether whatever else is there is replaced too.

    Returns:
        The path that was written.

    Raises:
        InputError: If the package cannot be read or breaks its own rules, the kind is unknown, what it needs is not
            installed, or ``out`` cannot be written.
    """
    if to not in TARGETS:
        raise InputError("--to", f"cannot be {to!r}", f"write one of {', '.join(TARGETS)}")
    target = TARGETS[to]
    source = read_source(package)
    path = export_path(package, to, out)
    module = needed(target.module, to, target.needs)
    _check(path, target, module, force=force)
    with placed(path) as new, explained(package, module):
        if not target.ending:
            new.mkdir()
        module.write(source, new)
    return path


def export_path(package: Path, to: str, out: Path | None) -> Path:
    """The file or folder that an export writes: ``out``, or one named after the package and its version.

    Raises:
        InputError: If the package cannot be read.
    """
    ending = TARGETS[to].ending if to in TARGETS else ""
    return out or Path(f"{file_stem(read_descriptor(package)) or 'package'}{ending or '-' + to}")


def export_database(package: Path, url: str) -> str:
    """Writes a package straight into a PostgreSQL database, in one transaction.

    Args:
        package: Folder of the package.
        url: Address of the database as libpq takes it, ``postgresql://user@host/name``.

    Returns:
        Where the tables are, without the password.

    Raises:
        InputError: If the package cannot be read or breaks its own rules, the driver is not installed, or the database
            cannot be reached or refuses.
    """
    source = read_source(package)
    module = needed("broadsheet.publishing.export.postgres_database", "postgres", "psycopg")
    with explained(package, module):
        place: str = module.load(source, url)
    return place


def needed(module: str, to: str, needs: str | None) -> Any:
    """A module of exports whose library may not be installed.

    Raises:
        InputError: If it is not.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise InputError(f"--to {to}", f"needs {needs}", f"pip install 'broadsheet[{to}]'") from error


@contextmanager
def explained(package: Path, module: Any) -> Iterator[None]:
    """Turns what a database says of a package that breaks its own rules into what a user can mend."""
    import pyarrow as pa

    try:
        yield
    except (*module.ERRORS, pa.ArrowException) as error:
        said = " ".join(str(error).split())
        raise InputError(str(package), f"cannot be exported ({said})", "run `broadsheet validate`") from error


def _check(path: Path, target: Target, module: Any, *, force: bool) -> None:
    """Refuses to replace what this form of export has not written, a link, or a pipe."""
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
    """Whether a file has the tables of a package; an empty one may be replaced too."""
    if not path.stat().st_size:
        return True
    try:
        return bool(module.tables_of(path) >= set(TABLES))
    except Exception:  # what a library raises for a file that is none of its own is its own affair
        return False


def read_source(package: Path) -> Source:
    """The package in a folder, with Parquet files of all tables.

    Raises:
        InputError: If it holds none of ours, or a table is missing or of other columns.
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
                    raise InputError(str(path), "has other columns than its schema", "build the package anew")
        except (OSError, pa.ArrowException) as error:
            mend = f"see {DESCRIPTOR}, or run `broadsheet validate`"
            raise InputError(
                str(getattr(error, "filename", None) or place), "cannot be read as Parquet", mend
            ) from error
    return source
