"""Reads exports with each program: the cells of every table as Python values, and their types in that program."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pyarrow.parquet as pq

from broadsheet.tables.schema import TABLES, schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from broadsheet.tables.schema import Field

Rows = list[tuple[Any, ...]]


def sort(table: str, rows: Iterable[tuple[Any, ...]]) -> Rows:
    """Rows in the order of their keys."""
    places = [schema(table).columns.index(name) for name in schema(table).primary_key]
    return sorted(rows, key=lambda row: [str(row[place]) for place in places])


def wanted(package: Path) -> dict[str, Rows]:
    """The tables in their Parquet files."""
    tables = {name: pq.read_table(package / "data" / f"{name}.parquet") for name in TABLES}
    return {
        name: sort(name, zip(*(c.to_pylist() for c in table.columns), strict=True)) if table.num_rows else []
        for name, table in tables.items()
    }


def queried(run: Any) -> dict[str, Rows]:
    """The tables in a database; ``run(query)`` returns rows."""
    found = {}
    for name in TABLES:
        columns = ", ".join(f'"{column}"' for column in schema(name).columns)
        found[name] = sort(name, (tuple(row) for row in run(f'SELECT {columns} FROM "{name}"')))
    return found


def from_sqlite(path: Path) -> dict[str, Rows]:
    """The tables of an SQLite file, with texts and numbers converted back to days, booleans and decimals."""
    with closing(sqlite3.connect(path)) as database:
        raw = queried(lambda query: database.execute(query).fetchall())
    return decoded(raw)


def decoded(raw: Mapping[str, Rows]) -> dict[str, Rows]:
    """Cells of SQLite's few types, converted to the schemas' types."""
    return {name: [tuple(map(_cell, schema(name).fields, row)) for row in rows] for name, rows in raw.items()}


def _cell(field: Field, value: Any) -> Any:
    match field.type:
        case _ if value is None:
            return None
        case "boolean":
            assert value in (0, 1)
            return bool(value)
        case "date":
            return date.fromisoformat(value)
        case "number":
            return Decimal(value) if isinstance(value, str) else Decimal(repr(value))
    return value


def from_workbook(path: Path) -> dict[str, Rows]:
    """The tables of a workbook, by openpyxl. Days before Excel's calendar and long amounts are texts."""
    import openpyxl

    book = openpyxl.load_workbook(path)
    found = {}
    for name in TABLES:
        header, *rows = book[name].iter_rows(values_only=True)
        assert header == schema(name).columns
        found[name] = sort(name, [tuple(map(_sheet_cell, schema(name).fields, row)) for row in rows])
    return found


def _sheet_cell(field: Field, value: Any) -> Any:
    match field.type, value:
        case "date", datetime():
            return value.date()
        case "date", str():
            day = date.fromisoformat(value)
            assert day < date(1900, 3, 1)
            return day
        case "number", str():
            amount = Decimal(value)
            assert len(amount.normalize().as_tuple().digits) > 15
            return amount
        case "number", int() | float():
            return Decimal(repr(value))
        case "string", str():
            # openpyxl keeps the escapes of ECMA-376; Excel and LibreOffice decode them.
            return value.replace("_x005F_", "_")
    return value


OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def from_opendocument(path: Path) -> dict[str, Rows]:
    """The tables of a workbook converted by LibreOffice: a flat OpenDocument, with the type of each cell."""
    found = {}
    for table in ElementTree.parse(path).iter(f"{TABLE}table"):
        name = table.get(f"{TABLE}name", "")
        if name not in TABLES:
            continue
        width = len(schema(name).columns)
        rows = [_office_row(row, width) for row in table.iter(f"{TABLE}table-row")]
        header, *rest = [row for row in rows if any(cell is not None for cell in row)]
        assert header == schema(name).columns
        found[name] = sort(name, [tuple(map(_sheet_cell_of_office, schema(name).fields, row)) for row in rest])
    return found


def _office_row(row: ElementTree.Element, width: int) -> tuple[Any, ...]:
    cells: list[Any] = []
    for cell in row.iter(f"{TABLE}table-cell"):
        # LibreOffice stores booleans this way.
        assert cell.get(f"{TABLE}formula") in (None, "of:=TRUE()", "of:=FALSE()")
        times = min(int(cell.get(f"{TABLE}number-columns-repeated", 1)), width - len(cells))
        cells += [_office_cell(cell)] * times
    return tuple(cells[:width])


def _office_cell(cell: ElementTree.Element) -> Any:
    match cell.get(f"{OFFICE}value-type"):
        case "string":
            return "\n".join(_office_text(paragraph) for paragraph in cell.iter(f"{TEXT}p"))
        case "float" | "percentage" | "currency":
            return Decimal(cell.get(f"{OFFICE}value", ""))
        case "date":
            return datetime.fromisoformat(cell.get(f"{OFFICE}date-value", ""))
        case "boolean":
            return cell.get(f"{OFFICE}boolean-value") == "true"
    return None


def _office_text(paragraph: ElementTree.Element) -> str:
    parts = [paragraph.text or ""]
    for part in paragraph:
        match part.tag.removeprefix(TEXT):
            case "s":
                parts.append(" " * int(part.get(f"{TEXT}c", 1)))
            case "tab":
                parts.append("\t")
            case _:
                parts.append(_office_text(part))
        parts.append(part.tail or "")
    return "".join(parts)


def _sheet_cell_of_office(field: Field, value: Any) -> Any:
    if field.type == "integer" and value is not None:
        assert value == int(value)
        return int(value)
    return _sheet_cell(field, value) if not isinstance(value, str) or field.type != "string" else value
