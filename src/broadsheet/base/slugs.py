"""Keys made from names: letters of ASCII, joined by hyphens."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i", "’": "'"}
)
_NO_LETTER = re.compile(r"[^a-z0-9]+")


def ascii_of(text: str) -> str:
    """The text in ASCII letters of lower case, diacritics dropped."""
    lower = text.lower().translate(_LETTERS)
    return unicodedata.normalize("NFKD", lower).encode("ascii", "ignore").decode()


def slug_of(name: str) -> str:
    """The key of a name: ASCII, lower case, words joined by hyphens; ``x`` where a name has no letter of ASCII."""
    return _NO_LETTER.sub("-", ascii_of(name).replace("'", "").replace(".", "")).strip("-") or "x"
