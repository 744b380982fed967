"""Date expressions before resolution. Each node resolves itself to a period, given the day of publication."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from broadsheet.extraction.dates.cues import Direction, compares, direction
from broadsheet.extraction.dates.period import Period, around, iso_week, months, move, safe_date, season, years

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


_DAY = timedelta(days=1)
_SCALES = (2.0, 4.0, 4.0)


class Context:
    """The context that an expression is resolved in.

    Attributes:
        published: The day of publication.
        anchor: The last date mentioned, in the same sentence or the previous one.
        year: The year that the text gives to the expressions around this one.
        mentioned: Whether the text has mentioned a date before.
        depends_on: What the result depends on: ``anchor`` or ``year``; empty for neither.
    """

    __slots__ = ("_direction", "_end", "_start", "_text", "anchor", "depends_on", "mentioned", "published", "year")

    def __init__(
        self,
        text: str,
        start: int,
        end: int,
        *,
        published: date | None,
        anchor: Period | None,
        year: int | None,
        mentioned: bool,
    ) -> None:
        self._text = text
        self._start = start
        self._end = end
        self._direction: Direction | None = None
        self.published = published
        self.anchor = anchor
        self.year = year
        self.mentioned = mentioned
        self.depends_on = ""

    @property
    def direction(self) -> Direction:
        """Past, future or neither, by the verbs around the expression."""
        if self._direction is None:
            self._direction = direction(self._text, self._start, self._end)
        return self._direction

    @property
    def compares(self) -> bool:
        """Whether the words before the expression compare amounts, so that "from" names the base of comparison."""
        return compares(self._text, self._start)

    def expect(self, way: str) -> None:
        """Sets the direction for an expression whose own words imply it, unless a verb next to it decides."""
        if self.direction.weight < 2:
            self._direction = Direction(way, 0)

    def base(self, anchored: bool, sign: int = -1) -> Period | None:
        """The day or period to count from: the last date mentioned if ``anchored``, else the day of publication.

        If the text has mentioned dates, but none nearby, counting goes back from the day of publication (a year
        earlier), never forward (the next day).
        """
        if anchored and self.anchor is not None:
            self.depends_on = "anchor"
            return self.anchor
        if anchored and sign > 0 and (self.mentioned or self.direction.way == "past"):
            return None
        return None if self.published is None else Period(self.published, self.published, "day")


class Node(Protocol):
    """A date expression; ``unit`` is the calendar unit that it names."""

    @property
    def unit(self) -> str:
        """Day, week, month and so on."""
        ...

    def resolve(self, context: Context) -> Period | None:
        """The days, or None if they depend on something unknown."""
        ...


def choose(found: Iterable[Period], context: Context, *, weekly: bool = False) -> Period | None:
    """The occurrence that the context means: past or future if a verb next to it says so, else the nearest.

    An occurrence that contains the day of publication is both. A verb further away multiplies the distance on the other
    side by two or four. Without a verb the future counts as half as far again, since papers report more of the past.
    Weekdays (``weekly``) are past unless a verb refers to the future.
    """
    today = context.published
    assert today is not None
    known = [(p, p.start, p.end) for p in found if p.start is not None and p.end is not None]
    way, weight = context.direction
    if weekly and (way != "future" or weight):
        way, weight = way or "past", 2
    sure = weight == 2
    if sure and way == "past":
        past = [p for p, start, _ in known if start <= today]
        return past[-1] if past else None
    if sure and way == "future":
        return next((p for p, _, end in known if end >= today), None)
    scale = _SCALES[weight]
    back, ahead = {"past": (1.0, scale), "future": (scale, 1.0)}.get(way, (1.0, 1.5))
    ranked = [
        (max(back * (today - end).days, ahead * (start - today).days, 0), i) for i, (_, start, end) in enumerate(known)
    ]
    return known[min(ranked)[1]][0] if ranked else None


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar date or period: 3 March 2016, May, Friday the 13th, the third quarter, the 1990s.

    Attributes:
        unit: ``day`` ``month`` ``quarter`` ``half`` ``season`` ``week`` ``weekend`` ``year`` ``decade`` ``century``.
        year: If the text gives it; the first year of a decade or century.
        month: Of a day or month.
        number: Of a quarter, half, season or week.
        day: Of the month.
        weekday: Monday is 0.
        outer: The period that contains it ("of next year").
    """

    unit: str
    year: int | None = None
    month: int | None = None
    number: int = 0
    day: int | None = None
    weekday: int | None = None
    outer: Node | None = None

    def resolve(self, context: Context) -> Period | None:
        """Resolves by its own year, the containing period, the year from the context, or the day of publication."""
        if self.year is not None:
            # If weekday and date disagree, the weekday is more often wrong.
            return self.in_year(self.year) or replace(self, weekday=None).in_year(self.year)
        if self.outer is not None:
            return self._in_outer(context)
        if context.year is not None and self.yearly:
            context.depends_on = "year"
            return self.in_year(context.year)
        if context.published is None:
            return None
        if self.unit == "week":
            found = self.in_year(context.published.year)
        else:
            found = choose(self.near(context.published), context, weekly=self.day is None and not self.yearly)
            if found is None and self.weekday is not None and self.month is not None:
                found = choose(replace(self, weekday=None).near(context.published), context)
        return found and found.based("published_on")

    @property
    def yearly(self) -> bool:
        """Whether it occurs once a year."""
        return self.month is not None or self.unit in ("quarter", "half", "season", "week")

    def in_year(self, year: int) -> Period | None:
        """Its occurrence in a year, stated; None if the calendar has none."""
        if self.unit == "day" and self.month and self.day:
            day = safe_date(year, self.month, self.day)
            fits = day is not None and self.weekday in (None, day.weekday())
            return Period(day, day, "day") if fits else None
        if self.unit == "month" and self.month:
            return months(year, self.month, 1, "month")
        if self.unit in ("quarter", "half"):
            size = 3 if self.unit == "quarter" else 6
            return months(year, size * self.number - size + 1, size, "month")
        if self.unit == "season":
            return season(year, self.number)
        if self.unit == "week":
            return iso_week(year, self.number)
        return years(year, self.unit) if self.unit in ("year", "decade", "century") else None

    def near(self, day: date) -> Iterator[Period]:
        """Its occurrences around a day, in chronological order."""
        found: Iterator[Period | None]
        if self.yearly:
            # A leap day does not occur every year.
            reach = 8 if (self.month, self.day) == (2, 29) else 2 if self.weekday is None else 1
            found = (self.in_year(year) for year in range(day.year - reach, day.year + reach + 1))
        elif self.unit == "weekend":
            saturday = day + timedelta(days=5 - day.weekday())
            found = (Period(s, s + _DAY, "approximate") for s in (saturday - 7 * _DAY, saturday))
        elif self.day is None:
            ahead = ((self.weekday or 0) - day.weekday()) % 7
            dates = (day + timedelta(days=ahead + by) for by in ((-7, 0, 7) if ahead else (0,)))
            found = (Period(d, d, "day") for d in dates)
        else:
            reach = 14 if self.weekday is not None else 2
            found = (self._in_month(day, by) for by in range(-reach, reach + 1))
        return (p for p in found if p is not None)

    def _in_month(self, day: date, by: int) -> Period | None:
        month = months(day.year, day.month + by, 1, "month")
        if month is None or month.start is None or self.day is None:
            return None
        found = safe_date(month.start.year, month.start.month, self.day)
        fits = found is not None and self.weekday in (None, found.weekday())
        return Period(found, found, "day") if fits else None

    def _in_outer(self, context: Context) -> Period | None:
        outer = self.outer.resolve(context) if self.outer is not None else None
        if outer is None or outer.start is None or outer.end is None:
            return None
        found: Iterator[Period | None]
        if self.yearly:
            found = (self.in_year(year) for year in range(outer.start.year, outer.end.year + 1))
        elif self.day is not None:
            found = (self._in_month(outer.start, by) for by in range(13))
        else:
            ahead = ((self.weekday or 0) - outer.start.weekday()) % 7
            day = outer.start + timedelta(days=ahead)
            found = iter((Period(day, day, "day"),))
        for period in found:
            if period is not None and period.start is not None and outer.start <= period.start <= outer.end:
                return period.based(outer.basis)
        return None


