"""What is read of an amount: its kind and its sign, and the words that tell them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from broadsheet.extract.figures.cues import Cue
    from broadsheet.span import Span


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
