"""Level 1: reads a CSV cell by cell, so that one error does not hide another.

The dialect is that of ``publishing.formats``: UTF-8 without BOM, LF, RFC 4180, empty for null. The reader reports an
error and continues: a cell of the wrong type becomes null in the typed table, a row of the wrong length is truncated
or padded, and a column outside the schema is dropped.

A CSV that is byte for byte the published form of the Parquet table has none of these errors and is not read again
(``validation.csv_form``).
"""

from __future__ import annotations

import csv
import io
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from broadsheet.quality.validation.report import KEPT_FAILURES, Level
from broadsheet.quality.validation.rows import key_of
from broadsheet.tables.arrow import arrow_schema, arrow_type
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pyarrow as pa

    from broadsheet.quality.validation.report import Check, Findings
    from broadsheet.tables.schema import Field, TableSchema

FORMS = {
    "integer": (re.compile(r"-?(?:0|[1-9][0-9]{0,18})"), "an integer such as 12"),
    "number": (re.compile(r"-?(?:0|[1-9][0-9]{0,27})(?:\.[0-9]{1,10})?"), "a decimal such as 12.5"),
    "boolean": (re.compile(r"true|false"), "true or false"),
    "date": (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "a date such as 2024-05-31"),
}
"""Column type to the pattern of its cells (one spelling per value) and its name in messages."""

MOST_MISSHAPEN = 100_000
"""Reading stops after this many rows of the wrong length: the CSV is not one of ours."""

MOST_CHARACTERS = 1 << 26
"""Reading stops at a cell or line longer than this. No article comes close."""

MOST_COLUMNS = 10_000
"""Columns after this many are ignored."""

_AT_ONCE = 1 << 15
"""Number of rows held as Python strings at a time."""


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A table read from its CSV.

    Attributes:
        name: The table.
        columns: The schema columns that the CSV has, in schema order.
        table: The typed cells, in schema order. A missing column is all null.
        cells: The cells as text, one array for each of ``columns``; None if they are the published form of ``table``.
        mistyped: Column to the positions of cells of the wrong type, which are null in ``table``.
    """

    name: str
    columns: tuple[str, ...]
    table: pa.Table
    cells: tuple[pa.Array, ...] | None = None
    mistyped: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def key(self, position: int) -> str:
        """The key of the row at ``position``, as shown in a failure."""
        cells = [self.cell(name, position) if name in self.columns else None for name in self._schema.primary_key]
        return key_of(cells, position)

    def cell(self, column: str, position: int) -> str | None:
        """A cell as text; None if it is empty."""
        if self.cells is None:
            from broadsheet.publishing.formats import cell_text

            return cell_text(self.table.column(column)[position].as_py()) or None
        return self.cells[self.columns.index(column)][position].as_py() or None

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Yields the rows as text, with only a few thousand in memory at a time."""
        from broadsheet.publishing.formats import cell_text

        for start in range(0, len(self), _AT_ONCE):
            if self.cells is None:
                part = self.table.slice(start, _AT_ONCE)
                columns = [[cell_text(cell) for cell in part.column(name).to_pylist()] for name in self.columns]
            else:
                columns = [array.slice(start, _AT_ONCE).to_pylist() for array in self.cells]
            yield from zip(*columns, strict=True)

    @property
    def _schema(self) -> TableSchema:
        return schemas()[self.name]


def read_csv(findings: Findings, name: str, content: bytes) -> CsvTable:
    """Reads the CSV of a table and reports format errors."""
    schema = schemas()[name]
    header, columns = _columns(findings, schema, content)
    return _typed(findings, schema, header, columns)


def published_csv(findings: Findings, name: str, table: pa.Table) -> CsvTable:
    """The table for a CSV known to be the published form of ``table``. The checks are recorded as passed."""
    schema = schemas()[name]
    _checks_of_form(findings, name)
    for column in schema.fields:
        if column.type != "string":
            _check_of_type(findings, schema, column)
    return CsvTable(name, schema.columns, table)


def of_parquet(name: str, table: pa.Table | None) -> CsvTable:
    """The substitute for an unreadable CSV: the Parquet table, or an empty table if there is none."""
    return CsvTable(name, schemas()[name].columns, table if table is not None else arrow_schema(name).empty_table())


