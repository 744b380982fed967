"""What a parser returns: rows, each with its evidence (spans of the article) and the rules that filled its cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.base.span import Span

R = TypeVar("R", covariant=True)


class LazyText(Protocol):
    """Text for the sentence of a rule that is expensive to build, so it is built only when the sentence is."""

    def render(self) -> str:
        """The text."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Why a cell has its value: the branch of a parser that decided, and the words that triggered it.

    Attributes:
        id: Key in the reference tables of rules (``rules*.csv``), which hold its sentence.
        words: Placeholder in the sentence to its replacement: a span of the article, or text.
        file: Name of the reference table whose entry decided, without extension; empty if none did.
        entry: Key of that entry.
        because: Rules that this one depends on, for example that of the pronoun that names a speaker.
    """

    id: str
    words: tuple[tuple[str, Span | str | LazyText], ...] = ()
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
    **words: Span | str | LazyText,
) -> Rule:
    """A rule that fired; ``words`` are the placeholders of its sentence."""
    under = (because,) if isinstance(because, Rule) else because or ()
    return Rule(key, tuple(words.items()), file, entry, under)


@dataclass(frozen=True, slots=True)
class Found(Generic[R]):
    """A row, its evidence and its rules.

    Attributes:
        row: A row of one of the tables.
        evidence: Column name to the spans that state the cell. A code or an enum that a rule derives points to the
            words that triggered the rule. A cell that no words state (a sequence number, a key) has none.
        rules: Column name to the rule that filled the cell. Columns with one possible rule, ``TABLE.COLUMN``, are
            left out.
        parts: For an event, the rules of its participants, by actor and role.
    """

    row: R
    evidence: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    parts: Mapping[tuple[str, str], Mapping[str, Rule]] = field(default_factory=dict)

    def __reduce__(self) -> tuple[type[Found[R]], tuple[R, Mapping[str, tuple[Span, ...]]]]:
        """Pickles only row and evidence: the process that joins articles does not use the many rules."""
        return Found, (self.row, self.evidence)
