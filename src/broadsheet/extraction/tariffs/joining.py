"""One mention for the words of one rate: its percent signs, and in a range the words of its measure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.analysis.document import Document
    from broadsheet.extraction.tariffs.mentions import MeasureMention
    from broadsheet.extraction.tariffs.rates import Rate

_CELLS = ("imposers", "targets", "rates", "before", "products", "effective", "announced")


def join_mentions(
    document: Document, rates: Sequence[tuple[Rate, int, int]], mentions: Sequence[MeasureMention]
) -> list[MeasureMention]:
    """The mentions in reading order, those of one rate as one: duties of 5% to 9% on steel.

    A mention that is only the name of another's goods is left out.

    Args:
        document: The analysed article.
        rates: Its rates, each with its first and last (exclusive) token.
        mentions: The mentions, in reading order.
    """
    by_anchor = {mention.anchor.i: mention for mention in mentions}
    holders: dict[tuple[int, int], list[int]] = defaultdict(list)
    for mention in mentions:
        for rate in mention.rates:
            holders[rate.span.start, mention.anchor.sentence].append(mention.anchor.i)
    for rate, first, last in rates:
        inside = [i for i in range(first, last) if i in by_anchor]
        if not inside:
            continue
        sentence = document.tokens[first].sentence
        holding = holders[rate.span.start, sentence] if rate.high is not None else []
        group = sorted(
            {
                *inside,
                *(i for i in holding if i in by_anchor),
            }
        )
        if len(group) > 1:
            by_anchor[group[0]] = _one([by_anchor.pop(i) for i in group])
    spans = {product.span for mention in by_anchor.values() for product in mention.products}
    goods = {i for span in spans for i in range(*document.range_of(span))}
    found = (by_anchor[i] for i in sorted(by_anchor))
    return [m for m in found if m.rates or m.products or m.anchor.i not in goods]


def _one(group: Sequence[MeasureMention]) -> MeasureMention:
    """One mention from several, anchored at the first: each cell is that of the likeliest that has it."""
    likely = sorted(group, key=lambda mention: (-mention.score, mention.anchor.i))
    cells = {cell: next((v for m in likely if (v := getattr(m, cell))), getattr(likely[0], cell)) for cell in _CELLS}
    return replace(likely[0], anchor=group[0].anchor, **cells)
