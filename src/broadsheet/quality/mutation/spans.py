"""Operators that damage the span of a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.quality.mutation.damage import Damage, Mutant, Operator, Reach, key_at, put, shuffled
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from broadsheet.quality.mutation.damage import Draft

TABLES = tuple(name for name, table in schemas().items() if "char_start" in table.columns)


def _operator(name: str, says: str, reach: Reach, move: Callable[[int, int], tuple[int, int]]) -> Operator:
    def make(table: str) -> Callable[[Draft, Random], Damage | None]:
        def damage(draft: Draft, random: Random) -> Damage | None:
            before = draft.tables[table]
            if not before.num_rows:
                return None
            position = shuffled(before.num_rows, random)[0]
            start, end = (before.column(c)[position].as_py() for c in ("char_start", "char_end"))
            start, end = move(start, end)
            changed = put(put(before, "char_start", {position: start}), "char_end", {position: end})
            return Damage({table: changed}, key=key_at(table, changed, position))

        return damage

    def aims(operator: Operator, _: Draft) -> Iterator[Mutant]:
        return (Mutant(operator, table, "char_start, char_end", make(table)) for table in TABLES)

    return Operator(name, says, reach, aims)


def _exchanged() -> Operator:
    def make(table: str) -> Callable[[Draft, Random], Damage | None]:
        def damage(draft: Draft, random: Random) -> Damage | None:
            before = draft.tables[table]
            spans = list(zip(*(before.column(c).to_pylist() for c in ("char_start", "char_end")), strict=True))
            for position in shuffled(len(spans), random):
                other = next((p for p, span in enumerate(spans) if span != spans[position]), None)
                if other is None:
                    return None
                changed = before
                for place, column in enumerate(("char_start", "char_end")):
                    cells = {position: spans[other][place], other: spans[position][place]}
                    changed = put(changed, column, cells)
                return Damage({table: changed}, key=key_at(table, changed, position))
            return None

        return damage

    def aims(operator: Operator, _: Draft) -> Iterator[Mutant]:
        return (Mutant(operator, table, "char_start, char_end", make(table)) for table in TABLES)

    return Operator("spans_exchanged", "two rows with each other's spans", Reach.SOURCE, aims)


PACKAGE, SOURCE = Reach.PACKAGE, Reach.SOURCE

OPERATORS = (
    _operator(
        "span_starts_early",
        "a span that begins one character early",
        SOURCE,
        lambda s, e: (max(s - 1, 0), e + (s == 0)),
    ),
    _operator("span_starts_late", "a span that begins one character late", SOURCE, lambda s, e: (s + 1, e)),
    _operator("span_ends_early", "a span that ends one character early", SOURCE, lambda s, e: (s, e - 1)),
    _operator("span_ends_late", "a span that ends one character late", SOURCE, lambda s, e: (s, e + 1)),
    _operator("span_moved", "a span moved by seven characters", SOURCE, lambda s, e: (s + 7, e + 7)),
    _operator("span_swapped", "a span whose ends are swapped", PACKAGE, lambda s, e: (e, s)),
    _operator("span_empty", "a span of nothing", PACKAGE, lambda s, _: (s, s)),
    _operator("span_outside", "a span behind the end of the text", PACKAGE, lambda s, _: (s, 10_000_000)),
    _operator("span_negative", "a span that begins before the text", PACKAGE, lambda _, e: (-1, e)),
    _exchanged(),
)
