"""What is read of an amount: its kind and its sign, and the words that tell them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from broadsheet.extraction.found import Rule

if TYPE_CHECKING:
    from broadsheet.base.span import Span
    from broadsheet.extraction.figures.cues import Cue

RATES = frozenset({"growth", "share", "interest_rate"})
"""Kinds that are percentages or points."""

SUMS = frozenset({"loan", "aid", "fine", "debt"})
"""Kinds that are sums of money."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What an amount is.

    Attributes:
        kind: Kind of the data model.
        sign: -1 where the amount is that of a fall, else 1.
        why: Characters that tell it.
        cue: The cue that told it, None where another mechanism did.
        told: The rule that gave the kind.
        fell: The word by which the amount is that of a fall.
    """

    kind: str
    sign: int
    why: tuple[Span, ...]
    cue: Cue | None = None
    told: Rule = field(default=Rule("financial_figures.kind.nothing"), compare=False)
    fell: Span | None = field(default=None, compare=False)

    def turned(self, kind: str, why: str, of: Rule | None = None, **words: Span | str) -> Reading:
        """The same amount of another kind.

        Args:
            kind: The kind.
            why: Which rule gives it, without the name of the column.
            of: The rule of the amount beside it that this one goes by.
            **words: What fills the sentence.
        """
        under = (of,) if of is not None else ()
        told = Rule(f"financial_figures.kind.{why}", (("kind", kind), *words.items()), because=under)
        return replace(self, kind=kind, told=told)

    def of_unit(self, is_money: bool) -> Reading:
        """The same, but for a kind that no amount of such a unit can be: one taken over from an amount beside it."""
        if self.kind not in (RATES if is_money else SUMS):
            return self
        return self.turned("other", "no_such_unit", self.told, other=self.kind)


def why_kind(why: str, kind: str, **words: Span | str) -> Rule:
    """The rule of a kind, without the name of the column."""
    return Rule(f"financial_figures.kind.{why}", (("kind", kind), *words.items()))
