"""What the reader of amounts finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from broadsheet.base.span import Span

PERCENT = "percent"
PERCENTAGE_POINTS = "percentage_points"
BASIS_POINTS = "basis_points"
RATE_UNITS = frozenset({PERCENT, PERCENTAGE_POINTS, BASIS_POINTS})
"""The units that are no currency."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money, a percentage, or a range of either.

    Attributes:
        span: Its characters, sign and unit included, words of approximation and the unit that it is a price of not.
        amount: Exact value in ``unit``, scale words multiplied out; the lower end of a range.
        amount_high: Upper end of a range, else None.
        unit: ISO 4217 code, or one of ``percent``, ``percentage_points``, ``basis_points``.
        unit_basis: ``stated``; or how a sign or word that several currencies share was read: ``article_country`` by the
            country that language or caller name, ``default`` as the most traded of them (a bare dollar is USD).
        approximation: ``exact``, ``about``, ``at_least``, ``at_most`` or ``range``.
        text: The characters of ``span``, as printed.
        per: What it is the price of one of (``barrel``, ``share``, ``year``), singular; None where not said.
        unit_span: The characters that say the unit; outside ``span`` where the amount shares another's unit.
        approximation_span: The words that make it approximate, or None.
        per_span: The words that say ``per``, or None.
        valued: How the number was read: ``number``; ``scaled`` by a scale word; ``coins``, a hundred of which make one
            of the currency; ``part``, a fraction in words; ``part_of``, a fraction of a unit.
        united: What identified the unit: ``rate``, ``sign``, ``code``, ``word``, ``adjective``, ``letter``,
            ``country`` or ``narrowed``; ``part`` of a fraction in words; ``inherited`` from an amount before it.
        based: Why ``unit_basis`` is so: ``own``, ``only``, ``yen_or_yuan``, ``named``, ``country``, ``mentions`` or
            ``default``.
    """

    span: Span
    amount: Decimal
    amount_high: Decimal | None
    unit: str
    unit_basis: str
    approximation: str
    text: str
    per: str | None
    unit_span: Span
    approximation_span: Span | None = None
    per_span: Span | None = None
    valued: str = field(default="number", compare=False)
    united: str = field(default="", compare=False)
    based: str = field(default="", compare=False)

    @property
    def is_money(self) -> bool:
        """Whether ``unit`` is a currency."""
        return self.unit not in RATE_UNITS
