"""Rows in the making: one for each imposer, target, product and action of a mention, those of one measure merged."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs.lexicon import FAMILY
from broadsheet.extraction.tariffs.pairing import imposing_together, pair_goods, pair_rates
from broadsheet.reference import goods
from broadsheet.reference.trade import word_set

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from broadsheet.extraction.dates import DateExpression
    from broadsheet.extraction.entity_index import Mention
    from broadsheet.extraction.tariffs.mentions import Country, MeasureMention
    from broadsheet.extraction.tariffs.pairing import Partners
    from broadsheet.extraction.tariffs.products import Product
    from broadsheet.extraction.tariffs.rates import Rate

_STOP = word_set("stop")
"""Words that do not tell two goods apart."""
_UNRATED = frozenset({"ban", "control"})
"""Families of measures that have no rate."""
UNDOING = frozenset({"suspend", "remove"})
"""Actions that end a measure; their rate is that of the measure, the rate before."""
_FULL = 300
"""Rows with which a mention is compared: keeps long registers linear."""
_SYNONYMS = {
    **dict.fromkeys(("auto", "automobile", "motor vehicle"), "car"),
    **dict.fromkeys(("electric car", "ev", "evs"), "electric vehicle"),
    **dict.fromkeys(("chip", "computer chip"), "semiconductor"),
    **dict.fromkeys(("rare earths", "rare earth element", "rare earth metal", "rare earth mineral"), "rare earth"),
    **dict.fromkeys(("canola seed", "rapeseed"), "canola"),
    **dict.fromkeys(("soy", "soya"), "soybean"),
    "rapeseed meal": "canola meal",
    "rapeseed oil": "canola oil",
    "soymeal": "soybean meal",
    "soyoil": "soybean oil",
    "fertiliser": "fertilizer",
    "timber": "lumber",
    "tyre": "tire",
    "whisky": "whiskey",
}
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
    company: Mention | None = None
    """The company with a rate of its own."""
    ended: DateExpression | None = None
    """The date on which it ends."""
    day_from: str = "linked"
    """The rule of the day of effect: ``linked``, ``shared`` or ``stated``."""
    answer_from: str = "scored"
    """The rule of whether it answers an act of its target: ``scored``, or ``agreed`` as other measures say so."""
    undone_by: str | None = None
    """The action of the row that ends the measure, where no other words give a row of it."""

    @property
    def target_code(self) -> str | None:
        """The country whose goods are meant; None for all or where none is named."""
        return self.target.code if self.target is not None else None

    @property
    def company_id(self) -> str | None:
        """The company with a rate of its own."""
        return self.company.actor_id if self.company is not None else None

    @property
    def goods(self) -> str | None:
        """The name of the product; None for goods in general."""
        return self.product.name if self.product is not None else None


@lru_cache(maxsize=4096)
def product_key(product: str | None) -> frozenset[str]:
    """The words of a product by which two mentions of it are the same."""
    form = goods.key((product or "").split())
    form = _SYNONYMS.get(form, form)
    return frozenset(goods.singular(w) for w in form.split()) - _STOP


def make_drafts(text: str, mentions: Iterable[MeasureMention], companies: Mapping[int, Mention]) -> list[Draft]:
    """The rows of all mentions, in the order of the first of each; ``companies`` is where a rate begins to its own."""
    mentions = list(mentions)
    paired = pair_rates(text, mentions)
    imposers = [m.imposers[0] for m in mentions if m.imposers]
    imposing = Counter(imposer.code for imposer in imposers)
    usual = max(imposers, key=lambda imposer: (imposing[imposer.code], imposer.code), default=None)
    out: list[Draft] = []
    for mention in mentions:
        acts = imposing_together(text, mention) or ([(replace(usual, elsewhere=True), mention)] if usual else [])
        for draft in (row for imposer, act in acts for row in _rows_of(act, imposer, *paired)):
            if (rate := draft.rate or draft.before) is not None:
                draft = replace(draft, company=companies.get(rate.span.start))
            for k in range(len(out) - 1, max(-1, len(out) - 1 - _FULL), -1):
                if _same(out[k], draft):
                    out[k] = _merge(out[k], draft)
                    break
            else:
                out.append(draft)
    with_goods = {key for d in out if d.product is not None for key in _rates_of(d)}
    changed = {_goods_at(d) for d in out if d.rate is not None and d.before is not None}
    out = [d for d in out if d.rate is not None or d.before is not None or _goods_at(d) not in changed]
    said = {_place_of(d) for d in out if d.product is not None or d.rate is not None or d.before is not None}
    return [
        d
        for d in out
        if d.product is not None
        or (not with_goods & _rates_of(d) if d.rate is not None else d.before is not None or _place_of(d) not in said)
    ]


def _goods_at(draft: Draft) -> tuple[str, str | None, frozenset[str], int]:
    """What a row shares with one that has both rates of the same goods: parties, goods and sentence."""
    return draft.imposer.code, draft.target_code, product_key(draft.goods), draft.mention.anchor.sentence


def _place_of(draft: Draft) -> tuple[str, str | None, str, int]:
    """What a row without goods and rate shares with one that says more: parties, action and sentence."""
    return draft.imposer.code, draft.target_code, draft.mention.action, draft.mention.anchor.sentence


def _rates_of(draft: Draft) -> set[tuple[str, int, int]]:
    """The rates of a row, as the imposer, the sentence and where they begin: those of goods are not given without."""
    sentence = draft.mention.anchor.sentence
    return {(draft.imposer.code, sentence, r.span.start) for r in (draft.rate, draft.before) if r is not None}


def _rows_of(
    mention: MeasureMention, imposer: Country, countries: Partners[Country], goods_of: Partners[Product]
) -> Iterator[Draft]:
    """The rows of a mention: its targets times its goods, or those that each of its rates is for."""
    rated = FAMILY[mention.measure] not in _UNRATED
    rates = mention.rates if rated else ()
    targets = [t for t in mention.targets if t.code != imposer.code]
    pairs = list(pair_goods(targets, mention.products))
    by_order = [(r, (imposer.code, r.span.start)) for r in rates]
    if any(key in countries or key in goods_of for _, key in by_order):
        cells: Iterable[tuple[Country | None, Product | None, Rate | None]] = [
            (t, p, r)
            for r, key in by_order
            for t in countries.get(key, targets) or (None,)
            for p in goods_of.get(key, mention.products) or (None,)
        ]
    elif len(rates) == len(pairs):
        cells = [(t, p, r) for (t, p), r in zip(pairs, rates, strict=True)]
    else:
        cells = [(t, p, r) for t, p in pairs for r in rates or (None,)]
    for target, product, rate in cells:
        before = mention.before if rated else None
        if mention.action in UNDOING and before is None:
            rate, before = None, rate
        yield Draft(mention, imposer, target, product, rate, before)


def _same(a: Draft, b: Draft) -> bool:
    """Whether two mentions tell one row."""
    actions = {a.mention.action, b.mention.action}
    return (
        (a.imposer.code, FAMILY[a.mention.measure], a.company_id)
        == (b.imposer.code, FAMILY[b.mention.measure], b.company_id)
        and (a.target_code == b.target_code or _leaves_out(a, b) or _leaves_out(b, a))
        and (len(actions) == 1 or actions == {"impose", "threaten"})
        and product_key(a.goods) == product_key(b.goods)
        and all(x is None or y is None or x.percent == y.percent for x, y in ((a.rate, b.rate), (a.before, b.before)))
    )


def _leaves_out(draft: Draft, other: Draft) -> bool:
    """Whether a draft of named goods only leaves out the target that another has."""
    is_near = abs(draft.mention.anchor.sentence - other.mention.anchor.sentence) <= 1
    return is_near and draft.target is None and draft.goods is not None and draft.rate is None


def _merge(kept: Draft, other: Draft) -> Draft:
    """The row with what another mention adds; one that is imposed has nothing of the threat that came before."""
    mention = kept.mention
    statuses = tuple(a + b for a, b in zip(mention.statuses, other.mention.statuses, strict=True))
    if mention.action != other.mention.action:
        statuses = (mention if mention.action == "impose" else other.mention).statuses
    mention = replace(
        mention,
        action="impose" if mention.action != other.mention.action else mention.action,
        statuses=statuses,
        retaliation=mention.retaliation or other.mention.retaliation,
        is_called_answer=mention.is_called_answer or other.mention.is_called_answer,
        effective=mention.effective or other.mention.effective,
        announced=mention.announced or other.mention.announced,
    )
    return replace(
        kept,
        mention=mention,
        target=kept.target or other.target,
        rate=kept.rate or other.rate,
        before=kept.before or other.before,
    )
