"""Attaches a date of the text to a clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.base.span import Span
    from broadsheet.extraction.dates import DateExpression


def date_for(clause: Span, dates: Iterable[DateExpression], sentence: Span) -> DateExpression | None:
    """The date of a clause, by distance alone; parsers with a syntax tree should use the tree first.

    A date inside the clause wins over one elsewhere in the sentence, then a resolved one over an unresolved one, then
    the nearest. On a tie the date after the clause wins, since English puts the time after the verb.

    Args:
        clause: Characters of the clause or its trigger.
        dates: The result of ``find_dates`` for the same text.
        sentence: Characters of the sentence around it; dates outside it are ignored.
    """

    def rank(found: DateExpression) -> tuple[bool, bool, int, bool]:
        gap = max(found.span.start - clause.end, clause.start - found.span.end, 0)
        return not clause.contains(found.span), found.precision is None, gap, found.span.start < clause.start

    return min((found for found in dates if sentence.contains(found.span)), key=rank, default=None)
