"""Explains a row: its passage, the rule behind each cell, and what a curator changed."""

from __future__ import annotations

from broadsheet.views.explain.explanation import CellExplanation, Explanation, NamingArticle, Passage, Reason
from broadsheet.views.explain.run import explain

__all__ = ["CellExplanation", "Explanation", "NamingArticle", "Passage", "Reason", "explain"]
