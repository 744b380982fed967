"""Caches the results of checks between validations of nearly identical packages.

``broadsheet mutation-test`` validates a package about a thousand times with one change each. A cached step is reused
if every table that it read is the same frame object as before. The tables it reads are recorded, not declared.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from broadsheet.quality.validation.columns import Columns, Frames
from broadsheet.quality.validation.report import Findings
from broadsheet.quality.validation.suites import shipped_suites
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    import pandas as pd

    from broadsheet.quality.validation.csv_tables import CsvTable
    from broadsheet.quality.validation.vectors import Json

_MOST = 40
"""Number of outcomes kept per step: the first, of the unchanged package, and the latest."""


class Watched(Frames):
    """Frames that record which tables are read, and reuse the converted columns of frames seen before."""

    def __init__(self, frames: Mapping[str, pd.DataFrame], known: dict[int, tuple[pd.DataFrame, Columns]]) -> None:
        super().__init__(frames)
        self.seen: set[str] = set()
        self._known = known

    def __getitem__(self, table: str) -> pd.DataFrame:
        """Returns the frame of a table and records the access."""
        self.seen.add(table)
        return super().__getitem__(table)

    def columns(self, table: str) -> Columns:
        """Returns the columns of a table and records the access."""
        self.seen.add(table)
        if table not in self._columns:
            frame = self[table]
            if id(frame) not in self._known:
                if len(self._known) >= _MOST * len(TABLES):
                    self._known.clear()
                self._known[id(frame)] = frame, super().columns(table).converted()
            self._columns[table] = self._known[id(frame)][1].copy()
        return self._columns[table]


@dataclass(frozen=True, slots=True)
class _Made:
    """The findings of a step and the inputs it read."""

    seen: Mapping[str, pd.DataFrame]
    beside: tuple[object, ...]
    outcome: Findings

    def is_of(self, frames: Frames, beside: tuple[object, ...]) -> bool:
        """Whether the step would read the same objects."""
        same = all(one is other for one, other in zip(self.beside, beside, strict=True))
        return same and all(dict.__getitem__(frames, name) is frame for name, frame in self.seen.items())


@dataclass(slots=True)
class Memory:
    """Cached outcomes of steps, by their inputs.

    Attributes:
        keeps: Whether anything is cached. A single validation has nothing to reuse and releases its files.
    """

    keeps: bool = True
    _read: dict[Hashable, tuple[CsvTable, pd.DataFrame, Findings]] = field(default_factory=dict)
    _frames: dict[str, list[pd.DataFrame]] = field(default_factory=dict)
    _steps: dict[Hashable, list[_Made]] = field(default_factory=dict)
    _columns: dict[int, tuple[pd.DataFrame, Columns]] = field(default_factory=dict)
    _suites: Mapping[str, Sequence[Json]] | None = None

    def suites(self) -> Mapping[str, Sequence[Json]]:
        """The suites under ``validation/``, loaded once."""
        if self._suites is None:
            self._suites = shipped_suites()
        return self._suites

    def read(
        self,
        findings: Findings,
        key: tuple[str, bytes | None, bytes | None],
        run: Callable[[Findings], tuple[CsvTable, pd.DataFrame]],
    ) -> tuple[CsvTable, pd.DataFrame]:
        """Reads a table from its two files, or reuses an earlier read. Equal tables share one frame."""
        if not self.keeps:
            return run(findings)
        if key not in self._read:
            outcome = Findings(TABLES)
            table, frame = run(outcome)
            kept = self._frames.setdefault(key[0], [])
            same = next((old for old in kept if old.equals(frame)), None)
            if same is None:
                kept.append(frame)
                del kept[1:-_MOST]
            made = (table, frame if same is None else same, outcome)
            if len(self._read) >= _MOST * len(TABLES):
                self._read.pop(list(self._read)[len(TABLES)])
            self._read[key] = made
        table, frame, outcome = self._read[key]
        findings.take(outcome)
        return table, frame

    def step(
        self,
        findings: Findings,
        key: Hashable,
        frames: Frames,
        run: Callable[[Findings, Frames], None],
        *beside: object,
    ) -> None:
        """Runs a check, or reuses its findings on the same frames and the same other inputs (``beside``)."""
        if not self.keeps:
            run(findings, frames)
            return
        kept = self._steps.setdefault(key, [])
        outcome = next((made.outcome for made in kept if made.is_of(frames, beside)), None)
        if outcome is None:
            outcome, watched = Findings(TABLES), Watched(frames, self._columns)
            run(outcome, watched)
            kept.append(_Made({name: dict.__getitem__(frames, name) for name in watched.seen}, beside, outcome))
            del kept[1:-_MOST]
        findings.take(outcome)
