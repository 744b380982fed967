"""Counts of what was right, and the figures made of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Count:
    """How many items were asked for, given, and right.

    Attributes:
        right: Items of the gold that were found, or fields that agree.
        given: Items that the tables hold; of a field, the same as ``asked``.
        asked: Items of the gold.
    """

    right: int = 0
    given: int = 0
    asked: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.given + other.given, self.asked + other.asked)

    @property
    def precision(self) -> float | None:
        """Share of what is given that is right; ``None`` where nothing is given."""
        return self.right / self.given if self.given else None

    @property
    def recall(self) -> float | None:
        """Share of what is asked for that is found; ``None`` where nothing is asked for."""
        return self.right / self.asked if self.asked else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; ``None`` where nothing is asked for or given."""
        return 2 * self.right / (self.given + self.asked) if self.given + self.asked else None


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that the tables have not as the gold has it.

    Attributes:
        measure: The measure that it counts against, such as ``quotes`` or ``events.date``.
        kind: ``missed``, ``spurious`` or ``wrong``.
        where: Article or case.
        row: The row that it is about, in a few words: a name, a trigger, an amount as printed.
        gold: What the gold says: the row's fields if it is missed, the field's value if it is wrong.
        given: What the tables say instead; ``None`` for what they lack.
        context: The characters around, with the place itself in ``[[…]]``, where it is known.
    """

    measure: str
    kind: str
    where: str
    row: str
    gold: object
    given: object
    context: str | None = None


@dataclass(slots=True)
class Scores:
    """Measures by name, and the faults behind them; ``fields`` are measured on what was found alone."""

    counts: dict[str, Count]
    fields: set[str]
    faults: list[Fault]

    @classmethod
    def empty(cls) -> Scores:
        """No measures yet."""
        return cls({}, set(), [])

    def add(self, measure: str, count: Count) -> None:
        """Adds to a measure of items."""
        self.counts[measure] = self.counts.get(measure, Count()) + count

    def add_field(self, measure: str, right: bool) -> None:
        """Adds one verdict to a measure of a field."""
        self.fields.add(measure)
        self.add(measure, Count(int(right), 1, 1))

    def join(self, other: Scores) -> None:
        """Adds the measures and faults of another."""
        for measure, count in other.counts.items():
            self.add(measure, count)
        self.fields |= other.fields
        self.faults += other.faults


MARGIN = 60
SHORT = 60


def brief(text: object) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(str(text).split())
    return line if len(line) <= SHORT else f"{line[: SHORT - 1].rstrip()}…"


def occurrence(text: str, words: str, nth: int = 1) -> int | None:
    """Offset of the ``nth`` occurrence of ``words``."""
    at = -1
    for _ in range(nth):
        at = text.find(words, at + 1)
        if at < 0:
            return None
    return at


def around(text: str, start: int, end: int) -> str:
    """The characters about a place, on one line, with the place in ``[[…]]``."""
    before, after = text[max(0, start - MARGIN) : start], text[end : end + MARGIN]
    return " ".join(f"{before}[[{text[start:end]}]]{after}".split())
