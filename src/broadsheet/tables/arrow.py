"""Arrow schemas, derived from the Table Schemas."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from broadsheet.tables.schema import Field, TableSchema, schema

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa

    from broadsheet.tables.rows import Row


def arrow_type(field: Field) -> pa.DataType:
    """The Arrow type of a column.

    Raises:
        ValueError: If the column's Table Schema type is not one that our schemas use.
    """
    import pyarrow as pa

    match field.type:
        case "string":
            return pa.string()
        case "integer":
            return pa.int64()
        case "number" if field.decimal is not None:
            return pa.decimal128(*field.decimal)
        case "boolean":
            return pa.bool_()
        case "date":
            return pa.date32()
    raise ValueError(f"column {field.name}: no Arrow type for {field.type}")


@cache
def arrow_schema(table: str) -> pa.Schema:
    """The Arrow schema of a table: types, null flags, descriptions, key and links in the metadata."""
    return derive(schema(table))


def derive(table: TableSchema) -> pa.Schema:
    """The Arrow schema of any Table Schema of ours."""
    import pyarrow as pa

    links = [
        {"column": k.column, "table": k.target_table, "target_column": k.target_column} for k in table.foreign_keys
    ]
    return pa.schema(
        [
            pa.field(
                field.name,
                arrow_type(field),
                nullable=not field.required,
                metadata={"title": field.title, "description": field.description},
            )
            for field in table.fields
        ],
        metadata={
            "table": table.name,
            "title": table.title,
            "description": table.description,
            "primary_key": json.dumps(table.primary_key),
            "foreign_keys": json.dumps(links),
        },
    )


def arrow_table(table: str, rows: Iterable[Row]) -> pa.Table:
    """Rows of a table in Arrow form, in the given order.

    Raises:
        pyarrow.ArrowInvalid: If a cell does not fit its column (a decimal that is too long).
    """
    import pyarrow as pa

    target = arrow_schema(table)
    kept = list(rows)
    columns = [pa.array([getattr(row, name) for row in kept], target.field(name).type) for name in target.names]
    return pa.Table.from_arrays(columns, schema=target)
