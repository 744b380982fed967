"""PostgreSQL, a real server: the folder loaded by psql, and straight into the database."""

from __future__ import annotations

import signal
import subprocess
import sys
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import needs
import pytest
from readers import queried, wanted

from broadsheet.base.errors import InputError
from broadsheet.publishing.export import export_database
from broadsheet.publishing.export.relations import wide_selects
from broadsheet.publishing.package import read_descriptor
from broadsheet.tables.schema import TABLES, schema
from conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TYPES = {"string": "text", "integer": "bigint", "number": "numeric({},{})", "boolean": "boolean", "date": "date"}


@pytest.fixture
def database(postgres: str) -> Iterator[str]:
    """The address of an empty database."""
    run(postgres, "CREATE DATABASE desk")
    yield postgres.replace("/postgres?", "/desk?")
    run(postgres, "DROP DATABASE desk WITH (FORCE)")


def run(address: str, statement: str, schema_name: str = "public") -> list[tuple[Any, ...]]:
    """The rows that a statement gives."""
    psycopg = needs.module("psycopg")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'SET search_path TO "{schema_name}"')
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def psql(address: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Loads a folder."""
    program = needs.program("psql", "usr/lib/postgresql/*/bin")
    command = [program, "-q", "-d", address, "-f", "load.sql"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(params=["psql", "straight"])
def load(request: pytest.FixtureRequest, exported: Callable[[Path, str], Path]) -> Callable[[Path, str], None]:
    """One of the two ways into a database."""

    def loaded(package: Path, address: str) -> None:
        if request.param == "straight":
            export_database(package, address)
            return
        done = psql(address, exported(package, "postgres"))
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")

    return loaded


def test_types_cells_keys_and_comments(package: Path, database: str, load: Callable[[Path, str], None]) -> None:
    """All that the package says is in the database, exact decimals, nulls and empty tables among it."""
    name = read_descriptor(package)["name"]
    load(package, database)
    assert queried(lambda query: run(database, query, name)) == wanted(package)
    described = run(
        database,
        "SELECT relname, attname, format_type(atttypid, atttypmod), attnotnull, col_description(attrelid, attnum)"
        " FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
        f" WHERE relnamespace = '\"{name}\"'::regnamespace AND relkind = 'r' AND attnum > 0",
    )
    assert {(table, column): (kind, full) for table, column, kind, full, _ in described} == {
        (table, field.name): (TYPES[field.type].format(*(field.decimal or ())), field.required)
        for table in TABLES
        for field in schema(table).fields
    }
    comments = {(table, column): comment for table, column, _, _, comment in described}
    assert all(comments.values())
    assert comments["quotes", "utterance_id"].endswith("→ quotes.quote_id")
    keys = run(
        database,
        "SELECT conrelid::regclass::text, contype, confrelid::regclass::text, condeferred FROM pg_constraint"
        f" WHERE connamespace = '\"{name}\"'::regnamespace AND contype IN ('p', 'f')",
        name,
    )
    assert sorted(table for table, kind, _, _ in keys if kind == "p") == sorted(TABLES)
    assert sorted(key[::2] + key[3:] for key in keys if key[1] == "f") == sorted(
        (table, link.target_table, link.target_table == table)
        for table in TABLES
        for link in schema(table).foreign_keys
    )
    views = {row[0] for row in run(database, f"SELECT viewname FROM pg_views WHERE schemaname = '{name}'")}
    assert views == {view for view, _ in wide_selects()}
    amounts = [row[schema("financial_figures").columns.index("amount")] for row in wanted(package)["financial_figures"]]
    assert run(database, "SELECT sum(amount) FROM financial_figures_wide", name) == [(sum(amounts, Decimal()),)]


def test_loading_again_replaces_and_leaves_the_rest(
    package: Path, database: str, load: Callable[[Path, str], None]
) -> None:
    """Rows of the load before go; what else is in the database stays."""
    name = read_descriptor(package)["name"]
    run(database, "CREATE TABLE quotes (mine text)")
    load(package, database)
    run(database, "DELETE FROM evidence", name)
    run(database, "INSERT INTO countries VALUES ('XXX', 'Nowhere', 'XX', 'Europe')", name)
    load(package, database)
    assert queried(lambda query: run(database, query, name)) == wanted(package)
    assert run(database, "SELECT * FROM quotes") == []


def test_a_schema_of_others_is_left_alone(hard: Path, database: str) -> None:
    """Tables that no export wrote are not replaced, and a view that reads ours keeps them from it."""
    run(database, "CREATE SCHEMA hard; CREATE TABLE hard.quotes (mine text)")
    with pytest.raises(InputError, match="holds tables that were not written by broadsheet"):
        export_database(hard, database)
    assert run(database, "SELECT count(*) FROM hard.quotes") == [(0,)]
    run(database, "DROP SCHEMA hard CASCADE")
    export_database(hard, database)
    run(database, "CREATE VIEW mine AS SELECT * FROM hard.quotes")
    with pytest.raises(InputError, match=r"refuses \(cannot drop .* depend on them"):
        export_database(hard, database)
    assert queried(lambda query: run(database, query, "hard")) == wanted(hard)


def test_no_password_is_told() -> None:
    """A server that does not answer is named without the password."""
    needs.module("psycopg")
    with pytest.raises(InputError, match="cannot be reached") as caught:
        export_database(ROOT, "postgresql://desk:hunter2@127.0.0.1:1/desk")
    assert "hunter2" not in str(caught.value)


DYING = """
import os, signal, sys
from pathlib import Path
import psycopg
from broadsheet.publishing.export import export_database

count, last = 0, int(sys.argv[3])

def counted(method):
    def call(*given, **named):
        global count
        count += 1
        if count == last:
            os.kill(os.getpid(), signal.SIGKILL)
        return method(*given, **named)
    return call

for owner, name in (psycopg.Cursor, "execute"), (psycopg.Copy, "write_row"), (psycopg.Connection, "commit"):
    setattr(owner, name, counted(getattr(owner, name)))
export_database(Path(sys.argv[1]), sys.argv[2])
print(count)
"""


def test_a_killed_load_leaves_the_old_tables(hard: Path, database: str) -> None:
    """One transaction: killed at any statement, the commit included, readers see the old tables."""

    def load(last: int) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", DYING, str(hard), database, str(last)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    steps = int(load(0).stdout)
    run(database, "DELETE FROM evidence", "hard")
    run(database, "INSERT INTO countries VALUES ('OLD', 'Old', 'OL', 'Europe')", "hard")
    old = queried(lambda query: run(database, query, "hard"))
    for step in (2, steps // 2, steps):
        assert load(step).returncode == -signal.SIGKILL
        assert queried(lambda query: run(database, query, "hard")) == old
    assert load(0).returncode == 0
    assert queried(lambda query: run(database, query, "hard")) == wanted(hard)
