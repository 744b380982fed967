"""Nodes that count from a date or select a part of a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from broadsheet.extraction.dates.nodes import Relative
from broadsheet.extraction.dates.period import Period, around, months, move, part_of, weeks_of, years

if TYPE_CHECKING:
    from datetime import date

    from broadsheet.extraction.dates.nodes import Context, Node

_DAY = timedelta(days=1)
_DAYS = {"day": 1, "weekend": 2, "week": 7, "fortnight": 14, "month": 30, "quarter": 90, "half": 180, "year": 365}


@dataclass(frozen=True, slots=True)
class Rolling:
    """A period up to or from the day of publication: the past three months, the next two weeks; approximate.

    Quarters, decades and centuries use the calendar. ``count`` is None if the text does not say how many.
    """

    unit: str
    count: int | None
    sign: int
    anchored: bool = False

    def resolve(self, context: Context) -> Period | None:
        """Up to the day of publication or the day before another base, or from the day after it."""
        base = context.base(self.anchored, self.sign)
        if base is None or self.count is None or base.start is None or base.end is None:
            return None
        if self.unit in ("quarter", "decade", "century"):
            running = around(base.start, self.unit)
            if running is None or running.start is None or running.end is None:
                return None
            first = running.end + _DAY if self.sign > 0 else move(running.start, -self.count, self.unit)
            last = move(first, self.count, self.unit) if first else None
            return Period(first, last - _DAY, "approximate", "relative") if first and last else None
        if self.sign < 0:
            first = move(base.start, -self.count, self.unit)
            end = base.start - _DAY if self.anchored else base.start
            return Period(first, end, "approximate", "relative") if first else None
        last = move(base.end, self.count, self.unit)
        return Period(base.end + _DAY, last, "approximate", "relative") if last else None


@dataclass(frozen=True, slots=True)
class Distance:
    """A number of units before or after a base: two weeks ago, a year earlier, three days after June 12, in two months.

    Counted in days, or from a named day, it is a day. Otherwise it is as exact as its smallest unit: two months ago is
    a month, 55 years ago a year, two weeks ago the week, approximate.

    Attributes:
        parts: Count and unit; a count is None if the text does not say how many.
        sign: -1 before, 1 after.
        from_: The base, if the text gives one.
        anchored: Whether it counts from the last date mentioned (a year earlier).
        ahead: Whether it is a date only if the verbs refer to the future (in two months).
        exact: Whether the result is a day, whatever the unit.
    """

    parts: tuple[tuple[int | None, str], ...]
    sign: int
    from_: Node | None = None
    anchored: bool = False
    ahead: bool = False
    exact: bool = False

    @property
    def unit(self) -> str:
        """The smallest unit counted."""
        order = ("day", "weekend", "week", "fortnight", "month", "quarter", "half", "year", "decade", "century")
        return min((unit for _, unit in self.parts), key=order.index)

    def resolve(self, context: Context) -> Period | None:
        """The base moved, then widened to the precision."""
        base = self.from_.resolve(context) if self.from_ is not None else context.base(self.anchored, self.sign)
        if base is None or base.start is None or base.end is None:
            return None
        first, last = self._move(base.start), self._move(base.end)
        if first is None or last is None:
            return None
        if base.start != base.end:
            fine = _DAYS.get(self.unit, 3650) < (base.end - base.start).days
            # Both ends of a month, quarter or year move; a month keeps its length.
            if (base.end + _DAY).day == 1 and not fine:
                month = around(last, "month")
                last = month.end if month is not None and month.end is not None else last
            return Period(first, last, "approximate" if fine else base.precision, "relative")
        unit = self.unit
        if self.exact or unit == "day":
            return Period(first, first, "day", "relative")
        if unit in ("decade", "century"):
            year = years(first.year, "year")
            return year and year.roughly().based("relative")
        found = around(first, {"quarter": "month", "half": "month", "fortnight": "week"}.get(unit, unit))
        return found and found.based("relative")

    def _move(self, day: date) -> date | None:
        moved: date | None = day
        for count, unit in self.parts:
            if count is None or moved is None:
                return None
            moved = move(moved, self.sign * count, unit)
        return moved


@dataclass(frozen=True, slots=True)
class Nth:
    """A numbered unit of a period: the second week of 2031, the last Friday of March, the first day of next month.

    ``number`` counts from 1, or is -1 for the last.
    """

    number: int
    unit: str
    outer: Node
    weekday: int | None = None

    def resolve(self, context: Context) -> Period | None:
        """Its days in the outer period; a week belongs to the period of its Thursday."""
        outer = self.outer.resolve(context)
        if outer is None or outer.start is None or outer.end is None:
            return None
        if self.weekday is not None:
            ahead = (self.weekday - outer.start.weekday()) % 7
            back = (outer.end.weekday() - self.weekday) % 7
            day = outer.end - back * _DAY if self.number < 0 else outer.start + (ahead + 7 * self.number - 7) * _DAY
            found: Period | None = Period(day, day, "day")
        elif self.unit == "week":
            first, last = weeks_of(outer.start, outer.end)
            monday = last if self.number < 0 else first + (7 * self.number - 7) * _DAY
            found = Period(monday, monday + 6 * _DAY, "approximate")
        else:
            inside = outer.end if self.number < 0 else move(outer.start, self.number - 1, self.unit)
            found = around(inside, self.unit) if inside is not None else None
        if found is None or found.start is None or found.start > outer.end:
            return None
        return found.based(outer.basis)


@dataclass(frozen=True, slots=True)
class Edge:
    """The first or last units of a period: the last two weeks of this year, the first ten days of June."""

    count: int
    unit: str
    sign: int
    outer: Node

    def resolve(self, context: Context) -> Period | None:
        """From the start of the outer period, or up to its end."""
        outer = self.outer.resolve(context)
        if outer is None or outer.start is None or outer.end is None:
            return None
        start, end = outer.start, outer.end + _DAY
        if self.unit == "week":
            start, last = weeks_of(outer.start, outer.end)
            end = last + 7 * _DAY
        if self.sign > 0:
            moved = move(start, self.count, self.unit)
            return Period(start, moved - _DAY, "approximate", outer.basis) if moved else None
        moved = move(end, -self.count, self.unit)
        return Period(moved, end - _DAY, "approximate", outer.basis) if moved else None


@dataclass(frozen=True, slots=True)
class Part:
    """Early, mid or late in a period; its rest; its part before or after the day of publication; its halves."""

    part: str
    inner: Node

    @property
    def unit(self) -> str:
        """The unit of the whole."""
        return self.inner.unit

    def resolve(self, context: Context) -> Period | None:
        """The part, approximate."""
        whole = self.inner.resolve(context)
        if whole is None or whole.start is None or whole.end is None:
            return None
        if self.part in ("early", "mid", "late"):
            return part_of(self.part, whole, self.unit)
        base = context.anchor if isinstance(self.inner, Relative) and self.inner.anchored else None
        today = base.start if base is not None and base.start is not None else context.published
        if today is None:
            return None
        if not whole.start <= today <= whole.end:
            return whole.roughly()
        start, end = (whole.start, today) if self.part == "before" else (today, whole.end)
        return Period(start, end, "approximate", "relative")


@dataclass(frozen=True, slots=True)
class Halved:
    """The first (1) or second (2) half of a period."""

    number: int
    outer: Node

    @property
    def unit(self) -> str:
        """A half."""
        return "half"

    def resolve(self, context: Context) -> Period | None:
        """Six months of a year, about fifteen days of a month, five years of a decade."""
        outer = self.outer.resolve(context)
        if outer is None or outer.start is None or outer.end is None:
            return None
        length = (outer.end.year - outer.start.year) * 12 + outer.end.month - outer.start.month + 1
        if length > 1 and length % 2 == 0:
            first = outer.start.month + (self.number - 1) * length // 2
            found = months(outer.start.year, first, length // 2, "month" if length == 12 else "year")
            return found and found.based(outer.basis)
        middle = outer.start + (outer.end - outer.start) // 2
        start, end = (outer.start, middle) if self.number == 1 else (middle + _DAY, outer.end)
        return Period(start, end, "approximate", outer.basis)


@dataclass(frozen=True, slots=True)
class Around:
    """The week or month that contains a date: the week of Nov. 30."""

    unit: str
    inner: Node

    def resolve(self, context: Context) -> Period | None:
        """The unit around its first day."""
        inner = self.inner.resolve(context)
        found = around(inner.start, self.unit) if inner is not None and inner.start is not None else None
        return found and inner and found.based(inner.basis)


@dataclass(frozen=True, slots=True)
class Ending:
    """A number of units up to a date: the three months to June, the year ended March 31."""

    count: int
    unit: str
    inner: Node

    def resolve(self, context: Context) -> Period | None:
        """Up to and including the last day of the inner period."""
        inner = self.inner.resolve(context)
        if inner is None or inner.end is None:
            return None
        start = move(inner.end + _DAY, -self.count, self.unit)
        return Period(start, inner.end, inner.precision, inner.basis) if start else None


@dataclass(frozen=True, slots=True)
class Fiscal:
    """A fiscal year: approximately the calendar year of its number, since its last month is not stated."""

    inner: Node

    @property
    def unit(self) -> str:
        """A year."""
        return "year"

    def resolve(self, context: Context) -> Period | None:
        """The same days, approximate."""
        inner = self.inner.resolve(context)
        return inner and inner.roughly()
