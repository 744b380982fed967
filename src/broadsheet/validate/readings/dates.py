"""Dates, read anew from the characters at their evidence and the day of publication."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadsheet.validate.readings.rows import short, touching

if TYPE_CHECKING:
    from datetime import date

    from broadsheet.extract.dates import DateExpression
    from broadsheet.validate.readings.rows import Reading, Row


_LEANS = re.compile(r"\b(?:ago|before|earlier|later|previous|same|that|then)\b", re.IGNORECASE)
"""Words that count from a date of the sentence, where it tells one: a reading of the words alone does not know."""

_WEEKDAY = re.compile(r"day\b", re.IGNORECASE)
"""Monday is that of the week: it has no year to choose."""


def date_end(column: str) -> Reading:
    """``date_start`` or ``date_end`` is that of an expression at its own evidence, or at that of ``date_text``.

    Null is right, too: an arrival gives a stay its start alone.
    """

    def read(row: Row) -> str | None:
        found = _unleaning(row)
        own = _at(row, column) if found else []
        if row[column] is None or not found or any(_may_be(row[column], getattr(d, column), d) for d in (*own, *found)):
            return None
        return _says(row, "date_text", [str(getattr(d, column)) for d in found])

    return read


def date_of_text(column: str) -> Reading:
    """How exact the date is, and what it rests on, is what the expression says."""
    name = column.removeprefix("date_")

    def read(row: Row) -> str | None:
        found = _unleaning(row)
        if row[column] is None or not found or any(getattr(d, name) == row[column] for d in found):
            return None
        return _says(row, "date_text", [str(getattr(d, name)) for d in found])

    return read


def day(column: str) -> Reading:
    """A day of a measure is the first or the last of the expression at its evidence."""

    def read(row: Row) -> str | None:
        found = _at(row, column)
        if row[column] is None or not found or any(_is_end(row[column], d) for d in found):
            return None
        return _says(row, column, [str(d.date_start or d.date_end) for d in found])

    return read


def precision(row: Row) -> str | None:
    """How exact the day of effect is, is what the expression says."""
    found = _at(row, "effective_on")
    if row["effective_precision"] is None or not found or any(d.precision == row["effective_precision"] for d in found):
        return None
    return _says(row, "effective_on", [str(d.precision) for d in found])


def _is_end(day: date, told: DateExpression) -> bool:
    """Whether a day is an end of the expression."""
    return any(_may_be(day, end, told) for end in (told.date_start, told.date_end))


def _may_be(day: date, end: date | None, told: DateExpression) -> bool:
    """Whether a day is an end of the expression; of a month or day without its year, also in a year beside.

    Which year is meant, the clause tells better than the words beside the date: what is planned lies ahead.
    """
    if end is None or day == end:
        return end is not None
    open_year = told.basis == "published_on" and told.precision in ("day", "month") and not _WEEKDAY.search(told.text)
    last_of_february = day.month == 2 and day.day + end.day == 57
    same = day.month == end.month and (day.day == end.day or last_of_february)
    return open_year and abs(day.year - end.year) == 1 and same


def _unleaning(row: Row) -> list[DateExpression]:
    return [] if row["date_basis"] == "relative" and _LEANS.search(row["date_text"] or "") else _at(row, "date_text")


def _at(row: Row, column: str) -> list[DateExpression]:
    return [d for span in row.spans(column) for d in touching(row.source.dates(), span)]


def _says(row: Row, column: str, readings: list[str]) -> str:
    said = " or ".join(dict.fromkeys(readings))
    published = f", published on {row.source.published_on}" if row.source.published_on else ""
    return f"{short(' … '.join(row.words(column)))}{published} is {said}"
