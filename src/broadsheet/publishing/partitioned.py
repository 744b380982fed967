"""Partitioned packages, for corpora: many files per table, each of which fits into memory (``publishing.layout``).

``corpus`` writes the parts of a corpus one by one and completes the package with :func:`write_descriptor`;
:func:`write_partitioned` does both for tables in memory. The descriptor lists no sources: a million would not fit, and
the table ``articles`` has them.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError
from broadsheet.publishing.descriptor import (
    CSV_DIALECT,
    LISTING,
    SEMVER,
    PackageInfo,
    PublishedFile,
    corrections,
    hash_of,
    made_by,
    properties,
)
from broadsheet.publishing.exchange import placed
from broadsheet.publishing.formats import csv_bytes, json_bytes, parquet_bytes
from broadsheet.publishing.layout import (
    KIND,
    OF_ARTICLES,
    bucket_of,
    in_reading_order,
    is_of_actor,
    n_parts,
    part_of,
    part_path,
    parts_of,
    table_paths,
)
from broadsheet.publishing.package import CURATION, DESCRIPTOR, check_target, read_descriptor, read_table
from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    import pyarrow as pa

    from broadsheet.tables.frames import TableSet


@dataclass(frozen=True, slots=True)
class PublishedPart:
    """A file of a table: its path inside the package, its size in bytes, its SHA-256 and its number of rows."""

    path: str
    size: int
    sha256: str
    rows: int

    @classmethod
    def of(cls, path: str, content: bytes, rows: int) -> PublishedPart:
        """The file ``path`` with the given content and number of rows."""
        return cls(path, len(content), sha256(content).hexdigest(), rows)


@dataclass(frozen=True, slots=True)
class Partition:
    """One part of a package.

    Attributes:
        number: Its number, from 0.
        tables: The rows of its articles: table name to rows, ``evidence`` without that of actors.
        actors: The actors of the bucket with the same number; the rows refer to actors of other buckets too.
        actors_evidence: The evidence of these actors.
    """

    number: int
    tables: Mapping[str, pa.Table]
    actors: pa.Table
    actors_evidence: pa.Table


def write_part(
    folder: Path, table: str, number: int, rows: pa.Table, *, csv: bool = False, actors: bool = False
) -> list[PublishedPart]:
    """Writes a part of a table to the folder of an unfinished package.

    Args:
        folder: The folder of the package.
        table: Name of the table.
        number: Number of the part.
        rows: Its rows, in any order.
        csv: Whether to write a CSV too.
        actors: Whether it is the evidence of actors.

    Returns:
        The files, the CSV first.
    """
    ordered = in_reading_order(table, rows)
    formats: list[tuple[str, Callable[[pa.Table], bytes]]] = [("parquet", parquet_bytes)]
    if csv:
        formats.insert(0, ("csv", csv_bytes))
    written = []
    for ending, make in formats:
        path, content = part_path(table, number, ending, actors=actors), make(ordered)
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        written.append(PublishedPart.of(path, content, rows.num_rows))
    return written


def descriptor_of(
    info: PackageInfo,
    files: Iterable[PublishedPart],
    *,
    parts: int,
    extractor: str,
    model: tuple[str, str] | None,
    latest: date | None = None,
    curation: PublishedFile | None = None,
) -> dict[str, Any]:
    """The content of the ``datapackage.json`` of a partitioned package.

    Args:
        info: Name, version and date of creation.
        files: All parts of all tables, in any order; either all or none have a CSV.
        parts: Number of parts.
        extractor: Version of Broadsheet that extracted the tables.
        model: Name and version of the language model, if known.
        latest: The latest publication date of the articles, for a package without a date of creation.
        curation: The corrections that were applied, if any.

    Raises:
        KeyError: If a part is missing.
    """
    by_path = {file.path: file for file in files}
    with_csv = any(path.endswith(".csv") for path in by_path)
    listed: dict[str, dict[str, list[PublishedPart]]] = {
        table: {
            ending: [by_path[path] for path in table_paths(table, parts, ending)]
            for ending in (("csv", "parquet") if with_csv else ("parquet",))
        }
        for table in TABLES
    }
    hashes = [file.sha256 for endings in listed.values() for members in endings.values() for file in members]
    if curation is not None:
        hashes.append(curation.sha256)
    n_articles = sum(file.rows for file in listed["articles"]["parquet"])
    content = properties(info, hashes, n_articles, latest, extractor=extractor)
    made = made_by(extractor, model, licensed=info.license is not None)
    content["broadsheet"] = {**made, "layout": {"kind": KIND, "parts": parts}}
    content["resources"] = [
        _resource(table, ending, members) for table, endings in listed.items() for ending, members in endings.items()
    ]
    if curation is not None:
        content["resources"].append(corrections(curation))
    return content


def _resource(table: str, ending: str, members: Sequence[PublishedPart]) -> dict[str, Any]:
    """The parts of a table as one resource, with our own property for their sizes and hashes."""
    schema = schemas()[table]
    common: dict[str, Any] = {
        "path": [file.path for file in members],
        "scheme": "file",
        "format": ending,
        "parts": [
            {"path": file.path, "bytes": file.size, "hash": f"sha256:{file.sha256}", "rows": file.rows}
            for file in members
        ],
    }
    if ending == "csv":
        head = {"name": table, "title": schema.title, "description": schema.description, "type": "table"}
        form = {"mediatype": "text/csv", "encoding": "utf-8", "dialect": CSV_DIALECT}
        rows = sum(file.rows for file in members)
        return {**head, **common, **form, "rows": rows, "schema": f"schemas/{table}.json"}
    # Without the total of rows: Frictionless 5 counts them in tables alone, and would report an error.
    head = {"name": f"{table}-parquet", "title": f"{schema.title} (Parquet)", "type": "file"}
    return {**head, **common, "mediatype": "application/vnd.apache.parquet"}


def write_descriptor(
    folder: Path,
    info: PackageInfo,
    files: Iterable[PublishedPart],
    *,
    parts: int,
    model: tuple[str, str] | None,
    latest: date | None = None,
    curation: str | None = None,
    log: Mapping[str, bytes] | None = None,
) -> bytes:
    """Completes a package whose parts are written: schemas, corrections, run log, and ``datapackage.json`` last.

    Args:
        folder: The folder of the package.
        info: Name, version and date of creation.
        files: All parts of all tables.
        parts: Number of parts.
        model: Name and version of the language model, if known.
        latest: The latest publication date of the articles.
        curation: The text of the applied corrections, if any.
        log: The files of ``run/``, if any: path inside the package to content.

    Returns:
        The content of ``datapackage.json``.

    Raises:
        InputError: If the version is not a semantic version.
        KeyError: If a part is missing.
    """
    from broadsheet.base.version import __version__

    if not SEMVER.fullmatch(info.version):
        raise InputError(f"version {info.version}", "not a semantic version", "write MAJOR.MINOR.PATCH, like 1.2.0")
    corrected, files = None, list(files)
    more = {f"schemas/{name}.json": json_bytes(schema.descriptor) for name, schema in schemas().items()}
    more |= log or {}
    if curation is not None:
        more[CURATION] = curation.encode("utf-8")
        corrected = PublishedFile.of(CURATION, more[CURATION])
    for path, data in more.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    content = descriptor_of(
        info, files, parts=parts, extractor=__version__, model=model, latest=latest, curation=corrected
    )
    hashes = {file.path: f"sha256:{file.sha256}" for file in files}
    hashes |= {path: hash_of(data) for path, data in more.items()}
    content["broadsheet"][LISTING] = dict(sorted(hashes.items()))
    (folder / DESCRIPTOR).write_bytes(written := json_bytes(content))
    return written


def write_partitioned(
    tables: TableSet, directory: Path, info: PackageInfo | None = None, *, parts: int | None = None, csv: bool = False
) -> Path:
    """Writes tables to a partitioned package: all of it or nothing.

    Args:
        tables: What to publish.
        directory: The folder; it is created, or replaced if it holds only a Broadsheet package.
        info: Name, version and date of creation.
        parts: Number of parts, a power of two; it follows from the number of articles if None. Validation reports any
            other number, as no build makes it.
        csv: Whether to write a CSV for each Parquet file.

    Returns:
        The path of the ``datapackage.json``.

    Raises:
        InputError: If the folder holds other files, or cannot be written.
    """
    number = parts or n_parts(len(tables["articles"]))
    check_target(directory)
    with placed(directory) as new:
        files: list[PublishedPart] = []
        for name in TABLES:
            for place, actors, rows in _split(name, tables.arrow(name), number):
                files += write_part(new, name, place, rows, csv=csv, actors=actors)
        days = tables["articles"]["published_on"].dropna()
        latest = max(days, default=None)
        write_descriptor(
            new, info or PackageInfo(), files, parts=number, model=tables.model, latest=latest, curation=tables.curation
        )
    return directory / DESCRIPTOR


def _split(name: str, table: pa.Table, parts: int) -> Iterator[tuple[int, bool, pa.Table]]:
    """Yields number, whether it is the evidence of actors, and rows of each part of a table."""
    import numpy as np
    import pyarrow as pa

    if name == "countries":
        yield 0, False, table
        return
    column = "actor_id" if name == "actors" else "row_id"
    keys = table.column(column).to_pylist() if name in ("actors", "evidence") else []
    actors = np.array([is_of_actor(key) for key in keys] if name == "evidence" else [False] * table.num_rows, bool)
    if name == "actors":
        places = np.array([bucket_of(key, parts) for key in keys], np.int64)
    else:
        ids = table.column("article_id").to_pylist()
        of_rows = keys or [""] * len(ids)
        pairs = zip(ids, of_rows, actors, strict=True)
        places = np.array([bucket_of(row, parts) if own else part_of(art, parts) for art, row, own in pairs], np.int64)
    for own in (False, True) if name == "evidence" else (False,):
        for number in range(parts):
            yield number, own, table.filter(pa.array((places == number) & (actors == own)))


def read_part(folder: Path, table: str, number: int, *, actors: bool = False) -> pa.Table:
    """Reads a part of a table from its Parquet file.

    Raises:
        InputError: If it is missing or has the wrong columns.
    """
    return read_table(folder, table, part_path(table, number, "parquet", actors=actors))


def iter_partitions(directory: Path) -> Iterator[Partition]:
    """Reads a partitioned package part by part, with one part in memory at a time.

    The content is not checked; ``broadsheet validate`` does that.

    Raises:
        InputError: If the folder holds no partitioned package, or a part is missing or has the wrong columns.

    Example:
        >>> sum(part.tables["quotes"].num_rows for part in iter_partitions(Path("corpus")))
    """
    for number in range(parts_of(read_descriptor(directory), str(directory / DESCRIPTOR))):
        yield Partition(
            number,
            {table: read_part(directory, table, number) for table in OF_ARTICLES},
            read_part(directory, "actors", number),
            read_part(directory, "evidence", number, actors=True),
        )
