"""When an event took place: the date that the encoder links to its word."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from broadsheet.base.days import in_bounds
from broadsheet.reference import table

if TYPE_CHECKING:
    from datetime import date

    from broadsheet.base.span import Span
    from broadsheet.extraction.dates import DateExpression


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(row["word"] for row in table("date_words") if row["kind"] == "weekday")


@dataclass(frozen=True, slots=True)
class Date:
    """The days of an event, as the row has them; all null where nothing is known.

    Attributes:
        start: First day.
        end: Last day.
        precision: ``day``, ``month``, ``year`` or ``approximate``.
        basis: ``stated``, ``relative`` or ``published_on``.
        expression: The words.
        source: How the words were found: ``linked``, ``counted`` (from the event of another clause), ``announced`` or
            ``spoken`` (when the person who did this with words speaks).
        lasting: The words that give one of the ends: a three-day visit, for a third day.
        moved_by: Years or weeks by which a date that does not name them was moved, since the event is stated as over or
            to come.
    """

    start: date | None = None
    end: date | None = None
    precision: str | None = None
    basis: str | None = None
    expression: DateExpression | None = None
    source: str = "linked"
    lasting: Span | None = None
    moved_by: int = 0

    @classmethod
    def of(cls, expression: DateExpression | None, source: str = "linked") -> Date:
        """The days that an expression gives."""
        if expression is None or expression.precision is None or expression.basis is None:
            return cls()
        return cls(
            expression.date_start, expression.date_end, expression.precision, expression.basis, expression, source
        )

    @property
    def known(self) -> bool:
        """Whether a day is known."""
        return self.start is not None or self.end is not None

    @property
    def weekly(self) -> bool:
        """Whether the words name a day of any week: Monday, the weekend."""
        words = self.expression.text.lower() if self.expression is not None and self.basis == "published_on" else ""
        return words in _weekdays() or words.endswith("weekend")

    def fits(self, other: Date) -> bool:
        """Whether both may be of one event: a day in common, or one of them unknown."""
        if not self.known or not other.known:
            return True
        if self.start and other.end and self.start > other.end:
            return False
        return not (other.start and self.end and other.start > self.end)

    def moved(self, by: int) -> Date:
        """A month or day without a year, in another year; a weekday or weekend, in another week.

        Null where the words name the year or give the distance, and where no table holds that year.
        """
        said = self.expression
        if said is None or self.start is None or self.end is None or self.basis != "published_on":
            return Date()
        if self.weekly:
            start, end = (day + timedelta(weeks=by) for day in (self.start, self.end))
            return replace(self, start=start, end=end, moved_by=by)
        firm = self.precision not in ("month", "day") or any(c.isdigit() for c in said.text.split()[-1])
        if firm or "day" in said.text.lower():  # the same day
            return Date()
        last = self.end if self.precision == "day" else self.end - timedelta(days=self.end.day - 1)
        try:
            start = self.start.replace(year=self.start.year + by)
            end = last.replace(year=last.year + by)
        except ValueError:  # the 29th of February
            return Date()
        if self.precision == "month":
            end = (end.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        return replace(self, start=start, end=end, moved_by=by) if in_bounds(start, end) else Date()
