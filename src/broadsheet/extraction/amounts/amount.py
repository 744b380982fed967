"""The result type of the amount parser."""

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
"""The units that are not currencies."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money, a percentage, or a range of either.

    Attributes:
        span: Its characters, including sign and unit, without words of approximation and the ``per`` unit.
        amount: Exact value in ``unit``, multiplied by scale words; the lower end of a range.
        amount_high: Upper end of a range, else None.
        unit: ISO 4217 code, or one of ``percent``, ``percentage_points``, ``basis_points``.
        unit_basis: ``stated``, or how a sign or word shared by several currencies was read: ``article_country``, by the
            country of the language or the argument; ``default``, as the most traded of them (a bare dollar is USD).
        approximation: ``exact``, ``about``, ``at_least``, ``at_most`` or ``range``.
        text: The characters of ``span``, as printed.
        per: The unit that it is a price of (``barrel``, ``share``, ``year``), singular; None if not stated.
        unit_span: The characters of the unit; outside ``span`` if the amount shares another's unit.
        approximation_span: The words that make it approximate, or None.
        per_span: The words of ``per``, or None.
        valued: How the number was read: ``number``; ``scaled`` by a scale word; ``coins``, minor units of a hundredth;
            ``part``, a fraction in words; ``part_of``, a fraction of a unit.
        united: What identified the unit: ``rate``, ``sign``, ``code``, ``word``, ``adjective`` or ``narrowed``;
            ``part`` of a fraction in words; ``inherited`` from an earlier amount.
        based: Reason for ``unit_basis``: ``own``, ``only``, ``yen_or_yuan``, ``named``, ``country``, ``mentions`` or
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
