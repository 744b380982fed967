"""Ring 2: the Parquet file of a table has the schema that is derived, and says what the CSV says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from broadsheet.tables.arrow import arrow_schema
from broadsheet.tables.schema import schemas
from broadsheet.validate.report import Ring, shown
from broadsheet.validate.rows import key_of

if TYPE_CHECKING:
    import pyarrow as pa

    from broadsheet.validate.csv_tables import CsvTable
    from broadsheet.validate.report import Findings


def check_parquet(findings: Findings, name: str, content: bytes, csv: CsvTable | None) -> pa.Table | None:
    """Notes what is wrong with the Parquet file of a table.

    Args:
        findings: Where failures go.
        name: The table.
        content: The file.
        csv: What the CSV has; None where it could not be read, and nothing can be compared.

    Returns:
        The table, with the columns of the schema; None where the file cannot be read or has other columns.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    readable = findings.check(Ring.PARQUET, name, "parquet_read", f"data/{name}.parquet is a Parquet file")
    count = findings.check(Ring.PARQUET, name, "row_count", "CSV and Parquet have the same number of rows")
    try:
        file = pq.ParquetFile(pa.BufferReader(content))
        _check_schema(findings, name, file.schema_arrow)
        rows = file.metadata.num_rows
        if csv is not None and rows != len(csv.rows):
            findings.fail(count, value=rows, message=f"the Parquet file has {rows} rows and the CSV {len(csv.rows)}")
            if rows > 2 * len(csv.rows) + 1000:  # a few bytes can say that they are billions of rows
                return None
        table = file.read()
        table.validate(full=True)
        if set(arrow_schema(name).names) <= set(table.column_names):
            ours = _ours(name, table)
        else:
            return None
    except (pa.ArrowException, OSError, ValueError, KeyError, OverflowError, MemoryError) as error:
        findings.fail(readable, message=f"data/{name}.parquet cannot be read: {' '.join(str(error).split())[:150]}")
        return None
    if csv is not None:
        _compare(findings, name, csv, ours)
    return ours


def _ours(name: str, table: pa.Table) -> pa.Table:
    """The columns of the schema, as they are of its types, null where a column is of another type."""
    import pyarrow as pa

    fields = [field.with_nullable(True) for field in arrow_schema(name)]
    columns = [
        table.column(f.name) if table.schema.field(f.name).type == f.type else pa.nulls(table.num_rows, f.type)
        for f in fields
    ]
    return pa.Table.from_arrays(columns, schema=pa.schema(fields))


def _check_schema(findings: Findings, name: str, found: pa.Schema) -> None:
    wanted = arrow_schema(name)
    columns = findings.check(Ring.PARQUET, name, "columns", "the columns are those of the schema, in its order")
    if found.names != wanted.names:
        findings.fail(columns, value=", ".join(found.names), message=f"the columns are {', '.join(found.names)[:300]}")
    for field in wanted:
        kind = findings.check(Ring.PARQUET, name, "type", f"{field.name} is {field.type}", [field.name])
        nulls = findings.check(
            Ring.PARQUET, name, "null_flag", f"{field.name} may {'' if field.nullable else 'not '}be null", [field.name]
        )
        text = findings.check(
            Ring.PARQUET, name, "column_metadata", f"{field.name} carries its title and description", [field.name]
        )
        places = found.get_all_field_indices(field.name)
        if len(places) != 1:
            continue
        other = found.field(places[0])
        if other.type != field.type:
            findings.fail(kind, value=str(other.type), message=f"{field.name} is {other.type}, not {field.type}")
        if other.nullable != field.nullable:
            findings.fail(
                nulls, value=other.nullable, message=f"{field.name} may {'' if other.nullable else 'not '}be null"
            )
        if _says(field.metadata) != (
            own := {k: v for k, v in _says(other.metadata).items() if k in _says(field.metadata)}
        ):
            findings.fail(
                text, value=own.get("description"), message=f"{field.name} carries another title or description"
            )
    metadata = findings.check(Ring.PARQUET, name, "metadata", "the file names its table, key and links")
    for key, value in _says(wanted.metadata).items():
        if (other := _says(found.metadata).get(key)) != value:
            findings.fail(
                metadata, value=other, message=f"its metadata say {key} is {str(other)[:80]}, not {value[:80]}"
            )
    pandas = findings.check(Ring.PARQUET, name, "pandas_metadata", "the file tells pandas the dtypes of its columns")
    if not _dtypes_told(found, wanted):
        findings.fail(pandas)


def _says(metadata: dict[bytes, bytes] | None) -> dict[str, str]:
    pairs = (metadata or {}).items()
    return {key.decode(errors="replace"): value.decode(errors="replace") for key, value in pairs}


_DTYPES = {"int64": "Int64", "bool": "boolean", "date32[day]": "date32[day][pyarrow]"}
"""Arrow type to the dtype that a plain ``pd.read_parquet`` must be told of, where its own choice is another."""


def _dtypes_told(found: pa.Schema, wanted: pa.Schema) -> bool:
    try:
        said: Any = json.loads(_says(found.metadata).get("pandas", "null"))
        told = {column["name"]: column["numpy_type"] for column in said["columns"]}
    except (ValueError, TypeError, KeyError, RecursionError):
        return False
    return all(told.get(f.name) == _DTYPES[str(f.type)] for f in wanted if str(f.type) in _DTYPES) and all(
        name in told for name in wanted.names
    )


def _compare(findings: Findings, name: str, csv: CsvTable, table: pa.Table) -> None:
    """Notes each cell that the two files do not have alike, and each row that one of them lacks."""
    same = findings.check(Ring.PARQUET, name, "same_rows", "CSV and Parquet have the same rows")
    checks = {
        field.name: findings.check(
            Ring.PARQUET, name, "same_cells", f"{field.name} is the same in CSV and Parquet", [field.name]
        )
        for field in table.schema
    }
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
        for position, (one, other) in enumerate(pairs):
            if one != other:
                message = f"{column} is {shown(one)} in the CSV and {shown(other)} in the Parquet file"
                findings.fail(checks[column], csv.key(position), one, message)


def _keys(name: str, table: pa.Table) -> list[str]:
    columns = [table.column(column).to_pylist() for column in schemas()[name].primary_key]
    return [key_of(cells, position) for position, cells in enumerate(zip(*columns, strict=True))]
