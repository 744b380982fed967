"""Finds the amounts of a text."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from broadsheet.base.limit import MAX_CHARACTERS, check_length
from broadsheet.base.span import Span
from broadsheet.extraction.amounts.amount import RATE_UNITS, Amount
from broadsheet.extraction.amounts.items import Item, ItemReader
from broadsheet.extraction.amounts.lexer import BREAK, stretches
from broadsheet.extraction.amounts.lexicon import lexicon
from broadsheet.extraction.amounts.modifiers import approximation_after, approximation_before, price_unit
from broadsheet.extraction.amounts.quantities import PLACES, Quantity, divided, fitting, times
from broadsheet.extraction.amounts.resolve import ResolvedUnit, Resolver
from broadsheet.extraction.amounts.series import SeriesReader

if TYPE_CHECKING:
    from collections.abc import Iterator

_HUNDRED = Decimal(100)


def find_amounts(
    text: str, *, language: str = "en", country: str | None = None, max_characters: int = MAX_CHARACTERS
) -> list[Amount]:
    """Every sum of money and every percentage of a text, in reading order.

    Linear in the length of the text, with exact decimals.

    Args:
        text: Any text; offsets of the result count its code points.
        language: BCP 47 tag. Its region decides the currency of a bare dollar (``en-CA``) and whether a comma is a
            decimal point (only ``en-ZA``).
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
    return list(_find_amounts(text, language, country))


@lru_cache(maxsize=1)
def _find_amounts(text: str, language: str, country: str | None) -> tuple[Amount, ...]:
    """Cached result of :func:`find_amounts`: the parsers of rates and of figures ask for those of the same article."""
    words = lexicon()
    resolver = Resolver(text, words, language, country)
    # English writes a decimal comma only in South Africa.
    comma = language.lower().replace("_", "-") == "en-za"
    found: list[Amount] = []
    inherited: ResolvedUnit | None = None
    for stretch in stretches(text, words.anchors):
        finder = _StretchFinder(text, ItemReader(stretch, words, decimal_comma=comma), resolver, inherited)
        found += finder.find()
        inherited = finder.series.inherited
    return tuple(found)


class _StretchFinder:
    """Reads the amounts of one stretch from left to right."""

    def __init__(self, text: str, items: ItemReader, resolver: Resolver, inherited: ResolvedUnit | None) -> None:
        self.text = text
        self.items = items
        self.resolver = resolver
        self.series = SeriesReader(text, items, inherited)

    def find(self) -> Iterator[Amount]:
        """All amounts of the stretch."""
        tokens = self.items.tokens
        i, n = 0, len(tokens)
        while i < n:
            if tokens.words[i] == BREAK:
                self.series.inherited = None
            item = self.items.read(i) if self.items.may_start(i) else None
            i += 1
            if item is None:
                continue
            items = self.series.read(item)
            yield from filter(None, map(self._amount, items))
            i = max(i, items[-1].last if items else item.last)
            if items:
                self.items.barrier = i

    def _amount(self, item: Item) -> Amount | None:
        """The finished amount, or None if it does not fit or its unit is unknown."""
        tokens, words, kind = self.items.tokens, self.items.lexicon, item.quantity.kind
        unit = self._unit(item)
        if unit is None:
            return None
        united, subunits = ("inherited", 1) if item.unit is None else (item.unit.evidence, item.unit.unit.subunits)
        low = divided(item.value, subunits)
        amount_high = fitting(divided(item.high, subunits)) if item.high is not None else None
        about = item.quantity.about
        if kind == "part":
            exact = times(low, _HUNDRED) if united == "part" else low
            low = exact.quantize(PLACES, rounding=ROUND_HALF_EVEN)
            about = low != exact
        amount = fitting(low)
        if amount is None or (item.high is not None and amount_high is None):
            return None
        span = Span(tokens.starts[item.first], tokens.ends[item.last - 1])
        per = price_unit(tokens, words, item.last)
        near = approximation_before(tokens, words, item.first, self.items.barrier)
        near = near or approximation_after(tokens, words, per[2] if per else item.last)
        approximation = near[0] if near else "about" if about else "exact"
        if item.high is not None:
            approximation, near = "range", None
        in_brackets = self.text[span.start - 1 : span.start] == "("
        if unit.code not in RATE_UNITS and not (in_brackets and self.series.inherited):
            # Neither a percentage nor a converted amount in brackets passes its unit on.
            self.series.inherited = unit
        return Amount(
            span=span,
            amount=amount,
            amount_high=amount_high,
            unit=unit.code,
            unit_basis=unit.basis,
            approximation=approximation,
            text=span.of(self.text),
            per=per[0] if per else None,
            unit_span=unit.span,
            approximation_span=near[1] if near else None,
            per_span=per[1] if per else None,
            valued=_valued(item.quantity, united, subunits),
            united=united,
            based=unit.based,
        )

    def _unit(self, item: Item) -> ResolvedUnit | None:
        """The unit of an item: its own, or that of an earlier amount if it has none."""
        tokens, found = self.items.tokens, item.unit
        if found is None:
            return self.series.inherited
        resolved = self.resolver.resolve(found)
        if resolved is None:
            return None
        last = found.last
        if found.first < item.quantity.first and last > item.quantity.last:
            # With a unit on both sides of the number, the sign before it counts.
            last = item.quantity.first
        return ResolvedUnit(*resolved, Span(tokens.starts[found.first], tokens.ends[last - 1]))


def _valued(quantity: Quantity, united: str, subunits: int) -> str:
    """How a quantity became an amount."""
    if quantity.kind == "part":
        return "part" if united == "part" else "part_of"
    if subunits != 1:
        return "coins"
    return "scaled" if quantity.scale is not None else "number"
