"""What a spreadsheet can hold."""

from __future__ import annotations

MOST_ROWS = 1_048_576
"""Rows of a sheet of Excel, the header among them."""
MOST_CHARACTERS = 32_767
"""Characters of a cell of Excel."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV Injection)."""


def safe_text(text: str) -> str:
    """A text that no spreadsheet takes for a formula: with an apostrophe before it, where it begins like one."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
