"""Databases, each opened by its own program: types, keys, links, comments and every cell are those of the Parquet."""

from __future__ import annotations

import asyncio
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import needs
import pytest
from readers import decoded, from_sqlite, queried, sort, wanted

from broadsheet.publishing.export.relations import wide_selects
from broadsheet.tables.schema import TABLES, schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Exported = Callable[[Path, str], Path]

WIDE = [name for name, _ in wide_selects()]
LINKS = sorted(
    (name, key.column, key.target_table, key.target_column) for name in TABLES for key in schema(name).foreign_keys
)


@contextmanager
def hyper(path: Path) -> Iterator[Any]:
    """A connection of Tableau's engine to an extract."""
    api = needs.module("tableauhyperapi")
    with (
        api.HyperProcess(api.Telemetry.DO_NOT_SEND_USAGE_DATA_TO_TABLEAU, parameters={"log_config": ""}) as engine,
        api.Connection(engine.endpoint, path) as connection,
    ):
        yield connection


def hyper_rows(connection: Any, query: str) -> list[list[Any]]:
    """What Hyper answers, with days of Python's."""
    api = needs.module("tableauhyperapi")
    rows = connection.execute_list_query(query)
    return [[cell.to_date() if isinstance(cell, api.Date) else cell for cell in row] for row in rows]


def types(**kinds: str) -> dict[tuple[str, str], str]:
    """Table and column to the type that a database should say; that of numbers has places for precision and scale."""
    return {
        (name, field.name): kinds[field.type].format(*(field.decimal or ()))
        for name in TABLES
        for field in schema(name).fields
    }


def test_duckdb(package: Path, exported: Exported) -> None:
    """DuckDB has the types, the cells, and the sums as exact decimals."""
    duckdb = needs.module("duckdb")
    with duckdb.connect(str(exported(package, "duckdb")), read_only=True) as database:
        listed = database.sql(
            "SELECT c.table_name, column_name, data_type FROM duckdb_columns() c JOIN duckdb_tables() USING (table_oid)"
        ).fetchall()
        kinds = types(string="VARCHAR", integer="BIGINT", number="DECIMAL({},{})", boolean="BOOLEAN", date="DATE")
        assert {(table, column): kind for table, column, kind in listed} == kinds
        assert queried(lambda query: database.sql(query).fetchall()) == wanted(package)
        places = schema("financial_figures").columns.index("amount")
        total = sum((row[places] for row in wanted(package)["financial_figures"]), Decimal())
        assert database.sql("SELECT sum(amount) FROM financial_figures").fetchall() == [(total,)]


def test_duckdb_keys_and_comments(package: Path, exported: Exported) -> None:
    """Keys and links to other tables are constraints; those within a table stand in the comment."""
    duckdb = needs.module("duckdb")
    with duckdb.connect(str(exported(package, "duckdb")), read_only=True) as database:
        keys = database.sql(
            "SELECT table_name, constraint_column_names FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY'"
        ).fetchall()
        assert dict(keys) == {name: list(schema(name).primary_key) for name in TABLES}
        links = database.sql(
            "SELECT table_name, constraint_column_names[1], referenced_table, referenced_column_names[1]"
            " FROM duckdb_constraints() WHERE constraint_type = 'FOREIGN KEY' ORDER BY ALL"
        ).fetchall()
        assert links == [link for link in LINKS if link[0] != link[2]]
        comments = dict(
            database.sql("SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'tariffs'").fetchall()
        )
        assert comments["retaliates_for_id"].endswith("→ tariffs.tariff_id")
        assert all(comments.values())


def test_sqlite(package: Path, exported: Exported) -> None:
    """SQLite has every cell, as text or number of the same digits, and no broken link."""
    path = exported(package, "sqlite")
    assert from_sqlite(path) == wanted(package)
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        links = []
        for name in TABLES:
            links += [(name, row[3], row[2], row[4]) for row in database.execute(f'PRAGMA foreign_key_list("{name}")')]
            keys = [row for row in database.execute(f'PRAGMA table_info("{name}")') if row[5]]
            assert [row[1] for row in sorted(keys, key=lambda row: row[5])] == list(schema(name).primary_key)
        assert sorted(links) == LINKS
        listed = {(row[0], row[1]): row[3] for row in database.execute("SELECT * FROM _columns")}
        assert listed == {(name, field.name): field.description for name in TABLES for field in schema(name).fields}


