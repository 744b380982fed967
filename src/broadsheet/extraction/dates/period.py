"""Periods of days and calendar arithmetic: proleptic Gregorian, weeks from Monday (ISO 8601)."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Literal

Precision = Literal["day", "month", "year", "approximate"]
Basis = Literal["stated", "relative", "published_on"]

_COARSENESS: dict[Precision, int] = {"day": 0, "month": 1, "year": 2, "approximate": 3}
_WEIGHT: dict[Basis, int] = {"stated": 0, "published_on": 1, "relative": 2}
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
_DAYS = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}


@dataclass(frozen=True, slots=True)
class Period:
    """First to last day, inclusive; None for an open end."""

    start: date | None
    end: date | None
    precision: Precision
    basis: Basis = "stated"

    def based(self, basis: Basis) -> Period:
        """The same days on another basis."""
        return replace(self, basis=basis)

    def roughly(self) -> Period:
        """The same days, approximate."""
        return replace(self, precision="approximate")

    @property
    def closed(self) -> tuple[date, date] | None:
        """Both ends, if both are known."""
        return None if self.start is None or self.end is None else (self.start, self.end)


def coarser(a: Precision, b: Precision) -> Precision:
    """The less exact of two."""
    return max(a, b, key=_COARSENESS.__getitem__)


def weaker(a: Basis, b: Basis) -> Basis:
    """The basis of a reading with two: inferred over stated."""
    return max(a, b, key=_WEIGHT.__getitem__)


def safe_date(year: int, month: int, day: int) -> date | None:
    """The day, or None if the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_end(year: int, month: int) -> date:
    """Last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def months(year: int, month: int, count: int, precision: Precision) -> Period | None:
    """``count`` whole months from the first day of one; ``month`` may be outside 1 to 12."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    last_year, last = year + (month + count - 2) // 12, (month + count - 2) % 12 + 1
    if not MINYEAR <= year <= last_year <= MAXYEAR:
        return None
    return Period(date(year, month, 1), month_end(last_year, last), precision)


def move(day: date, count: int, unit: str) -> date | None:
    """``day`` moved by ``count`` units; in a shorter month the 31st becomes its last day."""
    try:
        if unit in _DAYS:
            return day + timedelta(days=count * _DAYS[unit])
        month = day.year * 12 + day.month - 1 + count * _MONTHS[unit]
        year, month = month // 12, month % 12 + 1
        return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    except (ValueError, OverflowError):
        return None


def around(day: date, unit: str) -> Period | None:
    """The calendar unit that contains ``day``: its week from Monday to Sunday, its month, its decade.

    Weeks, weekends and fortnights are approximate: "last week" seldom means Monday to Sunday exactly.
    """
    if unit == "day":
        return Period(day, day, "day")
    if unit in ("week", "fortnight", "weekend"):
        monday = move(day, -day.weekday(), "day")
        first = monday and move(monday, 5 if unit == "weekend" else 0, "day")
        last = monday and move(monday, 13 if unit == "fortnight" else 6, "day")
        return Period(first, last, "approximate") if first and last else None
    if unit in ("month", "quarter", "half"):
        size = _MONTHS[unit]
        return months(day.year, (day.month - 1) // size * size + 1, size, "month")
    return years(day.year, unit)


def years(year: int, unit: str) -> Period | None:
    """The year, decade or century that contains a year; centuries are counted from their round year."""
    size = _MONTHS[unit] // 12
    first = year // size * size
    if not MINYEAR <= first <= first + size - 1 <= MAXYEAR:
        return None
    return Period(date(first, 1, 1), date(first + size - 1, 12, 31), "year")


def season(year: int, number: int) -> Period | None:
    """Spring (0) to winter (3) of a year, whole months; winter begins in December of that year."""
    return months(year, 3 + 3 * number, 3, "approximate")


def iso_week(year: int, number: int) -> Period | None:
    """A numbered week (ISO 8601), or None if the year has no such week."""
    try:
        monday = date.fromisocalendar(year, number, 1)
        return Period(monday, monday + timedelta(days=6), "approximate")
    except (ValueError, OverflowError):
        return None


def weeks_of(first: date, last: date) -> tuple[date, date]:
    """Mondays of the first and the last week of a period; a week belongs to the period of its Thursday (ISO 8601)."""
    thursday = first + timedelta(days=(3 - first.weekday()) % 7)
    last_thursday = last - timedelta(days=(last.weekday() - 3) % 7)
    return thursday - timedelta(days=3), last_thursday - timedelta(days=3)


def part_of(part: str, period: Period, unit: str) -> Period | None:
    """Early, mid or late in a period, approximate.

    Of a year January to March, May to August, October to December; of a month days 1 to 10, 11 to 20, 21 to its last;
    of a week Monday to Wednesday, Tuesday to Thursday, Thursday to Sunday; of a decade four, three and three years; of
    anything else a third of its months.
    """
    if period.start is None or period.end is None:
        return None
    start, end = period.start, period.end
    if unit == "year":
        first, count = {"early": (1, 3), "mid": (5, 4), "late": (10, 3)}[part]
        found = months(start.year, first, count, "approximate")
        return found and found.based(period.basis)
    if unit == "month":
        low, high = {"early": (1, 10), "mid": (11, 20), "late": (21, end.day)}[part]
        return Period(start.replace(day=low), start.replace(day=high), "approximate", period.basis)
    if unit == "week":
        low, high = {"early": (0, 2), "mid": (1, 3), "late": (3, 6)}[part]
        return Period(start + timedelta(days=low), start + timedelta(days=high), "approximate", period.basis)
    if unit == "decade":
        first, count = {"early": (1, 48), "mid": (49, 36), "late": (85, 36)}[part]
    else:
        length = (end.year - start.year) * 12 + end.month - start.month + 1
        count = length // 3
        if not count or start.day != 1:
            return period.roughly()
        first = start.month + {"early": 0, "mid": count, "late": length - count}[part]
    found = months(start.year, first, count, "approximate")
    return found and found.based(period.basis)
