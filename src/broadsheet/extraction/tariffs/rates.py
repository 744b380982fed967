"""Rates of duty in a text: percentages, ranges, rates by weight or piece, with how exact they are.

It knows nothing of measures. Which rate belongs to which measure is decided where the clause is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from broadsheet.base.span import Span
from broadsheet.extraction.amounts import PERCENT, find_amounts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.extraction.amounts import Amount

_ZERO = re.compile(r"(?<![\w.,-])(?:zero|nil)(?![\w-])(?!\s(?:tolerance|emission|carbon|growth|per))", re.IGNORECASE)
_FROM = re.compile(r"(?<!ranging )(?<!range )(?<!ranges )(?<!ranged )from $", re.IGNORECASE)
_BETWEEN = re.compile(r"between $", re.IGNORECASE)
_NEAR = 20
"""Characters before a rate that are read."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate as printed.

    Attributes:
        span: Its characters with the words before it that say how exact it is (``up to 25 percent``).
        percent: The rate in percent, the lower end of a range; ``None`` for one by weight or piece.
        high: The other end of a range.
        approximation: ``exact`` ``about`` ``at_most`` ``at_least`` or ``range``.
    """

    span: Span
    percent: Decimal | None
    high: Decimal | None = None
    approximation: str = "exact"


def find_rates(text: str) -> list[Rate]:
    """Every rate in ``text``, in reading order, without overlap; linear in its length.

    >>> [(str(r.percent), r.approximation) for r in find_rates("duties of up to 37.6 per cent")]
    [('37.6', 'at_most')]
    """
    found = [rate for amount in find_amounts(text, max_characters=len(text)) for rate in _rates_of(text, amount)]
    zeros = (Rate(Span(*m.span()), Decimal(0)) for m in _ZERO.finditer(text))
    return sorted([*found, *zeros], key=lambda rate: rate.span.start)


def _rates_of(text: str, amount: Amount) -> Iterator[Rate]:
    """The rates that an amount states: none, one, or two if it is a change from one to the other."""
    span = amount.span
    if amount.per_span is not None and amount.is_money and amount.valued != "scaled":
        yield Rate(Span(span.start, amount.per_span.end), None)
    if amount.unit != PERCENT or amount.united == "part" or amount.amount < 0:
        return
    before = text[max(0, span.start - _NEAR) : span.start]
    low, to, _ = amount.text.partition(" to ")
    if amount.amount_high is not None and to and _FROM.search(before):
        yield Rate(Span(span.start, span.start + len(low)), amount.amount)
        yield Rate(Span(span.start + len(low) + len(to), span.end), amount.amount_high)
        return
    hedge = amount.approximation_span
    start = min(span.start, hedge.start) if hedge is not None else span.start
    if amount.amount_high is not None and (between := _BETWEEN.search(before)):
        start -= len(between[0])
    yield Rate(Span(start, span.end), amount.amount, amount.amount_high, amount.approximation)
