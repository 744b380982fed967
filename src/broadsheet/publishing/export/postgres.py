"""The tables in PostgreSQL: the statements that make them, and a way straight into a database.

They stand in a schema of their own, named after the package, with keys, links, indexes, comments and wide views. Links
within one table are checked at the end of a transaction, so that rows can be written in any order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.publishing.export.relations import (
    comments,
    create_table,
    literal,
    load_order,
    quoted,
    wide_name,
    wide_selects,
)
from broadsheet.tables.schema import TABLES, schemas
from broadsheet.tables.wide import wide_columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.publishing.export.run import Source

TYPES = {
    "string": "text",
    "integer": "bigint",
    "number": "numeric({precision}, {scale})",
    "boolean": "boolean",
    "date": "date",
}
MARK = "Written by broadsheet export"
"""How the comment of a schema of ours begins; another one is not touched."""


def schema_name(source: Source) -> str:
    """The PostgreSQL schema that holds the tables: the package's name."""
    return str(source.descriptor.get("name"))


def statements_before(source: Source) -> Iterator[str]:
    """What to run before the rows come: the old tables go, the new ones are made."""
    schema = quoted(schema_name(source))
    yield "SET LOCAL client_min_messages TO warning"
    yield f"CREATE SCHEMA IF NOT EXISTS {schema}"
    yield f"SET LOCAL search_path TO {schema}"
    yield _guard(source)
    # Without CASCADE: a view of the user's that reads one of ours is not ours to drop.
    views = ", ".join(f"{schema}.{quoted(name)}" for name, _ in wide_selects())
    tables = ", ".join(f"{schema}.{quoted(name)}" for name in TABLES)
    yield f"DROP VIEW IF EXISTS {views}"
    yield f"DROP TABLE IF EXISTS {tables}"
    yield f"COMMENT ON SCHEMA {schema} IS {literal(f'{MARK}: {source.title}')}"
    for name in load_order():
        yield create_table(schemas()[name], TYPES, links=False)
        yield f"COMMENT ON TABLE {quoted(name)} IS {literal(schemas()[name].description)}"
        for column, told in comments(schemas()[name]):
            yield f"COMMENT ON COLUMN {quoted(name)}.{quoted(column)} IS {literal(told)}"


def _guard(source: Source) -> str:
    """Stops where a schema of that name has tables and was not made by an export."""
    name = literal(schema_name(source))
    return f"""\
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_class WHERE relnamespace = to_regnamespace(quote_ident({name})))
    AND coalesce(obj_description(to_regnamespace(quote_ident({name})), 'pg_namespace'), '') NOT LIKE '{MARK}%'
  THEN RAISE EXCEPTION 'the schema holds tables that were not written by broadsheet export';
  END IF;
END $$"""


def statements_after() -> Iterator[str]:
    """What to run behind the rows: links are checked in one pass, and indexes and views made."""
    for name in load_order():
        for key in schemas()[name].foreign_keys:
            later = " DEFERRABLE INITIALLY DEFERRED" if key.target_table == name else ""
            target = f"{quoted(key.target_table)} ({quoted(key.target_column)})"
            yield f"ALTER TABLE {quoted(name)} ADD FOREIGN KEY ({quoted(key.column)}) REFERENCES {target}{later}"
            yield f"CREATE INDEX ON {quoted(name)} ({quoted(key.column)})"
    for name, select in wide_selects():
        yield f"CREATE VIEW {quoted(name)} AS {select}"
    for table in TABLES:
        for wide in wide_columns(table):
            told = literal(f"{wide.target_table}.{wide.target_column} of {wide.key}")
            yield f"COMMENT ON COLUMN {quoted(wide_name(table))}.{quoted(wide.name)} IS {told}"
    yield from (f"ANALYZE {quoted(name)}" for name in TABLES)


def columns_of(table: str) -> str:
    """Table and columns as COPY names them."""
    return f"{quoted(table)} ({', '.join(map(quoted, schemas()[table].columns))})"
