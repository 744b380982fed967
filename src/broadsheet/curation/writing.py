"""Writes a correction to a file of corrections, and keeps the rest of the file as its curator wrote it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from broadsheet.curation.corrections import Action, Correction
from broadsheet.tables.cells import Cell, cell_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.base.span import Span

HEAD = "Corrections of the tables, each with its reason and the characters of the article that support it."


def merged(correction: Correction, before: Correction | None) -> Correction:
    """Merges a correction with an earlier one of the same row, so that each row has one entry.

    A change of a changed or added row changes that entry; a drop replaces it.
    """
    if before is None or correction.action is not Action.CHANGE:
        return correction
    cells = {**before.cells, **correction.cells}
    return replace(
        correction,
        action=before.action,
        cells=cells,
        was={**correction.was, **before.was} if before.action is Action.CHANGE else {},
        evidence={**before.evidence, **correction.evidence},
        inferred=tuple(sorted({*before.inferred} - {*correction.cells} | {*correction.inferred})),
        reason=correction.reason if correction.reason == before.reason else f"{before.reason}; {correction.reason}",
    )


def with_correction(text: str, correction: Correction) -> str:
    """Adds a correction to the text of a file of corrections, or replaces the entry of the same row.

    Args:
        text: A valid file of corrections; may be empty.
        correction: The correction.
    """
    import tomlkit

    document = tomlkit.parse(text)
    if not text.strip():
        document.add(tomlkit.comment(HEAD))
    if "correction" not in document:
        document["correction"] = tomlkit.aot()
    entries: Any = document["correction"]
    entry = _entry(correction)
    for number, old in enumerate(entries):
        if old["table"] == correction.table and old["row"] == correction.row_id:
            entries[number] = entry
            break
    else:
        entries.append(entry)
    written: str = tomlkit.dumps(document)
    return written.rstrip("\n") + "\n"


def _entry(correction: Correction) -> Any:
    import tomlkit

    entry = tomlkit.table()
    entry["table"] = correction.table
    entry["row"] = correction.row_id
    entry["action"] = correction.action.value
    if correction.article_id is not None:
        entry["article"] = correction.article_id
    entry["reason"] = correction.reason
    entry["span"] = [correction.span.start, correction.span.end]
    if correction.was:
        entry["was"] = _inline(correction.was)
    if correction.cells:
        entry["set"] = _inline(correction.cells)
    if correction.evidence:
        entry["evidence"] = _inline({c: [s.start, s.end] for c, s in sorted(correction.evidence.items())})
    if correction.inferred:
        entry["inferred"] = list(correction.inferred)
    return entry


def _inline(cells: Mapping[str, Cell | list[int] | Span]) -> Any:
    import tomlkit

    table = tomlkit.inline_table()
    for column, value in cells.items():
        table[column] = value if isinstance(value, (list, bool, int, date)) else cell_text(value)
    return table
