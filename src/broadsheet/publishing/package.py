"""Writes tables to a data package, and reads them back."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from broadsheet.base import strict_json
from broadsheet.base.errors import InputError
from broadsheet.base.safe_files import folder_place, output_place, read_inside, regular_inside
from broadsheet.base.timing import timed
from broadsheet.publishing.descriptor import (
    LISTING,
    SEMVER,
    ArticleSource,
    PackageInfo,
    PublishedFile,
    descriptor,
    hash_of,
)
from broadsheet.publishing.exchange import recover, refuse_interrupted, replace_files, replace_folder
from broadsheet.publishing.formats import csv_bytes, json_bytes, parquet_bytes
from broadsheet.publishing.layout import in_reading_order, is_part_path, parquet_paths
from broadsheet.publishing.metadata.index import METADATA, metadata_files
from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pyarrow as pa

    from broadsheet.tables.frames import TableSet

_log = logging.getLogger(__name__)

DESCRIPTOR = "datapackage.json"
MOST_BYTES_OF_TEXT = 64 << 20
"""Three times the size of the descriptor of a package of a hundred thousand articles."""
CURATION = "data/curation.toml"
"""The file in a package with the corrections that were applied to it."""
_STEM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,80}")
RUN_LOG = tuple(
    f"run/{name}"
    for name in (
        "summary.json",
        "rejects.csv",
        "duplicates.csv",
        "near_duplicates.csv",
        "dropped_rows.csv",
        "renames.csv",
    )
)
"""The log of the run that made the package (``corpus.log``)."""


def package_files(tables: TableSet, info: PackageInfo, more: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """Every file of the package: path inside it to content, ``datapackage.json`` last.

    Args:
        tables: What to publish.
        info: Name, version and date of creation.
        more: Files of :data:`RUN_LOG` to include: path to content.

    Raises:
        InputError: If the version is not a semantic version.
    """
    from broadsheet.base.version import __version__

    if not SEMVER.fullmatch(info.version):
        raise InputError(f"version {info.version}", "not a semantic version", "write MAJOR.MINOR.PATCH, like 1.2.0")
    files = {f"schemas/{name}.json": json_bytes(schema.descriptor) for name, schema in schemas().items()}
    rows: dict[str, int] = {}
    published: dict[str, PublishedFile] = {}
    for name in TABLES:
        table = tables.arrow(name)
        rows[name] = table.num_rows
        for ending, data in (("csv", csv_bytes(table)), ("parquet", parquet_bytes(table))):
            path = f"data/{name}.{ending}"
            files[path] = data
            published[path] = PublishedFile.of(path, data)
    if tables.curation is not None:
        data = tables.curation.encode("utf-8")
        files[CURATION] = data
        published[CURATION] = PublishedFile.of(CURATION, data)
    sources = _article_sources(tables.arrow("articles"))
    content = descriptor(info, published, rows, sources, extractor=__version__, model=tables.model)
    files |= {**metadata_files(content), **(more or {})}
    content["broadsheet"][LISTING] = {path: hash_of(data) for path, data in sorted(files.items())}
    return {**files, DESCRIPTOR: json_bytes(content)}


def _article_sources(articles: pa.Table) -> list[ArticleSource]:
    names = ("article_id", "title", "publisher", "url", "published_on", "text_sha256")
    return [ArticleSource(*(row[name] for name in names)) for row in articles.to_pylist()]


def write_package(
    tables: TableSet,
    directory: Path,
    info: PackageInfo | None = None,
    *,
    in_place: bool = False,
    more: Mapping[str, bytes] | None = None,
    force: bool = False,
) -> Path:
    """Writes the data package to a folder: all of it or nothing.

    Args:
        tables: What to publish.
        directory: The folder; it is created, or replaced if it holds only a Broadsheet package.
        info: Name, version and date of creation.
        in_place: Keep the folder's other files (a repository): write the package's files one by one among them,
            ``datapackage.json`` last.
        more: Files of :data:`RUN_LOG` to include: path to content.
        force: Replace the folder whatever it holds.

    Returns:
        The path of the ``datapackage.json``.

    Raises:
        InputError: If the folder holds other files, or cannot be written.
    """
    write_files(package_files(tables, info or PackageInfo(), more), directory, in_place=in_place, force=force)
    return directory / DESCRIPTOR


def write_files(files: Mapping[str, bytes], directory: Path, *, in_place: bool = False, force: bool = False) -> None:
    """Writes the files of a package, from :func:`package_files`, as :func:`write_package` does."""
    with timed(_log, "writing %s files, %s bytes, to %s", len(files), sum(map(len, files.values())), directory):
        if in_place:
            folder_place(directory)
            recover(directory)
            replace_files(directory, files)
        else:
            check_target(directory, force=force)
            replace_folder(directory, files)


def check_target(directory: Path, *, force: bool = False) -> str:
    """Refuses a folder whose files would be lost.

    An interrupted write by this program is undone first.

    Args:
        directory: The folder.
        force: Whether other files may be lost too; those of a git repository may not.

    Returns:
        A description of what the folder holds; empty if it holds nothing.

    Raises:
        InputError: If the path is a file, a link or the root folder, or the folder holds anything that does not belong
            to a Broadsheet package.
    """
    output_place(directory)
    recover(directory)
    if not directory.exists():
        return ""
    if not directory.is_dir():
        raise InputError(str(directory), "is a file, not a folder", "name a folder with --out")
    if force and not (directory / ".git").exists():
        return "files" if any(directory.iterdir()) else ""
    ours = {f"schemas/{t}.json" for t in TABLES} | {f"data/{t}.{e}" for t in TABLES for e in ("csv", "parquet")}
    ours |= {DESCRIPTOR, CURATION, *METADATA, *RUN_LOG}
    folders = {"schemas", "data", "metadata", "run", *(f"data/{table}" for table in TABLES)}
    for path in _entries(directory, directory, folders):
        name = path.relative_to(directory).as_posix()
        if not (name in ours or is_part_path(name)) or path.is_symlink() or not path.is_file():
            problem = "was not written by broadsheet"
            raise InputError(str(path), problem, "name another folder with --out, or give --force to replace this one")
    if not any(directory.iterdir()):
        return ""
    held = read_descriptor(directory)
    return f"{held.get('name')} {held.get('version')}"


def file_stem(content: Mapping[str, Any]) -> str:
    """A file name for output that is made from a package: its name and version, if they are safe in a path.

    Packages are untrusted; a name like ``../x`` is left out.
    """
    stated = [content.get(key) for key in ("name", "version")]
    return "-".join(part for part in stated if isinstance(part, str) and _STEM.fullmatch(part))


def _entries(root: Path, folder: Path, ours: set[str]) -> Iterator[Path]:
    """All entries of a folder; the folders of a package are replaced by their entries, other folders are not."""
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise InputError(str(folder), "may not be read", "name another folder with --out") from error
    for path in entries:
        if not path.is_symlink() and path.is_dir() and path.relative_to(root).as_posix() in ours:
            yield from _entries(root, path, ours)
        else:
            yield path


def read_descriptor(directory: Path) -> dict[str, Any]:
    """Reads the ``datapackage.json`` of a package; changes nothing.

    Raises:
        InputError: If the folder holds no Broadsheet package, or one that an interrupted write left half-written.
    """
    path = directory / DESCRIPTOR
    refuse_interrupted(directory)
    if not directory.is_dir():
        problem = "is not a folder" if directory.exists() else "there is no such folder"
        raise InputError(str(directory), problem, f"name the folder that holds {DESCRIPTOR}")
    try:
        content = strict_json.parse(read_inside(directory, DESCRIPTOR, MOST_BYTES_OF_TEXT).decode("utf-8"))
    except FileNotFoundError as error:
        raise InputError(str(directory), f"holds no {DESCRIPTOR}", "name the folder of a data package") from error
    except ValueError as error:
        problem = "is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        raise InputError(str(path), problem, "rebuild the package") from error
    except (OSError, RecursionError) as error:
        raise InputError(str(path), f"cannot be read as JSON ({type(error).__name__})", "rebuild it") from error
    if not isinstance(content, dict) or "broadsheet" not in content:
        fix = "name a folder that `broadsheet build` wrote"
        raise InputError(str(path), "does not describe a Broadsheet package", fix)
    return content


def read_package(directory: Path) -> TableSet:
    """Reads the tables of a package, of either layout, from its Parquet files.

    All tables are held in memory; :func:`~broadsheet.publishing.partitioned.iter_partitions` reads a partitioned
    package one part at a time. The content is not checked; ``broadsheet validate`` does that.

    Raises:
        InputError: If the folder holds no Broadsheet package, or a table is missing or has the wrong columns.
    """
    from broadsheet.tables.frames import TableSet

    content = read_descriptor(directory)
    tables = {name: _read_whole(directory, content, name) for name in TABLES}
    model = content["broadsheet"].get("model") if isinstance(content["broadsheet"], dict) else None
    named = (str(model["name"]), str(model["version"])) if isinstance(model, dict) and len(model) > 1 else None
    read = TableSet.from_arrow(tables)
    return TableSet(read.frames, model=named, curation=_read_curation(directory, content))


def _read_whole(directory: Path, content: Mapping[str, Any], table: str) -> pa.Table:
    import pyarrow as pa

    paths = parquet_paths(content, table, str(directory / DESCRIPTOR))
    rows = pa.concat_tables([read_table(directory, table, path) for path in paths])
    # The parts of every other table follow one another in reading order.
    return in_reading_order(table, rows) if len(paths) > 1 and table in ("actors", "evidence") else rows


def read_table(directory: Path, table: str, path: str) -> pa.Table:
    """Reads a Parquet file of a table.

    Args:
        directory: The folder of the package.
        table: The table.
        path: The file's path inside the package.

    Raises:
        InputError: If it is missing or has the wrong columns.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    from broadsheet.tables.arrow import arrow_schema

    try:
        # Not by path: pyarrow would read folder names as columns of a dataset.
        with pq.ParquetFile(regular_inside(directory, path)) as file:
            return file.read().cast(arrow_schema(table))
    except (OSError, pa.ArrowException, ValueError) as error:
        exists = (directory / path).exists()
        problem = f"is not the table that schemas/{table}.json describes" if exists else "is missing"
        fix = "rebuild the package, or run `broadsheet validate`"
        raise InputError(str(directory / path), problem, fix) from error


def _read_curation(directory: Path, content: dict[str, Any]) -> str | None:
    """The corrections that the package lists; an unlisted file (a curator's own) is ignored."""
    resources = content.get("resources")
    listed = [r.get("path") for r in resources if isinstance(r, dict)] if isinstance(resources, list) else []
    if CURATION not in listed:
        return None
    path = directory / CURATION
    try:
        return read_inside(directory, CURATION, MOST_BYTES_OF_TEXT).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), "cannot be read as UTF-8 text", "rebuild the package") from error
