"""Nodes that count from a date or select a part of a period."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from broadsheet.extraction.dates.nodes import Relative, Within
from broadsheet.extraction.dates.period import (
    DAY,
    Period,
    UnknownDaysError,
    around,
    move,
    part_of,
    weekday_from,
    weeks_of,
)

if TYPE_CHECKING:
    from datetime import date

    from broadsheet.extraction.dates.nodes import Context, Node

# Units from small to large, with their usual length in days.
_DAYS = {"day": 1, "weekend": 2, "week": 7, "fortnight": 14, "month": 30, "quarter": 90, "half": 180, "year": 365}
_DAYS |= {"decade": 3650, "century": 36500}


@dataclass(frozen=True, slots=True)
class Rolling:
    """A period up to or from the day of publication: the past three months, the next two weeks; approximate.

    Quarters, decades and centuries use the calendar. ``count`` is None if the text does not say how many.
    """

    unit: str
    count: int | None
    sign: int
    anchored: bool = False

    def resolve(self, context: Context) -> Period:
        """Up to the day of publication or the day before another base, or from the day after it."""
        base = context.base(self.anchored, self.sign)
        if self.count is None:
            raise UnknownDaysError
        if self.unit in ("quarter", "decade", "century"):
            running = around(base.start, self.unit)
            start = running.end + DAY if self.sign > 0 else move(running.start, -self.count, self.unit)
            end = move(start, self.count, self.unit) - DAY
        elif self.sign < 0:
            start = move(base.start, -self.count, self.unit)
            end = base.start - DAY if self.anchored else base.start
        else:
            start, end = base.end + DAY, move(base.end, self.count, self.unit)
        return Period(start, end, "approximate", "relative")


@dataclass(frozen=True, slots=True)
class Distance:
    """A number of units before or after a base: two weeks ago, a year earlier, three days after June 12, in two months.

    Counted in days, or from a named day (``exact``), it is a day. Otherwise it is as exact as its smallest unit: two
    months ago is a month, 55 years ago a year, two weeks ago the week, approximate. ``parts`` are counts and units; a
    count is None if the text does not say how many. ``anchored`` distances count from the last date mentioned (a year
    earlier); those ``ahead`` are dates only if the verbs refer to the future (in two months).
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
        return min((unit for _, unit in self.parts), key=_DAYS.__getitem__)

    def resolve(self, context: Context) -> Period:
        """The base moved, then widened to the precision."""
        base = self.from_.resolve(context) if self.from_ is not None else context.base(self.anchored, self.sign)
        start, end = self._move(base.start), self._move(base.end)
        unit = self.unit
        if base.start != base.end:
            fine = _DAYS[unit] < (base.end - base.start).days
            # Both ends of a month, quarter or year move; a month keeps its length.
            if (base.end + DAY).day == 1 and not fine:
                end = around(end, "month").end
            return Period(start, end, "approximate" if fine else base.precision, "relative")
        if self.exact or unit == "day":
            return Period(start, start, "day", "relative")
        if unit in ("decade", "century"):
            return around(start, "year").roughly().based("relative")
        wider = {"quarter": "month", "half": "month", "fortnight": "week"}
        return around(start, wider.get(unit, unit)).based("relative")

    def _move(self, day: date) -> date:
        for count, unit in self.parts:
            if count is None:
                raise UnknownDaysError
            day = move(day, self.sign * count, unit)
        return day


@dataclass(frozen=True, slots=True)
class Nth:
    """A numbered unit of a period: the second week of 2031, the last Friday of March, the first day of next month.

    ``number`` counts from 1, or is -1 for the last.
    """

    number: int
    unit: str
    outer: Node
    weekday: int | None = None

    def resolve(self, context: Context) -> Period:
        """Its days in the outer period; a week belongs to the period of its Thursday."""
        outer = self.outer.resolve(context)
        if self.weekday is not None:
            day = weekday_from(outer.start, self.weekday) + 7 * (self.number - 1) * DAY
        elif self.unit == "week":
            monday, last = weeks_of(outer)
            day = last if self.number < 0 else monday + 7 * (self.number - 1) * DAY
        else:
            day = outer.end if self.number < 0 else move(outer.start, self.number - 1, self.unit)
        return around(day, self.unit).based(outer.basis)


@dataclass(frozen=True, slots=True)
class Edge:
    """The first or last units of a period: the last two weeks of this year, the first ten days of June."""

    count: int
    unit: str
    sign: int
    outer: Node

    def resolve(self, context: Context) -> Period:
        """From the start of the outer period, or up to its end."""
        outer = self.outer.resolve(context)
        start, last = (outer.start, outer.end)
        if self.unit == "week":
            start, monday = weeks_of(outer)
            last = monday + 6 * DAY
        if self.sign > 0:
            last = move(start, self.count, self.unit) - DAY
        else:
            start = move(last + DAY, -self.count, self.unit)
        return Period(start, last, "approximate", outer.basis)


@dataclass(frozen=True, slots=True)
class Part(Within):
    """A part of a period: ``early``, ``mid``, ``late``, ``end``, ``rest``; ``before`` or ``after`` the publication.

    A ``fiscal`` year is approximately the calendar year of its number, since its last month is not stated.
    """

    part: str
    inner: Node

    def resolve(self, context: Context) -> Period:
        """The part, approximate."""
        whole = self.inner.resolve(context)
        if self.part in ("early", "mid", "late", "end"):
            return part_of("late" if self.part == "end" else self.part, whole, self.unit)
        if self.part == "fiscal":
            return whole.roughly()
        anchored = isinstance(self.inner, Relative) and self.inner.anchored and context.anchor
        today = anchored.start if anchored else context.today
        if not whole.start <= today <= whole.end:
            return whole.roughly()
        start, end = (whole.start, today) if self.part == "before" else (today, whole.end)
        return Period(start, end, "approximate", "relative")


@dataclass(frozen=True, slots=True)
class Around:
    """The week or month that contains a date: the week of Nov. 30."""

    unit: str
    inner: Node

    def resolve(self, context: Context) -> Period:
        """The unit around its first day."""
        inner = self.inner.resolve(context)
        return around(inner.start, self.unit).based(inner.basis)


@dataclass(frozen=True, slots=True)
class Compared(Within):
    """The period of the last date mentioned, in another year: the same quarter last year, the year-earlier period."""

    inner: Node

    def resolve(self, context: Context) -> Period:
        """In the year that the text states, else a year before; without a date nearby, the other year itself."""
        other = self.inner.resolve(replace(context))
        if context.anchor is None:
            return other
        years = context.anchor.end.year - other.end.year if other.basis == "stated" else 1
        return Distance(((years, "year"),), -1, anchored=True, exact=True).resolve(context)


@dataclass(frozen=True, slots=True)
class Ending:
    """A number of units up to a date: the three months to June, the year ended March 31."""

    count: int
    unit: str
    inner: Node

    def resolve(self, context: Context) -> Period:
        """Up to and including the last day of the inner period."""
        inner = self.inner.resolve(context)
        start = move(inner.end + DAY, -self.count, self.unit)
        return Period(start, inner.end, inner.precision, inner.basis)
