"""Where a row comes from: its passage, the rule that gave each cell, and what a curator changed."""

from __future__ import annotations

from broadsheet.views.explain.explanation import CellTold, Explanation, Named, Passage, Reason
from broadsheet.views.explain.run import explain

__all__ = ["CellTold", "Explanation", "Named", "Passage", "Reason", "explain"]
