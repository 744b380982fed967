"""Dates and periods of a text, resolved to first and last day: ``find_dates``.

What an expression rests on is its **basis**:

- ``stated``: the text gives the year itself, beside the date or in a neighbour that shares it;
- ``published_on``: the text prints a place in the calendar without its year (Oct. 31, Thursday, the first quarter), and
  the day of publication completes it, to the past or the future as the verbs around it say;
- ``relative``: the text counts, from the day of publication (last week, yesterday, 55 years ago, next Friday) or from
  the date that it told last (a year earlier, the previous day).

Without ``published_on`` only what the text states is resolved; the rest is found, with its days null.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from broadsheet.extract.dates.cues import direction
from broadsheet.extract.dates.grammar import expressions
from broadsheet.extract.dates.lexicon import numeric_order, runs
from broadsheet.extract.dates.nodes import Calendar, Context
from broadsheet.extract.dates.parts import Distance
from broadsheet.extract.dates.ranges import Bound, Range
from broadsheet.span import Span

if TYPE_CHECKING:
    from datetime import date

    from broadsheet.extract.dates.nodes import Node
    from broadsheet.extract.dates.period import Basis, Period, Precision

__all__ = ["DateExpression", "find_dates"]


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A date or period that a text tells.

    Attributes:
        span: Its characters, with the preposition that opens an end (since, until) and without others.
        text: Those characters.
        date_start: First day; None where that end is open or unknown.
        date_end: Last day, inside the period; None where that end is open or unknown.
        precision: ``day``, ``month`` or ``year``: of the coarser end; ``approximate`` where the days are the usual
            reading of a loose word (late 2018, last week, summer); None where nothing is known.
        basis: What the days rest on: ``stated``, ``published_on`` or ``relative``; None where nothing is known.
    """

    span: Span
    text: str
    date_start: date | None
    date_end: date | None
    precision: Precision | None
    basis: Basis | None


_SENTENCE_END = re.compile(r"\n|[.!?][\"”’')]{0,2}\s+(?=[\"“‘'(]?[A-Z])")
_ANCHOR_REACH = 600


def find_dates(text: str, *, published_on: date | None = None) -> list[DateExpression]:
    """Every date and period of an English text, in reading order; they do not overlap.

    Durations, ages and times of day are none. A range (April 20-22, from March to May, 1998-2001) is one expression;
    an end alone (since 2018, until Nov. 3) leaves the other null. Figures whose order the calendar leaves open
    (3/4/2025) are month first, unless another date of the text can only be day first. Linear in the length of the text.

    Args:
        text: Any text; offsets count its code points.
        published_on: The day on which it appeared.

    Returns:
        One expression for each place.

        >>> [(d.text, d.date_start, d.date_end) for d in find_dates("It fell in late 2018.")]
        [('late 2018', datetime.date(2018, 10, 1), datetime.date(2018, 12, 31))]
    """
    found = [
        expression for tokens in runs(text, numeric_order(text)) for expression in expressions(text, tokens)
    ]
    dates: list[DateExpression] = []
    anchor: tuple[Period, int] | None = None
    for k, (node, start, end) in enumerate(found):
        if isinstance(node, Distance) and node.ahead and direction(text, start, end) != "future":
            continue
        near = anchor[0] if anchor is not None and _near(text, anchor[1], start) else None
        context = Context(text, start, end, published_on, near, _lent_year(text, found, dates, k, published_on))
        try:
            period = node.resolve(context)
        except OverflowError:  # outside the years 1 to 9999
            period = None
        if isinstance(node, Bound) and node.kind == "from" and not (period and period.end is None):
            start += len("from") + (len(text[start + 4 : end]) - len(text[start + 4 : end].lstrip()))
        dates.append(_expression(text, start, end, period))
        if period is not None and period.start is not None:
            anchor = period, end
    return dates


def _expression(text: str, start: int, end: int, period: Period | None) -> DateExpression:
    span = Span(start, end)
    if period is None:
        return DateExpression(span, text[start:end], None, None, None, None)
    return DateExpression(span, text[start:end], period.start, period.end, period.precision, period.basis)


def _near(text: str, end: int, start: int) -> bool:
    """Whether ``start`` lies in the sentence of ``end`` or the next one."""
    if start - end > _ANCHOR_REACH:
        return False
    return sum(1 for _ in islice(_SENTENCE_END.finditer(text, end, start), 2)) < 2


def _lent_year(
    text: str,
    found: list[tuple[Node, int, int]],
    dates: list[DateExpression],
    k: int,
    published_on: date | None,
) -> int | None:
    """The year that a neighbour lends: March and April 2018; in May 2015 … and in July; with no day to go by, any."""
    node, start, end = found[k]
    if not isinstance(node, (Calendar, Range)):
        return None
    if k + 1 < len(found) and isinstance(node, Calendar) and node.yearly and node.year is None:
        other, at, _ = found[k + 1]
        same = isinstance(other, Calendar) and other.year is not None and other.unit == node.unit
        if same and isinstance(other, Calendar) and text[end:at].strip() in (",", "and", "or", "to", "and in", ", and"):
            return other.year
    for other, _, stop in reversed(found[max(0, k - 3) : k]):
        last = other.right if isinstance(other, Range) else other
        if not isinstance(last, Calendar) or last.year is None or start - stop > _ANCHOR_REACH:
            continue
        if published_on is None:
            return last.year
        between = text[stop:start]
        if last.yearly and last.unit == node.unit and len(between) < 120 and not _SENTENCE_END.search(between):
            return last.year if not _TELLS.search(between) else None
        return None
    return None


_TELLS = re.compile(r"\b(?:said|says|told|announced|reported|added|according)\b")
