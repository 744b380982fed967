"""Which of a text's dates belongs to a clause of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.base.span import Span
    from broadsheet.extraction.dates import DateExpression


def date_for(clause: Span, dates: Iterable[DateExpression], sentence: Span) -> DateExpression | None:
    """The date of a clause, by nearness alone; parsers that have a syntax tree should ask it first.

    A date inside the clause wins over one elsewhere in its sentence, one that resolved over one that did not, and then
    the nearest; of two at the same distance the one that follows, as English puts the time after the verb.

    Args:
        clause: Characters of the clause or its trigger.
        dates: What ``find_dates`` found in the same text.
        sentence: Characters of the sentence around it, beyond which no date is looked for.
    """

    def rank(found: DateExpression) -> tuple[bool, bool, int, bool]:
        gap = max(found.span.start - clause.end, clause.start - found.span.end, 0)
        return not clause.contains(found.span), found.precision is None, gap, found.span.start < clause.start

    return min((found for found in dates if sentence.contains(found.span)), key=rank, default=None)
