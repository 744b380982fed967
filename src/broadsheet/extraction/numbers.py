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
    lexicon = _lexicon()
    n = min(len(words), first + MAX_WORDS)
    if first >= n:
        return None
    reader = _Reader(words, lexicon, n)
    return reader.read(first)


class _Reader:
    """One reading of a sequence of words; ``total`` holds the groups up to ``closed``, ``group`` the open one."""

    def __init__(self, words: Sequence[str], lexicon: Mapping[str, tuple[str, Decimal]], end: int) -> None:
        self.words = words
        self.lexicon = lexicon
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
        if word in ("and", "of"):
            return word
        return self.lexicon[word][0] if word in self.lexicon else ""

    def value(self, i: int) -> Decimal:
        word = self.words[i]
        return self.lexicon[word][1] if word in self.lexicon else Decimal(word.rstrip("stndrh").replace(",", ""))

    def read(self, first: int) -> WordNumber | None:
        i = self._opening(first)
        if i is None:
            return None
        previous = self.kind(i - 1) if i > first else ""
        while i < self.end:
            kind = self.kind(i)
            ordinal = kind.startswith("ordinal")
            base = kind.removeprefix("ordinal_")
            if kind == "and":
                step = self._after_and(i, previous)
                if not step:
                    break
                i += step
                previous = "fraction" if step > 1 else "and"
                continue
            if not self._accept(base, self.value(i) if kind not in ("", "of") else Decimal(0), previous):
                if base == "scale" and self.closed > first:
                    # "three million, two million": the word after the first scale begins another number.
                    self.group = None
                    return self._result(self.closed - first, ordinal=False)
                break
            i += 1
            self.closed = i if base == "scale" else self.closed
            if ordinal:
                return self._result(i - first, ordinal=True)
            previous = base
        if previous == "and":
            i -= 1
        return self._result(i - first, ordinal=self.kind(first) == "ordinal_digits" and i == first + 1)

    def _result(self, length: int, *, ordinal: bool) -> WordNumber:
        return WordNumber(self.total + (self.group or 0), length, ordinal, self.vague)

    def _opening(self, i: int) -> int | None:
        """Reads words that only begin a number; returns the index after them."""
        kind = self.kind(i)
        if kind in ("digits", "ordinal_digits", "unit", "teen", "ten"):
            self.group = self.value(i)
            return i + 1
        if kind in ("ordinal_unit", "ordinal_teen", "ordinal_ten", "ordinal_hundred", "ordinal_scale"):
            return i if kind in ("ordinal_unit", "ordinal_teen", "ordinal_ten") else self._magnitude(i)
        if kind in ("hundred", "scale", "dozen"):
            return self._magnitude(i)
        if kind == "couple":
            return self._couple(i)
        if kind == "fraction" and self.value(i) == _HALF:
            return self._part(i, _HALF)
        if kind == "article":
            following = self.kind(i + 1)
            if following in ("hundred", "scale", "dozen"):
                self.group = Decimal(1)
                return i + 1
            if following == "couple":
                return self._couple(i + 1)
            if following == "fraction":
                share = self.value(i + 1)
                return self._part(i + 1, share) if share == _HALF or self.kind(i + 2) == "of" else None
        return None

    def _magnitude(self, i: int) -> int:
        self.group = Decimal(1)
        return i

    def _couple(self, i: int) -> int:
        """A couple, or a couple of hundreds, thousands, millions."""
        self.group = Decimal(2)
        self.vague = True
        skip = 2 if self.kind(i + 1) == "of" and self.kind(i + 2) in ("hundred", "scale", "dozen") else 1
        return i + skip

    def _part(self, i: int, share: Decimal) -> int | None:
        """Half a million, a quarter of a million; "half" alone is a number, "quarter" alone is not."""
        at = i + 1
        if self.kind(at) == "of":
            at += 1
        if self.kind(at) == "article":
            at += 1
        if self.kind(at) in ("hundred", "scale", "dozen"):
            self.group = share
            return at
        if share != _HALF:
            return None
        self.group = share
        return i + 1

    def _after_and(self, i: int, previous: str) -> int:
        """How many words to advance from an "and" at ``i``; 0 if the number ends before it."""
        at = i + 1
        if self.kind(at) == "article":
            at += 1
        if self.kind(at) == "fraction" and previous in ("unit", "teen", "ten", "digits", "scale"):
            if previous == "scale":
                self.total += self.value(at) * (self.scale or 1)
            else:
                self.group = (self.group or Decimal(0)) + self.value(at)
            return at + 1 - i
        small = ("unit", "teen", "ten", "ordinal_unit", "ordinal_teen", "ordinal_ten")
        return 1 if previous in ("hundred", "scale") and self.kind(i + 1) in small else 0

    def _accept(self, kind: str, value: Decimal, previous: str) -> bool:
        """Adds one more word to the number if English allows it after ``previous``."""
        open_places = ("hundred", "scale", "and", "")
        if kind == "unit":
            if previous not in (*open_places, "ten") or (previous == "ten" and not value):
                return False
            self.group = (self.group or Decimal(0)) + value
        elif kind in ("teen", "ten"):
            if previous not in open_places:
                return False
            self.group = (self.group or Decimal(0)) + value
        elif kind == "hundred":
            if self.group is None or self.group >= value or previous in ("and", "dozen", "scale"):
                return False
            self.group *= value
        elif kind == "scale":
            if self.group is None or (self.scale is not None and value >= self.scale):
                return False
            self.total += self.group * value
            self.group = None
            self.scale = value
        elif kind == "dozen":
            if self.group is None or self.total or previous in ("hundred", "dozen"):
                return False
            self.group *= value
        else:
            return False
        return True
