"""Nodes with two ends, or with one end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from broadsheet.extraction.dates.cues import Direction, compares
from broadsheet.extraction.dates.nodes import Calendar, Within, choose
from broadsheet.extraction.dates.parts import Part
from broadsheet.extraction.dates.period import DAY, OPEN_END, OPEN_START, Basis, Period, Precision

if TYPE_CHECKING:
    from broadsheet.extraction.dates.nodes import Context, Node

_EXACT_FIRST: list[Precision] = ["day", "month", "year", "approximate"]
_STATED_FIRST: list[Basis] = ["stated", "published_on", "relative"]


@dataclass(frozen=True, slots=True)
class Range:
    """From one date through another, inclusive."""

    left: Node
    right: Node

    @property
    def unit(self) -> str:
        """The unit of the right end."""
        return self.right.unit

    def resolve(self, context: Context) -> Period:
        """Each end takes what it leaves out from the other: month, year, direction."""
        left, right = self.left, self.right
        if isinstance(left, Calendar) and isinstance(right, Calendar):
            left, right = _aligned(left, right)
            if left.year is None and right.year is None and left.outer is None and right.outer is None:
                return self._recurring(left, right, context)
        return _through(left.resolve(context), right.resolve(context))

    def _recurring(self, left: Calendar, right: Calendar, context: Context) -> Period:
        # In a range with weekdays and days of the month, the days of the month decide.
        left = replace(left, weekday=None) if left.month else left
        right = replace(right, weekday=None) if right.month else right
        rights = right.near(context.today)
        ends = [(start, next((r for r in rights if r.end >= start.start), None)) for start in left.near(context.today)]
        pairs = [_through(start, end) for start, end in ends if end is not None]
        return choose(pairs, context).based("published_on")


def _through(start: Period, end: Period) -> Period:
    """From one period through another, as inexact as the coarser one."""
    precision = max(start.precision, end.precision, key=_EXACT_FIRST.index)
    return Period(start.start, end.end, precision, max(start.basis, end.basis, key=_STATED_FIRST.index))


def _aligned(left: Calendar, right: Calendar) -> tuple[Calendar, Calendar]:
    """Completes each end from the other: 3 to 5 March 2024, April 20 to 22, Dec. 1 to Jan. 5, 2018."""
    left = _completed(left, right, -1)
    right = _completed(right, left, 1)
    if left.yearly and right.yearly and left.outer is None:
        starts = [node.in_year(2000).start for node in (left, right)]
        wraps = starts[0] > starts[1]
        if left.year is None and right.year is not None:
            left = replace(left, year=right.year - wraps)
        elif left.year is None and right.outer is not None and not wraps:
            left = replace(left, outer=right.outer)
    return left, right


def _completed(node: Calendar, other: Calendar, turn: int) -> Calendar:
    """A bare day of the month with the month of the other end; ``turn`` is -1 if that is the later one, else 1."""
    if node.unit != "day" or not node.day or node.month is not None or node.outer is not None:
        return node
    if other.month is None:
        return replace(node, outer=other.outer)
    passed = other.day is not None and (node.day - other.day) * turn < 0
    years, month = divmod(other.month - 1 + turn * passed, 12)
    return replace(node, month=month + 1, year=other.year and other.year + years)


@dataclass(frozen=True, slots=True)
class Bound(Within):
    """A range with one end: since March, until Nov. 3, before 2005, after Tuesday.

    ``since``, ``until`` and ``by`` include the period that they name; ``before`` and ``after`` exclude it. ``from``
    starts no range if it compares (up from March) or gives the year of something past (a letter from 2014), and ``by``
    ends none if what it dates is past (by Friday night they had left).
    """

    kind: str
    inner: Node

    def resolve(self, context: Context) -> Period:
        """The other end stays open."""
        way, weight = context.direction
        dated = isinstance(self.inner, Calendar) and self.inner.day is not None
        compared = self.kind == "from" and not dated and compares(context.text, context.start)
        if self.kind == "by" and way != "past":
            context.direction = Direction("future", 2)
        elif self.kind == "from" and way == "past" and not compared:
            context.direction = Direction(way, 1)  # was raised from August 1: that may be soon
        elif self.kind == "until" or (self.kind not in ("by", "from") and weight < 2):
            # The preposition implies the direction, unless a verb next to it decides.
            context.direction = Direction("future" if self.kind in ("until", "before") else "past", 0)
        inner = self.inner.resolve(context)
        if compared or (self.kind == "from" and self.unit == "year" and way != "future"):
            return inner
        if self.kind == "by" and way == "past" and self.unit == "day":
            return inner
        if self.kind == "until" and context.text.endswith("not ", 0, context.start):
            return inner  # not until 2028: then
        if self.kind in ("since", "from"):
            return replace(inner, end=OPEN_END)
        if self.kind == "after":
            return replace(inner, start=inner.end + DAY, end=OPEN_END)
        if isinstance(self.inner, Part) and self.inner.part == "end":
            # "before the end of the year" means before its last day
            return replace(inner, start=OPEN_START, precision="day")
        return replace(inner, start=OPEN_START, end=inner.start - DAY if self.kind == "before" else inner.end)
