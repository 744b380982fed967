"""The differences between two packages: columns, rows and cells, by key."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from broadsheet.base.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from broadsheet.publishing.release.snapshot import Snapshot, TableSnapshot

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CellChange:
    """A changed cell; values as in the CSV, null as an empty text."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """A changed row.

    Attributes:
        table: Its table.
        kind: ``added``, ``removed``, ``changed``, or ``renamed`` (its key changed, and perhaps cells too).
        old_key: Its key in the old package; None if it was added.
        new_key: Its key in the new package; None if it was removed.
        cells: The changed cells, except those that only refer to a renamed row by its new key.
    """

    table: str
    kind: str
    old_key: str | None
    new_key: str | None
    cells: tuple[CellChange, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnChange:
    """A table or column that was ``added``, ``removed``, ``moved`` or ``retyped``; no column for a whole table."""

    table: str
    column: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class Difference:
    """All differences between two packages.

    Attributes:
        old_version: Version of the old package.
        new_version: Version of the new one.
        columns: Changes of tables and columns.
        rows: Changes of rows, by table and key.
        counts: Table to its number of rows before and after.
    """

    old_version: str
    new_version: str
    columns: tuple[ColumnChange, ...]
    rows: tuple[RowChange, ...]
    counts: Mapping[str, tuple[int, int]]

    def of_kind(self, kind: str) -> list[RowChange]:
        """The rows that were ``added``, ``removed``, ``changed`` or ``renamed``."""
        return [change for change in self.rows if change.kind == kind]

    def to_dict(self) -> dict[str, Any]:
        """The difference as JSON values."""
        return {
            "old": self.old_version,
            "new": self.new_version,
            "same": not self.columns and not self.rows,
            "summary": {
                table: {"old": old, "new": new, **self._kinds(table)} for table, (old, new) in self.counts.items()
            },
            "columns": [{"table": c.table, "column": c.column, "kind": c.kind} for c in self.columns],
            "rows": [
                {
                    "table": r.table,
                    "kind": r.kind,
                    "old_key": r.old_key,
                    "new_key": r.new_key,
                    "cells": {c.column: {"old": c.old or None, "new": c.new or None} for c in r.cells},
                }
                for r in self.rows
            ],
        }

    def _kinds(self, table: str) -> dict[str, int]:
        found = dict.fromkeys(("added", "removed", "changed", "renamed"), 0)
        for change in self.rows:
            if change.table == table:
                found[change.kind] += 1
        return found


def compare(old: Snapshot, new: Snapshot) -> Difference:
    """Compares two packages.

    A removed and an added row of one table and article are one renamed row if their spans overlap; of several pairs,
    the one that overlaps most. Actors are paired by their mentions.
    """
    names = [*old.tables, *(name for name in new.tables if name not in old.tables)]
    renamed = _renamed_keys(old, new)
    rows: list[RowChange] = []
    for name in names:
        before, after = old.tables.get(name), new.tables.get(name)
        if before is not None and after is not None:
            rows += _rows(before, after, renamed)
    return Difference(
        old.version,
        new.version,
        tuple(_columns(old, new, names)),
        tuple(rows),
        {name: (len(old.tables.get(name, ())), len(new.tables.get(name, ()))) for name in names},
    )


def _columns(old: Snapshot, new: Snapshot, names: Sequence[str]) -> Iterator[ColumnChange]:
    for name in names:
        before, after = old.tables.get(name), new.tables.get(name)
        if before is None or after is None:
            yield ColumnChange(name, None, "added" if before is None else "removed")
            continue
        yield from (ColumnChange(name, c, "removed") for c in before.types if c not in after.types)
        yield from (ColumnChange(name, c, "added") for c in after.types if c not in before.types)
        kept, order = ([c for c in a.types if c in b.types] for a, b in ((before, after), (after, before)))
        yield from (ColumnChange(name, c, "moved") for c, now in zip(kept, order, strict=True) if c != now)
        yield from (ColumnChange(name, c, "retyped") for c in kept if before.types[c] != after.types[c])


def _rows(old: TableSnapshot, new: TableSnapshot, renamed: Mapping[str, str]) -> Iterator[RowChange]:
    """The changed rows of one table; ``renamed`` maps the old to the new key of the renamed rows of all tables."""
    columns = [column for column in old.types if column in new.types]
    then, now = old.by_key(), new.by_key()
    pairs = {key: tuple(renamed.get(part, part) for part in key) for key in then}
    for key, place in then.items():
        target = pairs[key] if pairs[key] in now else key
        if target not in now:
            yield RowChange(old.name, "removed", "/".join(key), None)
            continue
        cells = []
        for column in columns:
            was, is_now = old.cell(column, place), new.cell(column, now[target])
            if was != is_now and renamed.get(was, was) != is_now and column not in new.key:
                cells.append(CellChange(column, was, is_now))
        # A key that changed only because it contains the key of a renamed row (a participant's) is not renamed itself.
        own = len(key) == 1 and target != key
        if own or cells:
            yield RowChange(old.name, "renamed" if own else "changed", "/".join(key), "/".join(target), tuple(cells))
    met = {pairs[key] if pairs[key] in now else key for key in then}
    yield from (RowChange(new.name, "added", None, "/".join(key)) for key in now if key not in met)


def _renamed_keys(old: Snapshot, new: Snapshot) -> dict[str, str]:
    """Old to new key of every renamed row."""
    renamed: dict[str, str] = {}
    for name, before in old.tables.items():
        after = new.tables.get(name)
        if after is None or len(before.key) != 1 or len(after.key) != 1 or name == "actors":
            continue
        gone, come = _only(before, after), _only(after, before)
        renamed |= _paired(_spans(before, gone), _spans(after, come))
    if "actors" in old.tables and "actors" in new.tables and "mentions" in old.tables and "mentions" in new.tables:
        gone, come = (_only(a.tables["actors"], b.tables["actors"]) for a, b in ((old, new), (new, old)))
        renamed |= _paired(_mentions(old.tables["mentions"], gone), _mentions(new.tables["mentions"], come))
    return renamed


def _only(one: TableSnapshot, other: TableSnapshot) -> dict[Key, int]:
    there = other.by_key()
    return {key: place for key, place in one.by_key().items() if key not in there}


def _spans(table: TableSnapshot, rows: Mapping[Key, int]) -> dict[tuple[str, Span], list[str]]:
    """Maps article and span to the keys of the rows there."""
    found: dict[tuple[str, Span], list[str]] = defaultdict(list)
    if not {"article_id", "char_start", "char_end"} <= table.types.keys():
        return found
    for (key,), place in rows.items():
        start, end = table.cell("char_start", place), table.cell("char_end", place)
        if start.isdecimal() and end.isdecimal():
            found[table.cell("article_id", place), Span(int(start), int(end))].append(key)
    return found


def _mentions(mentions: TableSnapshot, actors: Mapping[Key, int]) -> dict[tuple[str, Span], list[str]]:
    """Maps article and span of each mention of the actors to their keys."""
    found: dict[tuple[str, Span], list[str]] = defaultdict(list)
    for place in mentions.by_key().values():
        actor = mentions.cell("actor_id", place)
        if (actor,) in actors:
            span = Span(int(mentions.cell("char_start", place)), int(mentions.cell("char_end", place)))
            found[mentions.cell("article_id", place), span].append(actor)
    return found


def _paired(
    gone: Mapping[tuple[str, Span], Iterable[str]], come: Mapping[tuple[str, Span], Iterable[str]]
) -> dict[str, str]:
    """Pairs removed and added keys with overlapping spans, each at most once, largest overlap first."""
    by_article: dict[str, list[tuple[Span, Iterable[str]]]] = defaultdict(list)
    for (article, span), keys in come.items():
        by_article[article].append((span, keys))
    for places in by_article.values():
        places.sort(key=lambda place: place[0])
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for (article, span), keys in gone.items():
        for other, others in by_article[article]:
            if other.start >= span.end:
                break
            overlap = min(span.end, other.end) - max(span.start, other.start)
            if overlap > 0:
                for pair in ((a, b) for a in keys for b in others):
                    shared[pair] += overlap
    paired: dict[str, str] = {}
    taken: set[str] = set()
    for (a, b), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if a not in paired and b not in taken:
            paired[a] = b
            taken.add(b)
    return paired
