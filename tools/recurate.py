#!/usr/bin/env python3
"""Rewrites the corrections of the published dataset after a change of the extraction, so that its rows stay the same.

    python tools/recurate.py ARTICLE

A correction names the row and the cells that were extracted, so a new extraction makes some of them stale and others
superfluous. This takes `data/` as what the tables are to say, extracts the article anew, and writes
`data/curation.toml` with what differs. Reasons, passages and evidence of earlier corrections are kept. Read the
difference before you commit it: a row that was extracted before and is added now has its evidence from `data/`.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import broadsheet
from broadsheet.base.span import Span
from broadsheet.curation.cells import parse_cell
from broadsheet.curation.corrections import CURATED, Action, Correction, settable
from broadsheet.curation.reading import read_curation
from broadsheet.curation.writing import with_correction
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.tables.cells import Cell

Row = dict[str, str]
Rows = dict[tuple[str, ...], Row]

ROOT = Path(__file__).resolve().parent.parent
AGREED = "Two readings of the article agree on this row."
NO_SUCH_ROW = "Two readings of the article agree that it has no such row."
COMPUTED = ("number", "integer", "date")
"""Types of columns whose values are read out of words; without evidence, they are the curator's conclusion."""
OF_AN_ACTOR = ("mentions", "actor_roles")
"""Tables whose rows are dropped with their actor."""


def rows_of(folder: Path, table: str) -> Rows:
    """The rows of a table as texts, by key."""
    with (folder / f"{table}.csv").open(newline="", encoding="utf-8") as file:
        return {tuple(row[k] for k in schemas()[table].primary_key): row for row in csv.DictReader(file)}


def own_span(row: Row) -> Span | None:
    """The characters of a row that has such columns."""
    return Span(int(row["char_start"]), int(row["char_end"])) if row.get("char_start") else None


def cell(table: str, column: str, text: str) -> Cell:
    """A cell from its text."""
    return parse_cell(schemas()[table].field(column), text, column) if text else None


class Curator:
    """Compares new tables with the published ones.

    Args:
        published: Folder of the published tables and corrections.
        extracted: Folder of the new tables.
    """

    def __init__(self, published: Path, extracted: Path) -> None:
        self.wanted = {table: rows_of(published, table) for table in CURATED}
        self.given = {table: rows_of(extracted, table) for table in CURATED}
        corrections = read_curation(published / "curation.toml").corrections
        self.before = {(c.table, c.key): c for c in corrections}
        ((self.article,),) = rows_of(published, "articles")
        self.evidence: dict[tuple[str, str], Span] = {}
        with (published / "evidence.csv").open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                span = Span(int(row["char_start"]), int(row["char_end"]))
                self.evidence.setdefault((row["row_id"], row["column_name"]), span)

    def corrections(self) -> Iterator[Correction]:
        """What makes the published tables of the new ones."""
        for table in CURATED:
            for key in sorted(self.given[table].keys() | self.wanted[table].keys()):
                given, wanted = self.given[table].get(key), self.wanted[table].get(key)
                if given is not None and self._goes_with_another(table, key, given):
                    given = None
                if wanted is None:
                    if given is not None:
                        yield self._drop(table, key, given)
                elif given is None:
                    yield self._add(table, key, wanted)
                elif changed := [c for c in settable(table) if given[c] != wanted[c]]:
                    yield self._change(table, key, given, wanted, changed)

    def _goes_with_another(self, table: str, key: tuple[str, ...], row: Row) -> bool:
        """Whether a row is dropped with its actor or event."""
        if table == "event_participants":
            return (key[0],) not in self.wanted["events"]
        return table in OF_AN_ACTOR and (row["actor_id"],) not in self.wanted["actors"]

    def _span(self, table: str, key: tuple[str, ...], row: Row) -> Span:
        """The characters that support a correction: those of an earlier one, of the row, or of its evidence."""
        earlier = self.before.get((table, key))
        spans = [earlier.span if earlier is not None else None, own_span(row)]
        spans += [span for (row_id, _), span in sorted(self.evidence.items()) if row_id == "/".join(key)]
        event = self.wanted["events"].get((row.get("event_id", ""),))
        spans += [own_span(event) if event is not None else None]
        spans += [own_span(m) for m in self.given["mentions"].values() if m["actor_id"] == key[0]]
        return next(span for span in spans if span is not None)

    def _drop(self, table: str, key: tuple[str, ...], given: Row) -> Correction:
        earlier = self.before.get((table, key))
        reason = earlier.reason if earlier is not None and earlier.action is Action.DROP else NO_SUCH_ROW
        return Correction(table, key, Action.DROP, reason, self._span(table, key, given), self.article)

    def _add(self, table: str, key: tuple[str, ...], wanted: Row) -> Correction:
        columns = [c for c in settable(table) if wanted[c] and c not in ("char_start", "char_end")]
        span = own_span(wanted) or self._span(table, key, wanted)
        return self._set(table, key, Action.ADD, span, {c: cell(table, c, wanted[c]) for c in columns}, {})

    def _change(self, table: str, key: tuple[str, ...], given: Row, wanted: Row, changed: list[str]) -> Correction:
        new, was = ({c: cell(table, c, row[c]) for c in changed} for row in (wanted, given))
        return self._set(table, key, Action.CHANGE, self._span(table, key, wanted), new, was)

    def _set(
        self,
        table: str,
        key: tuple[str, ...],
        action: Action,
        span: Span,
        new: dict[str, Cell],
        was: dict[str, Cell],
    ) -> Correction:
        earlier = self.before.get((table, key))
        row = "/".join(key)
        evidence = {c: self.evidence[row, c] for c in new if new[c] is not None and (row, c) in self.evidence}
        inferred: list[str] = []
        if earlier is not None:
            evidence |= {c: e for c, e in earlier.evidence.items() if c in new}
            inferred = [c for c in earlier.inferred if c in new and c not in earlier.evidence]
        else:
            inferred = [c for c in new if c not in evidence and schemas()[table].field(c).type in COMPUTED]
        evidence = {c: e for c, e in evidence.items() if c not in inferred}
        reason = earlier.reason if earlier is not None else AGREED
        return Correction(table, key, action, reason, span, self.article, new, was, evidence, tuple(sorted(inferred)))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("article", type=Path)
    given = parser.parse_args()
    text = ""
    with TemporaryDirectory() as folder:
        package = Path(folder, "package")
        broadsheet.extract(given.article).write(package)
        corrections = [*Curator(ROOT / "data", package / "data").corrections()]
    for correction in corrections:
        text = with_correction(text, correction)
    (ROOT / "data" / "curation.toml").write_text(text, encoding="utf-8")
    print(f"{len(corrections)} corrections")


if __name__ == "__main__":
    main()
