"""Level 2: the Parquet file of a table has the derived schema and the same cells as the CSV."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from broadsheet.quality.validation.files import MOST_BYTES, UnreadableError
from broadsheet.quality.validation.report import KEPT_FAILURES, Level
from broadsheet.quality.validation.rows import key_of
from broadsheet.quality.validation.statements import quoted
from broadsheet.tables.arrow import arrow_schema
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    import pyarrow as pa

    from broadsheet.quality.validation.csv_tables import CsvTable
    from broadsheet.quality.validation.report import Findings


_CODECS = frozenset({"SNAPPY", "UNCOMPRESSED"})
"""Allowed compression codecs: those that broadsheet writes. Others can expand a few bytes to gigabytes."""

MOST_ROWS = 20_000_000
"""Without a CSV to compare, a file that declares more rows than this is not decompressed."""

MOST_PACKED, LEAST_TEXT = 500, 1 << 28
"""Without a CSV to compare: the text limit in bytes per byte of the file, and the least value of that limit."""


@dataclass(frozen=True, slots=True)
class ParquetTable:
    """A table read from its Parquet file.

    Attributes:
        rows: Number of rows that the file declares; None if it cannot be read.
        table: The table with the schema columns; None if columns are missing or the file must not be decompressed.
    """

    rows: int | None = None
    table: pa.Table | None = None


def read_parquet(findings: Findings, name: str, content: bytes, csv: bytes | None) -> ParquetTable:
    """Reads the Parquet file of a table and reports format errors.

    Args:
        findings: Receives the failures.
        name: The table.
        content: The Parquet file.
        csv: The CSV of the same table. A Parquet file with more rows or text than the CSV is not decompressed.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    readable = findings.check(Level.PARQUET, name, "parquet_read", f"data/{name}.parquet is a Parquet file")
    rows = None
    try:
        file = pq.ParquetFile(pa.BufferReader(content))
        _check_schema(findings, name, file.schema_arrow)
        rows = file.metadata.num_rows
        if rows > (MOST_ROWS if csv is None else csv.count(b"\n")) or not _is_complete(name, file.schema_arrow):
            return ParquetTable(rows)
        most = len(csv) if csv is not None else min(MOST_BYTES, max(LEAST_TEXT, MOST_PACKED * len(content)))
        return ParquetTable(rows, _unpacked(name, content, file, most))
    except UnreadableError as error:
        findings.fail(readable, message=f"data/{name}.parquet {error}")
    except (pa.ArrowException, OSError, ValueError, KeyError, OverflowError, MemoryError) as error:
        findings.fail(readable, message=f"data/{name}.parquet cannot be read: {' '.join(str(error).split())[:150]}")
    return ParquetTable(rows)


def _is_complete(name: str, found: pa.Schema) -> bool:
    return all(len(found.get_all_field_indices(column)) == 1 for column in arrow_schema(name).names)


def _unpacked(name: str, content: bytes, file: Any, most: int) -> pa.Table:
    """Decompresses the table if its texts total at most ``most`` bytes.

    A text repeated in a thousand rows is stored once, so texts stay dictionary-encoded until their size is known.

    Raises:
        UnreadableError: If the texts are too large, or codec, row count or dates are invalid.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    metadata = file.metadata
    for group in range(metadata.num_row_groups):
        for column in range(metadata.num_columns):
            if (codec := metadata.row_group(group).column(column).compression) not in _CODECS:
                raise UnreadableError(f"is packed with {codec}, which broadsheet never uses")
    texts = [f.name for f in file.schema_arrow if pa.types.is_string(f.type)]
    packed = pq.ParquetFile(pa.BufferReader(content), read_dictionary=texts)
    table = packed.read(columns=arrow_schema(name).names, use_threads=False)
    table.validate(full=True)
    if table.num_rows != metadata.num_rows:
        raise UnreadableError(f"says that it has {metadata.num_rows} rows and has {table.num_rows}")
    if sum(_size(column) for column in table.columns) > most:
        raise UnreadableError("has more text than the CSV, or than a file of its size stands for")
    ours = _ours(name, file.schema_arrow, table)
    for column in ours.schema:
        if pa.types.is_date(column.type) and not _is_calendar(ours.column(column.name)):
            raise UnreadableError(f"has a {column.name} outside the years 1 to 9999")
    return ours


def _is_calendar(days: pa.ChunkedArray) -> bool:
    """Whether Python's ``date`` can represent all the days."""
    import pyarrow as pa
    import pyarrow.compute as pc

    ends = pc.min_max(days.cast(pa.int32())).as_py()
    first, last = ((day - date(1970, 1, 1)).days for day in (date.min, date.max))
    return ends["min"] is None or (first <= ends["min"] and ends["max"] <= last)


def _size(column: pa.ChunkedArray) -> int:
    """The decoded size in bytes of the texts of a dictionary-encoded column; 0 for other columns."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not pa.types.is_dictionary(column.type):
        return 0
    sizes = (pc.sum(pc.binary_length(chunk.dictionary).cast("int64").take(chunk.indices)) for chunk in column.chunks)
    return sum(size.as_py() or 0 for size in sizes)


def check_same(findings: Findings, name: str, csv: CsvTable, parquet: ParquetTable, *, known: bool = False) -> None:
    """Reports each cell that differs between the two files, and each row that is in only one of them.

    Args:
        findings: Receives the failures.
        name: The table.
        csv: The table from the CSV.
        parquet: The table from the Parquet file.
        known: Whether the two are known to be equal.
    """
    count = findings.check(Level.PARQUET, name, "row_count", "CSV and Parquet have the same number of rows")
    if parquet.rows is not None and parquet.rows != len(csv):
        message = f"the Parquet file has {parquet.rows} rows and the CSV {len(csv)}"
        findings.fail(count, value=parquet.rows, message=message)
    if parquet.table is not None:
        _compare(findings, name, csv, parquet.table, known=known)


def _ours(name: str, found: pa.Schema, table: pa.Table) -> pa.Table:
    """The schema columns with the schema's types; a column of another type becomes null."""
    import pyarrow as pa

    fields = [field.with_nullable(True) for field in arrow_schema(name)]
    columns = [
        table.column(f.name).cast(f.type) if found.field(f.name).type == f.type else pa.nulls(table.num_rows, f.type)
        for f in fields
    ]
    return pa.Table.from_arrays(columns, schema=pa.schema(fields))


