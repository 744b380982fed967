"""An Excel workbook: one sheet per table with real dates and numbers, a frozen header, filters, and a dictionary.

A text that begins like a formula is stored as a text. Excel's numbers have 15 digits; an amount with more is written as
a text.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from broadsheet.base.errors import InputError
from broadsheet.publishing.export.relations import targets
from broadsheet.publishing.export.spreadsheet import MOST_CHARACTERS, MOST_ROWS
from broadsheet.tables.cells import cell_text
from broadsheet.tables.schema import TABLES, Field, schemas

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from broadsheet.publishing.export.run import Source
    from broadsheet.tables.cells import Cell

DICTIONARY = "data dictionary"
DIGITS = 15
WIDTHS = {"string": 24, "integer": 12, "number": 18, "boolean": 10, "date": 12}
FORMATS = {"date": "yyyy-mm-dd", "number": "#,##0.####"}

ERRORS: tuple[type[Exception], ...] = ()
FIRST_DAY = date(1900, 3, 1)
"""Excel's calendar starts in 1900 and has a 29 February in that year: earlier dates are written as texts."""
_LIKE_AN_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def write(source: Source, path: Path) -> None:
    """Writes the workbook.

    Raises:
        InputError: If a table has more rows than a sheet, or a text more characters than a cell.
    """
    _check(source)
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


def tables_of(path: Path) -> set[str]:
    """The sheets of a workbook."""
    book = load_workbook(path, read_only=True)
    try:
        return set(book.sheetnames)
    finally:
        book.close()


def _check(source: Source) -> None:
    """Refuses tables and texts that do not fit, before anything is written: nothing is cut silently."""
    for name in TABLES:
        if source.rows(name) >= MOST_ROWS:
            raise _too_much(name, f"has {source.rows(name):,} rows, where a sheet holds {MOST_ROWS - 1:,}")
        texts = [number for number, field in enumerate(schemas()[name].fields) if field.type == "string"]
        for batch in source.batches(name):
            for number in texts:
                # Excel counts UTF-16 units; a character has one or two.
                if (pc.max(pc.utf8_length(batch.column(number))).as_py() or 0) * 2 > MOST_CHARACTERS:
                    longest = max(
                        len((text or "").encode("utf-16-le")) // 2 for text in batch.column(number).to_pylist()
                    )
                    if longest > MOST_CHARACTERS:
                        problem = f"has a text of {longest:,} characters, where a cell holds {MOST_CHARACTERS:,}"
                        raise _too_much(name, problem)


def _too_much(table: str, problem: str) -> InputError:
    return InputError(f"table {table}", problem, "export to duckdb, sqlite or hyper")


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
    if isinstance(value, date) and value < FIRST_DAY:
        value = value.isoformat()
    if isinstance(value, str):
        return _text(sheet, value)
    cell = WriteOnlyCell(sheet, value)
    if field.type in FORMATS:
        cell.number_format = FORMATS[field.type]
    return cell


def _text(sheet: WriteOnlyWorksheet, text: str) -> Any:
    # ECMA-376, 22.9.2.19: _x000D_ means a carriage return, so a text that looks like it must be escaped.
    kept = _LIKE_AN_ESCAPE.sub("_x005F_", text).replace("\r", "_x000D_")
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", kept))
    # Set after the value: openpyxl treats a text that begins with an equals sign as a formula.
    cell.data_type = "s"
    return cell


def _dictionary(book: Workbook) -> None:
    header = ("table", "column", "title", "type", "may be empty", "links to", "allowed values", "description")
    sheet = _sheet(book, DICTIONARY, header, (20, 24, 24, 10, 14, 26, 40, 80))
    rows = 1
    for schema in schemas().values():
        links = targets(schema)
        for field in schema.fields:
            optional = "" if field.required else "yes"
            cells = [schema.name, field.name, field.title, field.type, optional, links.get(field.name, "")]
            cells += [", ".join(field.enum), field.description]
            sheet.append([_text(sheet, text) for text in cells])
            rows += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(header))}{rows}"
