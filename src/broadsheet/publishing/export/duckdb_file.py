"""A DuckDB file: typed tables with keys, links and comments, and wide views.

DuckDB checks a link when its row is inserted, so that a row cannot link to itself or to a later row of its table. Links
of a table to itself are therefore told in the column's comment and used by the views, and are no constraints.
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
"""What goes wrong where the package breaks its own rules, or the file cannot be written."""


def write(source: Source, path: Path) -> None:
    """Writes the file."""
    with duckdb.connect() as database:
        # Small blocks: with the default ones, a hundred columns of a few rows take 12 MB.
        database.execute(f"ATTACH {literal(str(path))} AS package (BLOCK_SIZE 16384)")
        database.execute("USE package")
        for name in load_order():
            schema = schemas()[name]
            database.execute(create_table(schema, TYPES, self_links=False))
            # Not by read_parquet: it takes brackets and stars in a path for a pattern.
            database.register("source", source.reader(name))
            database.execute(f"INSERT INTO {quoted(name)} SELECT * FROM source")  # noqa: S608
            database.unregister("source")
            database.execute(f"COMMENT ON TABLE {quoted(name)} IS {literal(schema.description)}")
            for column, told in comments(schema):
                database.execute(f"COMMENT ON COLUMN {quoted(name)}.{quoted(column)} IS {literal(told)}")
        for _, statement in wide_views():
            database.execute(statement)
        database.execute("CHECKPOINT package")


def tables_of(path: Path) -> set[str]:
    """The tables of a file."""
    with duckdb.connect(str(path), read_only=True) as database:
        return {name for (name,) in database.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
