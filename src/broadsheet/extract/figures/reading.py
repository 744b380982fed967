"""What is read of an amount: its kind and its sign, and the words that tell them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from broadsheet.extract.figures.cues import Cue
    from broadsheet.span import Span

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
    """

    kind: str
    sign: int
    why: tuple[Span, ...]
    cue: Cue | None = None

    def of_unit(self, is_money: bool) -> Reading:
        """The same, but for a kind that no amount of such a unit can be: one taken over from an amount beside it."""
        return replace(self, kind="other") if self.kind in (RATES if is_money else SUMS) else self
