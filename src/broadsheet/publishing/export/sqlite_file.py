"""An SQLite file: tables with keys, links and indexes on them, wide views, and the data dictionary as two tables.

SQLite has neither dates nor decimals nor comments. Dates are ISO texts, booleans 0 and 1. Decimals are numbers if
SQLite stores them exactly, and texts with the same digits if it would round, so their columns have no type.
Descriptions are in ``_tables`` and ``_columns``.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from broadsheet.publishing.export.relations import create_table, load_order, quoted, targets, wide_views
from broadsheet.tables.cells import cell_text
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet.publishing.export.run import Source
    from broadsheet.tables.cells import Cell

TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "", "boolean": "INTEGER", "date": "TEXT"}

ERRORS = (sqlite3.Error,)
"""Raised if the package is invalid or the file cannot be written."""


def write(source: Source, path: Path) -> None:
    """Writes the file."""
    with closing(sqlite3.connect(path)) as database:
        # The links are checked once, at the end: a row may link to one that comes later.
        database.execute("PRAGMA foreign_keys = ON")
        for name in load_order():
            schema = schemas()[name]
            database.execute(create_table(schema, TYPES, deferred=True))
            marks = ", ".join("?" * len(schema.columns))
            for batch in source.batches(name):
                rows = zip(*(map(_stored, column.to_pylist()) for column in batch.columns), strict=True)
                database.executemany(f"INSERT INTO {quoted(name)} VALUES ({marks})", rows)  # noqa: S608
            for key in schema.foreign_keys:
                index = quoted(f"{name}_{key.column}")
                database.execute(f"CREATE INDEX {index} ON {quoted(name)} ({quoted(key.column)})")
        for statement in wide_views():
            database.execute(statement)
        _dictionary(database)
        database.commit()
        database.execute("VACUUM")


def tables_of(path: Path) -> set[str]:
    """The tables of a file."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
        return {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _stored(value: Cell) -> str | int | float | None:
    match value:
        case bool():
            return int(value)
        case Decimal():
            exact = float(value)
            return exact if Decimal(repr(exact)) == value else cell_text(value)
        case date():
            return value.isoformat()
    return value


def _dictionary(database: sqlite3.Connection) -> None:
    database.execute("CREATE TABLE _tables (name TEXT PRIMARY KEY, title TEXT, description TEXT)")
    database.execute(
        "CREATE TABLE _columns (table_name TEXT REFERENCES _tables (name), name TEXT, title TEXT, description TEXT,"
        " type TEXT, links_to TEXT, PRIMARY KEY (table_name, name))"
    )
    for schema in schemas().values():
        database.execute("INSERT INTO _tables VALUES (?, ?, ?)", (schema.name, schema.title, schema.description))
        links = targets(schema)
        rows = [(schema.name, f.name, f.title, f.description, f.type, links.get(f.name)) for f in schema.fields]
        database.executemany("INSERT INTO _columns VALUES (?, ?, ?, ?, ?, ?)", rows)