@dataclass(frozen=True, slots=True)
class Relative:
    """A calendar unit counted from the day of publication or from the last date: next week, the following year.

    Attributes:
        unit: As in :class:`Calendar`.
        offset: How many units away.
        anchored: Whether it counts from the last date mentioned.
        strict: Whether it is unresolved without an anchor (that day).
    """

    unit: str
    offset: int
    anchored: bool = False
    strict: bool = False

    def resolve(self, context: Context) -> Period | None:
        """The unit around the base, moved by the offset."""
        base = context.base(self.anchored, self.offset)
        if base is None or (self.strict and context.anchor is None):
            return None
        day = (base.end if self.offset > 0 else base.start) or base.start or base.end
        offset = self.offset
        if self.unit == "weekend" and not offset and day is not None and day.weekday() < 5:
            # "this weekend" on a weekday is the last one or the next one
            offset = -1 if context.direction.way == "past" else 0
        moved = move(day, offset, self.unit) if day is not None else None
        found = around(moved, self.unit) if moved is not None else None
        return found and found.based("relative")


@dataclass(frozen=True, slots=True)
class Nearby:
    """A calendar date with last, this or next: last January, this fall, next Friday.

    Weekdays use the calendar week (next Friday is the one of next week), unless ``rolling`` (the coming Friday).
    """

    inner: Calendar
    offset: int
    rolling: bool = False
    anchored: bool = False
    strict: bool = False

    @property
    def unit(self) -> str:
        """The unit of the inner date."""
        return self.inner.unit

    def resolve(self, context: Context) -> Period | None:
        """The last one completed, the one of this week or year, or the first one to come."""
        base = context.base(self.anchored, self.offset)
        if base is None or base.start is None or (self.strict and context.anchor is None):
            return None
        day = base.start
        rolling = self.rolling or (self.anchored and context.anchor is not None)
        if self.inner.weekday is not None and self.inner.day is None:
            moved = day + timedelta(days=7 * self.offset - day.weekday() + self.inner.weekday)
            if rolling and self.offset > 0:
                moved = day + timedelta(days=(self.inner.weekday - day.weekday() - 1) % 7 + 1)
            elif rolling and self.offset < 0:
                moved = day - timedelta(days=(day.weekday() - self.inner.weekday - 1) % 7 + 1)
            return Period(moved, moved, "day", "relative")
        found = [p for p in self.inner.near(day) if p.start is not None and p.end is not None]
        if self.offset < 0:
            before = [p for p in found if p.end is not None and p.end < day]
            chosen = before[-1] if before else None
        elif self.offset > 0:
            chosen = next((p for p in found if p.start is not None and p.start > day), None)
        else:
            chosen = next((p for p in found if p.end is not None and p.end.year >= day.year), None)
        return chosen and chosen.based("relative")
