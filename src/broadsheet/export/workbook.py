"""An Excel workbook: a sheet a table with real dates and numbers, a frozen header, filters, and the data dictionary.

A text that begins like a formula stays a text: its cell is typed so. Excel's numbers have 15 digits; an amount that has
more is written as a text with all of them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from broadsheet.curate.cells import cell_text
from broadsheet.errors import InputError
from broadsheet.export.spreadsheet import MOST_CHARACTERS, MOST_ROWS
from broadsheet.tables.schema import TABLES, Field, schemas

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from broadsheet.curate.cells import Cell
    from broadsheet.export.run import Source

DICTIONARY = "data dictionary"
DIGITS = 15
WIDTHS = {"string": 24, "integer": 12, "number": 18, "boolean": 10, "date": 12}
FORMATS = {"date": "yyyy-mm-dd", "number": "#,##0.####"}


def write(source: Source, path: Path) -> None:
    """Writes the workbook.

    Raises:
        InputError: If a table has more rows than a sheet.
    """
    for name in TABLES:
        if source.rows(name) >= MOST_ROWS:
            problem = f"has {source.rows(name):,} rows, where a sheet holds {MOST_ROWS - 1:,}"
            raise InputError(f"table {name}", problem, "export to duckdb, sqlite or hyper")
    book = Workbook(write_only=True)
    book.properties.title = source.title
    for name in TABLES:
        fields = schemas()[name].fields
        sheet = _sheet(book, name, [field.name for field in fields], [WIDTHS[field.type] for field in fields])
        for batch in source.batches(name):
            for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                sheet.append([_cell(sheet, field, value) for field, value in zip(fields, row, strict=True)])
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(fields))}{source.rows(name) + 1}"
    _dictionary(book)
    book.save(path)


def _sheet(book: Workbook, name: str, header: Sequence[str], widths: Sequence[int]) -> WriteOnlyWorksheet:
    sheet: WriteOnlyWorksheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    cells = []
    for title in header:
        cell = WriteOnlyCell(sheet, title)
        cell.font = Font(bold=True)
        cells.append(cell)
    sheet.append(cells)
    return sheet


def _cell(sheet: WriteOnlyWorksheet, field: Field, value: Cell) -> Any:
    if value is None:
        return None
    if isinstance(value, Decimal) and len(value.normalize().as_tuple().digits) > DIGITS:
        value = cell_text(value)
    if isinstance(value, str):
        return _text(sheet, value)
    cell = WriteOnlyCell(sheet, value)
    if field.type in FORMATS:
        cell.number_format = FORMATS[field.type]
    return cell


def _text(sheet: WriteOnlyWorksheet, text: str) -> Any:
    kept = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", text)[:MOST_CHARACTERS]
    cell = WriteOnlyCell(sheet, kept)
    # Set behind the value: openpyxl types a text with an equals sign before it as a formula.
    cell.data_type = "s"
    return cell


def _dictionary(book: Workbook) -> None:
    header = ("table", "column", "title", "type", "may be empty", "links to", "allowed values", "description")
    sheet = _sheet(book, DICTIONARY, header, (20, 24, 24, 10, 14, 26, 40, 80))
    rows = 1
    for schema in schemas().values():
        links = {key.column: f"{key.target_table}.{key.target_column}" for key in schema.foreign_keys}
        for field in schema.fields:
            optional = "" if field.required else "yes"
            told = [schema.name, field.name, field.title, field.type, optional, links.get(field.name, "")]
            told += [", ".join(field.enum), field.description]
            sheet.append([_text(sheet, text) for text in told])
            rows += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(header))}{rows}"
