"""Makes a correction from the arguments of ``broadsheet correct`` or of the Python API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.base.span import Span
from broadsheet.curation.cells import parse_cell
from broadsheet.curation.corrections import CURATED, Action, Correction, settable
from broadsheet.curation.values import check_cell
from broadsheet.tables.cells import cell_text
from broadsheet.tables.keys import row_key
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from broadsheet.curation.apply import Rows
    from broadsheet.tables.cells import Cell

PREFIXES = {
    "mentions": "men",
    "actor_roles": "rol",
    "quotes": "quo",
    "events": "eve",
    "tariffs": "tar",
    "financial_figures": "fig",
}


def check_table(table: str) -> None:
    """Refuses a table that cannot be corrected.

    Raises:
        InputError: If it cannot.
    """
    if table not in CURATED:
        raise InputError("TABLE", f"cannot be {table!r}", f"write one of {', '.join(CURATED)}")


def action_of(name: str) -> Action:
    """The action with a name.

    Raises:
        InputError: If there is none.
    """
    if name not in tuple(Action):
        raise InputError("action", f"cannot be {name!r}", f"write one of {', '.join(Action)}")
    return Action(name)


def make_correction(
    rows: Rows,
    table: str,
    key: str | None,
    *,
    action: Action,
    cells: Mapping[str, object],
    reason: str | None,
    span: Span | None = None,
    article: str | None = None,
    evidence: Mapping[str, Span] | None = None,
    inferred: Sequence[str] = (),
) -> Correction:
    """A correction of a row.

    Args:
        rows: The rows of all tables.
        table: The table.
        key: Key of the row, its columns separated by ``/``; an added row without one gets a digest.
        action: What to do with the row.
        cells: Column to new value, or to its text as in the CSV.
        reason: Why.
        span: The characters that support the correction; the row's own if None.
        article: The article; required for an added row if there are several.
        evidence: Column to the characters that state its new value, if they are not ``span``.
        inferred: The columns whose new value no characters state.

    Raises:
        InputError: If there is no such row, a value does not fit its column, or something is missing.
    """
    check_table(table)
    new = {column: _cell(table, column, value) for column, value in cells.items()}
    for column, cell in new.items():
        check_cell(rows, table, column, cell)
    if unset := sorted({*inferred} - {*new}):
        raise InputError(f"--inferred {unset[0]}", "is not set by --set", "name a column of --set")
    only = next(iter(rows["articles"]))[0] if len(rows["articles"]) == 1 else None
    if not reason or not reason.strip():
        raise InputError("--reason", "is missing", "say why the row is wrong")
    stated = dict(evidence or {})
    if action is Action.ADD:
        article = article or only
        if span is None or article is None:
            raise InputError("--add", "needs --span START:END, and --article if there are several", "give them")
        parts = _new_key(table, key, article, span, new)
        return Correction(table, parts, action, reason, span, article, new, {}, stated, tuple(inferred), "correct")
    parts = tuple((key or "").split("/"))
    row = rows[table].get(parts)
    if row is None:
        raise InputError(f"{table} {key}", "there is no such row", "take a key from the package's table")
    if action is Action.DROP and new:
        raise InputError("--drop", "cannot be combined with --set", "leave one out")
    if action is Action.CHANGE and not new:
        raise InputError("correct", "has nothing to do", "give --set COLUMN=VALUE, --drop or --add")
    start, end = getattr(row, "char_start", None), getattr(row, "char_end", None)
    if span is None:
        if start is None or end is None:
            raise InputError("--span", f"is missing, and {table} has none of its own", "give --span START:END")
        span = Span(start, end)
    was = {column: getattr(row, column) for column in new}
    article = article or getattr(row, "article_id", only)
    return Correction(table, parts, action, reason, span, article, new, was, stated, tuple(inferred), "correct")


def _cell(table: str, column: str, value: object) -> Cell:
    if column not in settable(table):
        fix = f"there are {', '.join(settable(table))}"
        raise InputError(f"--set {column}", f"is not a column of {table} that can be set", fix)
    return None if value is None else parse_cell(schemas()[table].field(column), value, "--set")


def _new_key(table: str, given: str | None, article: str, span: Span, cells: Mapping[str, Cell]) -> tuple[str, ...]:
    """The key of an added row: as given, or a digest of its span and cells if the table's keys are digests."""
    if given and given != "-":
        return tuple(given.split("/"))
    if table not in PREFIXES:
        raise InputError(f"{table} KEY", "must be given", f"write {'/'.join(schemas()[table].primary_key)}")
    return (
        row_key(PREFIXES[table], article, span, "added", *(f"{c}={cell_text(v)}" for c, v in sorted(cells.items()))),
    )


def effect_of(before: Rows, after: Rows) -> list[dict[str, str]]:
    """Every cell that a correction changes, including derived ones."""
    changes = []
    for table in before:
        if table == "evidence":
            continue
        for key in sorted(before[table].keys() | after[table].keys()):
            old, new = before[table].get(key), after[table].get(key)
            place = {"table": table, "row": "/".join(key)}
            if old is None or new is None:
                changes.append({**place, "row_is": "added" if old is None else "dropped"})
                continue
            changes += [
                {**place, "column": c, "was": cell_text(getattr(old, c)), "is": cell_text(getattr(new, c))}
                for c in schemas()[table].columns
                if getattr(old, c) != getattr(new, c)
            ]
    return changes
