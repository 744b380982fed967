"""A figure with everything found about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.extraction.amounts import PERCENT, PERCENTAGE_POINTS

if TYPE_CHECKING:
    from broadsheet.base.span import Span
    from broadsheet.extraction.dates import DateExpression
    from broadsheet.extraction.figures.decision import Decision
    from broadsheet.extraction.figures.sightings import AmountMention
    from broadsheet.extraction.found import Rule


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount that is a figure.

    Attributes:
        mention: The amount in its sentence.
        decision: Its kind, payer and payee.
        fell: The word that makes it a fall; None if a minus sign does so or nothing.
        date: Its date.
        approximation: As in the table.
        approximation_span: The words that make it approximate.
        about: The rule of the approximation.
        tariff_id: The measure whose covered trade it is.
        covered: The rule by which it is the trade of that measure.
        converts: The figure that it converts.
    """

    mention: AmountMention
    decision: Decision
    fell: Span | None
    date: DateExpression | None
    approximation: str
    approximation_span: Span | None
    about: Rule
    tariff_id: str | None
    covered: Rule | None
    converts: Figure | None

    @property
    def key(self) -> tuple[object, ...]:
        """The identity of the amount: figures with equal keys are mentions of one amount."""
        amount = self.mention.amount
        unit = PERCENT if amount.unit == PERCENTAGE_POINTS else amount.unit
        return amount.amount, amount.amount_high, unit, self.decision.kind if not amount.is_money else ""