def _checks_of_form(findings: Findings, name: str) -> tuple[Check, Check, Check, Check]:
    def check(rule: str, description: str) -> Check:
        return findings.check(Level.TABLE_SCHEMA, name, rule, description)

    return (
        check("encoding", "the CSV is UTF-8 without byte order mark"),
        check("csv_form", "the CSV follows RFC 4180, with LF at each line's end and no needless mark"),
        check("columns", "the columns are those of the schema, in its order"),
        check("cells", "every row has a cell for each column"),
    )


def _check_of_type(findings: Findings, schema: TableSchema, column: Field) -> Check:
    description = f"{column.name} is {FORMS[column.type][1]}"
    return findings.check(Level.TABLE_SCHEMA, schema.name, "type", description, columns=[column.name])


def _text(findings: Findings, encoding: Check, form: Check, content: bytes) -> str:
    """The file as text with LF line endings."""
    if content.startswith(b"\xef\xbb\xbf"):
        findings.fail(encoding, message="the CSV begins with a byte order mark")
        content = content[3:]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        findings.fail(encoding, message=f"the CSV is not UTF-8 at byte {error.start}")
        text = content.decode("utf-8", errors="replace")
    if "\r" in text:
        findings.fail(form, message=f"line {text.count(chr(10), 0, text.index(chr(13))) + 1} has a carriage return")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def _columns(findings: Findings, schema: TableSchema, content: bytes) -> tuple[tuple[str, ...], tuple[pa.Array, ...]]:
    """The schema columns that the file has, in schema order, and their cells as text."""
    import pyarrow as pa

    encoding, form, named, cells = _checks_of_form(findings, schema.name)
    text = _text(findings, encoding, form, content)
    header: list[str] = []
    places: list[int] = []
    kept: tuple[str, ...] = ()
    parts: list[list[pa.Array]] = []
    number, misshapen, offset = 0, 0, 0

    def take(rows: list[list[str]]) -> None:
        nonlocal misshapen
        for position, row in enumerate(rows, start=number):
            if len(row) != len(header):
                misshapen += 1
                at = f"row {position + 2}"
                findings.fail(cells, at, message=f"{at} has {len(row)} cells and the header {len(header)}")
        for place, part in zip(places, parts, strict=True):  # pad short rows
            part.append(pa.array([row[place] if place < len(row) else "" for row in rows], pa.large_string()))

    try:
        with _any_cell():
            reader = csv.reader(_lines(text), strict=True)
            header = next(reader, [])
            if len(header) > MOST_COLUMNS:
                findings.fail(named, message=f"the header has {len(header):,} columns")
                header = header[:MOST_COLUMNS]
            kept, places = _header(findings, named, schema, header)
            parts = [[] for _ in places]
            offset = _written_so(findings, form, text, 0, [header])
            for rows in _batches(reader):
                offset = _written_so(findings, form, text, offset, rows)
                take(rows)
                number += len(rows)
                if misshapen > MOST_MISSHAPEN:
                    findings.fail(form, message=f"more than {MOST_MISSHAPEN:,} rows have a wrong number of cells")
                    break
    except (csv.Error, _TooLongError) as error:
        findings.fail(form, message=f"the CSV breaks off behind row {number + 1}: {error}")
    if not text:
        findings.fail(form, message="the CSV is empty: not even a header")
    return kept, tuple(pa.concat_arrays([pa.array([], pa.large_string()), *part]) for part in parts)


class _TooLongError(Exception):
    """A line is too long to read."""


def _lines(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        if end - start > MOST_CHARACTERS:
            raise _TooLongError(f"a line has more than {MOST_CHARACTERS:,} characters")
        yield text[start:end]
        start = end


def _batches(reader: Iterator[list[str]]) -> Iterator[list[list[str]]]:
    """Yields the rows in batches of a few thousand. Rows before a format error come before the exception."""
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row)
            if len(rows) == _AT_ONCE:
                yield rows
                rows = []
    except (csv.Error, _TooLongError):
        yield rows
        raise
    yield rows


def _written_so(findings: Findings, form: Check, text: str, offset: int, rows: list[list[str]]) -> int:
    """The offset where the rows end in the text, or -1 once they are not written as RFC 4180 requires."""
    if offset < 0 or findings.failed(form) or not text:
        return -1
    again = io.StringIO(newline="")
    csv.writer(again, lineterminator="\n").writerows(rows)
    written = again.getvalue()
    if text.startswith(written, offset):
        return offset + len(written)
    lines = zip(written.split("\n"), text[offset : offset + len(written) + 1].split("\n"), strict=False)
    line = next((place for place, (one, other) in enumerate(lines) if one != other), len(rows) - 1)
    findings.fail(form, message=f"line {text.count(chr(10), 0, offset) + 1 + line} is not written as RFC 4180 has it")
    return -1


