"""Writes tables as a data package, and reads one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from broadsheet.errors import InputError
from broadsheet.metadata.index import METADATA, metadata_files
from broadsheet.publish.descriptor import SEMVER, ArticleSource, PackageInfo, PublishedFile, descriptor, json_bytes
from broadsheet.publish.exchange import recover, repair, replace_files, replace_folder
from broadsheet.publish.layout import is_part_path, is_partitioned
from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pyarrow as pa

    from broadsheet.tables.frames import Tables

DESCRIPTOR = "datapackage.json"
CURATION = "data/curation.toml"
"""Where a package carries the corrections that were applied to it."""
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
"""What the run that made a package tells of the articles that are not in it (``corpus.log``)."""


def package_files(tables: Tables, info: PackageInfo) -> dict[str, bytes]:
    """Every file of the package, path inside to content, ``datapackage.json`` last.

    Raises:
        InputError: If the version is not a semantic one.
    """
    from broadsheet import __version__
    from broadsheet.publish.formats import csv_bytes, parquet_bytes

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
    return {**files, **metadata_files(content), DESCRIPTOR: json_bytes(content)}


def _article_sources(articles: pa.Table) -> list[ArticleSource]:
    names = ("article_id", "title", "publisher", "url", "published_on", "text_sha256")
    return [ArticleSource(*(row[name] for name in names)) for row in articles.to_pylist()]


def write_package(
    tables: Tables,
    directory: Path,
    info: PackageInfo | None = None,
    *,
    in_place: bool = False,
    more: Mapping[str, bytes] | None = None,
) -> Path:
    """Writes the data package into a folder: all of it or nothing.

    Args:
        tables: What to publish.
        directory: The folder; it is made, or replaced where it holds a package of ours and nothing else.
        info: Name, version and day of creation.
        in_place: The folder holds other things too (a repository): the package's files are written one by one among
            them, ``datapackage.json`` last.
        more: Files of :data:`RUN_LOG` that lie beside the data: path to content.

    Returns:
        The path of the ``datapackage.json``.

    Raises:
        InputError: If the folder holds files of others, or cannot be written.
    """
    files = {**(more or {}), **package_files(tables, info or PackageInfo())}
    if in_place:
        replace_files(directory, files)
    else:
        check_target(directory)
        replace_folder(directory, files)
    return directory / DESCRIPTOR


def check_target(directory: Path) -> None:
    """Refuses a folder whose files would be lost.

    Raises:
        InputError: If the path is a file, or the folder holds anything that a package of ours does not.
    """
    repair(directory)
    if not directory.exists():
        return
    if not directory.is_dir():
        raise InputError(str(directory), "is a file, not a folder", "name a folder with --out")
    ours = {f"schemas/{t}.json" for t in TABLES} | {f"data/{t}.{e}" for t in TABLES for e in ("csv", "parquet")}
    ours |= {DESCRIPTOR, CURATION, *METADATA, *RUN_LOG}
    folders = {"schemas", "data", "metadata", "run", *(f"data/{table}" for table in TABLES)}
    for path in sorted(directory.rglob("*")):
        inside = path.relative_to(directory).as_posix()
        if path.is_dir() and not path.is_symlink() and inside in folders:
            continue
        if not (inside in ours or is_part_path(inside)) or path.is_symlink():
            raise InputError(str(path), "was not written by broadsheet", "name an empty or new folder with --out")
    if any(directory.iterdir()):
        read_descriptor(directory)


def read_descriptor(directory: Path) -> dict[str, Any]:
    """The content of a package's ``datapackage.json``.

    Raises:
        InputError: If the folder holds no data package of ours.
    """
    path = directory / DESCRIPTOR
    recover(directory)
    if not directory.is_dir():
        problem = "is not a folder" if directory.exists() else "there is no such folder"
        raise InputError(str(directory), problem, f"name the folder that holds {DESCRIPTOR}")
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise InputError(str(directory), f"holds no {DESCRIPTOR}", "name the folder of a data package") from error
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(str(path), f"cannot be read as JSON ({type(error).__name__})", "build it anew") from error
    if not isinstance(content, dict) or "broadsheet" not in content:
        raise InputError(str(path), "describes no package of broadsheet", "name a folder that `broadsheet build` wrote")
    return content


def read_package(directory: Path) -> Tables:
    """The tables of a package, of either layout, from its Parquet files, with right dtypes.

    All of it is held in memory; :func:`~broadsheet.publish.partitioned.iter_partitions` reads a partitioned one part by
    part. What it reads is not checked; ``broadsheet validate`` does that.

    Raises:
        InputError: If the folder holds no package of ours, or a table is missing or of other columns.
    """
    from broadsheet.publish.partitioned import read_whole
    from broadsheet.tables.frames import Tables

    content = read_descriptor(directory)
    tables = read_whole(directory, content) if is_partitioned(content) else _read_tables(directory)
    model = content["broadsheet"].get("model") if isinstance(content["broadsheet"], dict) else None
    named = (str(model["name"]), str(model["version"])) if isinstance(model, dict) and len(model) > 1 else None
    read = Tables.from_arrow(tables)
    return Tables(read.frames, model=named, curation=_read_curation(directory, content))


def _read_tables(directory: Path) -> dict[str, pa.Table]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from broadsheet.tables.arrow import arrow_schema

    tables: dict[str, pa.Table] = {}
    for name in TABLES:
        path = directory / "data" / f"{name}.parquet"
        try:
            table = pq.read_table(path)
            tables[name] = table.cast(arrow_schema(name))
        except (OSError, pa.ArrowException, ValueError) as error:
            problem = "is missing" if not path.exists() else f"is not the table that schemas/{name}.json describes"
            raise InputError(str(path), problem, "build the package anew, or run `broadsheet validate`") from error
    return tables


def _read_curation(directory: Path, content: dict[str, Any]) -> str | None:
    """The corrections that the package lists; a file that lies there unlisted (a curator's own) is none of it."""
    resources = content.get("resources")
    listed = [r.get("path") for r in resources if isinstance(r, dict)] if isinstance(resources, list) else []
    if CURATION not in listed:
        return None
    path = directory / CURATION
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), "cannot be read as UTF-8 text", "build the package anew") from error
