"""Dates and periods of a text, resolved to first and last day: ``find_dates``.

What a reading is based on is its **basis**:

- ``stated``: the text gives the year itself, beside the date or in a neighbour that shares it;
- ``published_on``: the text prints a place in the calendar without its year (Oct. 31, Thursday, the first quarter), and
  the day of publication completes it, to the past or the future as the verbs around it say;
- ``relative``: the text counts, from the day of publication (last week, yesterday, 55 years ago, next Friday) or from
  the last date mentioned (a year earlier, the previous day).

Without ``published_on`` only what the text states is resolved; the rest is found, with its days null. So is what does
not say how many (a few weeks ago), and what refers to a date that the text does not mention (that day).

How loose words are read: last, this and next go by the calendar week (from Monday), month, quarter or year; the past
three months and the next two weeks are counted from the day of publication. A distance is as exact as its smallest
unit (two months ago is a month), and a day where it is counted in days or from a named day. Of a year, early is January
to March, mid May to August, late October to December; of a month days 1 to 15, 10 to 20 and 16 to its last; seasons are
whole months from March. A last part and the end of a period are the same. All of these but plain units are
``approximate``, weeks too. The fiscal year is about the calendar year of its number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from broadsheet.base.coerce import check_date
from broadsheet.base.days import in_bounds
from broadsheet.base.limit import MAX_CHARACTERS, check_length
from broadsheet.base.span import Span
from broadsheet.extraction.dates.attach import date_for
from broadsheet.extraction.dates.cues import direction
from broadsheet.extraction.dates.grammar import expressions
from broadsheet.extraction.dates.lexicon import numeric_order, runs
from broadsheet.extraction.dates.nodes import Calendar, Context, Relative
from broadsheet.extraction.dates.parts import Distance
from broadsheet.extraction.dates.ranges import Bound, Range

if TYPE_CHECKING:
    from datetime import date

    from broadsheet.extraction.dates.nodes import Node
    from broadsheet.extraction.dates.period import Basis, Period, Precision

__all__ = ["DateExpression", "date_for", "find_dates"]


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A date or period in a text.

    Attributes:
        span: Its characters, with the preposition that opens an end (since, until) and without others.
        text: Those characters.
        date_start: First day; None where that end is open or unknown.
        date_end: Last day, inside the period; None where that end is open or unknown.
        precision: ``day``, ``month`` or ``year``: of the coarser end; ``approximate`` where the days are the usual
            reading of a loose word (late 2018, last week, summer); None where nothing is known.
        basis: What the days are based on: ``stated``, ``published_on`` or ``relative``; None where nothing is known.
        depends_on: Other words of the text: ``anchor``, the date mentioned before, from which it counts;
            ``year``, a date beside it with a year; ``beside``, a day in apposition; empty if none.
        on: The characters of the first or last of these.
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
_TELLS = re.compile(r"\b(?:said|says|told|announced|reported|added|according)\b")
_ANCHOR_REACH = 600
_BESIDE = 15


def find_dates(
    text: str, *, published_on: date | str | None = None, max_characters: int = MAX_CHARACTERS
) -> list[DateExpression]:
    """Every date and period of an English text, in reading order; they do not overlap.

    Durations, ages and times of day are none. A range (April 20-22, from March to May, 1998-2001) is one expression;
    an end alone (since 2018, until Nov. 3) leaves the other null, and a year outside of 1000 to 2999 leaves both.
    Figures whose order the calendar leaves open (3/4/2025) are month first, unless another date of the text can only be
    day first. Linear in the length of the text.

    Args:
        text: Any text; offsets count its code points.
        published_on: The day on which it appeared, a date or ``YYYY-MM-DD``.
        max_characters: The most code points that it may have.

    Returns:
        One expression for each place.

    Raises:
        InputError: If it is longer, or ``published_on`` is not a day.

    Example:
        >>> [(d.text, d.date_start, d.date_end) for d in find_dates("It fell in late 2018.")]
        [('late 2018', datetime.date(2018, 10, 1), datetime.date(2018, 12, 31))]
    """
    check_length(text, "text", max_characters)
    day = check_date(published_on, "published_on") if isinstance(published_on, str) else published_on
    return list(_find_dates(text, day))


@lru_cache(maxsize=2)
def _find_dates(text: str, published_on: date | None) -> tuple[DateExpression, ...]:
    """What :func:`find_dates` finds: several parsers ask for the dates of an article, one after the other."""
    found = [expression for tokens in runs(text, numeric_order(text)) for expression in expressions(text, tokens)]
    dates: list[DateExpression] = []
    anchor: tuple[Period, Span] | None = None
    years: list[int | None] = []
    for k, (node, start, end) in enumerate(found):
        year = _lent_year(text, found, years, published_on)
        years.append(year or _own_year(node))
        if isinstance(node, Distance) and node.ahead and direction(text, start, end).way != "future":
            continue
        near = anchor[0] if anchor is not None and _near(text, anchor[1].end, start) else None
        mentioned = anchor is not None
        context = Context(text, start, end, published=published_on, anchor=near, year=year, mentioned=mentioned)
        apposed = k + 1 < len(found) and _apposed(text, found[k], found[k + 1])
        meant = found[k + 1][0] if apposed else node
        try:
            period = meant.resolve(context)
        except OverflowError:  # outside the years 1 to 9999
            period = None
        if period is not None and not in_bounds(period.start, period.end):
            period = None
        if isinstance(node, Bound) and node.kind == "from" and not (period and period.end is None):
            start = found[k][1] + len("from")
            start += len(text[start:end]) - len(text[start:end].lstrip())
        depends_on, on = (
            context.depends_on,
            anchor[1] if anchor is not None and context.depends_on == "anchor" else None,
        )
        if apposed:
            depends_on, on = "beside", Span(found[k + 1][1], found[k + 1][2])
        dates.append(_expression(text, start, end, period, depends_on, on))
        compared = isinstance(node, Distance) and node.anchored and node.sign < 0
        if period is not None and period.start is not None and not compared:
            anchor = period, Span(start, end)
    return tuple(dates)


def _expression(
    text: str, start: int, end: int, period: Period | None, depends_on: str, on: Span | None
) -> DateExpression:
    span = Span(start, end)
    if period is None:
        return DateExpression(span, text[start:end], None, None, None, None)
    return DateExpression(
        span, text[start:end], period.start, period.end, period.precision, period.basis, depends_on, on
    )


def _near(text: str, end: int, start: int) -> bool:
    """Whether ``start`` is in the sentence of ``end`` or the next one."""
    if start - end > _ANCHOR_REACH:
        return False
    return sum(1 for _ in islice(_SENTENCE_END.finditer(text, end, start), 2)) < 2


def _apposed(text: str, found: tuple[Node, int, int], following: tuple[Node, int, int]) -> bool:
    """Whether a day in apposition says which one an expression means: the day before, on June 9."""
    node, other = found[0], following[0]
    depends_on = isinstance(node, (Distance, Relative)) and node.anchored
    named = isinstance(other, Calendar) and other.day is not None and other.month is not None
    return depends_on and named and text[found[2] : following[1]] in (", ", ", on ")


def _own_year(node: Node) -> int | None:
    last = node.right if isinstance(node, Range) else node
    return last.year if isinstance(last, Calendar) and last.unit not in ("decade", "century") else None


def _lent_year(
    text: str, found: list[tuple[Node, int, int]], years: list[int | None], published_on: date | None
) -> int | None:
    """The year taken from a neighbour: March and April 2018; in May 2015 … and in July; with no day to go by, any.

    ``years`` holds the years of the expressions before, their own or a neighbour's.
    """
    k = len(years)
    node, start, end = found[k]
    if not isinstance(node, (Calendar, Range)) or _own_year(node) is not None:
        return None
    if k + 1 < len(found) and isinstance(node, Calendar) and node.yearly:
        other, at, _ = found[k + 1]
        same = isinstance(other, Calendar) and other.unit == node.unit
        if same and _own_year(other) and text[end:at].strip() in (",", "and", "or", "to", "and in", ", and"):
            return _own_year(other)
    for back in range(k - 1, max(k - 4, -1), -1):
        year = years[back]
        other, _, stop = found[back]
        between = text[stop:start]
        if year is None:
            continue
        if published_on is None:
            return year if len(between) < _BESIDE or not _SENTENCE_END.search(between) else None
        same = isinstance(node, Calendar) and node.yearly and other.unit == node.unit and len(between) < 120
        return year if same and not _SENTENCE_END.search(between) and not _TELLS.search(between) else None
    return None
