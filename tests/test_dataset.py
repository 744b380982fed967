"""The published dataset at the repository's root."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

import broadsheet
from broadsheet.cli import main
from broadsheet.publishing.metadata import METADATA
from broadsheet.tables.schema import TABLES, schema
from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def test_rebuilt_to_the_byte(shared: Path, tmp_path: Path) -> None:
    """The package is what `broadsheet build` makes of the source article and the corrections, byte for byte."""
    out = tmp_path / "package"
    said = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    command = ["build", "--quiet", "--out", str(out)]
    command += ["--version", said["version"], "--created", said["created"][:10]]
    command += ["--package-title", said["title"], "--description", said["description"]]
    command += ["--creator", said["contributors"][0]["title"], "--license", said["licenses"][0]["name"]]
    command += ["--curation", str(ROOT / "data" / "curation.toml")]
    assert main([*command, str(shared / "source" / "article.txt")]) == 0
    built = {p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()}
    assert len(built) == 2 + 3 * len(TABLES) + len(METADATA)
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
    """All levels pass on the published package and its source."""
    assert main(["validate", str(ROOT), "--source", str(shared / "source" / "article.txt")]) == 0


def test_the_row_counts_are_those_that_were_reviewed() -> None:
    """A change of counts shows in a file of its own, which a reviewer reads."""
    told = dict(line.split(",") for line in (ROOT / "row-counts.csv").read_text(encoding="utf-8").splitlines()[1:])
    assert told == {name: str(len(broadsheet.load(name))) for name in TABLES}


def test_the_files_agree_on_version_and_day() -> None:
    """`CITATION.cff`, the changelog and `datapackage.json` tell the same release."""
    said = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    version, day = said["version"], said["created"][:10]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f'version: "{version}"\ndate-released: "{day}"' in citation
    assert f"## Data {version} ({day})" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_unknown_table_is_named() -> None:
    """Asking for a table that does not exist says which there are."""
    with pytest.raises(KeyError, match="quotes"):
        broadsheet.load("quotations")
