"""Reads the number of an amount: digits, fractions, words, and the scale after them. Exact decimals, never floats."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import TYPE_CHECKING

from broadsheet.extraction.amounts.lexer import BREAK
from broadsheet.extraction.numbers import parse_words

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

_VULGAR = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅛": "0.125", "⅜": "0.375", "⅝": "0.625", "⅞": "0.875", "⅕": "0.2"}
_VULGAR |= {"⅖": "0.4", "⅗": "0.6", "⅘": "0.8"}

_PLAIN = re.compile(r"[0-9]{1,40}(?:\.[0-9]{1,40})?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){1,12}(?:\.[0-9]{1,40})?")
_INDIAN = re.compile(r"[0-9]{1,2}(?:,[0-9]{2}){1,12},[0-9]{3}(?:\.[0-9]{1,40})?")
_THREE = re.compile(r"[0-9]{3}(?:\.[0-9]{1,40})?")
_SWAP = str.maketrans(",.", ".,")

# Languages and regions that write a decimal comma (Unicode CLDR); for English, only South Africa.
_COMMA_LANGUAGES = frozenset(
    (
        *("af", "bg", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fr", "gl", "hr", "hu", "id", "is", "it"),
        *("lt", "lv", "nb", "nl", "nn", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk", "vi"),
    )
)
_COMMA_LOCALES = frozenset({"en-za"})
_POINT_LOCALES = frozenset(
    ("de-ch", "de-li", "es-do", "es-gt", "es-hn", "es-mx", "es-ni", "es-pa", "es-pe", "es-pr", "es-sv", "es-us")
)


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
    def is_large(self) -> bool:
        """Whether it looks like money, not a count or label: it has a scale or decimals, or is at least a thousand."""
        return self.scale is not None or self.mantissa >= 1000 or self.mantissa != self.mantissa.to_integral_value()

    @property
    def is_year_like(self) -> bool:
        """Whether it may well be a year: four plain digits."""
        if self.kind != "digits" or self.scale is not None or self.is_grouped:
            return False
        return 1500 <= self.mantissa < 2200 and self.mantissa == self.mantissa.to_integral_value()


def times(a: Decimal, b: Decimal) -> Decimal:
    """The exact product."""
    return _EXACT.multiply(a, b)


def plus(a: Decimal, b: Decimal) -> Decimal:
    """The exact sum."""
    return _EXACT.add(a, b)


def divided(a: Decimal, b: int) -> Decimal:
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


def has_decimal_comma(language: str) -> bool:
    """Whether texts in ``language`` (a BCP 47 tag) write 1,5 for one and a half."""
    tag = language.lower().replace("_", "-")
    return tag in _COMMA_LOCALES or (tag.split("-")[0] in _COMMA_LANGUAGES and tag not in _POINT_LOCALES)


class QuantityReader:
    """Reads quantities of one stretch."""

    def __init__(self, stretch: Stretch, lexicon: Lexicon, *, decimal_comma: bool) -> None:
        self.tokens = stretch
        self.lexicon = lexicon
        self.decimal_comma = decimal_comma

    def starts(self, i: int) -> bool:
        """Whether a quantity may begin at the token ``i``."""
        token = self.tokens.words[i]
        first = token[0]
        if "0" <= first <= "9" or first in _VULGAR:
            return True
        if first == ".":
            following = self.tokens.word(i + 1)
            return following.isdigit() and self.tokens.glued(i + 1) and not self._sticks(i)
        lower = self.tokens.lower[i]
        return lower in self.lexicon.number_words or lower in self.lexicon.scales

    def read(self, i: int) -> Quantity | None:
        """The quantity that begins at the token ``i``."""
        token = self.tokens.words[i]
        first = token[0]
        if "0" <= first <= "9":
            return self._digits(i)
        if first in _VULGAR:
            return self._scaled(i, i + 1, Decimal(_VULGAR[first]), "digits")
        if first == ".":
            value = Decimal(f"0.{self.tokens.words[i + 1][:40]}")
            return self._scaled(i, i + 2, value, "digits")
        return self._part(i) or self._spelled(i) or self._scale_alone(i)

    def number_after(self, i: int) -> int | None:
        """Index of the digits or number word at ``i`` or up to three sign tokens after it."""
        for j in range(i, min(i + 4, len(self.tokens))):
            if self.tokens.words[j] == BREAK:
                return None
            if self.starts(j):
                return j
        return None

    def _sticks(self, i: int) -> bool:
        """Whether the token ``i`` is glued to a word or number before it."""
        return self.tokens.glued(i) and self.tokens.words[i - 1][-1].isalnum()

    def _digits(self, i: int) -> Quantity | None:
        tokens = self.tokens
        token = tokens.words[i]
        j = i + 1
        grouped = "," in token or (self.decimal_comma and "." in token)
        value = self._value(token)
        if value is None:
            return None
        if token.isdigit() and len(token) <= 3:
            joined, j = self._parted(i)
            if j > i + 1:
                value, grouped = Decimal(joined), True
        fraction = self._fraction(j)
        if tokens.word(j) == "/" and tokens.word(j + 1).isdigit() and tokens.glued(j) and tokens.glued(j + 1):
            # A fraction alone: 3/4.
            bottom = tokens.words[j + 1]
            if bottom not in _DENOMINATORS or len(token) > 2:
                return None
            return self._scaled(i, j + 2, _EXACT.divide(value, Decimal(bottom)), "digits")
        if fraction is not None and token.isdigit():
            value = plus(value, fraction[0])
            j = fraction[1]
        return self._scaled(i, j, value, "digits", grouped=grouped)

    def _parted(self, i: int) -> tuple[str, int]:
        """The digits at ``i`` with the groups of three that follow, one space apart, and the index after them."""
        tokens = self.tokens
        joined, j = tokens.words[i], i + 1
        while joined.isdigit() and j < len(tokens) and j - i < MAX_DIGITS // 3:
            if tokens.starts[j] - tokens.ends[j - 1] != 1 or _THREE.fullmatch(tokens.words[j]) is None:
                break
            joined += tokens.words[j]
            j += 1
        return joined, j

    def _value(self, token: str) -> Decimal | None:
        if self.decimal_comma:
            token = token.translate(_SWAP)
        if "," not in token:
            return Decimal(token) if _PLAIN.fullmatch(token) else None
        if _GROUPED.fullmatch(token) or _INDIAN.fullmatch(token):
            return Decimal(token.replace(",", ""))
        return None

    def _fraction(self, j: int) -> tuple[Decimal, int] | None:
        """The fraction of a mixed number whose whole part ends before ``j`` (7-3/4, 7½), and the index after it."""
        tokens = self.tokens
        if tokens.word(j)[:1] in _VULGAR and tokens.word(j):
            return Decimal(_VULGAR[tokens.words[j]]), j + 1
        k = j + 1 if tokens.word(j) in HYPHENS and tokens.glued(j) and tokens.glued(j + 1) else j
        top, slash, bottom = tokens.word(k), tokens.word(k + 1), tokens.word(k + 2)
        if slash != "/" or not top.isdigit() or bottom not in _DENOMINATORS or len(top) > 2:
            return None
        if not (tokens.glued(k + 1) and tokens.glued(k + 2)) or int(top) >= int(bottom):
            return None
        return _EXACT.divide(Decimal(top), Decimal(bottom)), k + 3

    def _spelled(self, i: int) -> Quantity | None:
        """A number in words."""
        tokens, lexicon = self.tokens, self.lexicon
        words: list[str] = []
        places: list[int] = []
        j = i
        while j < len(tokens) and len(words) < 24:
            lower = tokens.lower[j]
            if lower in lexicon.number_words or lower in ("and", "of"):
                words.append(lower)
                places.append(j)
                j += 1
            elif lower in HYPHENS and words and tokens.glued(j) and tokens.glued(j + 1):
                j += 1
            else:
                break
        number = parse_words(words)
        if number is None or number.ordinal:
            return None
        if number.length == 1 and words[0] in ("half", "quarter", "dozen", "couple"):
            return None
        if words[0] in lexicon.scales:
            # "several million dollars" has no number.
            return None
        last = places[number.length - 1] + 1
        value = number.value
        if tokens.low(last) == "point":
            decimals = ""
            k = last + 1
            while (entry := lexicon.number_words.get(tokens.low(k))) and entry[0] == "unit" and len(decimals) < 8:
                decimals += str(entry[1])
                k += 1
            if decimals:
                value, last = plus(value, Decimal(f"0.{decimals}")), k
        scales = [w for w in words[: number.length] if w in lexicon.scales]
        # The scale words are already multiplied in, but a range needs the mantissa.
        scale = lexicon.scales[scales[-1]][0] if scales else None
        mantissa = _EXACT.divide(value, scale) if scale else value
        found = self._scaled(i, last, mantissa, "words", scale=scale)
        return Quantity(found.first, found.last, found.mantissa, found.scale, "words", number.vague)

    def _part(self, i: int) -> Quantity | None:
        """A fraction in words: a fifth, two-thirds, three quarters of a billion."""
        tokens, lexicon = self.tokens, self.lexicon
        kind, count = lexicon.number_words.get(tokens.low(i), ("", Decimal(1)))
        j = i + 1
        if kind not in ("article", "unit"):
            if kind != "fraction":
                return None
            count, j = Decimal(1), i
        if tokens.low(j) in HYPHENS:
            j += 1
        name = tokens.low(j)
        plural = count != 1
        entry = lexicon.number_words.get(name.removesuffix("s") if plural else name)
        if name == "halves":
            entry = lexicon.number_words["half"]
        if entry is None or plural != name.endswith("s"):
            return None
        if entry[0] == "fraction":
            share = entry[1]
        elif entry[0] in ("ordinal_unit", "ordinal_teen") and entry[1] >= 3 and j > i:
            share = _EXACT.divide(Decimal(1), entry[1])
        else:
            return None
        j += 1
        k = j + 1 if tokens.low(j) in HYPHENS else j
        k = k + 1 if tokens.low(k) == "of" else k
        k = k + 1 if tokens.low(k) in ("a", "an") else k
        k = k + 1 if tokens.low(k) in HYPHENS else k
        value = times(count, share)
        scale = lexicon.scales.get(tokens.low(k))
        if scale is not None and not scale[1] and k > j - 1:
            return Quantity(i, k + 1, value, scale[0], "words")
        return Quantity(i, j, value, None, "part")

    def _scale_alone(self, i: int) -> Quantity | None:
        """A scale without a number: a billion-dollar loss, where the article belongs to the loss."""
        tokens = self.tokens
        entry = self.lexicon.scales.get(tokens.low(i))
        if entry is None or tokens.low(i) not in self.lexicon.number_words:
            return None
        joined = tokens.low(i + 1) in HYPHENS and tokens.glued(i + 1)
        if not joined or (tokens.word(i - 1) in DASHES and tokens.glued(i)):
            return None
        return Quantity(i, i + 1, Decimal(1), entry[0], "words")

    def _scaled(
        self, i: int, j: int, value: Decimal, kind: str, *, scale: Decimal | None = None, grouped: bool = False
    ) -> Quantity:
        """The quantity with the scale words after it: 5,000 crore, 30bn, 3-million, two million and a half."""
        tokens, lexicon = self.tokens, self.lexicon
        last_scale = Decimal(10) ** 40
        for _ in range(3):
            k = j + 1 if tokens.word(j) in HYPHENS and tokens.glued(j) and tokens.glued(j + 1) else j
            entry = lexicon.scales.get(tokens.low(k)) if k < len(tokens) else None
            if entry is None or (tokens.word(k) in lexicon.signs and tokens.word(k + 1)[:1].isdigit()):
                break
            factor, glued_only = entry
            if glued_only and not tokens.glued(k):
                break
            if len(tokens.words[k]) <= 2 and kind != "digits":
                break
            if scale is not None and (factor in (Decimal(100),) or (factor >= last_scale and last_scale > 10**7)):
                break
            scale = factor if scale is None else times(scale, factor)
            last_scale = factor
            j = k + 1
        if scale is not None and tokens.low(j) == "and" and tokens.low(j + 1) in ("a", "one"):
            k = j + 3 if tokens.low(j + 2) in HYPHENS else j + 2
            entry2 = lexicon.number_words.get(tokens.low(k))
            if entry2 is not None and entry2[0] == "fraction":
                value, j = plus(value, entry2[1]), k + 1
        return Quantity(i, j, value, scale, kind, is_grouped=grouped)


_DENOMINATORS = frozenset({"2", "3", "4", "5", "6", "8", "16", "32", "64"})
