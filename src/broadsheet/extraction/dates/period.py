"""Periods of days and calendar arithmetic: proleptic Gregorian, weeks from Monday (ISO 8601)."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Precision = Literal["day", "month", "year", "approximate"]
Basis = Literal["stated", "relative", "published_on"]

DAY = timedelta(days=1)
OPEN_START, OPEN_END = date.min, date.max
"""Ends of a period that has only the other end."""

_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
_DAYS = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}
# Distance of the first day from the start, and of the last day.
_PARTS_IN_DAYS = {
    "week": {"early": (0, 2), "mid": (1, 3), "late": (3, 6)},
    "month": {"early": (0, 9), "mid": (10, 19), "late": (20, 30)},
}
# Distance in months from the start, and the number of months.
_PARTS_IN_MONTHS = {
    "year": {"early": (0, 3), "mid": (4, 4), "late": (9, 3)},
    "decade": {"early": (0, 48), "mid": (48, 36), "late": (84, 36)},
}


class UnknownDaysError(ValueError):
    """The text does not say which days it means; for days that no calendar has, ``date`` raises errors of its own."""


@dataclass(frozen=True, slots=True)
class Period:
    """First to last day, inclusive."""

    start: date
    end: date
    precision: Precision
    basis: Basis = "stated"

    @property
    def ends(self) -> tuple[date | None, date | None]:
        """First and last day; None for an open end."""
        return None if self.start == OPEN_START else self.start, None if self.end == OPEN_END else self.end

    def based(self, basis: Basis) -> Period:
        """The same days on another basis."""
        return replace(self, basis=basis)

    def roughly(self) -> Period:
        """The same days, approximate."""
        return replace(self, precision="approximate")


def first(periods: Iterable[Period]) -> Period:
    """The first of them."""
    for period in periods:
        return period
    raise UnknownDaysError


def months(year: int, month: int, count: int, precision: Precision) -> Period:
    """``count`` whole months from the first day of one; ``month`` may be outside 1 to 12."""
    start = move(date(year, 1, 1), month - 1, "month")
    return Period(start, move(start, count, "month") - DAY, precision)


def move(day: date, count: int, unit: str) -> date:
    """``day`` moved by ``count`` units; in a shorter month the 31st becomes its last day."""
    if unit in _DAYS:
        return day + timedelta(days=count * _DAYS[unit])
    year, month = divmod(day.year * 12 + day.month - 1 + count * _MONTHS[unit], 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def weekday_from(day: date, weekday: int) -> date:
    """The first such weekday on or after a day; Monday is 0."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def around(day: date, unit: str) -> Period:
    """The calendar unit that contains ``day``: its week from Monday to Sunday, its month, its decade.

    Weeks, weekends and fortnights are approximate: "last week" seldom means Monday to Sunday exactly. Centuries are
    counted from their round year.
    """
    if unit == "day":
        return Period(day, day, "day")
    if unit in _DAYS:
        monday = day - day.weekday() * DAY
        start = monday + 5 * DAY if unit == "weekend" else monday
        return Period(start, monday + (13 if unit == "fortnight" else 6) * DAY, "approximate")
    size = _MONTHS[unit]
    if size < 12:
        return months(day.year, (day.month - 1) // size * size + 1, size, "month")
    year = day.year // (size // 12) * (size // 12)
    return Period(date(year, 1, 1), date(year + size // 12 - 1, 12, 31), "year")


def weeks_of(period: Period) -> tuple[date, date]:
    """Mondays of the first and the last week of a period; a week belongs to the period of its Thursday (ISO 8601)."""
    return weekday_from(period.start, 3) - 3 * DAY, weekday_from(period.end - 6 * DAY, 3) - 3 * DAY


def part_of(part: str, period: Period, unit: str) -> Period:
    """Early, mid or late in a period, approximate; of one that no table above has, a third of its months."""
    start, end = period.start, period.end
    if unit in _PARTS_IN_DAYS:
        low, high = _PARTS_IN_DAYS[unit][part]
        return Period(start + low * DAY, min(start + high * DAY, end), "approximate", period.basis)
    length = (end.year - start.year) * 12 + end.month - start.month + 1
    third = length // 3
    thirds = {"early": (0, third), "mid": (third, third), "late": (length - third, third)}
    after, count = _PARTS_IN_MONTHS.get(unit, thirds)[part]
    return months(start.year, start.month + after, count, "approximate").based(period.basis)
