"""What a parser returns: rows, each with the characters that say its cells and the rules that gave them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.base.span import Span

R = TypeVar("R", covariant=True)


class Later(Protocol):
    """Words of ours that cost something to make, and are made only when somebody asks."""

    def told(self) -> str:
        """The words."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Why a cell holds what it holds: the branch of a parser that decided, and what made it fire.

    Attributes:
        id: Key in the reference tables of rules (``rules*.csv``), which have its sentence.
        words: What fills the sentence: name of a place in it, and characters of the article or words of ours.
        file: The reference table whose entry decided, without its ending; empty where none did.
        entry: Key of that entry.
        because: Rules that this one rests on: of the mention that a speaker's pronoun is, say.
    """

    id: str
    words: tuple[tuple[str, Span | str | Later], ...] = ()
    file: str = ""
    entry: str = ""
    because: tuple[Rule, ...] = ()


def rule(
    key: str,
    /,
    *,
    file: str = "",
    entry: str = "",
    because: Rule | tuple[Rule, ...] | None = (),
    **words: Span | str | Later,
) -> Rule:
    """A rule that fired; ``words`` by the names of their places in its sentence."""
    under = (because,) if isinstance(because, Rule) else because or ()
    return Rule(key, tuple(words.items()), file, entry, under)


@dataclass(frozen=True, slots=True)
class Found(Generic[R]):
    """A row, its evidence and its rules.

    Attributes:
        row: A row of one of the tables.
        evidence: Column name to the spans that state the cell. A code or an enum that follows by rule points to the
            words that made the rule fire. A cell that no words state (a sequence number, a key) has none.
        rules: Column name to the rule that gave the cell. A column that can come about in one way only is left out:
            its rule is that called ``TABLE.COLUMN``.
        parts: Of an event: the rules of its participants, each by actor and role.
    """

    row: R
    evidence: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    parts: Mapping[tuple[str, str], Mapping[str, Rule]] = field(default_factory=dict)

    def __reduce__(self) -> tuple[type[Found[R]], tuple[R, Mapping[str, tuple[Span, ...]]]]:
        """Row and evidence alone: the process that joins articles asks for no rules, which are many."""
        return Found, (self.row, self.evidence)
