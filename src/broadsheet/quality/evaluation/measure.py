"""Counts of right items, and the measures computed from them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Count:
    """Numbers of right, given and expected items.

    Attributes:
        right: Gold items that were found, or fields that agree.
        given: Items in the tables; for a field, the same as ``asked``.
        asked: Gold items.
    """

    right: int = 0
    given: int = 0
    asked: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.given + other.given, self.asked + other.asked)

    @property
    def precision(self) -> float | None:
        """Share of the given items that are right; ``None`` if nothing is given."""
        return self.right / self.given if self.given else None

    @property
    def recall(self) -> float | None:
        """Share of the gold items that were found; ``None`` if the gold has none."""
        return self.right / self.asked if self.asked else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; ``None`` if there are neither gold items nor given items."""
        return 2 * self.right / (self.given + self.asked) if self.given + self.asked else None


@dataclass(frozen=True, slots=True)
class Fault:
    """A difference between the tables and the gold.

    Attributes:
        measure: The affected measure, such as ``quotes`` or ``events.date``.
        kind: ``missed``, ``spurious`` or ``wrong``.
        where: Article or case.
        row: Short label of the row: a name, a trigger, an amount as printed.
        gold: The gold: the row's fields if it is missed, the field's value if it is wrong.
        given: The value in the tables; ``None`` if they have none.
        context: The surrounding text, with the place itself in ``[[…]]``; ``None`` if unknown.
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
    """Measures by name, and their faults; ``fields`` are measured only on found rows."""

    counts: dict[str, Count]
    fields: set[str]
    faults: list[Fault]

    @classmethod
    def empty(cls) -> Scores:
        """Returns scores without measures."""
        return cls({}, set(), [])

    def add(self, measure: str, count: Count) -> None:
        """Adds a count to a measure of items."""
        self.counts[measure] = self.counts.get(measure, Count()) + count

    def add_field(self, measure: str, right: bool) -> None:
        """Adds one right or wrong value to a measure of a field."""
        self.fields.add(measure)
        self.add(measure, Count(int(right), 1, 1))

    def join(self, other: Scores) -> None:
        """Adds the measures and faults of other scores."""
        for measure, count in other.counts.items():
            self.add(measure, count)
        self.fields |= other.fields
        self.faults += other.faults


MARGIN = 60
SHORT = 60


def brief(text: object) -> str:
    """Returns the beginning of a text on one line."""
    line = " ".join(str(text).split())
    return line if len(line) <= SHORT else f"{line[: SHORT - 1].rstrip()}…"


def occurrence(text: str, words: str, nth: int = 1) -> int | None:
    """Returns the offset of the ``nth`` occurrence of ``words``; None if there is none."""
    at = -1
    for _ in range(nth):
        at = text.find(words, at + 1)
        if at < 0:
            return None
    return at


def around(text: str, start: int, end: int) -> str:
    """Returns the text around a place on one line, with the place in ``[[…]]``."""
    before, after = text[max(0, start - MARGIN) : start], text[end : end + MARGIN]
    return " ".join(f"{before}[[{text[start:end]}]]{after}".split())
