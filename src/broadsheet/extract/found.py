"""What a parser returns: rows, each with the characters that say its cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.span import Span

R = TypeVar("R", covariant=True)


@dataclass(frozen=True, slots=True)
class Found(Generic[R]):
    """A row and its evidence.

    Attributes:
        row: A row of one of the tables.
        evidence: Column name to the spans that state the cell. A code or an enum that follows by rule points to the
            words that made the rule fire. A cell that no words state (a sequence number, a key) has none.
    """

    row: R
    evidence: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
