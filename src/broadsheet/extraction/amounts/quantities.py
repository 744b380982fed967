"""Reads the number of an amount: digits, fractions, words, and the scale after them. Exact decimals, never floats."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import TYPE_CHECKING

from broadsheet.reference.numbers import MAX_WORDS, parse_words

if TYPE_CHECKING:
    from broadsheet.extraction.amounts.lexer import Stretch
    from broadsheet.extraction.amounts.lexicon import Lexicon

_EXACT = Context(prec=100)
"""Enough precision that no product of a number in a text and its scales is rounded."""

PLACES = Decimal("0.0001")
MAX_DIGITS = 24
"""Digits before the decimal point in a decimal(28, 4)."""

HYPHENS = frozenset("-\u2010\u2011")
DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015~")
MINUS = frozenset("-\u2212\u2013")

_VULGAR = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅛": "0.125", "⅜": "0.375", "⅝": "0.625", "⅞": "0.875"}
_DENOMINATORS = frozenset({"2", "3", "4", "5", "6", "8", "16", "32", "64"})

# Plain, or grouped by thousands or, as in India, by hundreds.
_DIGITS = re.compile(r"(?:[0-9]{1,40}|[0-9]{1,3}(?:,[0-9]{2,3}){0,11},[0-9]{3})(?:\.[0-9]{1,40})?")
_SWAP = str.maketrans(",.", ".,")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its scale.

    Attributes:
        first: Index of its first token.
        last: Index after its last token.
        mantissa: Value before the scale.
        scale: Product of the scale words, None if there is none.
        kind: ``digits``, ``words``, or ``part`` (``a fifth``, a number only if it measures something).
        about: Whether the words are inexact, or the value had to be rounded.
        is_grouped: Whether its digits are grouped.
    """

    first: int
    last: int
    mantissa: Decimal
    scale: Decimal | None
    kind: str
    about: bool = False
    is_grouped: bool = False

    @property
    def value(self) -> Decimal:
        """Mantissa times scale, exactly."""
        return self.mantissa if self.scale is None else times(self.mantissa, self.scale)

    @property
    def is_whole(self) -> bool:
        """Whether the number before the scale has no decimals."""
        return self.mantissa == self.mantissa.to_integral_value()

    @property
    def is_large(self) -> bool:
        """Whether it looks like money, not a count, label or year: with a scale or decimals, or at least a thousand."""
        return self.scale is not None or not self.is_whole or (self.mantissa >= 1000 and not self.is_year_like)

    @property
    def is_year_like(self) -> bool:
        """Whether it may well be a year: four plain digits."""
        plain = self.kind == "digits" and self.scale is None and not self.is_grouped and self.is_whole
        return plain and 1500 <= self.mantissa < 2200


def times(a: Decimal, b: Decimal) -> Decimal:
    """The exact product."""
    return _EXACT.multiply(a, b)


def plus(a: Decimal, b: Decimal) -> Decimal:
    """The exact sum."""
    return _EXACT.add(a, b)


def divided(a: Decimal, b: int | Decimal) -> Decimal:
    """The exact quotient by a power of ten, or the nearest decimal of 100 digits."""
    return _EXACT.divide(a, Decimal(b))


def fitting(value: Decimal) -> Decimal | None:
    """The value without an exponent, or None if it does not fit decimal(28, 4)."""
    if value.adjusted() >= MAX_DIGITS:
        return None
    plain = value.quantize(PLACES, rounding=ROUND_HALF_EVEN, context=_EXACT)
    if plain != value:
        return None
    whole = plain.to_integral_value()
    return whole.quantize(Decimal(1), context=_EXACT) if plain == whole else plain.normalize(_EXACT)