def _check_schema(findings: Findings, name: str, found: pa.Schema) -> None:
    wanted = arrow_schema(name)
    columns = findings.check(Level.PARQUET, name, "columns", "the columns are those of the schema, in its order")
    if found.names != wanted.names:
        findings.fail(columns, value=", ".join(found.names), message=f"the columns are {', '.join(found.names)[:300]}")
    for field in wanted:
        kind = findings.check(Level.PARQUET, name, "type", f"{field.name} is {field.type}", [field.name])
        may = "may" if field.nullable else "may not"
        nulls = findings.check(Level.PARQUET, name, "null_flag", f"{field.name} {may} be null", [field.name])
        text = findings.check(
            Level.PARQUET, name, "column_metadata", f"{field.name} carries its title and description", [field.name]
        )
        places = found.get_all_field_indices(field.name)
        if len(places) != 1:
            continue
        other = found.field(places[0])
        if other.type != field.type:
            findings.fail(kind, value=str(other.type), message=f"{field.name} is {other.type}, not {field.type}")
        if other.nullable != field.nullable:
            marked = "nullable" if other.nullable else "not nullable"
            message = f"{field.name} is marked {marked}, against the schema"
            findings.fail(nulls, value=other.nullable, message=message)
        if _says(field.metadata) != (
            own := {k: v for k, v in _says(other.metadata).items() if k in _says(field.metadata)}
        ):
            message = f"{field.name} has the title {own.get('title')!r} and description {own.get('description')!r}"
            findings.fail(text, value=own.get("description"), message=f"{message[:300]}, not those of the schema")
    metadata = findings.check(Level.PARQUET, name, "metadata", "the file names its table, key and links")
    for key, value in _says(wanted.metadata).items():
        if (other := _says(found.metadata).get(key)) != value:
            findings.fail(
                metadata, value=other, message=f"its metadata say {key} is {str(other)[:80]}, not {value[:80]}"
            )
    pandas = findings.check(Level.PARQUET, name, "pandas_metadata", "the file declares the pandas dtypes of columns")
    if not _declares_dtypes(found, wanted):
        findings.fail(pandas, message="the file declares no pandas dtypes, or others than those of the schema")


def _says(metadata: dict[bytes, bytes] | None) -> dict[str, str]:
    pairs = (metadata or {}).items()
    return {key.decode(errors="replace"): value.decode(errors="replace") for key, value in pairs}


_DTYPES = {"int64": "Int64", "bool": "boolean", "date32[day]": "date32[day][pyarrow]"}
"""Arrow type to the dtype that the file must declare, where plain ``pd.read_parquet`` would choose another."""


def _declares_dtypes(found: pa.Schema, wanted: pa.Schema) -> bool:
    try:
        said: Any = json.loads(_says(found.metadata).get("pandas", "null"))
        dtypes = {column["name"]: column["numpy_type"] for column in said["columns"]}
    except (ValueError, TypeError, KeyError, RecursionError):
        return False
    return all(dtypes.get(f.name) == _DTYPES[str(f.type)] for f in wanted if str(f.type) in _DTYPES) and all(
        name in dtypes for name in wanted.names
    )


def _compare(findings: Findings, name: str, csv: CsvTable, table: pa.Table, *, known: bool) -> None:
    same = findings.check(Level.PARQUET, name, "same_rows", "CSV and Parquet have the same rows")
    checks = {
        field.name: findings.check(
            Level.PARQUET, name, "same_cells", f"{field.name} is the same in CSV and Parquet", [field.name]
        )
        for field in table.schema
    }
    if known:
        return
    if table.num_rows != csv.table.num_rows:
        ours, theirs = _keys(name, csv.table), _keys(name, table)
        for keys, others, where in ((ours, set(theirs), "CSV"), (theirs, set(ours), "Parquet file")):
            for key in keys:
                if key not in others:
                    findings.fail(same, key, message=f"only the {where} has the row {key}")
        return
    for column in table.schema.names:
        if column not in csv.columns or csv.table.column(column).combine_chunks().equals(
            table.column(column).combine_chunks()
        ):
            continue
        pairs = zip(csv.table.column(column).to_pylist(), table.column(column).to_pylist(), strict=True)
        unlike = [(position, *pair) for position, pair in enumerate(pairs) if pair[0] != pair[1]]
        findings.fail_unnamed(checks[column], len(unlike[KEPT_FAILURES:]))
        for position, one, other in unlike[:KEPT_FAILURES]:
            message = f"{column} is {quoted(one)} in the CSV and {quoted(other)} in the Parquet file"
            findings.fail(checks[column], csv.key(position), one, message)


def _keys(name: str, table: pa.Table) -> list[str]:
    columns = [table.column(column).to_pylist() for column in schemas()[name].primary_key]
    return [key_of(cells, position) for position, cells in enumerate(zip(*columns, strict=True))]
