"""Ring 1: what stands in a CSV, cell by cell, read so that one fault hides no other.

The dialect is that of ``publish.formats``: UTF-8 without BOM, LF, RFC 4180, null empty. What cannot be read is noted
and the rest goes on: a cell that is not of its type becomes null in the typed table, a row of the wrong length is cut
or filled, a column that is not of the schema is left out.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from broadsheet.tables.arrow import arrow_schema, arrow_type
from broadsheet.tables.schema import schemas
from broadsheet.validate.report import Ring
from broadsheet.validate.rows import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa

    from broadsheet.tables.schema import Field, TableSchema
    from broadsheet.validate.report import Findings

FORMS = {
    "integer": (re.compile(r"-?(?:0|[1-9][0-9]{0,18})"), "an integer such as 12"),
    "number": (re.compile(r"-?(?:0|[1-9][0-9]{0,27})(?:\.[0-9]{1,10})?"), "a decimal such as 12.5"),
    "boolean": (re.compile(r"true|false"), "true or false"),
    "date": (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "a date such as 2024-05-31"),
}
"""How cells of a type are written, one form for one value, and what a message calls it."""


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A table as its CSV has it.

    Attributes:
        name: The table.
        columns: The columns of the schema that it has, in the schema's order.
        rows: Its cells in the order of ``columns``, as text.
        table: The same, typed, in the schema's order; a missing column is all null.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    table: pa.Table

    def key(self, position: int) -> str:
        """The key of the row at ``position`` as a failure names it."""
        return row_key_of(schemas()[self.name], self.columns, self.rows[position], position)


def row_key_of(schema: TableSchema, columns: Sequence[str], cells: Sequence[str], position: int) -> str:
    """The key of a row of text cells as a failure names it."""
    places = [columns.index(name) if name in columns else None for name in schema.primary_key]
    return key_of([cells[place] if place is not None else None for place in places], position)


def read_csv(findings: Findings, name: str, content: bytes) -> CsvTable:
    """Reads the CSV of a table and notes what is wrong with its form."""
    schema = schemas()[name]
    header, rows = _aligned(findings, schema, *_decoded(findings, name, content))
    return CsvTable(name, header, rows, _typed(findings, schema, header, rows))


def empty_csv(name: str) -> CsvTable:
    """A table that could not be read at all."""
    return CsvTable(name, schemas()[name].columns, (), arrow_schema(name).empty_table())


def _decoded(findings: Findings, name: str, content: bytes) -> tuple[list[str], list[list[str]]]:
    """Header and rows of the file, as they stand."""
    encoding = findings.check(Ring.TABLE_SCHEMA, name, "encoding", "the CSV is UTF-8 without byte order mark")
    form = findings.check(
        Ring.TABLE_SCHEMA, name, "csv_form", "the CSV follows RFC 4180, with LF at each line's end and no needless mark"
    )
    if content.startswith(b"\xef\xbb\xbf"):
        findings.fail(encoding, message="the CSV begins with a byte order mark")
        content = content[3:]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        findings.fail(encoding, message=f"the CSV is not UTF-8 at byte {error.start}")
        text = content.decode("utf-8", errors="replace")
    if "\r" in text:
        findings.fail(form, message=f"line {text[: text.index(chr(13))].count(chr(10)) + 1} has a carriage return")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    rows: list[list[str]] = []
    try:
        with _any_cell():
            rows.extend(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        findings.fail(form, message=f"the CSV breaks off behind row {len(rows)}: {error}")
        return (rows[0], rows[1:]) if rows else ([], [])
    if not rows:
        findings.fail(form, message="the CSV is empty: not even a header")
        return [], []
    again = io.StringIO(newline="")
    csv.writer(again, lineterminator="\n").writerows(rows)
    if again.getvalue() != text and not findings.failed(form):
        lines = zip(text.split("\n"), again.getvalue().split("\n"), strict=False)
        line = next((number for number, (one, other) in enumerate(lines, start=1) if one != other), len(rows))
        findings.fail(form, message=f"line {line} is not written as RFC 4180 has it")
    return rows[0], rows[1:]


@contextmanager
def _any_cell() -> Iterator[None]:
    """Lets cells be of any length: the library's limit is one for the whole process."""
    limit = csv.field_size_limit(sys.maxsize)
    try:
        yield
    finally:
        csv.field_size_limit(limit)


