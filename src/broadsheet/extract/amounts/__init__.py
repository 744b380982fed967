"""Sums of money and percentages in a text: a pure function from text to exact amounts."""

from __future__ import annotations

from broadsheet.extract.amounts.amount import BASIS_POINTS, PERCENT, PERCENTAGE_POINTS, RATE_UNITS, Amount
from broadsheet.extract.amounts.finder import find_amounts

__all__ = ["BASIS_POINTS", "PERCENT", "PERCENTAGE_POINTS", "RATE_UNITS", "Amount", "find_amounts"]
