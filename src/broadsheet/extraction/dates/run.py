"""A run of date words, with helpers for the grammar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from broadsheet.reference.numbers import parse_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from broadsheet.extraction.dates.lexicon import Token
    from broadsheet.extraction.dates.nodes import Node

    Parsed = tuple[Node, int] | None

# "The first Monday of the last month of next year" has depth three; the bound keeps nonsense linear.
_MAX_DEPTH = 5
# The most years in a range such as 2021-27; a wider one is part of a telephone number or code.
_LONGEST_PLAN = 50
_HYPHENS = frozenset("-‐‑")
_DASHES = frozenset("-‐‑–—~")
# Words that make four digits a count, a sum or a time of day.
_COUNTED = re.compile(
    r"[.,:]\d|"
    r"\s?(?:%|[-\s]?(?:percent|per cent|pct|dollars?|dlrs|euros?|pounds?|yen|yuan|people|persons|men|women|children|"
    r"troops|workers|soldiers|jobs|votes|tons|tonnes|miles|km|kilomet\w+|met(?:re|er)s?|feet|mw|megawatts?|barrels|"
    r"shares|points|pieces|units|copies|hours|hrs|gmt|utc|est|edt|local time|hectares|acres|square|words|pages|"
    r"calories|million|billion|thousand|hundred)\b)",
    re.IGNORECASE,
)
_PLURAL = re.compile(
    r" (?!(?:was|is|has|as|this|its|his|does|plus|perhaps|versus)\b)(?:new |other |more )?[a-z]{3,30}s\b"
)
_NEXT_WORD = re.compile(r"[ ]([A-Za-z]+)")
_PREVIOUS_WORD = re.compile(r"([A-Za-z]+\.?)[ ]\Z")
_CURRENCY = re.compile(r"(?:[$£€¥₹#+]|\bNo\.?|\b[Nn]umber|\b(?:dlrs|rs|eur|usd|gbp)) ?\Z", re.IGNORECASE)


class Run:
    """Consecutive tokens and their text; ``reader`` is the grammar of single dates."""

    __slots__ = ("_depth", "_reader", "kinds", "text", "tokens", "words")

    def __init__(self, text: str, tokens: Sequence[Token], reader: Callable[[Run, int], Parsed]) -> None:
        self._depth = 0
        self._reader = reader
        self.text = text
        self.tokens = tokens
        self.kinds = [token.kind for token in tokens]
        self.words = [token.word for token in tokens]

    def point(self, i: int) -> Parsed:
        """One date or period that begins at ``i``, with the index after it; the nesting depth is bounded."""
        if self._depth == _MAX_DEPTH:
            return None
        self._depth += 1
        try:
            return self._reader(self, i)
        finally:
            self._depth -= 1

    def kind(self, i: int) -> str:
        """Kind of the token at ``i``; the empty string outside the run."""
        return self.kinds[i] if 0 <= i < len(self.kinds) else ""

    def glue(self, i: int) -> str:
        """What joins the token at ``i`` to the previous one: empty for blanks, or a mark.

        The full stop of an abbreviated month or weekday, and that of ``april.23``, counts as a blank.
        """
        if not 0 < i < len(self.tokens):
            return ";"
        token, before = self.tokens[i], self.tokens[i - 1]
        stopped = before.note == "short" or before.end + 1 == token.start
        return token.glue.removeprefix(".") if stopped else token.glue

    def plain(self, i: int) -> bool:
        """Whether the token at ``i`` follows with only blanks or a hyphen."""
        return not self.glue(i) or self.glue(i) in _HYPHENS

    def spaced(self, i: int) -> bool:
        """Whether the token at ``i`` follows with only blanks."""
        return not self.glue(i)

    def is_kind(self, i: int, *kinds: str) -> bool:
        """Whether the token at ``i`` follows plainly and is of one of the kinds."""
        return self.kind(i) in kinds and self.plain(i)

    def is_word(self, i: int, *words: str) -> bool:
        """Whether the token at ``i`` is one of the words."""
        return 0 <= i < len(self.words) and self.words[i] in words

    def value(self, i: int) -> int:
        """Number of the token at ``i``."""
        return int(str(self.tokens[i].value))

    def unit(self, i: int) -> str:
        """Calendar unit of the token at ``i``."""
        return str(self.tokens[i].value)

    def dashed(self, i: int) -> bool:
        """Whether a dash joins the token at ``i`` to the one before."""
        return self.glue(i) in _DASHES

    def skip(self, i: int, *kinds: str) -> int:
        """The index after the tokens of these kinds from ``i`` on, each at most once and joined plainly."""
        for kind in kinds:
            if self.kind(i) == kind and self.plain(i):
                i += 1
        return i

    def number(self, i: int) -> tuple[int, int] | None:
        """A cardinal at ``i``, in digits or words, with the index after it."""
        found = parse_words(self._linked(i))
        if found is None or found.ordinal or found.value != int(found.value):
            return (1, i + 1) if self.kind(i) == "a" else None
        return int(found.value), i + found.length

    def ordinal(self, i: int) -> tuple[int, int] | None:
        """An ordinal at ``i`` (21st, twenty-first), with the index after it."""
        found = parse_words(self._linked(i))
        return (int(found.value), i + found.length) if found is not None and found.ordinal else None

    def _linked(self, i: int) -> list[str]:
        """The words from ``i`` on joined by blanks or hyphens, up to the longest number."""
        j = i + 1
        while j < len(self.tokens) and j < i + 10 and self.plain(j):
            j += 1
        return self.words[i:j]

    def year(self, i: int) -> tuple[int, int] | None:
        """A year at ``i``: 1987, nineteen eighty-seven, two thousand and one."""
        if self.kind(i) == "year":
            return self.value(i), i + 1
        found = self.number(i) if self.kind(i) == "number" else None
        if found is None or 1000 <= found[0] < 2200:
            return found
        number, j = found
        at = j + self.is_word(j, "zero")  # nineteen zero one
        rest = self.number(at) if 13 <= number < 22 and self.is_kind(j, "number") else None
        return (100 * number + rest[0], rest[1]) if rest and (rest[0] in range(10, 100) or at > j) else None

    def day(self, i: int) -> tuple[int, int] | None:
        """A day of the month at ``i``, in digits or words, with the index after it."""
        if self.kind(i) == "digits":
            found = None if self.measured(i) else (self.value(i), i + 1)
        else:
            found = self.ordinal(i) or (self.number(i) if self.kind(i) == "number" else None)
        return found if found is not None and 1 <= found[0] <= 31 else None

    def measured(self, i: int) -> bool:
        """Whether the digits at ``i`` are part of a larger number, a sum, a count or a time."""
        token = self.tokens[i]
        money = _CURRENCY.search(self.text, max(0, token.start - 8), token.start)
        return money is not None or _COUNTED.match(self.text, token.end) is not None

    def continues(self, j: int) -> bool:
        """Whether digits continue after a mark, so that no year ends before ``j`` (2013-55, 2011-2018-77)."""
        end = self.tokens[j - 1].end
        after = self.text[end : end + 4].replace(" ", "")
        if after[:1] not in ("-", "/", "–") or not after[1:2].isdigit():
            return False
        return self.kind(j) != "year" and self.later_year(j) is None

    def later_year(self, j: int) -> int | None:
        """The later year of a pair, in two digits at ``j``: 1998-99, 2018/19, 2021-27."""
        if self.kind(j) != "digits" or len(self.words[j]) != 2 or self.tokens[j].start - self.tokens[j - 1].end != 1:
            return None
        year = self.value(j - 1)
        ahead = (self.value(j) - year) % 100
        plausible = ahead == 1 if self.glue(j) == "/" else self.dashed(j) and 0 < ahead < _LONGEST_PLAN
        return year + ahead if plausible else None

    def previous_word(self, i: int) -> str:
        """The word of the text before the token at ``i``, whether a date word or not."""
        start = self.tokens[i].start
        found = _PREVIOUS_WORD.search(self.text, max(0, start - 24), start)
        return found[1] if found else ""

    def next_word(self, j: int) -> str:
        """The word of the text after the token before ``j``."""
        found = _NEXT_WORD.match(self.text, self.tokens[j - 1].end)
        return found[1] if found else ""

    def plural_follows(self, j: int) -> bool:
        """Whether a plural noun follows the token before ``j``, so that the digits are a count."""
        return _PLURAL.match(self.text, self.tokens[j - 1].end) is not None

    def closes(self, j: int) -> bool:
        """Whether only a mark or the end follows the token before ``j``."""
        after = self.text[self.tokens[j - 1].end : self.tokens[j - 1].end + 1]
        return not after or after in '.,;:!?)"”\n'

    def printed(self, i: int) -> str:
        """The token as the text prints it."""
        return self.text[self.tokens[i].start : self.tokens[i].end]
