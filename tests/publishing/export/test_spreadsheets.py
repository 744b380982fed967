"""Workbooks and CSV for spreadsheets, opened by openpyxl and by LibreOffice."""

from __future__ import annotations

import csv
import subprocess
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import needs
import pytest
from hard import TEXTS
from readers import from_opendocument, from_workbook, wanted

from broadsheet.base.errors import InputError
from broadsheet.publishing.export import export
from broadsheet.publishing.export.spreadsheet import safe_text
from broadsheet.publishing.formats import cell_text
from broadsheet.tables.schema import TABLES, schema

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Exported = Callable[[Path, str], Path]


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """Lets LibreOffice open a workbook and save it as a flat OpenDocument."""
    program = needs.program("soffice")
    home = tmp_path_factory.mktemp("office")

    def opened(path: Path) -> Path:
        out = home / path.parent.name
        command = [program, "--headless", f"-env:UserInstallation={(home / 'profile').as_uri()}"]
        subprocess.run(
            [*command, "--convert-to", "fods", "--outdir", str(out), str(path)], check=True, capture_output=True
        )
        return out / f"{path.stem}.fods"

    return opened


def test_openpyxl(package: Path, exported: Exported) -> None:
    """Days are days, numbers numbers, truth values such, and texts the same, formulas or not."""
    needs.module("openpyxl")
    assert from_workbook(exported(package, "xlsx")) == wanted(package)


def test_libreoffice(package: Path, exported: Exported, office: Callable[[Path], Path]) -> None:
    """A spreadsheet program reads the same cells with the same types, and calculates none."""
    assert from_opendocument(office(exported(package, "xlsx"))) == wanted(package)


def test_form_of_a_workbook(package: Path, exported: Exported) -> None:
    """A sheet a table and the dictionary; the header is frozen, all columns can be filtered, no cell is a formula."""
    openpyxl = needs.module("openpyxl")
    book = openpyxl.load_workbook(exported(package, "xlsx"))
    assert book.sheetnames == [*TABLES, "data dictionary"]
    for name in TABLES:
        sheet = book[name]
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d", "b"}
    told = [row[:2] for row in book["data dictionary"].iter_rows(min_row=2, values_only=True)]
    assert told == [(name, column) for name in TABLES for column in schema(name).columns]


def test_csv_for_excel(package: Path, exported: Exported) -> None:
    """A byte order mark, every number and day as it was, and texts the same but for an apostrophe."""
    folder = exported(package, "csv-excel")
    for name, rows in wanted(package).items():
        path = folder / f"{name}.not-canonical.csv"
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *found = csv.reader(file)
        assert tuple(header) == schema(name).columns
        fields = schema(name).fields
        expected = [
            [
                safe_text(cell_text(cell)) if f.type == "string" else cell_text(cell)
                for f, cell in zip(fields, row, strict=True)
            ]
            for row in rows
        ]
        assert sorted(found) == sorted(expected)
    assert "not the canonical data" in (folder / "README.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("=1+1", True),
        ("-5", True),
        ("+49", True),
        ("@name", True),
        ("\tx", True),
        ("007", True),
        ("3 March", True),
        ("Nov. 3, 2024", True),
        ("1,500", True),
        ("12E4", True),
        ("true", True),
        ("50 percent", False),
        ("a = b", False),
        ("quo_12e4", False),
        ("Mayor", False),
        ("", False),
    ],
)
def test_texts_that_a_spreadsheet_would_change(text: str, changed: bool) -> None:
    """Formulas, and what looks like a number, day or truth value, get an apostrophe; nothing else does."""
    assert safe_text(text) == (f"'{text}" if changed else text)


def changed_package(package: Path, out: Path, table: str, **cells: Any) -> Path:
    """A copy of a package with other cells in the first row of a table."""
    from broadsheet.publishing import read_package, write_package

    tables = read_package(package)
    for column, value in cells.items():
        tables[table].loc[0, column] = value
    write_package(tables, out)
    return out


def test_a_text_too_long_for_a_cell_is_refused(hard: Path, tmp_path: Path) -> None:
    """Excel's cell holds 32,767 characters of UTF-16; nothing is cut in silence, and nothing is written."""
    needs.module("openpyxl")
    package = changed_package(hard, tmp_path / "package", "quotes", text="😀" * 16_384)
    with pytest.raises(InputError, match="table quotes: has a text of 32,768 characters"):
        export(package, "xlsx", tmp_path / "out.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["package"]


def test_the_hard_package_is_hard() -> None:
    """What these tests rest on: formulas, days of before 1900, amounts of more than fifteen digits."""
    assert any(text.startswith("=") for text in TEXTS)
    assert date(1899, 12, 31) < date(1900, 3, 1)
    assert Decimal("123456789012345678901234.5678") != Decimal(float(Decimal("123456789012345678901234.5678")))
