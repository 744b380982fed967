"""Reads dates from the text at their evidence and the day of publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.quality.validation.readings import calendar
from broadsheet.quality.validation.readings.rows import short

if TYPE_CHECKING:
    from datetime import date

    from broadsheet.quality.validation.readings.rows import Reading, Row


def date_end(column: str) -> Reading:
    """Checks that ``date_start`` or ``date_end`` fits the words at its evidence or at that of ``date_text``."""
    return lambda row: _read(row, column, (column, "date_text"))


def day(column: str) -> Reading:
    """Checks that a day of a measure fits the words at its evidence."""
    return lambda row: _read(row, column, (column,))


def date_of_text(column: str) -> Reading:
    """Checks that ``date_precision`` or ``date_basis`` fits the words in ``date_text``."""

    def read(row: Row) -> str | None:
        text = row["date_text"]
        if row[column] is None or text is None:
            return None
        if column == "date_precision":
            return precision_of(row[column], text)
        bases = calendar.basis(text)
        return f"{short(text)} is {' or '.join(sorted(bases))}" if bases and row[column] not in bases else None

    return read


def precision(row: Row) -> str | None:
    """Checks that ``effective_precision`` fits the words at the evidence of ``effective_on``."""
    printed = {calendar.precision(words) for words in row.words("effective_on")}
    if row["effective_precision"] is None or not printed or None in printed or row["effective_precision"] in printed:
        return None
    return f"{short(' … '.join(row.words('effective_on')))} is {' or '.join(sorted(map(str, printed)))}"


def precision_of(cell: str, text: str) -> str | None:
    """Returns a message if the words of a date have another precision than the cell."""
    printed = calendar.precision(text)
    return f"{short(text)} is {printed}" if printed is not None and printed != cell else None


def text_allows(cell: date, text: str, published_on: date | None) -> str | None:
    """Returns a message if the words of a date cannot mean the cell."""
    return f"{short(text)} does not mean {cell}" if calendar.allows(text, cell, published_on) is False else None


def _read(row: Row, column: str, sources: tuple[str, ...]) -> str | None:
    cell: date | None = row[column]
    found = [words for name in sources for words in row.words(name) if len(words) <= calendar.LONGEST]
    found = [words for words in found if not calendar.prints_none(words)]
    if cell is None or not found:
        return None
    joined = [" ".join(row.words(name)) for name in sources if len(row.words(name)) > 1]
    read = [calendar.allows(words, cell, row.source.published_on) for words in (*found, *joined)]
    if any(known is not False for known in read):
        return None
    published = f", published on {row.source.published_on}," if row.source.published_on else ""
    return f"{short(' … '.join(dict.fromkeys(found)))}{published} does not mean {cell}"
