"""Articles in CSV (RFC 4180) and TSV with a header, one per row."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.reading.inputs import columns
from broadsheet.reading.inputs.assemble import article
from broadsheet.reading.inputs.cells import plain
from broadsheet.reading.inputs.results import Found, Reject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.reading.inputs.source import Source

_DELIMITERS = (",", ";", "\t", "|")


def read_csv(source: Source) -> Iterator[Found | Reject]:
    """The articles of a table whose cells are separated by commas or by the delimiter of its header."""
    return _read(source, "csv")


def read_tsv(source: Source) -> Iterator[Found | Reject]:
    """The articles of a table whose cells are separated by tabs."""
    return _read(source, "tsv")


def _read(source: Source, kind: str) -> Iterator[Found | Reject]:
    # One limit for the process, as large as any cell may be; _Lines bounds each row.
    csv.field_size_limit(max(csv.field_size_limit(), source.limits.line_bytes))
    lines = _Lines(source)
    rows = csv.reader(lines, delimiter=delimiter_of(lines.peek(), kind, source), strict=True)
    number, header, chosen = 0, list[str](), dict[str, str]()
    while True:
        number += 1
        place = f"{source.place}:row {number}"
        lines.start()
        try:
            cells = next(rows, None)
            if cells is None:
                return
            lines.check(place)
            if not cells:
                continue
            if not header:
                header = [cell.strip().removeprefix("\ufeff") for cell in cells]
                chosen = columns.choose(header, source.columns, source.place)
                continue
            yield _article(source, place, header, cells, chosen)
        except csv.Error as error:
            yield Reject(place, f"is not a row of the table: {error}", "fix the quotation marks of the row")
        except InputError as error:
            if not chosen or lines.overrun:
                raise
            yield Reject.of(error)


def _article(source: Source, place: str, header: list[str], cells: list[str], chosen: dict[str, str]) -> Found | Reject:
    if len(cells) != len(header):
        raise InputError(place, f"has {len(cells)} cells, where the header has {len(header)}", "fix the row")
    named = dict(zip(header, cells, strict=True))
    values: dict[str, object] = {role: named[column] for role, column in chosen.items()}
    row = columns.row(values, source.columns, place)
    return article(source, place, plain(row.text, place, source.limits), row.metadata, titled="title" in chosen)


def delimiter_of(header: str, kind: str, source: Source) -> str:
    """The delimiter: a tab in TSV; else the one that gives a column for the text, or the most columns.

    Args:
        header: The first line.
        kind: ``csv`` or ``tsv``.
        source: The table, with the columns that the user named.
    """
    delimiters = _DELIMITERS if kind == "csv" else ("\t",)

    def cells(delimiter: str) -> list[str]:
        try:
            return next(csv.reader([header], delimiter=delimiter), [])
        except csv.Error:
            return []

    wanted = source.columns.get("text")
    for delimiter in delimiters:
        found = [cell.strip() for cell in cells(delimiter)]
        if wanted in found or (wanted is None and "text" in columns.usual(found, source.columns)):
            return delimiter
    return max(delimiters, key=lambda delimiter: len(cells(delimiter)))


class _Lines:
    """The lines of a table for :func:`csv.reader`: decoded, with a bound on the size of a row."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._lines = source.lines()
        self._taken = 0
        self._bad: str | None = None
        self._first: str | None = None
        self.overrun = False

    def peek(self) -> str:
        """The first line, without consuming it."""
        self._first = next(self, "")
        return self._first

    def start(self) -> None:
        """Begins a row."""
        self._taken, self._bad = 0, None

    def check(self, place: str) -> None:
        """Checks that all lines of the row could be read.

        Raises:
            InputError: If one could not.
        """
        if self._bad:
            raise InputError(place, self._bad, "fix the row, or name the encoding with --encoding")

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._first is not None:
            line, self._first = self._first, None
            return line
        number, data = next(self._lines)
        limit = self._source.limits.line_bytes
        if data is None:
            self._bad = f"a line is over {limit:,} bytes long"
            return "\n"
        self._taken += len(data)
        if self._taken > limit:
            self.overrun = True
            raise InputError(
                f"{self._source.place}:{number}", f"a row is over {limit:,} bytes long", "close its quotation mark"
            )
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            self._bad = f"byte 0x{data[error.start]:02x} in line {number} is not UTF-8"
            return data.decode("utf-8", "replace")
