"""Parses the cells of a file of corrections, which are written as in the CSV, with an empty text for null."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.tables.cells import Cell, cell_text

if TYPE_CHECKING:
    from broadsheet.tables.schema import Field

__all__ = ["Cell", "cell_text", "parse_cell"]

_TYPES = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a decimal number",
    "boolean": "true or false",
    "date": "a date, YYYY-MM-DD",
}


def parse_cell(field: Field, value: object, place: str) -> Cell:
    """The value that a correction sets in a column; texts are parsed as in the CSV.

    Raises:
        InputError: If it does not have the column's type.
    """
    if value == "":
        return None
    try:
        return _parse(field, value)
    except (ValueError, InvalidOperation) as error:
        fix = f"write {_TYPES[field.type]}, or an empty text for null"
        raise InputError(f"{place}, {field.name}", f"cannot be {value!r}", fix) from error


def _parse(field: Field, value: object) -> Cell:
    match field.type, value:
        case "string", str(text):
            return text
        case "integer", int(number) if not isinstance(number, bool):
            return number
        case "integer", str(text):
            return int(text)
        case "number", str() | int() | Decimal() if not isinstance(value, bool):
            return _decimal(Decimal(value), field.decimal[1] if field.decimal else 0)
        case "boolean", bool(truth):
            return truth
        case "boolean", ("true" | "false") as text:
            return text == "true"
        case "date", date():
            return value
        case "date", str(text):
            return date.fromisoformat(text)
    raise ValueError(value)


def _decimal(number: Decimal, scale: int) -> Decimal:
    rounded = number.quantize(Decimal(1).scaleb(-scale))
    if not number.is_finite() or number != rounded:
        raise ValueError(number)
    return rounded
