"""Financial figures: each distinct sum of money and financial percentage of an article, with kind, payer and payee."""

from __future__ import annotations

from broadsheet.extraction.figures.parser import find_figures

__all__ = ["find_figures"]
