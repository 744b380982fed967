"""Dates and periods of a text, resolved to first and last day: ``find_dates``.

The **basis** says where the days come from:

- ``stated``: the text gives the year itself, in the expression or in a neighbouring one that shares it;
- ``published_on``: the text gives a calendar date without its year (Oct. 31, Thursday, the first quarter). The day of
  publication completes it, towards the past or the future depending on the verbs around it;
- ``relative``: the text counts from the day of publication (last week, yesterday, 55 years ago, next Friday) or from
  the last date mentioned (a year earlier, the previous day).

Without ``published_on`` only what the text states is resolved; other expressions are found, with null days. The days
are also null if the text does not say how many (a few weeks ago), or refers to a date that it does not mention (that
day).

Loose words are read as follows. Last, this and next use the calendar week (from Monday), month, quarter or year. The
past three months and the next two weeks are counted from the day of publication. A distance is as exact as its smallest
unit (two months ago is a month), and exact to the day if counted in days or from a named day. In a year, early is
January to March, mid May to August, late October to December. In a month, they are days 1 to 10, 11 to 20 and 21 to the
last. Seasons are whole months from March. The last part of a period is the same as its end. All of these except plain
units are ``approximate``, and so are weeks. A fiscal year is approximately the calendar year of its number. What is so
far (so far this year) has no end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from broadsheet.base.coerce import check_date
from broadsheet.base.days import in_bounds
from broadsheet.base.limit import MAX_CHARACTERS, check_length
from broadsheet.base.span import Span
from broadsheet.extraction.dates.cues import direction
from broadsheet.extraction.dates.grammar import expressions
from broadsheet.extraction.dates.lexicon import numeric_order, runs
from broadsheet.extraction.dates.nodes import Calendar, Context, Relative
from broadsheet.extraction.dates.parts import Compared, Distance
from broadsheet.extraction.dates.period import OPEN_END, OPEN_START
from broadsheet.extraction.dates.ranges import Bound, Range

if TYPE_CHECKING:
    from datetime import date

    from broadsheet.extraction.dates.nodes import Node
    from broadsheet.extraction.dates.period import Basis, Period, Precision

__all__ = ["DateExpression", "find_dates"]


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A date or period in a text.

    Attributes:
        span: Its characters; includes a preposition that leaves one end open (since, until) but no other.
        text: Those characters.
        date_start: First day; None if that end is open or unknown.
        date_end: Last day, inclusive; None if that end is open or unknown.
        precision: ``day``, ``month`` or ``year``, that of the coarser end; ``approximate`` if the days are the usual
            reading of a loose word (late 2018, last week, summer); None if nothing is known.
        basis: What the days are based on: ``stated``, ``published_on`` or ``relative``; None if nothing is known.
        depends_on: Other words of the text that it needs: ``anchor``, the earlier date from which it counts;
            ``year``, a neighbouring date with a year; ``beside``, a day in apposition; empty if none.
        on: The characters of the anchor or of the day in apposition.
    """

    span: Span
    text: str
    date_start: date | None
    date_end: date | None
    precision: Precision | None
    basis: Basis | None
    depends_on: str = field(default="", compare=False)
    on: Span | None = field(default=None, compare=False)


_SENTENCE_END = re.compile(r"\n|[.!?][\"”’')]{0,2}\s+(?=[\"“‘'(]?[A-Z])")
_REPORTING = re.compile(r"\b(?:said|says|told|announced|reported|added|according)\b")
_SO_FAR = ("so far ", "so far in ", "so far during ")
_ANCHOR_REACH = 600
_BESIDE = 15


def find_dates(
    text: str, *, published_on: date | str | None = None, max_characters: int = MAX_CHARACTERS
) -> list[DateExpression]:
    """Every date and period of an English text, in reading order; they do not overlap.

    Durations, ages and times of day do not count. A range (April 20-22, from March to May, 1998-2001) is one
    expression. In a range with one open end (since 2018, until Nov. 3) the other end is null; for a year outside 1000
    to 2999 both are. Ambiguous numeric dates (3/4/2025) are month first, unless another date of the text can only be
    day first. Linear in the length of the text.

    Args:
        text: Any text; offsets count its code points.
        published_on: The day on which it appeared, a date or ``YYYY-MM-DD``.
        max_characters: The maximum length of the text in code points.

    Returns:
        One expression for each occurrence.

    Raises:
        InputError: If the text is longer, or ``published_on`` is not a date.

    Example:
        >>> [(d.text, d.date_start, d.date_end) for d in find_dates("It fell in late 2018.")]
        [('late 2018', datetime.date(2018, 10, 1), datetime.date(2018, 12, 31))]
    """
    check_length(text, "text", max_characters)
    day = check_date(published_on, "published_on") if isinstance(published_on, str) else published_on
    return list(_find_dates(text, day))


