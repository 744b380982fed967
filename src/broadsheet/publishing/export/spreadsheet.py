"""What a spreadsheet can hold."""

from __future__ import annotations

import re

MOST_ROWS = 1_048_576
"""Rows of a sheet of Excel, the header among them."""
MOST_CHARACTERS = 32_767
"""Characters of a cell of Excel."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV Injection)."""

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WORDS_OF_VALUES = frozenset({*_MONTHS, *(month[:3] for month in _MONTHS), "sept", "am", "pm", "e", "true", "false"})
_WORD = re.compile(r"[^\W\d_]+")
_SIGNS_OF_VALUES = re.compile(r"[\d\s.,:;/%'()$€£¥+-]*")


def safe_text(text: str) -> str:
    """A text that a spreadsheet leaves as it is: with an apostrophe before it, where it looks like something else.

    That is a formula, or what it makes a number, a day or a truth value of: ``08``, ``3 March``, ``1,500``, ``12E4``.
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) or _typed_anew(text) else text


def _typed_anew(text: str) -> bool:
    known = all(word.lower() in _WORDS_OF_VALUES for word in _WORD.findall(text))
    return bool(text) and known and _SIGNS_OF_VALUES.fullmatch(_WORD.sub("", text)) is not None
