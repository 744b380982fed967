"""Finds the amounts of a text."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING

from broadsheet.base.limit import MAX_CHARACTERS, check_length
from broadsheet.base.span import Span
from broadsheet.extraction.amounts.amount import Amount
from broadsheet.extraction.amounts.items import Item, ItemReader
from broadsheet.extraction.amounts.lexer import BREAK, stretches
from broadsheet.extraction.amounts.lexicon import Lexicon, lexicon
from broadsheet.extraction.amounts.modifiers import approximation_after, approximation_before, price_unit
from broadsheet.extraction.amounts.quantities import PLACES, divided, fitting, has_decimal_comma, times
from broadsheet.extraction.amounts.resolve import Resolver
from broadsheet.extraction.amounts.series import Inherited, SeriesReader

if TYPE_CHECKING:
    from broadsheet.extraction.amounts.lexer import Stretch

_HUNDRED = Decimal(100)


def find_amounts(
    text: str, *, language: str = "en", country: str | None = None, max_characters: int = MAX_CHARACTERS
) -> list[Amount]:
    """Every sum of money and every percentage of a text, in reading order.

    Linear in the length of the text, with exact decimals.

    Args:
        text: Any text; offsets of the result count its code points.
        language: BCP 47 tag. Its region decides the currency of a bare dollar (``en-CA``) and whether a comma is a
            decimal point (``en-ZA``).
        country: ISO 3166-1 alpha-3 code of the country whose currency a bare sign means; overrides ``language``.
        max_characters: The maximum length of the text in code points.

    Returns:
        Amounts that do not overlap. A number without a unit is not an amount unless it continues an earlier one
        ("13.6 billion dollars, from 10.2 billion"). Amounts that do not fit decimal(28, 4) are left out.

    Raises:
        InputError: If the text is longer.

        >>> [(str(a.amount), a.unit, a.text) for a in find_amounts("a C$1.2bn loan at 4.5 per cent")]
        [('1200000000', 'CAD', 'C$1.2bn'), ('4.5', 'percent', '4.5 per cent')]
    """
    check_length(text, "text", max_characters)
    words = lexicon()
    resolver = Resolver(text, words, language, country)
    comma = has_decimal_comma(language)
    found: list[Amount] = []
    inherited: Inherited | None = None
    for stretch in stretches(text, words.anchors):
        finder = _StretchFinder(text, stretch, words, resolver, decimal_comma=comma, inherited=inherited)
        found += finder.find()
        inherited = finder.series.inherited
    return found


class _StretchFinder:
    """Reads the amounts of one stretch from left to right."""

    def __init__(
        self,
        text: str,
        stretch: Stretch,
        words: Lexicon,
        resolver: Resolver,
        *,
        decimal_comma: bool,
        inherited: Inherited | None,
    ) -> None:
        self.text = text
        self.tokens = stretch
        self.lexicon = words
        self.resolver = resolver
        self.items = ItemReader(stretch, words, decimal_comma=decimal_comma)
        self.series = SeriesReader(text, self.items, inherited)

    def find(self) -> list[Amount]:
        """All amounts of the stretch."""
        found: list[Amount] = []
        i, n = 0, len(self.tokens)
        while i < n:
            if self.tokens.words[i] == BREAK:
                self.series.inherited = None
            item = self.items.read(i) if self.items.may_start(i) else None
            i += 1
            if item is None:
                continue
            items = self.series.read(item)
            found += [amount for one in items if (amount := self._amount(one)) is not None]
            i = max(i, items[-1].last if items else item.last)
            if items:
                self.items.barrier = i
        return found

    def _amount(self, item: Item) -> Amount | None:
        """The finished amount, or None if it does not fit or its unit is unknown."""
        tokens = self.tokens
        resolved = self._resolved(item)
        if resolved is None:
            return None
        unit, basis, based, unit_span = resolved
        is_rate = item.unit is not None and item.unit.unit.is_rate
        about = item.quantity.about
        low, high = item.value, item.high
        subunits = item.unit.unit.subunits if item.unit is not None else 1
        if subunits != 1:
            low = divided(low, subunits)
            high = divided(high, subunits) if high is not None else None
        if item.quantity.kind == "part":
            if item.unit is not None and item.unit.first == item.first and item.unit.last == item.last:
                low = times(low, _HUNDRED)
            rounded = low.quantize(PLACES, rounding=ROUND_HALF_EVEN)
            about, low = about or rounded != low, rounded
        amount = fitting(low)
        amount_high = fitting(high) if high is not None else None
        if amount is None or (high is not None and amount_high is None):
            return None
        span = Span(tokens.starts[item.first], tokens.ends[item.last - 1])
        per = price_unit(tokens, self.lexicon, item.last)
        near = approximation_before(tokens, self.lexicon, item.first, self.items.barrier)
        near = near or approximation_after(tokens, self.lexicon, per[2] if per else item.last)
        approximation = near[0] if near else "about" if about else "exact"
        if high is not None:
            approximation, near = "range", None
        if not is_rate and not (self.text[span.start - 1 : span.start] == "(" and self.series.inherited):
            # Neither a percentage nor a converted amount in brackets passes its unit on.
            self.series.inherited = Inherited(unit, basis, based, unit_span)
        return Amount(
            span=span,
            amount=amount,
            amount_high=amount_high,
            unit=unit,
            unit_basis=basis,
            approximation=approximation,
            text=span.of(self.text),
            per=per[0] if per else None,
            unit_span=unit_span,
            approximation_span=near[1] if near else None,
            per_span=per[1] if per else None,
            valued=_valued(item, subunits),
            united=item.unit.evidence if item.unit is not None else "inherited",
            based=based,
        )

    def _resolved(self, item: Item) -> tuple[str, str, str, Span] | None:
        """Unit, its basis, the reason for that basis, and the characters that state the unit."""
        tokens, found = self.tokens, item.unit
        if found is None:
            inherited = self.series.inherited
            return (inherited.code, inherited.basis, inherited.based, inherited.span) if inherited else None
        resolved = self.resolver.resolve(found)
        if resolved is None:
            return None
        last = found.last
        if found.first < item.quantity.first and last > item.quantity.last:
            # With a unit on both sides of the number, the sign before it counts.
            last = item.quantity.first
        return (*resolved, Span(tokens.starts[found.first], tokens.ends[last - 1]))


def _valued(item: Item, subunits: int) -> str:
    """How the number of an item became its amount."""
    if item.quantity.kind == "part":
        whole = item.unit is not None and item.unit.first == item.first and item.unit.last == item.last
        return "part" if whole else "part_of"
    if subunits != 1:
        return "coins"
    scaled = item.quantity.scale is not None or (item.unit is not None and item.unit.scale is not None)
    return "scaled" if scaled else "number"
