"""Sums of money and percentages in a text: a pure function from text to exact amounts."""

from __future__ import annotations

from broadsheet.extraction.amounts.amount import BASIS_POINTS, PERCENT, PERCENTAGE_POINTS, RATE_UNITS, Amount
from broadsheet.extraction.amounts.finder import find_amounts

__all__ = ["BASIS_POINTS", "PERCENT", "PERCENTAGE_POINTS", "RATE_UNITS", "Amount", "find_amounts"]
