"""What one clause tells of a measure, before clauses are joined to rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from broadsheet.base.span import Span
    from broadsheet.extraction.found import Rule
    from broadsheet.extraction.tariffs.items import Item
    from broadsheet.extraction.tariffs.parties import Party


@dataclass(slots=True)
class Rate:
    """The rate of a row: after, before, upper end, and the characters that say each; where each was found."""

    percent: Decimal | None = None
    before: Decimal | None = None
    high: Decimal | None = None
    approximation: str | None = None
    text: Span | None = None
    before_text: Span | None = None
    additional: Span | None = None
    before_approximation: str | None = None
    found: str = field(default="", compare=False)
    found_before: str = field(default="", compare=False)

    @property
    def empty(self) -> bool:
        """Whether nothing is said of a rate."""
        return self.percent is None and self.text is None and self.before is None


@dataclass(slots=True)
class Group:
    """Goods that share a rate."""

    items: list[Item]
    rate: Rate = field(default_factory=Rate)


@dataclass(frozen=True, slots=True)
class Day:
    """A date of a measure with its precision, its characters and how it was found to be that of the measure."""

    value: date
    precision: str
    span: Span
    found: str = field(default="", compare=False)
    moved: bool = field(default=False, compare=False)

    def refines(self, other: Day) -> bool:
        """Whether it is a day of the month, or a month or day of the year, that ``other`` is."""
        same_year = self.value.year == other.value.year
        if other.precision == "month":
            return self.precision == "day" and same_year and self.value.month == other.value.month
        return other.precision == "year" and self.precision != "year" and same_year


@dataclass(slots=True)
class Timing:
    """When a measure was announced, takes effect and ends."""

    announced: Day | None = None
    effective: Day | None = None
    ended: Day | None = None

    def filled(self, other: Timing) -> Timing:
        """The same days, those that are missing or less exact from another telling."""
        return Timing(
            _finer(self.announced, other.announced),
            _finer(self.effective, other.effective),
            _finer(self.ended, other.ended),
        )


def _finer(own: Day | None, other: Day | None) -> Day | None:
    return other if other is not None and (own is None or other.refines(own)) else own


@dataclass(slots=True)
class Telling:
    """One clause about one measure.

    Attributes:
        place: Token of the measure noun or of the verb that stands for it.
        measures: What it is called; empty where a stand-in (the measures) recalls one told before.
        action: As in the table.
        status: As in the table.
        imposers: Countries that the clause names as imposing.
        unnamed_imposer: Whether somebody imposes whom the clause does not name (the government, it).
        speaker: Country of who is quoted for it, the last resort for the imposer.
        groups: Goods with their rates; empty where the clause names none.
        targets: Countries that the clause names beside the goods.
        everyone: Whether all origins are meant in so many words.
        definite: Whether it points back to a measure told before.
        recall: Whether it cannot stand by itself.
        standing: Whether the clause takes the measure for granted.
        loose: Whether its noun can stand for a ban, a quota or a control (curbs).
        begins: Whether it says that the measure takes effect.
        together: Whether it shares its verb, and so its dates, with the telling before it.
        exports: Whether it is put on what leaves the country.
        trade: Whether a word before the noun makes it a measure on goods (import duty).
        presupposed: Whether it does so while it tells another act, whose dates are not those of the measure.
        background: Whether it is told in passing, in a clause of time or reason.
        base: Whether it is the rate in force that another comes on top of.
        exempts: Whether it takes countries or goods out of a measure that it does not name.
        anchored: Whether it goes on from the measure right before it, by a pronoun.
        individual: Whether it is only the rate of a company, of a duty told before.
        barred: Countries that cannot be the imposer, since the sentence lists them as targets.
        window: Tokens among which its dates stand, where others of the clause are another's.
        retaliation: The words that say that it answers an act.
        provoked_by: Token behind which the act that it answers is told, in the same sentence.
        first: First token of the clause.
        last: Behind the last one.
        doubts: What speaks against taking the clause for a measure (``negated``, ``demanded``).
        rules: Column to what gave it: ``measure``, ``action``, ``status``.
    """

    place: int
    sentence: int
    paragraph: int
    measures: tuple[str, ...]
    action: str
    status: str
    action_span: Span
    status_span: Span
    measure_span: Span
    first: int
    last: int
    imposers: list[Party] = field(default_factory=list)
    unnamed_imposer: bool = False
    speaker: Party | None = None
    groups: list[Group] = field(default_factory=list)
    targets: list[Party] = field(default_factory=list)
    everyone: bool = False
    rate: Rate = field(default_factory=Rate)
    definite: bool = False
    recall: bool = False
    retaliation: Span | None = None
    provoked_by: int | None = None
    timing: Timing = field(default_factory=Timing)
    standing: bool = False
    presupposed: bool = False
    exports: bool = False
    trade: bool = False
    together: bool = False
    loose: bool = False
    begins: bool = False
    in_title: bool = False
    base: bool = False
    background: bool = False
    exempts: bool = False
    individual: bool = False
    anchored: bool = False
    barred: frozenset[str] = frozenset()
    window: tuple[int, int] | None = None
    doubts: tuple[str, ...] = ()
    rules: dict[str, Rule] = field(default_factory=dict)

    def note(self, **rules: Rule | None) -> None:
        """Notes what gave a column; tellings made of this one before keep what they had."""
        self.rules = {**self.rules, **{column: rule for column, rule in rules.items() if rule is not None}}

    @property
    def own_content(self) -> bool:
        """Whether the clause says what the measure is on, and so can stand by itself."""
        items = [i for g in self.groups for i in g.items]
        told = any(i.product or i.origins or i.everyone or i.companies or i.counted for i in items)
        return bool(self.targets) or self.everyone or told
