"""Applies corrections to tables, and recomputes what follows from the corrected cells."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError
from broadsheet.curation.corrections import DERIVED, Action, Correction, Curation
from broadsheet.curation.derived import derive
from broadsheet.curation.links import dropped_with, still_linked
from broadsheet.extraction.corpus import country_rows, reading_order, unique_evidence
from broadsheet.tables.cells import cell_text
from broadsheet.tables.frames import TableSet
from broadsheet.tables.rows import ROW_TYPES, EvidenceRow
from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from broadsheet.tables.cells import Cell
    from broadsheet.tables.rows import Row

Rows = dict[str, dict[tuple[str, ...], "Row"]]
"""Table to key to row."""


@dataclass(frozen=True, slots=True)
class Curated:
    """Tables with corrections applied.

    Attributes:
        tables: The corrected tables.
        idle: The corrections that changed nothing, because the extractor now gives the right row.
    """

    tables: TableSet
    idle: tuple[Correction, ...] = ()


def curate(tables: TableSet, curation: Curation) -> Curated:
    """Applies corrections to tables, and marks each corrected row in ``origin``.

    Args:
        tables: Extracted tables.
        curation: The corrections. Their order does not matter.

    Raises:
        InputError: If corrections are stale: the row or its old value no longer exists, or the row to add exists with
            other cells. The error names all of them. Also if a remaining row refers to a dropped one.
    """
    rows = rows_by_key(tables)
    articles = tuple(key[0] for key in rows["articles"])
    evidence = {
        (e.row_id, e.column_name, e.char_start): e for e in rows["evidence"].values() if isinstance(e, EvidenceRow)
    }
    stale: list[str] = []
    idle: list[Correction] = []
    for correction in curation.corrections:
        article = _article(correction, articles)
        problem = _stale(correction, rows, article)
        if problem:
            stale.append(f"{correction.place} {problem}")
        elif _idle(correction, rows, article):
            idle.append(correction)
        else:
            _apply(correction, rows, evidence, article)
    if stale:
        more = f" (and {len(stale) - 1} more: {'; '.join(stale[1:])})" if len(stale) > 1 else ""
        place, _, problem = stale[0].rpartition(") ")
        raise InputError(f"{place})", problem + more, "check the row, and fix or delete the correction")
    dangling = still_linked(rows)
    if dangling:
        problem = f"leaves rows that refer to a missing row: {'; '.join(dangling)}"
        raise InputError("curation", problem, "correct those too")
    rows["evidence"] = {(e.row_id, e.column_name, str(e.char_start)): e for e in unique_evidence(evidence.values())}
    members = derive({name: list(rows[name].values()) for name in TABLES})
    members["countries"] = list(country_rows({name: members[name] for name in TABLES if name != "countries"}))
    ordered = {name: reading_order(name, members[name]) for name in TABLES}
    curated = replace(TableSet.from_rows(ordered, tables.model), dropped=tables.dropped)
    return Curated(replace(curated, curation=curation.text or None), tuple(idle))


def rows_by_key(tables: TableSet) -> Rows:
    """The rows of all tables, by key."""
    rows: Rows = {}
    for name in TABLES:
        key = schemas()[name].primary_key
        members: Iterable[Row] = (ROW_TYPES[name](**cells) for cells in tables.arrow(name).to_pylist())
        rows[name] = {tuple(str(getattr(row, column)) for column in key): row for row in members}
    return rows


def _article(correction: Correction, articles: tuple[str, ...]) -> str:
    if correction.article_id is None and len(articles) == 1:
        return articles[0]
    if correction.article_id not in articles:
        is_missing = correction.article_id is None
        problem = "is missing, and there are several" if is_missing else "is not among the articles"
        raise InputError(f"{correction.place}, article", problem, f"write one of {', '.join(articles[:5])}")
    return correction.article_id


def _stale(correction: Correction, rows: Rows, article: str) -> str | None:
    """Why the correction is stale; None if it is not."""
    row = rows[correction.table].get(correction.key)
    if correction.action is Action.ADD:
        if row is not None and not _equal(row, _added(correction, article)):
            return "adds a row that exists with other cells"
        return None
    if row is None:
        return f"is stale: there is no row {correction.row_id} in {correction.table}"
    for column, was in correction.was.items():
        now = getattr(row, column)
        if now not in (was, correction.cells[column]):
            return f"is stale: {column} was {cell_text(was)!r}, and is {cell_text(now)!r} now"
    return None


def _idle(correction: Correction, rows: Rows, article: str) -> bool:
    row = rows[correction.table].get(correction.key)
    if row is None:
        return False
    if correction.action is Action.ADD:
        return _equal(row, _added(correction, article))
    return correction.action is Action.CHANGE and all(getattr(row, c) == v for c, v in correction.cells.items())


def _equal(row: Row, added: Row) -> bool:
    return replace(row, origin="") == replace(added, origin="")  # type: ignore[arg-type]  # every curated table has it


def _added(correction: Correction, article: str) -> Row:
    """The row that a correction adds; cells that it does not set are null, and derived ones are filled in later."""
    schema = schemas()[correction.table]
    cells: dict[str, Any] = dict.fromkeys(schema.columns)
    cells |= dict.fromkeys(DERIVED.get(correction.table, ()), 1)
    if "char_start" in cells:
        cells |= {"char_start": correction.span.start, "char_end": correction.span.end}
    cells |= dict(zip(schema.primary_key, correction.key, strict=True))
    if "article_id" in cells:
        cells["article_id"] = article
    cells |= {**correction.cells, "origin": "added"}
    missing = [f.name for f in schema.fields if f.required and cells[f.name] is None]
    if missing:
        raise InputError(correction.place, f"adds a row without {', '.join(missing)}", "set them")
    row: Row = ROW_TYPES[correction.table](**cells)
    return row


def _apply(correction: Correction, rows: Rows, evidence: dict[tuple[str, str, int], EvidenceRow], article: str) -> None:
    table = rows[correction.table]
    match correction.action:
        case Action.DROP:
            dropped = [(correction.table, correction.key), *dropped_with(rows, correction.table, correction.key)]
            ids = {key[0] for name, key in dropped if name != "event_participants"}
            for name, key in dropped:
                del rows[name][key]
            for place in [place for place in evidence if place[0] in ids]:
                del evidence[place]
            return
        case Action.CHANGE:
            cells: Mapping[str, Cell] = {**correction.cells, "origin": "corrected"}
            table[correction.key] = replace(table[correction.key], **cells)  # type: ignore[arg-type]  # checked by the reader
        case Action.ADD:
            table[correction.key] = _added(correction, article)
    if correction.table == "event_participants":
        return
    row_id = correction.key[0]
    for place in [p for p in evidence if p[0] == row_id and p[1] in correction.cells]:
        del evidence[place]
    for column, value in correction.cells.items():
        if value is not None and column not in ("char_start", "char_end"):
            span = correction.evidence.get(column, correction.span)
            evidence[row_id, column, span.start] = EvidenceRow(row_id, column, article, span.start, span.end)


def counts(curation: Curation) -> dict[str, int]:
    """The number of corrections by action."""
    found = Counter(correction.action for correction in curation.corrections)
    return {action.value: found[action] for action in Action}
