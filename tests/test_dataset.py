"""The published dataset at the repository's root."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

import broadsheet
from broadsheet.metadata import METADATA
from broadsheet.tables.schema import TABLES, schema
from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def test_rebuilt_to_the_byte(shared: Path, tmp_path: Path) -> None:
    """The package is what `broadsheet build` makes of the source article, byte for byte."""
    out = tmp_path / "package"
    command = [sys.executable, "-m", "broadsheet", "build", "--quiet", "--out", str(out)]
    subprocess.run([*command, str(shared / "source" / "article.txt")], check=True)
    built = {p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()}
    assert len(built) == 1 + 3 * len(TABLES) + len(METADATA)
    different = [path for path in sorted(built) if (out / path).read_bytes() != (ROOT / path).read_bytes()]
    assert different == []


def test_frictionless_calls_it_valid() -> None:
    """`frictionless validate datapackage.json`, the public tool, reports valid."""
    run = subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", "datapackage.json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout


def test_load_gives_all_tables() -> None:
    """`load()` gives every table, from any folder."""
    tables = broadsheet.load()
    assert list(tables) == list(TABLES)
    assert all(len(tables[name]) for name in ("articles", "actors", "quotes", "events", "tariffs"))


@pytest.mark.parametrize(
    ("table", "column", "kind"),
    [
        ("financial_figures", "amount", Decimal),
        ("articles", "published_on", date),
        ("quotes", "text", str),
        ("tariffs", "is_retaliation", bool),
    ],
)
def test_cells_are_python_values(table: str, column: str, kind: type) -> None:
    """Cells come as decimals, dates, texts and booleans, never as floats."""
    value = broadsheet.load(table)[column].dropna().iloc[0]
    assert isinstance(value, kind) or (kind is bool and value in (True, False))


@pytest.mark.parametrize("table", TABLES)
def test_columns_are_those_of_the_schema(table: str) -> None:
    """`load("quotes")` has the columns of the schema, in order."""
    assert tuple(broadsheet.load(table).columns) == schema(table).columns


def test_the_dataset_is_valid(shared: Path) -> None:
    """All four rings pass on the published package and its source."""
    run = subprocess.run(
        [sys.executable, "-m", "broadsheet", "validate", str(ROOT), "--source", str(shared / "source" / "article.txt")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_unknown_table_is_named() -> None:
    """Asking for a table that does not exist says which there are."""
    with pytest.raises(KeyError, match="quotes"):
        broadsheet.load("quotations")
