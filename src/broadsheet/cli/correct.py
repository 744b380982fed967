"""``broadsheet correct``: shows a row, its passage and the effect of a correction, and writes the correction down."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.base.safe_files import inside
from broadsheet.base.span import Span
from broadsheet.cli import streams
from broadsheet.curation import Action, Correction, Curation, curate, parse_curation, read_curation
from broadsheet.curation.apply import rows_by_key
from broadsheet.curation.cells import cell_text, parse_cell
from broadsheet.curation.corrections import CURATED, settable
from broadsheet.curation.writing import merged, with_correction
from broadsheet.publishing import read_package
from broadsheet.publishing.exchange import recover, replace_files
from broadsheet.publishing.package import CURATION
from broadsheet.reading import read_all
from broadsheet.tables.keys import row_key
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from broadsheet.curation.apply import Rows
    from broadsheet.curation.cells import Cell
    from broadsheet.reading import Article

AROUND = 80
"""Characters of the article shown on each side of a span."""
PREFIXES = {
    "mentions": "men",
    "actor_roles": "rol",
    "quotes": "quo",
    "events": "eve",
    "tariffs": "tar",
    "financial_figures": "fig",
}


def correct(options: argparse.Namespace) -> int:
    """Runs the command.

    Returns:
        0; bad input ends in an error.

    Raises:
        InputError: If the row is not there, a value does not fit its column, or the file cannot be written.
    """
    if options.table not in CURATED:
        raise InputError("TABLE", f"cannot be {options.table!r}", f"write one of {', '.join(CURATED)}")
    recover(options.package)
    tables = read_package(options.package)
    rows = rows_by_key(tables)
    articles = {article.article_id: article for article in read_all(options.source)}
    folder, name = (options.package, CURATION) if options.file is None else (options.file.parent, options.file.name)
    file: Path = inside(folder, name)
    curation = read_curation(file) if os.path.lexists(file) else Curation()
    wanted = _correction(options, rows)
    before = next((c for c in curation.corrections if (c.table, c.key) == (wanted.table, wanted.key)), None)
    # The package holds what the file says so far: the new correction alone is the difference.
    after = curate(tables, Curation((wanted,))).tables
    effect = _effect(rows, rows_by_key(after))
    text = with_correction(curation.text, merged(wanted, before))
    parse_curation(text, str(file))
    if options.json:
        streams.say_json({"table": wanted.table, "row": wanted.row_id, "effect": effect, "file": str(file)})
    elif not options.quiet:
        streams.say("\n".join(_show(wanted, rows, articles, effect)))
    if not options.dry_run:
        replace_files(folder, {name: text.encode("utf-8")})
        if not options.quiet and not options.json:
            streams.say(f"\nWritten to {file}. `broadsheet build --curation {file}` applies it.")
    return 0


def _correction(options: argparse.Namespace, rows: Rows) -> Correction:
    action = Action.DROP if options.drop else Action.ADD if options.add else Action.CHANGE
    table = options.table
    cells = dict(_assigned(table, text, "--set") for text in options.set)
    evidence = {column: _span(text, f"--evidence {column}") for column, text in _pairs(options.evidence, "--evidence")}
    if unset := sorted({*options.inferred} - {*cells}):
        raise InputError(f"--inferred {unset[0]}", "is not a column that --set sets", "name a column of --set")
    article = options.article or (next(iter(rows["articles"]))[0] if len(rows["articles"]) == 1 else None)
    if not options.reason or not options.reason.strip():
        raise InputError("--reason", "is missing", "say why the row is wrong")
    if action is Action.ADD:
        if options.span is None or article is None:
            raise InputError("--add", "needs --span START:END, and --article where there are several", "give them")
        span = _span(options.span, "--span")
        key = _new_key(table, options.key, article, span, cells)
        return Correction(
            table, key, action, options.reason, span, article, cells, {}, evidence, tuple(options.inferred), "correct"
        )
    key = tuple((options.key or "").split("/"))
    row = rows[table].get(key)
    if row is None:
        raise InputError(f"{table} {options.key}", "there is no such row", "take a key from the package's table")
    if action is Action.DROP and cells:
        raise InputError("--drop", "goes with no --set", "leave one out")
    if action is Action.CHANGE and not cells:
        raise InputError("correct", "says nothing to do", "give --set COLUMN=VALUE, --drop or --add")
    start, end = getattr(row, "char_start", None), getattr(row, "char_end", None)
    if options.span is None and start is None:
        raise InputError("--span", f"is missing, and {table} has none of its own", "give --span START:END")
    span = _span(options.span or f"{start}:{end}", "--span")
    was = {column: getattr(row, column) for column in cells}
    return Correction(
        table, key, action, options.reason, span, article, cells, was, evidence, tuple(options.inferred), "correct"
    )


def _new_key(table: str, given: str | None, article: str, span: Span, cells: Mapping[str, Cell]) -> tuple[str, ...]:
    """The key of an added row: as given, or a digest of its place and cells where the table's keys are digests."""
    if given and given != "-":
        return tuple(given.split("/"))
    if table not in PREFIXES:
        raise InputError(f"{table} KEY", "must be given", f"write {'/'.join(schemas()[table].primary_key)}")
    return (
        row_key(PREFIXES[table], article, span, "added", *(f"{c}={cell_text(v)}" for c, v in sorted(cells.items()))),
    )


def _assigned(table: str, text: str, option: str) -> tuple[str, Cell]:
    [(column, value)] = _pairs([text], option)
    if column not in settable(table):
        raise InputError(
            f"{option} {column}", f"is no column of {table} that can be set", f"there are {', '.join(settable(table))}"
        )
    return column, parse_cell(schemas()[table].field(column), value, option)


def _pairs(texts: Sequence[str], option: str) -> list[tuple[str, str]]:
    for text in texts:
        if "=" not in text:
            raise InputError(option, f"cannot be {text!r}", "write COLUMN=VALUE")
    return [(column.strip(), value) for column, _, value in (text.partition("=") for text in texts)]


def _span(text: str, option: str) -> Span:
    start, _, end = text.partition(":")
    if not (start.isdecimal() and end.isdecimal() and int(start) < int(end)):
        raise InputError(option, f"cannot be {text!r}", "write START:END, in code points of the canonical text")
    return Span(int(start), int(end))


def _effect(before: Rows, after: Rows) -> list[dict[str, str]]:
    """Every cell that the correction changes, those that follow from others too."""
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


def _show(wanted: Correction, rows: Rows, articles: Mapping[str, Article], effect: list[dict[str, str]]) -> list[str]:
    row = rows[wanted.table].get(wanted.key)
    lines = [f"{wanted.table} {wanted.row_id}"]
    if row is not None:
        cells = ((c, getattr(row, c)) for c in schemas()[wanted.table].columns)
        lines += [f"  {column}: {cell_text(value)}" for column, value in cells if value is not None]
    article = articles.get(wanted.article_id or "")
    lines += ["", f"characters {wanted.span.start} to {wanted.span.end}:"]
    lines.append(_passage(article.text, wanted.span) if article else "  (give --source ARTICLE to see the passage)")
    lines += ["", "effect:"]
    for change in effect:
        what = change.get("row_is") or f"{change['column']}: {change['was'] or 'null'} → {change['is'] or 'null'}"
        lines.append(f"  {change['table']} {change['row']} {what}")
    return lines if effect else [*lines, "  none"]


def _passage(text: str, span: Span) -> str:
    before, after = text[max(0, span.start - AROUND) : span.start], text[span.end : span.end + AROUND]
    return f"  …{before}[{text[span.start : span.end]}]{after}…".replace("\n", " ")
