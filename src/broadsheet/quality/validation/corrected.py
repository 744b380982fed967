"""Levels 3 and 4 for curated rows: the tables contain the corrections, and the article prints their values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.curation import Action, parse_curation
from broadsheet.curation.corrections import CURATED
from broadsheet.quality.validation.columns import Frames
from broadsheet.quality.validation.readings.calendar import allows, is_nearest
from broadsheet.quality.validation.readings.printed import is_printed
from broadsheet.quality.validation.report import Level, Place, Severity
from broadsheet.quality.validation.rows import plain, row_key_at, row_place
from broadsheet.quality.validation.statements import is_cell, quoted
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    import pandas as pd

    from broadsheet.base.span import Span
    from broadsheet.curation import Correction
    from broadsheet.quality.validation.report import Findings
    from broadsheet.reading import Article

NAME = "data/curation.toml"


@dataclass(frozen=True, slots=True)
class Corrections:
    """The corrections of a package, by table and key.

    Attributes:
        text: The text of the file; None if it is unknown or not a valid corrections file.
        entries: The corrections; empty if the file is invalid, which another rule reports.
    """

    text: str | None = None
    entries: Mapping[tuple[str, str], Correction] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str | None) -> Corrections:
        """Parses the corrections in a text."""
        if not text or not text.strip():
            return cls(text)
        try:
            found = parse_curation(text, NAME).corrections
        except InputError:
            return cls(None)
        return cls(text, {(one.table, one.row_id): one for one in found})

    def is_inferred(self, table: str, key: str, column: str) -> bool:
        """Whether a curator marked a cell as inferred, that is, not printed in the article."""
        entry = self.entries.get((table, key))
        return entry is not None and column in entry.inferred

    def dropped(self, article_id: str) -> list[Span]:
        """The spans of an article that justify removing a row."""
        return [
            entry.span
            for entry in self.entries.values()
            if entry.action is Action.DROP and entry.article_id in (None, article_id)
        ]


def check_corrected(
    findings: Findings,
    frames: Mapping[str, pd.DataFrame],
    corrections: Corrections,
    names: Sequence[str] = CURATED,
    *,
    is_part: bool = False,
) -> None:
    """Reports differences between tables and corrections: rows marked as curated, and cells set by a correction.

    Args:
        findings: Receives the failures.
        frames: The tables.
        corrections: The corrections of the package.
        names: The tables to check.
        is_part: Whether the tables are one part of a package, so that a row may be in another part.
    """
    if corrections.text is None:
        return
    tables = Frames.of(frames)
    for name in (name for name in names if name in CURATED):
        entries = {key: one for (table, key), one in corrections.entries.items() if table == name}
        marked = findings.check(
            Level.EXPECTATIONS, name, "origin_of_correction", f"a curated row has a correction in {NAME}", ["origin"]
        )
        applied = findings.check(
            Level.EXPECTATIONS, name, "correction_applied", f"the rows that {NAME} corrects are there", ["origin"]
        )
        columns, frame = tables.columns(name), tables[name]
        key = schemas()[name].primary_key
        if "origin" not in columns or not all(part in columns for part in key):
            continue
        origins = columns["origin"].to_pylist()
        parts = [columns[part].to_pylist() for part in key] if entries else []
        places = {"/".join(map(str, cells)): n for n, cells in enumerate(zip(*parts, strict=True))} if entries else {}
        for position in (n for n, origin in enumerate(origins) if origin in ("corrected", "added")):
            if row_key_at(name, frame, position) not in entries:
                said = f"origin is {origins[position]}, but {NAME} has no correction of the row"
                findings.fail(marked, row_key_at(name, frame, position), origins[position], said)
        for row_id, entry in entries.items():
            found = places.get(row_id)
            if (found is None) != (entry.action is Action.DROP) and not (found is None and is_part):
                findings.fail(applied, row_id, message=_misapplied(entry))
            elif found is not None:
                _check_cells(findings, frame, found, entry)


def _misapplied(entry: Correction) -> str:
    """The message for a row correction that the tables do not reflect."""
    if entry.action is Action.DROP:
        return f"{NAME} drops the row {entry.row_id}, but it is there"
    return f"{NAME} {'adds' if entry.action is Action.ADD else 'changes'} the row {entry.row_id}, which is not there"


def _check_cells(findings: Findings, frame: pd.DataFrame, position: int, entry: Correction) -> None:
    for column, wanted in entry.cells.items():
        rule = f"{column} is what the correction sets"
        check = findings.check(Level.EXPECTATIONS, entry.table, "correction_applied", rule, [column])
        if column in frame and (cell := plain(frame[column].iloc[position : position + 1])[0]) != wanted:
            said = f"{is_cell(column, cell)}, but {NAME} sets it to {quoted(wanted)}"
            findings.fail(check, entry.row_id, cell, said, row_place(frame, position))


def check_curated_cells(
    findings: Findings, frames: Mapping[str, pd.DataFrame], corrections: Corrections, sources: Sequence[Article]
) -> None:
    """Reports curated numbers and days that the cited characters do not print.

    Cells that the curator lists under ``inferred`` are exempt.
    """
    texts = {source.article_id: source for source in sources}
    published = {}
    if {"article_id", "published_on"} <= set(frames["articles"].columns):
        published = dict(
            zip(*(plain(frames["articles"][name]) for name in ("article_id", "published_on")), strict=True)
        )
    for entry in corrections.entries.values():
        alone = next(iter(texts)) if len(texts) == 1 else ""
        source = texts.get(entry.article_id or alone)
        if source is None or entry.action is Action.DROP:
            continue
        for column, cell in entry.cells.items():
            kind = schemas()[entry.table].field(column).type
            if cell is None or column in entry.inferred or kind not in ("number", "date"):
                continue
            span = entry.evidence.get(column, entry.span)
            words = span.of(source.text)
            day = published.get(source.article_id)
            known = _prints(words, cell, kind, day)  # type: ignore[arg-type]  # the kind says which
            rule = f"a curated {column} is printed where its correction says"
            check = findings.check(Level.GROUNDING, entry.table, "curated_printed", rule, [column])
            unread = findings.check(
                Level.GROUNDING,
                entry.table,
                "curated_unread",
                f"{rule}, or is listed under `inferred`",
                [column],
                Severity.WARNING,
            )
            if not known:
                said = (
                    f"«{words[:60]}» does not print {cell}; cite the words in `evidence`, or list it under `inferred`"
                )
                place = Place(source.article_id, span)
                findings.fail(check if known is False else unread, entry.row_id, cell, said, place)


def _prints(words: str, cell: Decimal | date, kind: str, published_on: date | None) -> bool | None:
    """Whether the words print the cell; None if they leave it open.

    Words without a year mean the year nearest to publication. A curator lists any other year under ``inferred``.
    """
    if kind == "number":
        return is_printed(cell, words)  # type: ignore[arg-type]
    known = allows(words, cell, published_on)  # type: ignore[arg-type]
    return None if known and not is_nearest(words, cell, published_on) else known  # type: ignore[arg-type]