@lru_cache(maxsize=2)
def _find_dates(text: str, published_on: date | None) -> tuple[DateExpression, ...]:
    """Cached result of :func:`find_dates`: several parsers ask for the dates of the same article."""
    found = [expression for tokens in runs(text, numeric_order(text)) for expression in expressions(text, tokens)]
    dates: list[DateExpression] = []
    last: tuple[Period, Span] | None = None
    longer: tuple[Period, Span] | None = None
    years: list[int | None] = []
    for k, (node, start, end) in enumerate(found):
        year = _lent_year(text, found, years, published_on)
        years.append(year or _own_year(node))
        if isinstance(node, Distance) and node.ahead and direction(text, start, end).way != "future":
            continue
        anchor = longer if isinstance(node, Compared) else last
        near = anchor[0] if anchor is not None and _near(text, anchor[1].end, start) else None
        context = Context(text, start, end, published_on, near, year, mentioned=anchor is not None)
        apposed = k + 1 < len(found) and _apposed(text, found[k], found[k + 1])
        period = _days(found[k + 1][0] if apposed else node, context)
        if period is not None and (text.endswith(_SO_FAR, 0, start) or text.startswith(" so far", end)):
            period = replace(period, end=OPEN_END)
        if isinstance(node, Bound) and node.kind in ("from", "by") and not (period and None in period.ends):
            start = end - len(text[start + len(node.kind) : end].lstrip())
        span = Span(start, end)
        depends_on = "beside" if apposed else context.depends_on
        on = Span(found[k + 1][1], found[k + 1][2]) if apposed else None
        if depends_on == "anchor" and anchor is not None:
            on = anchor[1]
        if period is None:
            dates.append(DateExpression(span, span.of(text), None, None, None, None))
            continue
        dates.append(DateExpression(span, span.of(text), *period.ends, period.precision, period.basis, depends_on, on))
        compared = isinstance(node, Compared) or (isinstance(node, Distance) and node.anchored and node.sign < 0)
        if period.start > OPEN_START and not compared:
            last = period, span
            longer = longer if period.start == period.end else last
    return tuple(dates)


def _days(node: Node, context: Context) -> Period | None:
    """The days of an expression; None if they are unknown, or outside of what tables hold or the calendar has."""
    try:
        period = node.resolve(context)
    except (ValueError, OverflowError):
        return None
    ordered = any(period.ends) and period.start <= period.end
    return period if ordered and in_bounds(*period.ends) else None


def _near(text: str, end: int, start: int) -> bool:
    """Whether ``start`` is in the same sentence as ``end`` or in the next one."""
    return start - end <= _ANCHOR_REACH and sum(1 for _ in islice(_SENTENCE_END.finditer(text, end, start), 2)) < 2


def _apposed(text: str, found: tuple[Node, int, int], following: tuple[Node, int, int]) -> bool:
    """Whether a day in apposition specifies an expression: the day before, on June 9."""
    node, other = found[0], following[0]
    depends_on = isinstance(node, (Distance, Relative)) and node.anchored
    named = isinstance(other, Calendar) and other.day is not None and other.month is not None
    return depends_on and named and text[found[2] : following[1]] in (", ", ", on ")


def _own_year(node: Node) -> int | None:
    last = node.right if isinstance(node, Range) else node
    return last.year if isinstance(last, Calendar) else None


def _lent_year(
    text: str, found: list[tuple[Node, int, int]], years: list[int | None], published_on: date | None
) -> int | None:
    """The year taken from a neighbour: March and April 2018; in May 2015 … and in July; without ``published_on``, any.

    ``years`` holds the years of the earlier expressions, their own or a neighbour's.
    """
    k = len(years)
    node, start, end = found[k]
    if not isinstance(node, (Calendar, Range)) or _own_year(node) is not None:
        return None
    if k + 1 < len(found) and isinstance(node, Calendar) and node.yearly:
        other, at, _ = found[k + 1]
        joined = text[end:at].strip() in (",", "and", "or", "to", "and in", ", and")
        if joined and isinstance(other, Calendar) and other.unit == node.unit and other.year:
            return other.year
    lenders = [back for back in range(max(k - 3, 0), k) if years[back] is not None]
    if not lenders:
        return None
    other, _, stop = found[lenders[-1]]
    between = text[stop:start]
    apart = _SENTENCE_END.search(between) is not None
    if published_on is None:
        lends = not apart or len(between) < _BESIDE
    else:
        same = isinstance(node, Calendar) and node.yearly and other.unit == node.unit and len(between) < 120
        lends = same and not apart and not _REPORTING.search(between)
    return years[lenders[-1]] if lends else None