def _aligned(
    findings: Findings, schema: TableSchema, header: list[str], rows: list[list[str]]
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The columns of the schema that the file has, in its order, and the cells of each row in that order."""
    columns = findings.check(
        Ring.TABLE_SCHEMA, schema.name, "columns", "the columns are those of the schema, in its order"
    )
    cells = findings.check(Ring.TABLE_SCHEMA, schema.name, "cells", "every row has a cell for each column")
    missing = [name for name in schema.columns if name not in header]
    extra = [name for name in header if name not in schema.columns]
    doubled = sorted({name for name in header if header.count(name) > 1}) if len(header) < 1000 else header[:1]
    for problem, names in (("are missing", missing), ("are not of the schema", extra), ("stand twice", doubled)):
        if names:
            findings.fail(columns, value=", ".join(names), message=f"columns that {problem}: {', '.join(names)[:200]}")
    if not (missing or extra or doubled) and tuple(header) != schema.columns:
        findings.fail(columns, value=", ".join(header), message=f"the columns stand in the order {', '.join(header)}")
    kept = tuple(name for name in schema.columns if name in header)
    places = [header.index(name) for name in kept]
    aligned = []
    for position, row in enumerate(rows):
        if len(row) != len(header):
            number = f"row {position + 2}"
            findings.fail(cells, number, message=f"{number} has {len(row)} cells and the header {len(header)}")
        filled = [*row, *[""] * (len(header) - len(row))]  # so that the cells that a short row has are checked
        aligned.append(tuple(filled[place] for place in places))
    return kept, tuple(aligned)


def _typed(
    findings: Findings, schema: TableSchema, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> pa.Table:
    import pyarrow as pa

    target = arrow_schema(schema.name)
    arrays = []
    for field in schema.fields:
        values: list[object]
        if field.name in columns:
            place = columns.index(field.name)
            values = _values(findings, schema, field, columns, rows, [row[place] for row in rows])
        else:
            values = [None] * len(rows)
        arrays.append(pa.array(values, arrow_type(field)))
    # Null flags come later: a required cell that is null has to live on here, to be named by the rule that it breaks.
    nullable = pa.schema([field.with_nullable(True) for field in target], metadata=target.metadata)
    return pa.Table.from_arrays(arrays, schema=nullable)


def _values(
    findings: Findings,
    schema: TableSchema,
    field: Field,
    columns: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    cells: list[str],
) -> list[object]:
    if field.type == "string":
        return [cell or None for cell in cells]
    form, called = FORMS[field.type]
    check = findings.check(Ring.TABLE_SCHEMA, schema.name, "type", f"{field.name} is {called}", columns=[field.name])
    values: list[object] = []
    for position, cell in enumerate(cells):
        value = _value(field, cell) if form.fullmatch(cell) else None
        values.append(value)
        if value is None and cell:
            findings.fail(
                check, row_key_of(schema, columns, rows[position], position), cell, f"{cell[:50]} is not {called}"
            )
    return values


def _value(field: Field, cell: str) -> object:
    """The value of a cell of the right form; None where there is no such value."""
    try:
        if field.type == "integer":
            return value if -(2**63) <= (value := int(cell)) < 2**63 else None
        if field.type == "boolean":
            return cell == "true"
        if field.type == "date":
            return date.fromisoformat(cell)
        number = Decimal(cell)
    except (ValueError, InvalidOperation):
        return None
    precision, scale = field.decimal or (28, 4)
    _, digits, exponent = number.as_tuple()
    fraction = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return number if fraction <= scale and len(digits) - fraction <= precision - scale else None
