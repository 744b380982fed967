"""One mention for the words of one measure: its noun, and the percent signs of its rate."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.analysis.document import Document
    from broadsheet.extraction.tariffs.mentions import MeasureMention
    from broadsheet.extraction.tariffs.rates import Rate

_STEPS = 4
"""Maximum number of steps up the tree from a rate to the noun that it measures."""
_OF = frozenset({"pobj", "prep", "quantmod", "nummod", "pcomp"})
"""Labels on the way from a rate to its noun; in a range, one end may also be joined to the other."""


def join_mentions(
    document: Document, rates: Sequence[tuple[Rate, int, int]], mentions: Sequence[MeasureMention]
) -> list[MeasureMention]:
    """The mentions in reading order, those in one rate and that of its noun as one: duties of 5% to 9% on steel.

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
        above = _above(document, last - 1, is_range=rate.high is not None)
        noun = next((i for i in above if i in by_anchor and set(by_anchor[i].rates) <= {rate}), None)
        sentence = document.tokens[first].sentence
        holding = holders[rate.span.start, sentence] if rate.high is not None else []
        group = sorted({*inside, *(i for i in holding if i in by_anchor), *([noun] if noun is not None else [])})
        if len(group) > 1:
            place = noun if noun is not None else group[0]
            whole = _one([by_anchor.pop(i) for i in group], place)
            by_anchor[place] = whole
    spans = {product.span for mention in by_anchor.values() for product in mention.products}
    goods = {i for span in spans for i in range(*document.range_of(span))}
    found = (by_anchor[i] for i in sorted(by_anchor))
    return [m for m in found if m.rates or m.products or m.anchor.i not in goods]


def _above(document: Document, place: int, *, is_range: bool) -> Iterator[int]:
    """The words that a rate at a token belongs to, the nearest first."""
    token = document.tokens[place]
    for above in islice(document.ancestors(token), _STEPS):
        if token.dep not in _OF and not (is_range and token.dep in ("conj", "acl")):
            return
        yield above.i
        token = above


def _one(group: Sequence[MeasureMention], place: int) -> MeasureMention:
    """One mention from several, anchored at one of them: each cell is that of the likeliest that has it."""
    likely = sorted(group, key=lambda mention: (-mention.score, mention.anchor.i))
    anchor = next(mention.anchor for mention in group if mention.anchor.i == place)
    return replace(
        likely[0],
        anchor=anchor,
        imposers=next((m.imposers for m in likely if m.imposers), ()),
        targets=next((m.targets for m in likely if m.targets), ()),
        rates=next((m.rates for m in likely if m.rates), ()),
        before=next((m.before for m in likely if m.before is not None), None),
        products=next((m.products for m in likely if m.products), ()),
        effective=next((m.effective for m in likely if m.effective is not None), None),
        announced=next((m.announced for m in likely if m.announced is not None), None),
    )
