"""A row in the making, and when two of them tell the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs import goods
from broadsheet.extraction.tariffs.lexicon import FAMILY, SPECIFIC, word_set
from broadsheet.extraction.tariffs.parties import Party

if TYPE_CHECKING:
    from broadsheet.base.span import Span
    from broadsheet.extraction.found import Rule
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

_UMBRELLAS = word_set("umbrellas")
_GENERIC = word_set("generic_drafts")


@dataclass(slots=True)
class Draft:
    """A row in the making."""

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
    order: int
    first: int
    last: int
    everyone: bool = False
    retaliation: Span | None = None
    evidence: dict[str, list[Span]] = field(default_factory=dict)
    standing: bool = False
    summary: bool = False
    members: list[Telling] = field(default_factory=list)
    covered: bool = False
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

    @property
    def richness(self) -> int:
        """How many cells its clause fills; a headline counts less than the text."""
        filled = [self.target, self.product, self.rate.percent, self.rate.text, self.timing.effective, self.company]
        return 2 * sum(x is not None for x in filled) + (not self.telling.in_title) + (not self.standing)


@lru_cache(maxsize=4096)
def product_key(product: str | None) -> frozenset[str]:
    """The words of a product by which two tellings of it are the same."""
    if product is None:
        return frozenset()
    form = goods.key(product.split())
    form = _SYNONYMS.get(form, form)
    return frozenset(goods.singular(w) for w in form.split()) - _STOP


def is_umbrella(product: str | None) -> bool:
    """Whether a name only says what sort of goods others are (farm products)."""
    if product is None:
        return True
    words = product.split()
    generic = goods.singular(words[-1]) in _GENERIC
    return words[0] in _UMBRELLAS and (generic or len(words) == 1)


def same_act(a: Draft, b: Draft) -> bool:
    """Whether two drafts tell one act of one country, goods and rates aside."""
    if a.imposer != b.imposer or a.company != b.company:
        return False
    if FAMILY[a.measure] != FAMILY[b.measure]:
        # headlines call a ban curbs
        loose = "duty" not in (FAMILY[a.measure], FAMILY[b.measure])
        said = a.telling.in_title or b.telling.in_title or a.telling.loose or b.telling.loose
        if not (loose and said and product_key(a.product) == product_key(b.product)):
            return False
    if a.measure in SPECIFIC and b.measure in SPECIFIC and a.measure != b.measure:
        return False
    if {a.action, b.action} == {"impose", "threaten"}:
        imposed = a if a.action == "impose" else b
        return imposed.standing or imposed.status == "announced"
    if {a.action, b.action} == {"impose", "raise"}:
        # "will impose emergency tariffs ... will be raised to 50 percent": one act, its rate told once
        imposed = a if a.action == "impose" else b
        raised = b if a.action == "impose" else a
        if a.status != b.status and not (imposed.order < raised.order and imposed.retaliation is not None):
            return False
        return imposed.rate.empty and not imposed.standing and raised.rate.percent is not None
    if a.action != b.action:
        return False
    # a cut to come is not the cut that was made
    stated = not (a.telling.in_title or b.telling.in_title or a.standing or b.standing)
    return not (stated and a.action in ("lower", "raise") and {a.status, b.status} == {"announced", "in_force"})


def same_measure(a: Draft, b: Draft) -> bool:
    """Whether ``b`` tells again what ``a`` tells, at least as exactly."""
    if not same_act(a, b) or not rates_agree(a.rate, b.rate):
        return False
    if a.target != b.target:
        if (a.target is not None and b.target is not None) or a.product is None or b.product is None:
            return False
        if a.everyone or b.everyone:
            return False
    ka, kb = product_key(a.product), product_key(b.product)
    if ka == kb:
        return True
    return (
        bool(ka) and bool(kb) and same_good(a.product, b.product) and (b.rate.empty or a.rate.percent == b.rate.percent)
    )


def covers(draft: Draft, other: Draft) -> bool:
    """Whether ``other`` only sums up what ``draft`` tells more exactly."""
    if other.order == draft.order or other.company or not same_act(draft, other):
        return False
    if other.summary:
        return False
    if other.target != draft.target and other.target is not None:
        return False
    if not rates_agree(draft.rate, other.rate) or (not other.rate.empty and draft.rate.empty):
        return False
    if is_umbrella(other.product):
        return (
            not is_umbrella(draft.product)
            and other.target == draft.target
            and not other.everyone
            and (other.rate.percent is None or other.telling.in_title)
        )
    return same_good(draft.product, other.product) and other.rate.empty


def rates_agree(a: Rate, b: Rate) -> bool:
    """Whether two rates can be one: neither says what the other denies."""
    if a.percent is None or b.percent is None:
        return a.before is None or b.before is None or a.before == b.before
    return a.percent == b.percent and (a.high is None or b.high is None or a.high == b.high)


def overlap(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two products have a word in common."""
    return bool(a & b)


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


def stand_in(code: str, telling: Telling, role: str) -> Party:
    """A country that the clause leaves out, as if it stood at the measure; ``role`` is how it was found."""
    return Party(code, "name", telling.place, telling.place + 1, role=role)
