"""Finds duplicate cells across all parts of a package, using 64-bit numbers in files, sorted within each part.

Keys already are such numbers; other cells are hashed. Duplicates are found one number range at a time, so memory holds
only a slice of each part. The cells themselves are compared before a failure is reported.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from broadsheet.quality.validation.columns import as_mask
from broadsheet.quality.validation.expectations import check_of
from broadsheet.quality.validation.partitions.keys import digests, key_numbers
from broadsheet.quality.validation.partitions.suites import add_helpers
from broadsheet.quality.validation.report import KEPT_FAILURES, shown
from broadsheet.quality.validation.rows import row_key_at
from broadsheet.quality.validation.vectors import looked_at

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from broadsheet.quality.validation.columns import Frames
    from broadsheet.quality.validation.partitions.suites import Rule
    from broadsheet.quality.validation.report import Findings

_AT_ONCE = 1 << 22
"""Average number of values compared at a time."""


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a part that a rule checks.

    Attributes:
        places: Positions of the rows.
        numbers: The 64-bit number of each row's cells.
    """

    places: Any
    numbers: Any


def cells(rule: Rule, frames: Frames) -> Cells:
    """Returns the cells of a part that must differ from those of every other part."""
    import numpy as np
    import pyarrow as pa

    columns = frames.columns(rule.table)
    nothing = Cells(np.zeros(0, np.int64), np.zeros(0, np.uint64))
    if not columns.rows or not add_helpers(rule, frames, columns):
        return nothing
    looked = looked_at(rule.expectation["kwargs"], columns)
    rows = np.ones(columns.rows, bool) if looked is None else looked
    if len(rule.columns) == 1:
        column = columns[rule.columns[0]]
        places = np.flatnonzero(rows & as_mask(column.is_valid()))
        taken = column.take(pa.array(places))
        if not pa.types.is_string(taken.type) and not pa.types.is_large_string(taken.type):
            return Cells(places, digests(map(str, taken.to_pylist())))
        numbers, fitting = key_numbers(taken)
        if not fitting.all():
            others = np.flatnonzero(~fitting)
            numbers[others] = digests(taken.take(pa.array(others)).to_pylist())
        return Cells(places, numbers)
    places = np.flatnonzero(rows)
    parts = [columns[name].take(pa.array(places)).to_pylist() for name in rule.columns]
    return Cells(places, digests(repr(row) for row in zip(*parts, strict=True)))


def keep(folder: Path, number: int, part: int, found: Cells) -> None:
    """Writes the distinct numbers of a part for a rule; the part's own check finds duplicates inside it."""
    import numpy as np

    place = folder / str(number)
    place.mkdir(exist_ok=True)
    np.save(place / f"{part}.npy", np.unique(found.numbers))


def alike(folder: Path, number: int) -> dict[int, list[int]]:
    """Maps each number that occurs in several parts to these parts, up to the number of failures a report keeps."""
    import numpy as np

    kept = {int(path.stem): np.load(path, mmap_mode="r") for path in sorted((folder / str(number)).glob("*.npy"))}
    ranges = max(1, -(-sum(len(numbers) for numbers in kept.values()) // _AT_ONCE))
    doubled: dict[int, list[int]] = {}
    for place in range(ranges):
        least, most = (place << 64) // ranges, ((place + 1) << 64) // ranges
        slices = {part: _between(numbers, least, most) for part, numbers in kept.items()}
        together = np.sort(np.concatenate([np.zeros(0, np.uint64), *slices.values()]))
        for value in np.unique(together[1:][together[1:] == together[:-1]])[: KEPT_FAILURES - len(doubled)]:
            doubled[int(value)] = [part for part, numbers in slices.items() if _has(numbers, value)]
    return doubled


def _between(numbers: Any, least: int, most: int) -> Any:
    import numpy as np

    start = np.searchsorted(numbers, np.uint64(least))
    end = np.searchsorted(numbers, np.uint64(most)) if most < 1 << 64 else len(numbers)
    return numbers[start:end]


def _has(numbers: Any, value: Any) -> bool:
    import numpy as np

    place = int(np.searchsorted(numbers, value))
    return place < len(numbers) and bool(numbers[place] == value)


def check_alike(
    findings: Findings, folder: Path, rules: Sequence[Rule], read: Callable[[Rule, int], Frames], stem: str
) -> None:
    """Reports duplicate rows in different parts.

    Args:
        findings: Collects the failures.
        folder: The folder with the saved numbers.
        rules: The rules, in the order of their numbers.
        read: Reads the tables of a part that a rule needs.
        stem: Name of a part in messages.
    """
    for number, rule in enumerate(rules):
        check = check_of(findings, rule.table, rule.expectation, rule.number)
        doubled = alike(folder, number)
        where: dict[int, list[int]] = defaultdict(list)
        for value, parts in doubled.items():
            for part in parts:
                where[part].append(value)
        rows: dict[tuple[str, ...], list[tuple[int, str]]] = defaultdict(list)
        for part, values in sorted(where.items()):
            for said, key in _rows(rule, read(rule, part), values):
                rows[said].append((part, key))
        for said, members in rows.items():
            parts = sorted({part for part, _ in members})
            if len(parts) > 1:
                names = " and ".join(f"{stem}-{part:04}" for part in parts[:5])
                for key in dict.fromkeys(key for _, key in members):
                    findings.fail(check, key, ", ".join(said), f"{check.column} {', '.join(said)} is in {names}")


def _rows(rule: Rule, frames: Frames, values: Sequence[int]) -> list[tuple[tuple[str, ...], str]]:
    """Returns the cells and key of each row of a part that has one of these numbers."""
    import numpy as np

    found = cells(rule, frames)
    places = found.places[np.isin(found.numbers, np.array(values, np.uint64))]
    columns, frame = frames.columns(rule.table), frames[rule.table]
    return [
        (
            tuple(shown(columns[name][int(place)].as_py()) or "" for name in rule.columns),
            row_key_at(rule.table, frame, int(place)),
        )
        for place in places[:KEPT_FAILURES]
    ]
