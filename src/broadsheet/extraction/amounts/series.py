"""Combines neighbouring numbers: ranges, pairs of levels, lists; shared or omitted units and scales."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.extraction.amounts.amount import PERCENT
from broadsheet.extraction.amounts.lexicon import Unit
from broadsheet.extraction.amounts.modifiers import approximation_before, is_change, price_unit
from broadsheet.extraction.amounts.quantities import DASHES, times
from broadsheet.extraction.amounts.units import UnitFound

if TYPE_CHECKING:
    from decimal import Decimal

    from broadsheet.extraction.amounts.items import Item, ItemReader
    from broadsheet.extraction.amounts.resolve import ResolvedUnit

INHERIT_WITHIN = 600
"""Code points within which a number with a scale word inherits the unit of the previous amount."""

_FAR = 4
"""The greatest ratio of the ends of a range after a word of change and ``by``."""

MAX_ITEMS = 12
"""The most items in a list that shares a unit."""

_LISTED = frozenset({"comma", "and", "or", "to"})


class SeriesReader:
    """Reads series of items of one stretch.

    Attributes:
        inherited: The unit of a number without one; None if unknown.
    """

    def __init__(self, text: str, items: ItemReader, inherited: ResolvedUnit | None) -> None:
        self.text = text
        self.items = items
        self.tokens = items.tokens
        self.lexicon = items.lexicon
        self.inherited = inherited

    def read(self, first: Item) -> list[Item]:
        """Reads an item with those joined to it: a range, a pair of levels, a list, the item itself, or nothing.

        An item without a unit among them takes ``inherited``.
        """
        items = [first]
        while len(items) < MAX_ITEMS:
            joined = self._joined(items[-1])
            if joined is None:
                break
            items[-1:] = joined
            if len(joined) == 1:
                break
        unit = next((item.unit for item in reversed(items) if item.unit is not None), None)
        if unit is None:
            return self._alone(first)
        return [item if item.unit is not None else replace(item, unit=unit) for item in items]

    def _separator(self, a: Item) -> tuple[str, int]:
        """How an item is joined to the next: a kind, and the index after it."""
        tokens = self.tokens
        per = price_unit(tokens, self.lexicon, a.last)
        j = per[2] if per else a.last
        word = tokens.low(j)
        if word in DASHES:
            return "dash", j + 1
        if word in ("to", "and", "or", "through", "from"):
            return word, j + 1
        k = j + 1 if word == "," else j
        if tokens.low(k) in ("up", "down") and tokens.low(k + 1) == "from":
            return "from", k + 2
        if word == ",":
            return ("and", j + 2) if tokens.low(j + 1) == "and" else ("comma", j + 1)
        return "", j

    def _joined(self, a: Item) -> list[Item] | None:
        """``a`` with the next item as one range or as two items of one unit; None if they are unrelated."""
        kind, j = self._separator(a)
        if not kind or a.quantity.kind == "part" or (kind == "dash" and a.value < 0):
            return None
        b = self.items.read_after(j)
        if b is None or b.quantity.kind == "part":
            return None
        between = self._word_before(a) == "between"
        if a.unit is None and b.unit is None:
            return [a, b] if _may_list(a, b, kind) else None
        if not self._share_unit(a, b, kind, between=between):
            return None
        if kind != "from":
            a = _scaled_like(a, b)
        elif b.quantity.scale is None and _is_of_one_size(b, a):
            b = _scaled(b, a.quantity.scale)
        a, b = replace(a, unit=a.unit or b.unit), replace(b, unit=b.unit or a.unit)
        is_range = kind in ("dash", "to", "through", "or") or between
        if kind == "to" and (is_change(self.tokens, self.lexicon, a.first) or self._moved_by(a, b)):
            is_range = False
        if is_range and a.value < b.value:
            return [replace(a, last=b.last, high=b.value)]
        return None if kind == "dash" else [a, b]

    def _share_unit(self, a: Item, b: Item, kind: str, *, between: bool) -> bool:
        """Whether two items, at least one of which has a unit, can share it."""
        if a.unit is None:
            return self._gives_unit(a, b, kind, between=between)
        if kind in ("comma", "or") or (kind == "and" and not between):
            return False
        if b.unit is None:
            return self._takes_unit(a, b, kind)
        one, other = a.unit.unit, b.unit.unit
        same = one.code == other.code or not (one.code and other.code)
        return same and one.root == other.root and one.subunits == other.subunits

    def _moved_by(self, a: Item, b: Item) -> bool:
        """Whether the first of two is a size of change: cut its debt by 3 billion dollars to 90 billion dollars."""
        by = self._word_before(a) == "by"
        return by and _can_stand_alone(a) and _can_stand_alone(b) and b.value > a.value * _FAR

    def _takes_unit(self, a: Item, b: Item, kind: str) -> bool:
        """Whether a bare number takes the unit of the amount before it: $3-5 million, 6.1 percent to 5.8."""
        assert a.unit is not None
        scaled = b.quantity.scale is not None
        if b.quantity.is_year_like or (a.unit.unit.is_rate and (scaled or self.items.units.exchanged(b.quantity))):
            return False  # rose 2 percent to 3 billion, or to 3.91 to the dollar
        if kind in ("from", "to") and not _is_of_one_size(b, a):
            return False
        following = self.tokens.low(b.last)
        plain = not following.isalpha() or self.lexicon.plays(following, "goes_on")
        if kind == "dash":
            return self.tokens.glued(b.first) and (plain or scaled)
        if a.unit.last > a.quantity.last:
            # The unit follows the first number: "6.1 percent to 5.8", but "3 dollars to 5 buyers".
            return plain and (kind == "from" or scaled or not b.quantity.is_whole)
        return plain

    def _gives_unit(self, a: Item, b: Item, kind: str, *, between: bool) -> bool:
        """Whether a bare number takes the unit of the amount after it: 10 to 15 million dollars."""
        assert b.unit is not None
        if a.quantity.is_year_like or kind in ("comma", "from") or b.unit.first < b.quantity.first:
            # A sign belongs only to its own number: "in 3 to $5 million" shares nothing.
            return False
        if kind == "dash":
            return self.tokens.glued(a.last) or not self.tokens.glued(b.first)
        if kind == "and" and not between:
            return not self.lexicon.plays(self.tokens.low(a.first - 1), "numbered")
        return True

    # ---------------------------------------------------------------- a number without a unit nearby

    def _alone(self, a: Item) -> list[Item]:
        """An elliptical amount, a share in words, or nothing."""
        quantity, tokens = a.quantity, self.tokens
        if (currency := self.items.units.exchanged(quantity)) is not None:
            return [replace(a, unit=currency)]
        if quantity.kind == "part":
            share = UnitFound(Unit(PERCENT, PERCENT, is_rate=True), a.first, a.last, True, evidence="part")
            return [replace(a, unit=share)] if self._is_share(a) else []
        if quantity.scale is None or quantity.kind != "digits" or quantity.scale < 1000 or self.inherited is None:
            return []
        between = self.inherited.span.end, tokens.starts[a.first]
        following = tokens.low(a.last)
        counts = following.isalpha() and not self.lexicon.plays(following, "goes_on")
        if counts or between[1] - between[0] > INHERIT_WITHIN or self.text.find("\n\n", *between) >= 0:
            # A number that counts something else, and the next may too.
            self.inherited = None
            return []
        before = self._word_before(a)
        if not self.lexicon.plays(before, "leads") or (before != "and" and self._is_count(a, *between)):
            return []
        return [a]

    def _is_count(self, a: Item, start: int, end: int) -> bool:
        """Whether the sentence says, after the amount before, what a number counts: users stood at 3 million."""
        start = max(start, self.text.rfind(". ", start, end))
        first = bisect_left(self.tokens.starts, start)
        return any(self.lexicon.plays(self.tokens.low(k), "counted") for k in range(first, a.first))

    def _word_before(self, a: Item) -> str:
        """The word before an item, ignoring words of approximation."""
        tokens, k = self.tokens, a.first - 1
        near = approximation_before(tokens, self.lexicon, a.first, self.items.barrier)
        while near is not None and k >= 0 and tokens.starts[k] >= near[1].start:
            k -= 1
        return tokens.low(k)

    def _is_share(self, a: Item) -> bool:
        """Whether a fraction in words measures a change or a part of something: by a third, two-fifths of exports."""
        tokens, lexicon = self.tokens, self.lexicon
        opening, before = tokens.low(a.quantity.first), tokens.low(a.first - 1)
        if lexicon.number_words.get(before, ("",))[0].startswith("ordinal") or opening == "quarter":
            return False
        if tokens.low(a.last) == "of":
            j = a.last + 1
            if tokens.low(j) in ("a", "an"):
                return False
            while lexicon.plays(tokens.low(j), "share_opening"):
                j += 1
            noun = tokens.low(j)
            if not noun.isalpha() or lexicon.plays(noun, "not_shared"):
                return False
            return opening != "half" or not lexicon.plays(before, "determiner")
        following = tokens.low(a.last)
        if opening == "half" and following in ("the", "its", "their"):
            noun = tokens.low(a.last + 1)
            return noun.isalpha() and not lexicon.plays(noun, "not_shared") and not lexicon.plays(before, "determiner")
        return before == "by" and (not following.isalpha() or lexicon.plays(following, "goes_on"))


def _may_list(a: Item, b: Item, kind: str) -> bool:
    """Whether two bare numbers may start a list whose unit comes later: 5, 6 and 7 percent."""
    digits = a.quantity.kind == "digits" == b.quantity.kind
    return digits and kind in _LISTED and not (a.quantity.is_year_like or b.quantity.is_year_like)


def _can_stand_alone(item: Item) -> bool:
    """Whether an item's own number has a unit next to it, so that it needs no other item."""
    return item.unit is not None and item.first <= item.unit.first <= item.last


def _scaled_like(a: Item, b: Item) -> Item:
    """``a`` with the scale of ``b`` if it has none of its own and the two would otherwise differ in size.

    A unit given once, after both, brings its scale ("7 and 6 million dollars"). Of two signed amounts the first takes
    the scale only if that makes it the smaller one ("$1.2 to $1.5 million", but "$900 to $1.2 million").
    """
    if a.quantity.scale is not None or (a.unit is not None and a.value >= b.quantity.mantissa):
        return a
    return _scaled(a, b.quantity.scale) if a.value < 1000 else a


def _scaled(item: Item, scale: Decimal | None) -> Item:
    if scale is None:
        return item
    return replace(item, value=times(item.value, scale), quantity=replace(item.quantity, scale=scale))


def _is_of_one_size(b: Item, a: Item) -> bool:
    """Whether two numbers before their scales differ by a factor of ten at most."""
    return a.quantity.mantissa <= b.quantity.mantissa * 10 <= a.quantity.mantissa * 100