def test_datasette(package: Path, exported: Exported) -> None:
    """Datasette serves all rows as JSON, with links and views."""
    app = needs.module("datasette.app")
    path = exported(package, "sqlite")

    async def served() -> tuple[dict[str, Any], dict[str, Any]]:
        site = app.Datasette([str(path)], settings={"max_returned_rows": 10_000})
        found = {}
        for name in TABLES:
            response = await site.client.get(f"/{path.stem}/{name}.json?_shape=array&_size=max")
            assert response.status_code == 200
            columns = schema(name).columns
            found[name] = sort(name, [tuple(row[column] for column in columns) for row in response.json()])
        return found, (await site.client.get(f"/{path.stem}.json")).json()

    with ThreadPoolExecutor(1) as thread:  # the browser of other tests may keep a loop running in this one
        raw, listing = thread.submit(asyncio.run, served()).result()
    assert decoded(raw) == wanted(package)
    assert {view["name"] for view in listing["views"]} == set(WIDE)
    outgoing = {table["name"]: table["foreign_keys"]["outgoing"] for table in listing["tables"]}
    listed = [(n, k["column"], k["other_table"], k["other_column"]) for n in TABLES for k in outgoing[n]]
    assert sorted(listed) == LINKS


def test_hyper(package: Path, exported: Exported) -> None:
    """Tableau's engine has the types, 28 digits with 4 after the point, and every cell."""
    path = exported(package, "hyper")
    # "Hyper", and after three words the version of the format.
    assert path.read_bytes()[:5] + path.read_bytes()[10:12] == b"Hyper\4\0"
    with hyper(path) as database:
        listed = {
            (name, column.name.unescaped): str(column.type)
            for name in TABLES
            for column in database.catalog.get_table_definition(name).columns
        }
        assert listed == types(string="TEXT", integer="BIG_INT", number="NUMERIC({}, {})", boolean="BOOL", date="DATE")
        assert queried(lambda query: hyper_rows(database, query)) == wanted(package)


def test_hyper_keys_and_comments(package: Path, exported: Exported) -> None:
    """All keys and links are assumed constraints of the extract, and columns have their comments."""
    with hyper(exported(package, "hyper")) as database:
        names = {oid: name for name, oid in hyper_rows(database, "SELECT relname, oid FROM pg_class")}
        constraints = hyper_rows(database, "SELECT conrelid, contype, confrelid FROM pg_constraint")
        assert sorted(names[table] for table, kind, _ in constraints if kind == "p") == sorted(TABLES)
        links = sorted((names[table], names[target]) for table, kind, target in constraints if kind == "f")
        assert links == sorted((link[0], link[2]) for link in LINKS)
        comments = hyper_rows(database, "SELECT objoid, description FROM pg_description")
        listed = sorted(text for oid, text in comments if names[oid] in TABLES)
        assert len(listed) == sum(len(schema(name).columns) for name in TABLES)
        assert sum("→" in text for text in listed) >= len(LINKS)


@pytest.mark.parametrize("to", ["duckdb", "sqlite", "hyper"])
def test_wide_forms(package: Path, exported: Exported, to: str) -> None:
    """Each wide view or table has the rows of its table, and the names that pandas gives with ``wide=True``."""
    from broadsheet.publishing import read_package
    from broadsheet.tables.wide import wide_columns, widen

    frames = read_package(package).frames
    with asked(to, exported(package, to)) as ask:
        for table in TABLES:
            columns = wide_columns(table)
            if not columns:
                continue
            shown = [schema(table).primary_key[0], *(c.name for c in columns if c.target_column != "published_on")]
            frame = widen(table, frames)[shown].astype(object)
            expected = frame.where(frame.notna(), None).itertuples(index=False, name=None)
            found = ask(f"SELECT {', '.join(shown)} FROM {table}_wide")
            assert sorted(str(tuple(row)) for row in found) == sorted(map(str, expected))


@contextmanager
def asked(to: str, path: Path) -> Iterator[Callable[[str], Any]]:
    """What answers queries on an exported file."""
    if to == "hyper":
        with hyper(path) as database:
            yield lambda query: hyper_rows(database, query)
    elif to == "sqlite":
        with closing(sqlite3.connect(path)) as lite:
            yield lambda query: lite.execute(query).fetchall()
    else:
        with needs.module("duckdb").connect(str(path), read_only=True) as duck:
            yield lambda query: duck.sql(query).fetchall()
