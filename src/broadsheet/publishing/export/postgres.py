"""The statements that create the tables in PostgreSQL.

The tables are in a schema named after the package, with keys, links, indexes, comments and wide views. Links within one
table are checked at the end of a transaction, so rows can be written in any order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.publishing.export.relations import (
    comments,
    create_table,
    foreign_key,
    literal,
    load_order,
    quoted,
    wide_comments,
    wide_selects,
    wide_views,
)
from broadsheet.tables.schema import TABLES, schemas

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
"""How the comment of an exported schema begins; other schemas are left alone."""


def schema_name(source: Source) -> str:
    """The PostgreSQL schema of the tables: the package's name."""
    return str(source.descriptor.get("name"))


def statements_before(source: Source) -> Iterator[str]:
    """What to run before loading the rows: the old tables are dropped, the new ones created."""
    schema = quoted(schema_name(source))
    yield "SET LOCAL client_min_messages TO warning"
    yield f"CREATE SCHEMA IF NOT EXISTS {schema}"
    yield f"SET LOCAL search_path TO {schema}"
    yield _guard(source)
    # Without CASCADE, which would drop the user's own views of these tables.
    views = ", ".join(f"{schema}.{quoted(name)}" for name, _ in wide_selects())
    tables = ", ".join(f"{schema}.{quoted(name)}" for name in TABLES)
    yield f"DROP VIEW IF EXISTS {views}"
    yield f"DROP TABLE IF EXISTS {tables}"
    yield f"COMMENT ON SCHEMA {schema} IS {literal(f'{MARK}: {source.title}')}"
    for name in load_order():
        yield create_table(schemas()[name], TYPES, links=False)
        yield f"COMMENT ON TABLE {quoted(name)} IS {literal(schemas()[name].description)}"
        yield from comments(schemas()[name])


def _guard(source: Source) -> str:
    """Fails if a schema of that name has tables that no export wrote."""
    name = literal(schema_name(source))
    return f"""\
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_class WHERE relnamespace = to_regnamespace(quote_ident({name})))
    AND coalesce(obj_description(to_regnamespace(quote_ident({name})), 'pg_namespace'), '') NOT LIKE '{MARK}%'
  THEN RAISE EXCEPTION 'the schema holds tables that were not written by broadsheet export';
  END IF;
END $$"""


def statements_after() -> Iterator[str]:
    """What to run after loading the rows: links are checked in one pass, indexes and views created."""
    for name in load_order():
        for key in schemas()[name].foreign_keys:
            later = " DEFERRABLE INITIALLY DEFERRED" if key.target_table == name else ""
            yield f"ALTER TABLE {quoted(name)} ADD {foreign_key(key)}{later}"
            yield f"CREATE INDEX ON {quoted(name)} ({quoted(key.column)})"
    yield from wide_views()
    yield from wide_comments()
    yield from (f"ANALYZE {quoted(name)}" for name in TABLES)


def columns_of(table: str) -> str:
    """Table and columns in the syntax of COPY."""
    return f"{quoted(table)} ({', '.join(map(quoted, schemas()[table].columns))})"
