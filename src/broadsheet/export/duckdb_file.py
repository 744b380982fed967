"""A DuckDB file: typed tables with keys, links and comments, and wide views.

DuckDB checks a link when its row is inserted, so that a row cannot link to itself or to a later row of its table. Links
of a table to itself are therefore told in the column's comment and used by the views, and are no constraints.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from broadsheet.export.relations import create_table, literal, load_order, quoted, wide_views
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet.export.run import Source

TYPES = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DECIMAL({precision}, {scale})",
    "boolean": "BOOLEAN",
    "date": "DATE",
}


def write(source: Source, path: Path) -> None:
    """Writes the file."""
    with duckdb.connect(str(path)) as database:
        for name in load_order():
            schema = schemas()[name]
            database.execute(create_table(schema, TYPES, self_links=False))
            columns = ", ".join(map(quoted, schema.columns))
            database.execute(
                f"INSERT INTO {quoted(name)} SELECT {columns} FROM read_parquet({literal(str(source.path(name)))})"  # noqa: S608
            )
            database.execute(f"COMMENT ON TABLE {quoted(name)} IS {literal(schema.description)}")
            links = {key.column: f"{key.target_table}.{key.target_column}" for key in schema.foreign_keys}
            for field in schema.fields:
                told = f"{field.description} → {links[field.name]}" if field.name in links else field.description
                database.execute(f"COMMENT ON COLUMN {quoted(name)}.{quoted(field.name)} IS {literal(told)}")
        for _, statement in wide_views():
            database.execute(statement)
        database.execute("CHECKPOINT")
