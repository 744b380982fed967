"""Reads the tables of a package for a page, with each cell as in the CSV, whatever is wrong with the package.

Packages are untrusted. Their files are read by the code that validates them: it follows no links, resists
decompression bombs, and returns what it can read of a broken file. Errors are in the validation report, not here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError
from broadsheet.publishing.formats import cell_text
from broadsheet.publishing.layout import in_reading_order, is_partitioned, parts_of, table_paths
from broadsheet.publishing.package import DESCRIPTOR
from broadsheet.quality.validation.files import UnreadableError, read_inside
from broadsheet.quality.validation.levels import read_table
from broadsheet.quality.validation.parquet import read_parquet
from broadsheet.quality.validation.partitions.structure import check_files, has_csv
from broadsheet.quality.validation.report import Findings
from broadsheet.quality.validation.rows import key_of
from broadsheet.quality.validation.structure import read_files
from broadsheet.tables.arrow import arrow_schema
from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pyarrow as pa

MOST_ROWS = 5_000_000
"""The most rows of all tables together. Chromium opens the page of 10,000 articles, with 4.8 million rows in 66 MB, in
six seconds and 250 MB of memory; more has not been tried."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table.

    Attributes:
        name: Its name.
        typed: Its cells with the types of the schema; null if a cell does not have its type.
        cells: Its cells as in the CSV, by column; null if empty.
    """

    name: str
    typed: pa.Table
    cells: Mapping[str, pa.Array]

    def __len__(self) -> int:
        return int(self.typed.num_rows)

    def texts(self, column: str) -> list[str]:
        """The cells of a column, with empty strings for null."""
        return ["" if cell is None else cell for cell in self.cells[column].to_pylist()]

    def values(self, column: str) -> list[Any]:
        """The typed cells of a column, None for null."""
        values: list[Any] = self.typed.column(column).to_pylist()
        return values

    def keys(self) -> list[str]:
        """The primary keys of the rows, as in a validation failure."""
        columns = [self.cells[column].to_pylist() for column in schemas()[self.name].primary_key]
        return [key_of(parts, position) for position, parts in enumerate(zip(*columns, strict=True))]

    @property
    def has_spans(self) -> bool:
        """Whether its rows have a span in an article; ``evidence``, which is about other rows, does not count."""
        return self.name != "evidence" and {"article_id", "char_start", "char_end"} <= set(self.cells)


def read_sheets(folder: Path, descriptor: Mapping[str, Any]) -> dict[str, Sheet]:
    """All tables of a package of either layout, in the order of the data model; unreadable ones are empty.

    Raises:
        InputError: If the number of parts is wrong, or there are too many rows for a page.
    """
    parts = _parts(folder, descriptor) if is_partitioned(descriptor) else None
    sheets: dict[str, Sheet] = {}
    rows = 0
    for name in TABLES:
        sheets[name] = _single(folder, name) if parts is None else _joined(folder, name, parts, MOST_ROWS - rows)
        rows += len(sheets[name])
        _check_rows(folder, rows)
    return sheets


def _parts(folder: Path, descriptor: Mapping[str, Any]) -> int:
    """The number of parts, if most of them exist, so that a false number cannot cause a long search."""
    parts = parts_of(descriptor, place := str(folder / DESCRIPTOR))
    if not check_files(Findings(TABLES), folder, parts, csv=has_csv(descriptor)):
        raise InputError(place, f"lists {parts:,} parts, most of which are missing", "build the package again")
    return parts


def _check_rows(folder: Path, rows: int) -> None:
    if rows > MOST_ROWS:
        fix = "make a package of fewer articles, or query it with `broadsheet export --to duckdb`"
        raise InputError(str(folder), f"has more than the {MOST_ROWS:,} rows that a browser can show", fix)


def _single(folder: Path, name: str) -> Sheet:
    findings = Findings(TABLES)
    files = read_files(findings, folder, name)
    read = read_table(findings, name, files.get(f"data/{name}.csv"), files.get(f"data/{name}.parquet"))
    cells = as_texts(read.table)
    if read.cells is not None:
        cells |= dict(zip(read.columns, map(_null_if_empty, read.cells), strict=True))
    return Sheet(name, read.table, cells)


def _joined(folder: Path, name: str, parts: int, most: int) -> Sheet:
    """The joined parts of a table, in the order of the other layout; stops after ``most`` rows."""
    import pyarrow as pa

    # An untrusted table may have nulls in required columns.
    loose = pa.schema([pa.field(column.name, column.type) for column in arrow_schema(name)])
    tables = [loose.empty_table()]
    for path in table_paths(name, parts, "parquet"):
        try:
            content = read_inside(folder, path)
        except UnreadableError:
            continue
        read = read_parquet(Findings(TABLES), name, content, None)
        if read.table is not None:
            tables.append(read.table.cast(loose))
        if sum(map(len, tables)) > most:
            break
    joined = pa.concat_tables(tables).combine_chunks()
    # The parts of all other tables are in the order of their articles.
    ordered = in_reading_order(name, joined) if name in ("actors", "evidence") else joined
    return Sheet(name, ordered, as_texts(ordered))


def as_texts(table: pa.Table) -> dict[str, pa.Array]:
    """The columns of a table with their cells as in the CSV; null stays null."""
    return {name: _column(table.column(name)) for name in table.column_names}


def _column(column: pa.ChunkedArray) -> pa.Array:
    import pyarrow as pa

    if pa.types.is_string(column.type):
        return _null_if_empty(column.combine_chunks())
    coded = column.combine_chunks().dictionary_encode()
    texts = pa.array([cell_text(value) for value in coded.dictionary.to_pylist()], pa.string())
    return texts.take(coded.indices)


def _null_if_empty(texts: pa.Array) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, texts.type), texts)
