"""Reads one number with its unit: the smallest piece that can become an amount."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from broadsheet.extraction.amounts.quantities import HYPHENS, MINUS, Quantity, QuantityReader, divided, plus
from broadsheet.extraction.amounts.units import UnitFound, UnitReader

if TYPE_CHECKING:
    from decimal import Decimal

    from broadsheet.extraction.amounts.lexer import Stretch
    from broadsheet.extraction.amounts.lexicon import Lexicon

_ENDS = frozenset(".,;:)!?]\"'’”")
_GLUE = frozenset("/.,:#_@=")


@dataclass(frozen=True, slots=True)
class Item:
    """A quantity with its unit, before it becomes an amount.

    Attributes:
        quantity: The number.
        unit: Its unit, None if it has none of its own.
        first: Index of its first token, including sign and minus.
        last: Index after its last token.
        value: Signed value in the printed unit (cents for cents).
        high: Upper end, if it is a range.
    """

    quantity: Quantity
    unit: UnitFound | None
    first: int
    last: int
    value: Decimal
    high: Decimal | None = None


class ItemReader:
    """Reads items of one stretch.

    Attributes:
        barrier: Index before which all tokens belong to an earlier item.
    """

    def __init__(self, stretch: Stretch, lexicon: Lexicon, *, decimal_comma: bool) -> None:
        self.tokens = stretch
        self.lexicon = lexicon
        self.quantities = QuantityReader(stretch, lexicon, decimal_comma=decimal_comma)
        self.units = UnitReader(stretch, lexicon)
        self.barrier = 0

    def may_start(self, i: int) -> bool:
        """Whether an item's number may begin at the token ``i``; a cheap check."""
        tokens = self.tokens
        lower = tokens.lower[i]
        if "0" <= lower[0] <= "9":
            return True
        if lower in ("a", "an"):
            following = tokens.low(i + 1)
            following = tokens.low(i + 2) if following in HYPHENS else following
            return following in self.lexicon.number_words or following in self.lexicon.scales
        return self.quantities.starts(i)

    def read(self, i: int) -> Item | None:
        """The number at ``i`` with the units on both sides."""
        tokens = self.tokens
        if tokens.glued(i) and self._is_part_of_name(i):
            return None
        quantity = self.quantities.read(i)
        if quantity is None:
            return None
        # A sign or code before the number, with what repeats it after it; else the unit after it.
        before = self.units.before(i, quantity, self.barrier)
        unit = self.units.after(quantity, before) or before
        first, last = quantity.first, quantity.last
        if unit is not None:
            first, last = min(first, unit.first), max(last, unit.last)
            quantity = replace(quantity, scale=unit.scale) if unit.scale is not None else quantity
        value = quantity.value
        if self._has_minus(first):
            first, value = first - 1, -value
        return self._with_minor(Item(quantity, unit, first, last, value))

    def read_after(self, j: int) -> Item | None:
        """The item that begins exactly at ``j``, including signs before its number."""
        start = next((i for i in range(j, min(j + 4, len(self.tokens))) if self.may_start(i)), None)
        if start is None:
            return None
        barrier, self.barrier = self.barrier, j
        item = self.read(start)
        self.barrier = barrier
        return item if item is not None and item.first == j else None

    def _has_minus(self, first: int) -> bool:
        """Whether a minus comes before the token ``first``: glued only to it, or in words."""
        tokens, k = self.tokens, first - 1
        if k < self.barrier:
            return False
        if tokens.words[k] in MINUS and tokens.glued(first):
            return not tokens.glued(k) or tokens.words[k - 1] in ("(", "[")
        return tokens.lower[k] == "minus" and tokens.low(k - 1) != "or"

    def _is_part_of_name(self, i: int) -> bool:
        """Whether the number at ``i`` is glued to a name or to other digits: F-16, COVID-19, A380, 3.10.2017."""
        tokens, lexicon = self.tokens, self.lexicon
        previous = tokens.words[i - 1]
        if previous in HYPHENS and tokens.glued(i - 1) and tokens.words[i - 2][-1].isalpha():
            word, lower = tokens.words[i - 2], tokens.lower[i - 2]
            is_number = lower in lexicon.scales or lower in lexicon.number_words
            is_unit = word in lexicon.codes or word in lexicon.signs or lexicon.plays(lower, "unit_prefix")
            return not (is_number or is_unit)
        if previous.isalpha():
            return previous not in lexicon.signs and previous not in lexicon.codes
        glued = previous in _GLUE and tokens.glued(i - 1) and tokens.words[i - 2][-1].isalnum()
        return glued and not tokens.words[i].startswith(".")

    def _with_minor(self, item: Item) -> Item:
        """Adds the minor units: thirteen dollars and forty-five cents, 15 dollars 50."""
        tokens, unit = self.tokens, item.unit
        if unit is None or unit.unit.is_rate or unit.unit.subunits != 1 or item.quantity.scale is not None:
            return item
        k = item.last + 1 if tokens.low(item.last) == "and" else item.last
        if k >= len(tokens) or not self.quantities.starts(k):
            return item
        minor = self.quantities.read(k)
        if minor is None or minor.scale is not None or not 0 < minor.mantissa < 100:
            return item
        after = self.units.after(minor, None)
        if after is not None and after.unit.subunits != 1 and after.unit.root == unit.unit.root:
            value = plus(item.value, divided(minor.mantissa, after.unit.subunits))
            return replace(item, last=after.last, value=value)
        following = tokens.low(minor.last)
        at_end = following == "" or following in _ENDS or self.lexicon.plays(following, "cents_end")
        if after is not None or not at_end or unit.first < item.quantity.last or minor.mantissa < 10:
            return item
        return replace(item, last=minor.last, value=plus(item.value, divided(minor.mantissa, 100)))
