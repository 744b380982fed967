"""A row in the making, and when two of them tell the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs import goods
from broadsheet.extraction.tariffs.lexicon import FAMILY, SPECIFIC, word_set

if TYPE_CHECKING:
    from broadsheet.base.span import Span
    from broadsheet.extraction.found import Rule
    from broadsheet.extraction.tariffs.items import Item
    from broadsheet.extraction.tariffs.tellings import Rate, Telling, Timing

UNKNOWN = "?"
"""Before the name of a company that is no actor."""
_STOP = word_set("stop")
"""Words that do not tell two goods apart."""
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
)
"""Looked-up form of a good to that of another word for it."""


@dataclass(slots=True)
class Draft:
    """A row in the making.

    Attributes:
        members: The clauses that tell it.
        copied: Whether its goods are those of a measure told before, of which it tells a change.
        item: The entry of a list that gave its goods.
        imposer_margin: By how much the score of its imposer is ahead of that of any other country.
        target_margin: How far from zero the closest score is that decided on its target.
    """

    imposer: str
    target: str | None
    product: str | None
    company: str | None
    measure: str
    action: str
    status: str
    rate: Rate
    timing: Timing
    telling: Telling
    first: int
    last: int
    retaliation: Span | None = None
    evidence: dict[str, list[Span]] = field(default_factory=dict)
    standing: bool = False
    members: list[Telling] = field(default_factory=list)
    copied: bool = False
    item: Item | None = None
    imposer_margin: float = 0.0
    target_margin: float = 0.0
    rules: dict[str, Rule] = field(default_factory=dict)

    def note(self, **rules: Rule | None) -> None:
        """Notes what gave a column; drafts copied from this one before keep what they had."""
        self.rules = {**self.rules, **{column: rule for column, rule in rules.items() if rule is not None}}

    def say(self, column: str, span: Span | None) -> None:
        """Notes characters that say a cell."""
        if span is not None and span not in self.evidence.setdefault(column, []):
            self.evidence[column].append(span)

    @property
    def applies_to(self) -> str | None:
        """The actor whose own rate it is."""
        return None if self.company is None or self.company.startswith(UNKNOWN) else self.company


@lru_cache(maxsize=4096)
def product_key(product: str | None) -> frozenset[str]:
    """The words of a product by which two tellings of it are the same."""
    if product is None:
        return frozenset()
    form = goods.key(product.split())
    form = _SYNONYMS.get(form, form)
    return frozenset(goods.singular(w) for w in form.split()) - _STOP


def same_measure(a: Draft, b: Draft) -> bool:
    """Whether two clauses tell one measure."""
    if (a.imposer, a.target, a.company) != (b.imposer, b.target, b.company) or FAMILY[a.measure] != FAMILY[b.measure]:
        return False
    if a.measure in SPECIFIC and b.measure in SPECIFIC and a.measure != b.measure:
        return False
    if a.action != b.action and ({a.action, b.action} != {"impose", "threaten"} or a.standing != b.standing):
        return False
    same = product_key(a.product) == product_key(b.product) or same_good(a.product, b.product)
    return same and rates_agree(a.rate, b.rate)


def rates_agree(a: Rate, b: Rate) -> bool:
    """Whether two rates can be one: neither says what the other denies."""
    if a.percent is None or b.percent is None:
        return a.before is None or b.before is None or a.before == b.before
    return a.percent == b.percent and (a.high is None or b.high is None or a.high == b.high)


@lru_cache(maxsize=4096)
def _form(product: str) -> tuple[str, ...]:
    """The words of a product as they are looked up."""
    return tuple(goods.key(product.split()).split())


def narrower(product: str | None, general: str) -> bool:
    """Whether a product's name ends in the general one and says more (frozen beef: beef)."""
    if product is None:
        return False
    a, b = _form(product), _form(general)
    return len(a) > len(b) and a[-1] == b[-1] and set(b) < set(a)


def same_good(a: str | None, b: str | None) -> bool:
    """Whether one name only says more than the other of one good."""
    if a is None or b is None:
        return False
    if not narrower(a, b):
        return False
    return goods.chapter_of(a) == goods.chapter_of(b)