class QuantityReader:
    """Reads quantities of one stretch."""

    def __init__(self, stretch: Stretch, lexicon: Lexicon, *, decimal_comma: bool) -> None:
        self.tokens = stretch
        self.lexicon = lexicon
        self.decimal_comma = decimal_comma

    def starts(self, i: int) -> bool:
        """Whether a quantity may begin at the token ``i``."""
        tokens = self.tokens
        first = tokens.words[i][0]
        if "0" <= first <= "9":
            return True
        if first == ".":
            sticks = tokens.glued(i) and tokens.words[i - 1][-1].isalnum()
            return tokens.word(i + 1).isdigit() and tokens.glued(i + 1) and not sticks
        lower = tokens.lower[i]
        return lower in self.lexicon.number_words or lower in self.lexicon.scales

    def read(self, i: int) -> Quantity | None:
        """The quantity that begins at the token ``i``."""
        first = self.tokens.words[i][0]
        if "0" <= first <= "9":
            return self._digits(i)
        if first == ".":
            return self._scaled(i, i + 2, Decimal(f"0.{self.tokens.words[i + 1][:40]}"), "digits")
        return self._part(i) or self._spelled(i) or self._scale_alone(i)

    def _digits(self, i: int) -> Quantity | None:
        tokens = self.tokens
        token = tokens.words[i].translate(_SWAP) if self.decimal_comma else tokens.words[i]
        if _DIGITS.fullmatch(token) is None:
            return None
        if tokens.word(i + 1) == "/" and tokens.glued(i + 1) and tokens.word(i + 2).isdigit():
            fraction = self._fraction(i)
            return self._scaled(i, i + 3, fraction, "digits") if fraction is not None else None
        joined, j = self._parted(i) if token.isdigit() and len(token) <= 3 else (token, i + 1)
        value = Decimal(joined.replace(",", ""))
        if token.isdigit():
            # Mixed numbers: 7½, 7-3/4, 7 3/4.
            k = j + 1 if tokens.word(j) in HYPHENS and tokens.glued(j) and tokens.glued(j + 1) else j
            half = tokens.word(j) in _VULGAR
            fraction = Decimal(_VULGAR[tokens.words[j]]) if half else self._fraction(k)
            if fraction is not None:
                value, j = plus(value, fraction), j + 1 if half else k + 3
        found = self._scaled(i, j, value, "digits")
        return replace(found, is_grouped=True) if "," in token or joined != token else found

    def _parted(self, i: int) -> tuple[str, int]:
        """The digits at ``i`` with the groups of three that follow, one space apart, and the index after them."""
        tokens = self.tokens
        joined, j = tokens.words[i], i + 1
        while j < len(tokens) and len(joined) < MAX_DIGITS and tokens.starts[j] - tokens.ends[j - 1] == 1:
            if len(tokens.words[j]) != 3 or not tokens.words[j].isdigit():
                break
            joined += tokens.words[j]
            j += 1
        return joined, j

    def _fraction(self, i: int) -> Decimal | None:
        """The value of a fraction in digits (3/4) whose first token is ``i``."""
        tokens = self.tokens
        top, slash, bottom = tokens.word(i), tokens.word(i + 1), tokens.word(i + 2)
        if slash != "/" or not top.isdigit() or len(top) > 2 or bottom not in _DENOMINATORS:
            return None
        return divided(Decimal(top), Decimal(bottom)) if tokens.glued(i + 1) and tokens.glued(i + 2) else None

    def _spelled(self, i: int) -> Quantity | None:
        """A number in words."""
        tokens, lexicon = self.tokens, self.lexicon
        words: list[str] = []
        places: list[int] = []
        j = i
        while j < len(tokens) and len(words) < MAX_WORDS:
            lower = tokens.lower[j]
            if lower in lexicon.number_words or lower in ("and", "of"):
                words.append(lower)
                places.append(j)
            elif not (lower in HYPHENS and tokens.glued(j) and tokens.glued(j + 1)):
                break
            j += 1
        number = parse_words(words)
        # "several million dollars" has no number, and "half" or "dozen" alone is none.
        if number is None or number.ordinal or words[0] in lexicon.scales:
            return None
        if number.length == 1 and words[0] in ("half", "quarter", "dozen", "couple"):
            return None
        scales = [w for w in words[: number.length] if w in lexicon.scales]
        # The scale words are already multiplied in, but a range needs the mantissa.
        scale = lexicon.scales[scales[-1]][0] if scales else None
        mantissa = divided(number.value, scale) if scale else number.value
        return replace(self._scaled(i, places[number.length - 1] + 1, mantissa, "words", scale), about=number.vague)

    def _part(self, i: int) -> Quantity | None:
        """A fraction in words: a fifth, two-thirds, three quarters of a billion."""
        tokens, lexicon = self.tokens, self.lexicon
        kind, count = lexicon.number_words.get(tokens.low(i), ("", Decimal(1)))
        j = i + 1
        if kind == "fraction":
            count, j = Decimal(1), i
        elif kind not in ("article", "unit"):
            return None
        j = j + 1 if tokens.low(j) in HYPHENS else j
        name = tokens.low(j)
        kind, share = lexicon.number_words.get(name.removesuffix("s") if count != 1 else name, ("", Decimal(1)))
        if kind in ("ordinal_unit", "ordinal_teen") and share >= 3:
            share = divided(Decimal(1), share)
        elif kind != "fraction":
            return None
        if (count != 1) != name.endswith("s"):
            return None
        j += 1
        k = j + 1 if tokens.low(j) in HYPHENS else j
        k = k + 1 if tokens.low(k) == "of" else k
        k = k + 1 if tokens.low(k) in ("a", "an") else k
        k = k + 1 if tokens.low(k) in HYPHENS else k
        value = times(count, share)
        if tokens.low(k) in lexicon.scales:
            return Quantity(i, k + 1, value, lexicon.scales[tokens.low(k)][0], "words")
        return Quantity(i, j, value, None, "part")

    def _scale_alone(self, i: int) -> Quantity | None:
        """A scale without a number: a billion-dollar loss, where the article belongs to the loss."""
        tokens = self.tokens
        entry = self.lexicon.scales.get(tokens.low(i))
        if entry is None or tokens.low(i + 1) not in HYPHENS or not tokens.glued(i + 1):
            return None
        return Quantity(i, i + 1, Decimal(1), entry[0], "words")

    def _scaled(self, i: int, j: int, value: Decimal, kind: str, scale: Decimal | None = None) -> Quantity:
        """The quantity with the scale words after it: 5,000 crore, 30bn, 3-million."""
        tokens = self.tokens
        for _ in range(3):
            k = j + 1 if tokens.word(j) in HYPHENS and tokens.glued(j) and tokens.glued(j + 1) else j
            entry = self.lexicon.scales.get(tokens.low(k))
            if entry is None or (entry[1] and not tokens.glued(k)):
                break
            scale = entry[0] if scale is None else times(scale, entry[0])
            j = k + 1
        return Quantity(i, j, value, scale, kind)
