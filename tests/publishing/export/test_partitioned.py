"""Exports, comparisons and citations of partitioned packages: those of the same tables in the other layout."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import needs
import pyarrow as pa
import pytest
from readers import from_sqlite, queried, wanted

from broadsheet import extract
from broadsheet.cli import main
from broadsheet.publishing import write_package, write_partitioned
from broadsheet.publishing.export import export
from broadsheet.publishing.export.run import read_source
from broadsheet.publishing.release import compare, read_snapshot
from broadsheet.tables.schema import TABLES

ARTICLES = sorted((Path(__file__).parents[2] / "articles").glob("*.txt"))


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same tables in one file each, and in four parts."""
    folder, tables = tmp_path_factory.mktemp("layouts"), extract(ARTICLES)
    return write_package(tables, folder / "single").parent, write_partitioned(tables, folder / "parts", parts=4).parent


def test_sqlite(packages: tuple[Path, Path], tmp_path: Path) -> None:
    """SQLite gets the rows of all parts, with their keys and links."""
    single, parts = packages
    assert from_sqlite(export(parts, "sqlite", tmp_path / "p.sqlite")) == wanted(single)


def test_duckdb(packages: tuple[Path, Path], tmp_path: Path) -> None:
    """DuckDB gets the rows of all parts, and checks each link as they come."""
    duckdb = needs.module("duckdb")
    single, parts = packages
    with duckdb.connect(str(export(parts, "duckdb", tmp_path / "p.duckdb"))) as database:
        assert queried(lambda query: database.execute(query).fetchall()) == wanted(single)


def test_hyper(packages: tuple[Path, Path], tmp_path: Path) -> None:
    """Tableau's engine reads each part itself."""
    api = needs.module("tableauhyperapi")
    single, parts = packages
    path = export(parts, "hyper", tmp_path / "p.hyper")
    with (
        api.HyperProcess(api.Telemetry.DO_NOT_SEND_USAGE_DATA_TO_TABLEAU, parameters={"log_config": ""}) as engine,
        api.Connection(engine.endpoint, path) as connection,
    ):
        counts = {name: connection.execute_scalar_query(f'SELECT COUNT(*) FROM "{name}"') for name in TABLES}
    assert counts == {name: len(rows) for name, rows in wanted(single).items()}


def test_csv_for_excel(packages: tuple[Path, Path], tmp_path: Path) -> None:
    """A CSV for Excel has one header and the rows of all parts."""
    folders = [export(package, "csv-excel", tmp_path / package.name) for package in packages]
    for name in TABLES:
        texts = [(folder / f"{name}.not-canonical.csv").read_text(encoding="utf-8-sig") for folder in folders]
        one, other = (list(csv.reader(io.StringIO(text, newline=""))) for text in texts)
        assert other[0] == one[0]
        assert sorted(other[1:]) == sorted(one[1:])


def test_read_in_batches(packages: tuple[Path, Path]) -> None:
    """What exports read comes part by part, with the types of the schema."""
    single, parts = map(read_source, packages)
    for name in TABLES:
        assert parts.rows(name) == single.rows(name)
        batches = list(parts.batches(name, 7))
        assert max((batch.num_rows for batch in batches), default=0) <= 7
        assert sum(batch.num_rows for batch in batches) == parts.rows(name)
        assert isinstance(parts.reader(name), pa.RecordBatchReader)


def test_compared(packages: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """Between the two layouts of the same tables there is no difference of rows or cells."""
    one, other = map(read_snapshot, packages)
    assert {name: len(table) for name, table in one.tables.items()} == {n: len(t) for n, t in other.tables.items()}
    assert not compare(one, other).rows
    assert not compare(one, other).columns
    assert main(["diff", *map(str, packages)]) == 0
    capsys.readouterr()


def test_cited(packages: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """A row of a part is cited as a row of the table."""
    single, parts = packages
    key = read_snapshot(single).tables["quotes"].cell("quote_id", 0)
    printed = []
    for folder in (single, parts):
        assert main(["cite", "--package", str(folder), "--row", key]) == 0
        printed.append(capsys.readouterr().out)
    assert key in printed[1]
    assert printed[0].count("\n") == printed[1].count("\n")
