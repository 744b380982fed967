"""A figure with all that was read of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.extraction.amounts import PERCENT, PERCENTAGE_POINTS

if TYPE_CHECKING:
    from decimal import Decimal

    from broadsheet.base.span import Span
    from broadsheet.extraction.dates import DateExpression
    from broadsheet.extraction.figures.parties import Parties
    from broadsheet.extraction.figures.reading import Reading
    from broadsheet.extraction.figures.sightings import AmountMention
    from broadsheet.extraction.found import Rule


@dataclass(frozen=True, slots=True)
class Figure:
    """A sighting that is a figure, with what was read of it.

    Attributes:
        sighting: The amount where it stands.
        reading: What it is.
        parties: Payer and payee.
        date: Its date.
        approximation: As in the table.
        approximation_span: The words that make it approximate.
        tariff_id: The measure whose covered trade it is.
        dated: How the date was found.
        about: What gave the approximation.
        covered: What made it the trade of that measure.
    """

    sighting: AmountMention
    reading: Reading
    parties: Parties
    date: DateExpression | None
    approximation: str
    approximation_span: Span | None
    tariff_id: str | None
    dated: str
    about: Rule
    covered: Rule | None

    @property
    def key(self) -> tuple[object, ...]:
        """Figures with one key are mentions of one amount."""
        amount = self.sighting.amount
        unit = PERCENT if amount.unit == PERCENTAGE_POINTS else amount.unit
        return amount.amount, amount.amount_high, unit, self.reading.kind if not amount.is_money else ""


def is_rounded(rounded: Decimal, exact: Decimal) -> bool:
    """Whether a number may be the other one, rounded: they differ by a twentieth at most."""
    return abs(rounded - exact) * 20 <= abs(exact)
