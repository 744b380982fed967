"""Level 3 and 4 for curated rows: the tables hold what the corrections say, and the article prints it."""

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
        text: The text of the file; None where it is not known whether there is one.
        entries: The corrections; none where the text is not a file of corrections, which is a failure of its own.
    """

    text: str | None = None
    entries: Mapping[tuple[str, str], Correction] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str | None) -> Corrections:
        """The corrections that a text holds."""
        if not text or not text.strip():
            return cls(text)
        try:
            found = parse_curation(text, NAME).corrections
        except InputError:
            return cls(None)
        return cls(text, {(one.table, one.row_id): one for one in found})

    def is_inferred(self, table: str, key: str, column: str) -> bool:
        """Whether a curator says of a cell that the article does not print it."""
        entry = self.entries.get((table, key))
        return entry is not None and column in entry.inferred

    def dropped(self, article_id: str) -> list[Span]:
        """The characters of an article that bear out that a row was removed."""
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
    """Notes where tables and corrections differ: rows marked as curated, and the cells that a correction sets.

    Args:
        findings: Where failures go.
        frames: The tables.
        corrections: The corrections of the package.
        names: The tables to check.
        is_part: Whether other parts have rows too, so that a row may be elsewhere.
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
    """What a correction of a whole row says that the tables do not follow."""
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
    """Notes curated numbers and days that the characters cited for them do not print.

    A curator who infers a cell says so under ``inferred``.
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
    """Whether the words print the cell; None where they do not decide it.

    Words without a year mean the year nearest to publication. A curator who means another one infers it.
    """
    if kind == "number":
        return is_printed(cell, words)  # type: ignore[arg-type]
    known = allows(words, cell, published_on)  # type: ignore[arg-type]
    return None if known and not is_nearest(words, cell, published_on) else known  # type: ignore[arg-type]
