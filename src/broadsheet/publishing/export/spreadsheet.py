"""The limits of spreadsheets, and texts that they would change."""

from __future__ import annotations

import re

MOST_ROWS = 1_048_576
"""Rows of an Excel sheet, including the header."""
MOST_CHARACTERS = 32_767
"""Characters of an Excel cell."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Characters that begin a formula in a spreadsheet (OWASP, CSV Injection)."""

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WORDS_OF_VALUES = frozenset({*_MONTHS, *(month[:3] for month in _MONTHS), "sept", "am", "pm", "e", "true", "false"})
_WORD = re.compile(r"[^\W\d_]+")
_SIGNS_OF_VALUES = re.compile(r"[\d\s.,:;/%'()$€£¥+-]*")


def safe_text(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet would change it.

    A spreadsheet would run a formula, and convert a number, a date or a truth value: ``08``, ``3 March``, ``1,500``,
    ``12E4``.
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) or _looks_like_a_value(text) else text


def _looks_like_a_value(text: str) -> bool:
    known = all(word.lower() in _WORDS_OF_VALUES for word in _WORD.findall(text))
    return bool(text) and known and _SIGNS_OF_VALUES.fullmatch(_WORD.sub("", text)) is not None
