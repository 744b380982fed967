"""Levels 1 and 2 on the files of one part of a table."""

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
"""A file that says it has more rows is not unpacked: a part has some thousand articles."""

PLACED = "placed"
"""Name of the rule that a row stands in its part."""


@dataclass(frozen=True, slots=True)
class PartFiles:
    """A part of a table as its files have it.

    Attributes:
        table: Its rows, typed, and its cells as text where the CSV had to be read.
        frame: The rows as a frame.
        published: Size, hash and rows of each file that could be read.
        with_csv: Whether there is a CSV that could be read.
    """

    table: CsvTable
    frame: pd.DataFrame
    published: tuple[PublishedPart, ...]
    with_csv: bool


def read_files(
    findings: Findings, folder: Path, table: str, number: int, *, csv: bool, actors: bool = False
) -> PartFiles:
    """Reads the files of a part and notes what is wrong with them, and what they do not have alike.

    Args:
        findings: Where failures go.
        folder: The folder of the package.
        table: The table.
        number: Number of the part.
        csv: Whether the package has CSV.
        actors: Whether it is the evidence of actors.
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
    """How many rows a Parquet file says it has; 0 where it is none."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return int(pq.read_metadata(pa.BufferReader(content)).num_rows)
    except (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError):
        return 0


def file_check(findings: Findings, table: str, ending: str) -> Check:
    """The rule that a file is there."""
    level, kind = (Level.TABLE_SCHEMA, "CSV") if ending == "csv" else (Level.PARQUET, "Parquet")
    return findings.check(level, table, f"{ending}_file", f"each part of the table is there, a regular {kind} file")


def unseen(folder: Path, table: str, number: int, *, csv: bool, actors: bool = False) -> PartFiles:
    """The same part read before or again, for what it holds: what is wrong with it is told elsewhere."""
    return read_files(Findings(TABLES), folder, table, number, csv=csv, actors=actors)


def check_placed(findings: Findings, frames: Frames, table: str, number: int, parts: int, *, bucket: bool) -> None:
    """Each row stands in the part of its article, or in the bucket of its actor."""
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
    """What makes a failure name its part.

    Args:
        table_paths: Table to the path of its part, without its ending.
        stem: What a message calls the part.
    """

    def named(failure: Failure) -> Failure:
        path = table_paths.get(failure.table)
        if path is None or path in failure.message:
            return failure
        own = failure.message.replace(f"data/{failure.table}.", f"{path}.")
        # A row without a key is named by its number, which every part has.
        key = f"{stem} {failure.key}" if failure.key.startswith("row ") else failure.key
        return replace(failure, key=key, message=own if path in own else f"{own} ({stem})")

    return named
