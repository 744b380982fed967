"""A figure with all that was found of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.extraction.amounts import PERCENT, PERCENTAGE_POINTS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from broadsheet.base.span import Span
    from broadsheet.extraction.dates import DateExpression
    from broadsheet.extraction.figures.features import Features
    from broadsheet.extraction.figures.linking import Candidate
    from broadsheet.extraction.figures.sightings import AmountMention
    from broadsheet.extraction.found import Rule


@dataclass(frozen=True, slots=True)
class Decision:
    """What the models say of an amount.

    Attributes:
        kind: Its kind.
        scores: The score of each kind.
        features: Its features.
        why: The characters that say most for the kind.
        payer: Who pays; None where nobody does.
        payee: Who is paid.
        n_candidates: How many actors may have been either.
    """

    kind: str
    scores: Mapping[str, int]
    features: Features
    why: Span
    payer: Candidate | None
    payee: Candidate | None
    n_candidates: int


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount that is a figure.

    Attributes:
        mention: The amount in its sentence.
        decision: Its kind and parties.
        sign: -1 where the amount is that of a fall, else 1.
        fell: The word that makes it one.
        date: Its date.
        dated: How the date was found.
        approximation: As in the table.
        approximation_span: The words that make it approximate.
        about: What gave the approximation.
        tariff_id: The measure whose covered trade it is.
        covered: What made it the trade of that measure.
        converts: The figure that it converts.
    """

    mention: AmountMention
    decision: Decision
    sign: int
    fell: Span | None
    date: DateExpression | None
    dated: str
    approximation: str
    approximation_span: Span | None
    about: Rule
    tariff_id: str | None
    covered: Rule | None
    converts: Figure | None

    @property
    def key(self) -> tuple[object, ...]:
        """Figures with one key are mentions of one amount."""
        amount = self.mention.amount
        unit = PERCENT if amount.unit == PERCENTAGE_POINTS else amount.unit
        return amount.amount, amount.amount_high, unit, self.decision.kind if not amount.is_money else ""


def is_rounded(rounded: Decimal, exact: Decimal) -> bool:
    """Whether a number may be the other one, rounded: they differ by a twentieth at most."""
    return abs(rounded - exact) * 20 <= abs(exact)
