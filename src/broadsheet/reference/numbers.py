"""Numbers as printed in English: digits with separators, words, and both mixed ("2.5 million", "two and a half").

Short scale throughout (a billion is 10^9), with the Indian lakh and crore. The amount parser handles abbreviated scales
(bn, k): outside money they mean too many other things.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from broadsheet.reference import table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MAX_WORDS = 24
"""Longer than any number in a newspaper; the bound keeps a text of number words linear."""

_HALF = Decimal("0.5")
_SMALL = ("unit", "teen", "ten")
_MAGNITUDES = ("hundred", "scale", "dozen")

_FIGURES = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?(?P<suffix>st|nd|rd|th)?")


@dataclass(frozen=True, slots=True)
class WordNumber:
    """A number at the start of a sequence of words.

    Attributes:
        value: Exact, multiplied by the scale words.
        length: Number of words.
        ordinal: Whether it is a rank ("third", "21st") rather than a quantity.
        vague: Whether the words are inexact ("a couple").
    """

    value: Decimal
    length: int
    ordinal: bool = False
    vague: bool = False


@cache
def _lexicon() -> Mapping[str, tuple[str, Decimal]]:
    return {row["word"]: (row["kind"], Decimal(row["value"])) for row in table("number_words")}


def parse_words(words: Sequence[str], first: int = 0) -> WordNumber | None:
    """Reads the longest number that begins at ``words[first]``.

    Args:
        words: Lower-case words and digit strings ("2", "1,700", "2.5", "21st"); hyphenated words split.
        first: Index of the first word.

    Returns:
        The number, or None if no number begins there. A bare article, "quarter" or "and" is not a number.

        >>> parse_words("two and a half million barrels".split())
        WordNumber(value=Decimal('2500000.0'), length=5, ordinal=False, vague=False)
    """
    return _Reader(words, min(len(words), first + MAX_WORDS)).read(first)


class _Reader:
    """One reading of a sequence of words; ``total`` holds the groups up to ``closed``, ``group`` the open one."""

    def __init__(self, words: Sequence[str], end: int) -> None:
        self.words = words
        self.end = end
        self.total = Decimal(0)
        self.group: Decimal | None = None
        self.scale: Decimal | None = None
        self.closed = 0
        self.vague = False

    def kind(self, i: int) -> str:
        """The class of the word at ``i``: a kind of the lexicon, figures, ``and``, ``of`` or nothing."""
        if i >= self.end:
            return ""
        word = self.words[i]
        if figures := _FIGURES.fullmatch(word):
            return "ordinal_digits" if figures["suffix"] else "digits"
        return word if word in ("and", "of") else _lexicon().get(word, ("", 0))[0]

    def value(self, i: int) -> Decimal:
        word = self.words[i]
        return _lexicon()[word][1] if word in _lexicon() else Decimal(word.rstrip("stndrh").replace(",", ""))

    def read(self, first: int) -> WordNumber | None:
        i = self._opening(first)
        if i is None:
            return None
        previous = self.kind(i - 1) if i > first else ""
        while i < self.end:
            kind = self.kind(i)
            base = kind.removeprefix("ordinal_")
            if kind == "and":
                step = self._after_and(i, previous)
                if not step:
                    break
                i += step
                previous = "fraction" if step > 1 else "and"
                continue
            if not self._accept(base, i, previous):
                if base == "scale" and self.closed > first:
                    # "three million, two million": the word after the first scale begins another number.
                    self.group = None
                    return self._result(self.closed - first, ordinal=False)
                break
            i += 1
            self.closed = i if base == "scale" else self.closed
            if kind != base:
                return self._result(i - first, ordinal=True)
            previous = base
        return self._result(i - first, ordinal=self.kind(first) == "ordinal_digits" and i == first + 1)

    def _result(self, length: int, *, ordinal: bool) -> WordNumber:
        return WordNumber(self.total + (self.group or 0), length, ordinal, self.vague)

    def _opening(self, i: int) -> int | None:
        """Reads words that only begin a number; returns the index after them."""
        kind = self.kind(i)
        if kind in ("digits", "ordinal_digits", "unit", "teen", "ten"):
            self.group = self.value(i)
            return i + 1
        if kind in ("ordinal_unit", "ordinal_teen", "ordinal_ten"):
            return i
        if kind in (*_MAGNITUDES, "ordinal_hundred", "ordinal_scale"):
            self.group = Decimal(1)
            return i
        at = i + 1 if kind == "article" else i
        following = self.kind(at)
        if following == "couple":
            return self._couple(at)
        if following == "fraction" and (self.value(at) == _HALF or (at > i and self.kind(at + 1) == "of")):
            return self._part(at)
        if at > i and following in _MAGNITUDES:
            self.group = Decimal(1)
            return at
        return None

    def _couple(self, i: int) -> int:
        """A couple, or a couple of hundreds, thousands, millions."""
        self.group = Decimal(2)
        self.vague = True
        return i + 2 if self.kind(i + 1) == "of" and self.kind(i + 2) in _MAGNITUDES else i + 1

    def _part(self, i: int) -> int | None:
        """Half a million, a quarter of a million; "half" alone is a number, "quarter" alone is not."""
        self.group = self.value(i)
        at = i + 2 if self.kind(i + 1) == "of" else i + 1
        at = at + 1 if self.kind(at) == "article" else at
        if self.kind(at) in _MAGNITUDES:
            return at
        return i + 1 if self.group == _HALF else None

    def _after_and(self, i: int, previous: str) -> int:
        """How many words to advance from an "and" at ``i``; 0 if the number ends before it."""
        at = i + 2 if self.kind(i + 1) == "article" else i + 1
        if self.kind(at) == "fraction" and self.group is not None:
            self.group += self.value(at)
            return at + 1 - i
        return 1 if previous in ("hundred", "scale") and self.kind(i + 1).removeprefix("ordinal_") in _SMALL else 0

    def _accept(self, kind: str, i: int, previous: str) -> bool:
        """Adds one more word to the number if English allows it after ``previous``."""
        if kind in _SMALL:
            if previous not in ("hundred", "scale", "and", "") and (kind, previous) != ("unit", "ten"):
                return False
            self.group = (self.group or Decimal(0)) + self.value(i)
        elif kind in ("hundred", "dozen"):
            if self.group is None or (kind == "hundred" and self.group >= 100):
                return False
            self.group *= self.value(i)
        elif kind == "scale":
            value = self.value(i)
            if self.group is None or (self.scale is not None and value >= self.scale):
                return False
            self.total += self.group * value
            self.group = None
            self.scale = value
        else:
            return False
        return True