@contextmanager
def _any_cell() -> Iterator[None]:
    """Temporarily raises the cell size limit of ``csv``, which applies to the whole process."""
    limit = csv.field_size_limit(MOST_CHARACTERS)
    try:
        yield
    finally:
        csv.field_size_limit(limit)


def _header(
    findings: Findings, check: Check, schema: TableSchema, header: Sequence[str]
) -> tuple[tuple[str, ...], list[int]]:
    """The schema columns that the file has, in schema order, and their positions in the file."""
    missing = [name for name in schema.columns if name not in header]
    extra = [name for name in header if name not in schema.columns]
    doubled = sorted({name for name in header if header.count(name) > 1}) if len(header) < 1000 else header[:1]
    for problem, names in (("are missing", missing), ("are not of the schema", extra), ("are there twice", doubled)):
        if names:
            listed = ", ".join(name[:200] for name in names[:200])
            findings.fail(check, value=listed, message=f"columns that {problem}: {listed[:200]}")
    if not (missing or extra or doubled) and tuple(header) != schema.columns:
        findings.fail(check, value=", ".join(header), message=f"the columns are in the order {', '.join(header)}")
    kept = tuple(name for name in schema.columns if name in header)
    return kept, [header.index(name) for name in kept]


def _typed(findings: Findings, schema: TableSchema, columns: tuple[str, ...], cells: tuple[pa.Array, ...]) -> CsvTable:
    import pyarrow as pa

    target = arrow_schema(schema.name)
    # Allow nulls in every column here: the rule `required` reports them later.
    nullable = pa.schema([field.with_nullable(True) for field in target], metadata=target.metadata)
    arrays = dict(zip(columns, cells, strict=True))
    rows = len(cells[0]) if cells else 0
    typed, mistyped = [], {}
    for column in schema.fields:
        if column.name in arrays:
            array, wrong = _values(column, arrays[column.name])
            mistyped[column.name] = frozenset(wrong)
        else:
            array = pa.nulls(rows, arrow_type(column))
        typed.append(array)
    read = CsvTable(schema.name, columns, pa.Table.from_arrays(typed, schema=nullable), cells, mistyped)
    for column in schema.fields:
        if column.type == "string" or column.name not in arrays:
            continue
        check = _check_of_type(findings, schema, column)
        positions = sorted(mistyped[column.name])
        findings.fail_unnamed(check, len(positions[KEPT_FAILURES:]))
        for position in positions[:KEPT_FAILURES]:
            cell = arrays[column.name][position].as_py()
            said = f"{column.name} is {cell[:50]}, which is not {FORMS[column.type][1]}"
            findings.fail(check, read.key(position), cell, said)
    return read


def _values(column: Field, cells: pa.Array) -> tuple[pa.Array, list[int]]:
    """The typed column and the positions of cells of the wrong type. Each distinct text is parsed once."""
    import pyarrow as pa
    import pyarrow.compute as pc

    given = pc.not_equal(cells, "")
    if column.type == "string":
        return pc.if_else(given, cells, None).cast(pa.string()), []
    form = FORMS[column.type][0]
    encoded = cells.dictionary_encode()
    texts = encoded.dictionary.to_pylist()
    values = pa.array(
        [_value(column, text) if form.fullmatch(text) else None for text in texts], arrow_type(column)
    ).take(encoded.indices)
    wrong = pc.indices_nonzero(pc.and_(values.is_null(), given))
    return values, [int(position) for position in wrong.to_pylist()]


def _value(column: Field, cell: str) -> object:
    """The value of a well-formed cell; None if no such value exists or it does not fit the type."""
    try:
        if column.type == "integer":
            return value if -(2**63) <= (value := int(cell)) < 2**63 else None
        if column.type == "boolean":
            return cell == "true"
        if column.type == "date":
            return date.fromisoformat(cell)
        number = Decimal(cell)
    except (ValueError, InvalidOperation):
        return None
    precision, scale = column.decimal or (28, 4)
    _, digits, exponent = number.as_tuple()
    fraction = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return number if fraction <= scale and len(digits) - fraction <= precision - scale else None
