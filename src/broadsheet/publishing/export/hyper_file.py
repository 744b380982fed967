"""A Hyper extract for Tableau: typed tables with keys, links and comments, and wide tables.

The file has format version 4, whose decimals are wide enough; Tableau 2024.3 and newer open it. Hyper enforces no keys:
they are assumed constraints, which its optimiser and readers of its catalogue use. It has no views, so the wide forms
are tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tableauhyperapi import Connection, CreateMode, HyperException, HyperProcess, Telemetry

from broadsheet.publishing.export.relations import (
    comments,
    foreign_key,
    literal,
    load_order,
    quoted,
    sql_type,
    wide_comments,
    wide_selects,
)
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from broadsheet.publishing.export.run import Source
    from broadsheet.tables.schema import TableSchema

TYPES = {
    "string": "TEXT",
    "integer": "BIGINT",
    "number": "NUMERIC({precision}, {scale})",
    "boolean": "BOOLEAN",
    "date": "DATE",
}
PROCESS = {"default_database_version": "4", "log_config": ""}
"""Parameters of the engine: the format version, and no log in the working folder."""
ERRORS = (HyperException,)
"""Raised if the package is invalid or the file cannot be written."""


def write(source: Source, path: Path) -> None:
    """Writes the file."""
    with (
        HyperProcess(Telemetry.DO_NOT_SEND_USAGE_DATA_TO_TABLEAU, parameters=PROCESS) as engine,
        Connection(engine.endpoint, path, CreateMode.CREATE) as database,
    ):
        for statement in _statements(source):
            database.execute_command(statement)


def tables_of(path: Path) -> set[str]:
    """The tables of a file."""
    with (
        HyperProcess(Telemetry.DO_NOT_SEND_USAGE_DATA_TO_TABLEAU, parameters=PROCESS) as engine,
        Connection(engine.endpoint, path) as database,
    ):
        return {table.name.unescaped for table in database.catalog.get_table_names("public")}


def _statements(source: Source) -> Iterator[str]:
    for name in load_order():
        schema = schemas()[name]
        columns = ", ".join(map(quoted, schema.columns))
        yield _create_table(schema)
        for path in source.paths(name):
            parquet = literal(str(path.resolve()))
            yield f"INSERT INTO {quoted(name)} SELECT {columns} FROM external({parquet}, FORMAT => 'parquet')"  # noqa: S608
        for key in schema.foreign_keys:
            yield f"ALTER TABLE {quoted(name)} ADD ASSUMED {foreign_key(key)}"
        yield from comments(schema)
    for name, select in wide_selects():
        yield f"CREATE TABLE {quoted(name)} AS {select}"
    yield from wide_comments()


def _create_table(schema: TableSchema) -> str:
    lines = [
        f"{quoted(field.name)} {sql_type(field, TYPES)}{' NOT NULL' if field.required else ''}"
        for field in schema.fields
    ]
    lines.append(f"ASSUMED PRIMARY KEY ({', '.join(map(quoted, schema.primary_key))})")
    return f"CREATE TABLE {quoted(schema.name)} ({', '.join(lines)})"
