"""Which rate of a sentence is for which country or goods: 10% for Japan and 15% for Chile."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from broadsheet.base.span import Span
    from broadsheet.extraction.tariffs.mentions import Country, MeasureMention
    from broadsheet.extraction.tariffs.products import Product

_MUTUAL = re.compile(r"\b(?:each other|one another)\b")
_NEAR = 40
"""Characters behind the word of a measure in which *each other* is looked for."""
_TOGETHER = 2.0
"""The least score of an imposer beside another; chosen on the development articles."""
_JOINT = re.compile(r"\s?,?\s?(?:and|or|&)?\s?(?:of |the )?")
Partner = TypeVar("Partner", "Country", "Product")
Partners = dict[tuple[str, int], tuple[Partner, ...]]
"""Imposer and where a rate begins, to the countries or goods that it is for, where the order of the words tells."""


def pair_rates(text: str, mentions: Sequence[MeasureMention]) -> tuple[Partners[Country], Partners[Product]]:
    """The countries and the goods of the rates of each sentence, by the order in which they are named.

    Rates and countries (or goods) that take turns belong together, and so do two equally long lists.
    """
    countries: Partners[Country] = {}
    goods: Partners[Product] = {}
    in_sentence: dict[tuple[str, int], list[MeasureMention]] = defaultdict(list)
    for mention in mentions:
        if mention.imposers:
            in_sentence[mention.imposers[0].code, mention.anchor.sentence].append(mention)
    for group in in_sentence.values():
        imposer = group[0].imposers[0].code
        rates = {rate.span for mention in group for rate in mention.rates}
        if len(rates) > 1:
            targets = {t.span: t for m in group for t in m.targets if t.code != imposer}
            products = {p.span: p for m in group for p in m.products}
            countries.update({(imposer, start): of for start, of in _turns(text, rates, targets).items()})
            goods.update({(imposer, start): of for start, of in _turns(text, rates, products).items()})
    return countries, goods


def pair_goods(
    targets: Sequence[Country], products: Sequence[Product]
) -> Iterator[tuple[Country | None, Product | None]]:
    """All targets with all goods; of *Chilean wine and Peruvian copper*, each with the country that is said of it."""
    own = {p: {t.code for t in targets if t.span.end + 1 == p.span.start} for p in products}
    apart = len(set().union(*own.values())) > 1
    for target in targets or (None,):
        for product in products or (None,):
            said = own[product] if apart and product is not None else None
            if not said or (target is not None and target.code in said):
                yield target, product


def imposing_together(text: str, mention: MeasureMention) -> list[tuple[Country, MeasureMention]]:
    """The likeliest imposer of a measure and those in one list with it, with what each does: Norway and Iceland."""
    together = list(mention.imposers[:1])
    is_mutual = bool(together) and _MUTUAL.search(text, together[0].span.end, mention.anchor.end + _NEAR) is not None
    targets = set() if is_mutual else {target.code for target in mention.targets}
    for other in sorted(mention.imposers[1:], key=lambda country: abs(country.span.start - together[0].span.start)):
        listed = any(_is_list(text, sorted((other.span, known.span), key=_start)) for known in together)
        if (
            listed
            and other.score > (0 if is_mutual else _TOGETHER)
            and other.code not in targets | {known.code for known in together}
        ):
            together.append(other)
    if not is_mutual or len(together) < 2:
        return [(imposer, mention) for imposer in together]
    return [(one, replace(mention, targets=tuple(c for c in together if c is not one))) for one in together]


def _start(span: Span) -> int:
    return span.start


def _turns(text: str, rates: Iterable[Span], named: Mapping[Span, Partner]) -> dict[int, tuple[Partner, ...]]:
    """What each rate is for; empty where the order does not tell."""
    places = sorted([*rates, *named], key=lambda span: (span.start, span.end))
    runs = [(is_named, list(run)) for is_named, run in groupby(places, key=named.__contains__)]
    of_rates = [run for is_named, run in runs if not is_named]
    of_named = [run for is_named, run in runs if is_named]
    if (
        len(of_rates) == len(of_named) == 1
        and len(of_rates[0]) == len(of_named[0])
        and _is_list(text, *of_rates, *of_named)
    ):
        of_rates, of_named = [[span] for span in of_rates[0]], [[span] for span in of_named[0]]
    if len(of_rates) < 2 or len(of_rates) != len(of_named) or any(len(run) > 1 for run in of_rates):
        return {}
    return {rate.start: tuple(named[n] for n in run) for (rate,), run in zip(of_rates, of_named, strict=True)}


def _is_list(text: str, *runs: Sequence[Span]) -> bool:
    """Whether nothing but commas and conjunctions stands between the parts of each list."""
    return all(_JOINT.fullmatch(text, a.end, b.start) for run in runs for a, b in pairwise(run))
