"""Rows in the making: one for each imposer, target, product and action of a mention, those of one measure merged."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs import goods
from broadsheet.extraction.tariffs.lexicon import FAMILY, word_set

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from broadsheet.extraction.dates import DateExpression
    from broadsheet.extraction.tariffs.mentions import Country, MeasureMention
    from broadsheet.extraction.tariffs.products import Product
    from broadsheet.extraction.tariffs.rates import Rate

_STOP = word_set("stop")
"""Words that do not tell two goods apart."""
_UNRATED = frozenset({"ban", "control"})
"""Families of measures that have no rate."""
_KEEPS_RATE_BEFORE = frozenset({"suspend", "remove"})
_FULL = 300
"""Rows with which a mention is compared: keeps long registers linear."""
_SYNONYMS = MappingProxyType(
    {
        "aluminium": "aluminum",
        "auto": "car",
        "automobile": "car",
        "canola seed": "canola",
        "chip": "semiconductor",
        "computer chip": "semiconductor",
        "electric car": "electric vehicle",
        "ev": "electric vehicle",
        "evs": "electric vehicle",
        "fertiliser": "fertilizer",
        "motor vehicle": "car",
        "rapeseed": "canola",
        "rapeseed meal": "canola meal",
        "rapeseed oil": "canola oil",
        "rare earth element": "rare earth",
        "rare earth metal": "rare earth",
        "rare earth mineral": "rare earth",
        "rare earths": "rare earth",
        "soy": "soybean",
        "soya": "soybean",
        "soymeal": "soybean meal",
        "soyoil": "soybean oil",
        "timber": "lumber",
        "tyre": "tire",
        "whisky": "whiskey",
    }
)  # fmt: skip
"""Looked-up form of a good to that of another word for it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A row in the making, and the mention that gives it."""

    mention: MeasureMention
    imposer: Country
    target: Country | None
    product: Product | None
    rate: Rate | None
    before: Rate | None
    merged: int = 1
    """How many mentions tell it."""
    ended: DateExpression | None = None
    """The date on which it ends."""
    day_from: str = "linked"
    """The rule of the day of effect: ``linked``, ``stated`` or ``shared``."""


@lru_cache(maxsize=4096)
def product_key(product: str | None) -> frozenset[str]:
    """The words of a product by which two mentions of it are the same."""
    if product is None:
        return frozenset()
    form = goods.key(product.split())
    form = _SYNONYMS.get(form, form)
    return frozenset(goods.singular(w) for w in form.split()) - _STOP


def make_drafts(mentions: Iterable[MeasureMention]) -> list[Draft]:
    """The rows of all mentions, in the order of the first of each."""
    mentions = list(mentions)
    imposing = Counter(m.imposers[0].code for m in mentions if m.imposers)
    usual = max(imposing, key=lambda code: (imposing[code], code)) if imposing else None
    out: list[Draft] = []
    for mention in mentions:
        for draft in _rows_of(mention, usual, mentions):
            for k in range(len(out) - 1, max(-1, len(out) - 1 - _FULL), -1):
                if _same(out[k], draft):
                    out[k] = _merge(out[k], draft)
                    break
            else:
                out.append(draft)
    with_goods = {key for d in out if d.product is not None for key in _rates_of(d)}
    return [d for d in out if d.product is not None or d.rate is None or not with_goods & _rates_of(d)]


def _rates_of(draft: Draft) -> set[tuple[str, int, int]]:
    """The rates of a row, as the imposer, the sentence and where they begin: those of goods are not given without."""
    sentence = draft.mention.anchor.sentence
    return {(draft.imposer.code, sentence, r.span.start) for r in (draft.rate, draft.before) if r is not None}


def _rows_of(mention: MeasureMention, usual: str | None, mentions: list[MeasureMention]) -> Iterator[Draft]:
    """The rows of a mention: its targets times its goods."""
    imposer = mention.imposers[0] if mention.imposers else None
    if imposer is None:
        known = [m.imposers[0] for m in mentions if m.imposers and m.imposers[0].code == usual]
        if not known:
            return
        imposer = replace(known[0], elsewhere=True)
    targets = mention.targets or (None,)
    products = mention.products or (None,)
    rated = FAMILY[mention.measure] not in _UNRATED
    rates = mention.rates if rated else ()
    pairs = [(t, p) for t in targets if t is None or t.code != imposer.code for p in products]
    for k, (target, product) in enumerate(pairs):
        if len(rates) == len(pairs):
            given: tuple[Rate | None, ...] = (rates[k],)
        elif len(pairs) == 1:
            given = rates or (None,)
        elif len(rates) > 1:
            given = (_nearest(rates, product, target),)
        else:
            given = rates or (None,)
        for rate in given:
            before = mention.before if rated else None
            if mention.action in _KEEPS_RATE_BEFORE and before is None:
                rate, before = None, rate
            yield Draft(mention, imposer, target, product, rate, before)


def _nearest(rates: tuple[Rate, ...], product: Product | None, target: Country | None) -> Rate | None:
    """The rate that stands nearest before or behind the goods, or the target."""
    span = product.span if product is not None else target.span if target is not None else None
    if span is None:
        return rates[0]
    return min(rates, key=lambda r: (abs(r.span.start - span.start), r.span.start))


def _same(a: Draft, b: Draft) -> bool:
    """Whether two mentions tell one row."""
    codes = [(d.imposer.code, d.target.code if d.target is not None else None) for d in (a, b)]
    if codes[0] != codes[1] or FAMILY[a.mention.measure] != FAMILY[b.mention.measure]:
        return False
    if a.mention.action != b.mention.action and {a.mention.action, b.mention.action} != {"impose", "threaten"}:
        return False
    if product_key(a.product.name if a.product else None) != product_key(b.product.name if b.product else None):
        return False
    return all(x is None or y is None or x.percent == y.percent for x, y in ((a.rate, b.rate), (a.before, b.before)))


def _merge(kept: Draft, other: Draft) -> Draft:
    """The row with what another mention adds."""
    mention = kept.mention
    if mention.action == "threaten" and other.mention.action == "impose":
        mention = replace(mention, action="impose")
    mention = replace(
        mention,
        statuses=tuple(a + b for a, b in zip(mention.statuses, other.mention.statuses, strict=True)),
        retaliation=mention.retaliation or other.mention.retaliation,
        effective=mention.effective or other.mention.effective,
        announced=mention.announced or other.mention.announced,
    )
    return replace(
        kept, mention=mention, rate=kept.rate or other.rate, before=kept.before or other.before, merged=kept.merged + 1
    )
