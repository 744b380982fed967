"""Runs levels 1 and 2 on the files of one part of a table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from broadsheet.publishing.layout import part_path
from broadsheet.publishing.partitioned import PublishedPart
from broadsheet.quality.validation.files import UnreadableError, read_inside
from broadsheet.quality.validation.levels import read_table
from broadsheet.quality.validation.partitions.keys import buckets_of, parts_of_articles
from broadsheet.quality.validation.report import KEPT_FAILURES, Failure, Findings, Level
from broadsheet.quality.validation.rows import row_key_at
from broadsheet.quality.validation.statements import is_cell
from broadsheet.tables.frames import to_frame
from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import pandas as pd

    from broadsheet.quality.validation.columns import Frames
    from broadsheet.quality.validation.csv_tables import CsvTable
    from broadsheet.quality.validation.report import Check

MOST_ROWS = 5_000_000
"""A file that claims more rows is not unpacked; a part has a few thousand articles."""

PLACED = "placed"
"""Name of the rule that a row is in the right part."""


@dataclass(frozen=True, slots=True)
class PartFiles:
    """A part of a table, read from its files.

    Attributes:
        table: The typed rows, and the cells as text if the CSV was read.
        frame: The rows as a frame.
        published: Size, hash and rows of each readable file.
        with_csv: Whether a readable CSV exists.
    """

    table: CsvTable
    frame: pd.DataFrame
    published: tuple[PublishedPart, ...]
    with_csv: bool


def read_files(
    findings: Findings, folder: Path, table: str, number: int, *, csv: bool, actors: bool = False
) -> PartFiles:
    """Reads the files of a part, and reports problems in them and differences between them.

    Args:
        findings: Collects the failures.
        folder: The package folder.
        table: The table.
        number: Number of the part.
        csv: Whether the package has CSV.
        actors: Whether to read the evidence of actors.
    """
    content: dict[str, bytes] = {}
    for ending in ("csv", "parquet") if csv else ("parquet",):
        path = part_path(table, number, ending, actors=actors)
        check = file_check(findings, table, ending)
        try:
            content[ending] = read_inside(folder, path)
        except UnreadableError as error:
            findings.fail(check, value=path, message=f"{path} {error}")
    if "parquet" in content and (rows := _rows(content["parquet"])) > MOST_ROWS:
        readable = findings.check(Level.PARQUET, table, "parquet_read", f"data/{table}.parquet is a Parquet file")
        findings.fail(readable, value=rows, message=f"data/{table}.parquet says {rows:,} rows, which no part has")
        del content["parquet"]
    read = read_table(findings, table, content.get("csv"), content.get("parquet"))
    missing = set(schemas()[table].columns) - set(read.columns)
    published = tuple(
        PublishedPart.of(part_path(table, number, ending, actors=actors), data, len(read))
        for ending, data in content.items()
    )
    frame = to_frame(read.table).drop(columns=sorted(missing))
    return PartFiles(read, frame, published, "csv" in content)


def _rows(content: bytes) -> int:
    """Returns the row count in a Parquet file's metadata; 0 if it is not a Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return int(pq.read_metadata(pa.BufferReader(content)).num_rows)
    except (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError):
        return 0


def file_check(findings: Findings, table: str, ending: str) -> Check:
    """Returns the rule that the file exists."""
    level, kind = (Level.TABLE_SCHEMA, "CSV") if ending == "csv" else (Level.PARQUET, "Parquet")
    return findings.check(level, table, f"{ending}_file", f"each part of the table is there, a regular {kind} file")


def unseen(folder: Path, table: str, number: int, *, csv: bool, actors: bool = False) -> PartFiles:
    """Reads a part for its content only; its problems are reported elsewhere."""
    return read_files(Findings(TABLES), folder, table, number, csv=csv, actors=actors)


def check_placed(findings: Findings, frames: Frames, table: str, number: int, parts: int, *, bucket: bool) -> None:
    """Checks that each row is in the part of its article, or in the bucket of its actor."""
    import numpy as np
    import pyarrow.compute as pc

    column = {True: "row_id" if table == "evidence" else "actor_id", False: "article_id"}[bucket]
    what = f"the SHA-256 of {column}" if bucket else column
    of = " of an actor" if bucket and table == "evidence" else ""
    check = findings.check(Level.PARQUET, table, PLACED, f"a row{of} is in the part that {what} begins with", [column])
    columns = frames.columns(table)
    if column not in columns:
        return
    places = buckets_of(columns[column], parts) if bucket else parts_of_articles(columns[column], parts)
    wrong = (places >= 0) & (places != number)
    if table == "evidence" and "row_id" in columns:
        of_content = pc.match_substring(columns["row_id"], "_").fill_null(not bucket).to_numpy(zero_copy_only=False)
        wrong |= of_content == bucket
    positions = [int(position) for position in np.flatnonzero(wrong)]
    findings.fail_unnamed(check, len(positions[KEPT_FAILURES:]))
    for position in positions[:KEPT_FAILURES]:
        cell, there = columns[column][position].as_py(), int(places[position])
        where = f"belongs in part {there:04}" if there != number else "is of another kind of row than this part holds"
        said = f"{is_cell(column, cell)}, which {where}"
        findings.fail(check, row_key_at(table, frames[table], position), cell, said)


def located(table_paths: Mapping[str, str], stem: str) -> Callable[[Failure], Failure]:
    """Returns a function that adds the part to a failure.

    Args:
        table_paths: Maps each table to the path of its part, without the extension.
        stem: Name of the part in messages.
    """

    def named(failure: Failure) -> Failure:
        path = table_paths.get(failure.table)
        if path is None or path in failure.message:
            return failure
        own = failure.message.replace(f"data/{failure.table}.", f"{path}.")
        # A row without a key is identified by its number, which is not unique across parts.
        key = f"{stem} {failure.key}" if failure.key.startswith("row ") else failure.key
        return replace(failure, key=key, message=own if path in own else f"{own} ({stem})")

    return named
