"""Date expressions before resolution. Each node resolves itself to a period, given the day of publication."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, Protocol

from broadsheet.extraction.dates.cues import direction
from broadsheet.extraction.dates.period import DAY, Period, UnknownDaysError, around, first, months, move, weekday_from

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from broadsheet.extraction.dates.cues import Direction


@dataclass
class Context:
    """Where an expression is, ``text[start:end]``, and what its days may depend on.

    ``anchor`` is the last date mentioned, if in the same sentence or the previous one; ``mentioned`` is whether there
    was any. ``year`` is the one that the text gives to the expressions around this one. ``depends_on`` becomes
    ``anchor`` or ``year`` if the result depends on it.
    """

    text: str
    start: int
    end: int
    published: date | None
    anchor: Period | None
    year: int | None
    mentioned: bool
    depends_on: str = ""

    @cached_property
    def direction(self) -> Direction:
        """Past, future or neither, by the verbs around the expression."""
        return direction(self.text, self.start, self.end)

    @property
    def today(self) -> date:
        """The day of publication, where it is needed."""
        if self.published is None:
            raise UnknownDaysError
        return self.published

    def base(self, anchored: bool, sign: int) -> Period:
        """The day or period to count from: the last date mentioned if ``anchored``, else the day of publication.

        If the text has mentioned dates, but none nearby, counting goes back from the day of publication (a year
        earlier), never forward (the next day); without counting (that day), it needs a date nearby.
        """
        if anchored and self.anchor is not None:
            self.depends_on = "anchor"
            return self.anchor
        if anchored and (not sign or (sign > 0 and (self.mentioned or self.direction.way == "past"))):
            raise UnknownDaysError
        return Period(self.today, self.today, "day")


class Node(Protocol):
    """A date expression; ``unit`` is the calendar unit that it names."""

    @property
    def unit(self) -> str:
        """Day, week, month and so on."""
        ...

    def resolve(self, context: Context) -> Period:
        """The days; UnknownDaysError if they depend on something unknown."""
        ...


class Within:
    """A node whose unit is that of the node inside it."""

    __slots__ = ()
    inner: Node

    @property
    def unit(self) -> str:
        """The unit of the node inside."""
        return self.inner.unit


def choose(found: Sequence[Period], context: Context, *, weekly: bool = False) -> Period:
    """The occurrence that the context means: past or future if a verb next to it says so, else the nearest.

    An occurrence that contains the day of publication is both. A verb further away multiplies the distance on the other
    side by two or four. Without a verb the future counts as half as far again, since papers report more of the past.
    Weekdays (``weekly``) are past unless a verb refers to the future.
    """
    today = context.today
    way, weight = context.direction
    if weekly and (way != "future" or weight):
        way, weight = way or "past", 2
    if weight == 2:
        if way == "past":
            return first(p for p in reversed(found) if p.start <= today)
        return first(p for p in found if p.end >= today)
    scale = 4.0 if weight else 2.0
    back, ahead = {"past": (1.0, scale), "future": (scale, 1.0)}.get(way, (1.0, 1.5))
    return first(sorted(found, key=lambda p: max(back * (today - p.end).days, ahead * (p.start - today).days, 0)))


def _occurring(occurrence: Callable[[int], Period], numbers: Iterable[int]) -> list[Period]:
    """The occurrences that the calendar has: the 31st is not in every month."""
    found = []
    for number in numbers:
        with suppress(ValueError, OverflowError):
            found.append(occurrence(number))
    return found


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar date or period: 3 March 2016, May, Friday the 13th, the third quarter, the 1990s.

    ``unit`` is day, month, quarter, half, season, week, weekend, year, decade or century. ``year`` is the first one of
    a decade or century. ``number`` counts quarters, halves, seasons (spring is 0) and weeks; ``weekday`` 0 is Monday.
    ``outer`` is the period that contains it ("of next year").
    """

    unit: str
    year: int | None = None
    month: int | None = None
    number: int = 0
    day: int | None = None
    weekday: int | None = None
    outer: Node | None = None

    def resolve(self, context: Context) -> Period:
        """Resolves by its own year, the containing period, the year from the context, or the day of publication."""
        if self.year is not None:
            return self.in_year(self.year)
        if self.outer is not None:
            outer = self.outer.resolve(context)
            return first(p for p in self.near(outer.start) if outer.start <= p.start <= outer.end).based(outer.basis)
        if context.year is not None and self.yearly:
            context.depends_on = "year"
            return self.in_year(context.year)
        if self.unit == "week":
            return self.in_year(context.today.year).based("published_on")
        weekly = self.day is None and not self.yearly
        return choose(self.near(context.today), context, weekly=weekly).based("published_on")

    @property
    def yearly(self) -> bool:
        """Whether it occurs once a year."""
        return self.month is not None or self.unit in ("quarter", "half", "season", "week")

    def in_year(self, year: int) -> Period:
        """Its occurrence in a year, stated; if weekday and date disagree, the weekday is more often wrong."""
        if self.unit in ("quarter", "half"):
            return around(date(year, (3 if self.unit == "quarter" else 6) * self.number, 1), self.unit)
        if self.unit == "season":
            # Whole months; winter begins in December of its year.
            return months(year, 3 + 3 * self.number, 3, "approximate")
        if self.unit == "week":
            return around(date.fromisocalendar(year, self.number, 1), "week")
        return around(date(year, self.month or 1, self.day or 1), self.unit)

    def near(self, day: date) -> list[Period]:
        """Its occurrences around a day, in chronological order."""
        if self.unit == "weekend":
            return [around(day + by * DAY, "weekend") for by in (-7, 0)]
        if self.day is None and not self.yearly:
            ahead = weekday_from(day, self.weekday or 0)
            return [around(ahead + by * DAY, "day") for by in ((-7, 0, 7) if ahead > day else (0,))]
        if self.yearly:
            # A leap day does not occur every year.
            reach = 8 if (self.month, self.day) == (2, 29) else 2 if self.weekday is None else 1
            found = _occurring(self.in_year, range(day.year - reach, day.year + reach + 1))
        else:
            reach = 14 if self.weekday is not None else 2
            found = _occurring(partial(self._in_month, day), range(-reach, reach + 1))
        return [p for p in found if self.weekday in (None, p.start.weekday())] or found

    def _in_month(self, day: date, by: int) -> Period:
        return around(move(day, by, "month").replace(day=self.day or 0), "day")


