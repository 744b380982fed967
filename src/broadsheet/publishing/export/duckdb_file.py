"""A DuckDB file: typed tables with keys, links and comments, and wide views.

DuckDB checks a foreign key when its row is inserted, so a row cannot link to itself or to a later row of its table.
Links of a table to itself are therefore not constraints; the column's comment states them, and the views use them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from broadsheet.publishing.export.relations import comments, create_table, literal, load_order, quoted, wide_views
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet.publishing.export.run import Source

TYPES = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DECIMAL({precision}, {scale})",
    "boolean": "BOOLEAN",
    "date": "DATE",
}
ERRORS = (duckdb.Error,)
"""Raised if the package is invalid or the file cannot be written."""


def write(source: Source, path: Path) -> None:
    """Writes the file."""
    with duckdb.connect() as database:
        # With blocks of the default size, a hundred columns of a few rows take 12 MB.
        database.execute(f"ATTACH {literal(str(path))} AS package (BLOCK_SIZE 16384)")
        database.execute("USE package")
        for name in load_order():
            schema = schemas()[name]
            database.execute(create_table(schema, TYPES, self_links=False))
            # Not read_parquet: it treats brackets and asterisks in a path as a pattern.
            database.register("source", source.reader(name))
            database.execute(f"INSERT INTO {quoted(name)} SELECT * FROM source")  # noqa: S608
            database.unregister("source")
            database.execute(f"COMMENT ON TABLE {quoted(name)} IS {literal(schema.description)}")
            for statement in comments(schema):
                database.execute(statement)
        for statement in wide_views():
            database.execute(statement)
        database.execute("CHECKPOINT package")


def tables_of(path: Path) -> set[str]:
    """The tables of a file."""
    with duckdb.connect(str(path), read_only=True) as database:
        return {name for (name,) in database.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