@dataclass(frozen=True, slots=True)
class Relative:
    """A calendar unit some units from the day of publication, or from the last date: next week, the following year."""

    unit: str
    offset: int
    anchored: bool = False

    def resolve(self, context: Context) -> Period:
        """The unit around the base, moved by the offset."""
        base = context.base(self.anchored, self.offset)
        if self.anchored and self.unit == "year" and 364 <= (base.end - base.start).days < 366:
            start, end = (move(day, self.offset, "year") for day in (base.start, base.end))
            return Period(start, end, base.precision, "relative")  # after a year ended in March
        day, offset = base.end if self.offset > 0 else base.start, self.offset
        if self.unit == "weekend" and not offset and day.weekday() < 5 and context.direction.way == "past":
            offset = -1  # "this weekend" on a weekday is the last one or the next one
        found = around(move(day, offset, self.unit), self.unit)
        if self.anchored and not self.offset and base.end > found.end:
            found = base  # that week, after "last month": some week of it
        return found.based("relative")


@dataclass(frozen=True, slots=True)
class Nearby(Within):
    """A calendar date with last, this or next: last January, this fall, next Friday.

    Weekdays use the calendar week (next Friday is the one of next week), unless ``rolling`` (the coming Friday).
    """

    inner: Calendar
    offset: int
    rolling: bool = False
    anchored: bool = False

    def resolve(self, context: Context) -> Period:
        """The last one completed, the one of this week or year, or the first one to come."""
        day = context.base(self.anchored, self.offset).start
        weekday = self.inner.weekday
        if weekday is not None and self.inner.day is None:
            if self.offset and (self.rolling or context.depends_on == "anchor"):
                found = weekday_from(day + (DAY if self.offset > 0 else -7 * DAY), weekday)
            else:
                found = day + (7 * self.offset - day.weekday() + weekday) * DAY
            return around(found, "day").based("relative")
        near = self.inner.near(day)
        if self.offset < 0:
            near = [p for p in reversed(near) if p.end < day]
        elif self.offset > 0:
            near = [p for p in near if p.start > day]
        else:
            near = [p for p in near if p.end.year >= day.year]
        return first(near).based("relative")
