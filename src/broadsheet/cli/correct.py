"""``broadsheet correct``: shows a row, its passage and the effect of a correction, and saves the correction."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError
from broadsheet.base.safe_files import inside
from broadsheet.base.span import Span
from broadsheet.cli import streams
from broadsheet.cli.sources import sources_of
from broadsheet.curation import Action, Correction, Curation, curate, parse_curation, read_curation
from broadsheet.curation.apply import rows_by_key
from broadsheet.curation.cells import cell_text
from broadsheet.curation.making import check_table, effect_of, make_correction
from broadsheet.curation.writing import merged, with_correction
from broadsheet.publishing import read_package
from broadsheet.publishing.exchange import recover, replace_files
from broadsheet.publishing.package import CURATION
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

    from broadsheet.curation.apply import Rows
    from broadsheet.reading import Article

AROUND = 80
"""Characters of the article shown on each side of a span."""


def correct(options: argparse.Namespace) -> int:
    """Runs the command.

    Returns:
        0; bad input ends in an error.

    Raises:
        InputError: If the row does not exist, a value does not fit its column, or the file cannot be written.
    """
    check_table(options.table)
    recover(options.package)
    tables = read_package(options.package)
    rows = rows_by_key(tables)
    folder, name = (options.package, CURATION) if options.file is None else (options.file.parent, options.file.name)
    file: Path = inside(folder, name)
    curation = read_curation(file) if os.path.lexists(file) else Curation()
    wanted = _correction(options, rows)
    article = _article(options, wanted.article_id)
    before = next((c for c in curation.corrections if (c.table, c.key) == (wanted.table, wanted.key)), None)
    # The package already has the earlier corrections, so only the new one is applied.
    after = curate(tables, Curation((wanted,))).tables
    effect = effect_of(rows, rows_by_key(after))
    text = with_correction(curation.text, merged(wanted, before))
    parse_curation(text, str(file))
    if options.json:
        streams.say_json({"table": wanted.table, "row": wanted.row_id, "effect": effect, "file": str(file)})
    elif not options.quiet:
        streams.say("\n".join(_show(wanted, rows, _passage_of(options, wanted, article), effect)))
    if not options.dry_run:
        replace_files(folder, {name: text.encode("utf-8")})
        if not options.quiet and not options.json:
            streams.say(f"\nWritten to {file}. `broadsheet build --curation {file}` applies it.")
    return 0


def _article(options: argparse.Namespace, article_id: str | None) -> Article | None:
    """The article that the correction is about, if the sources have it."""
    sources: Any = sources_of(options.package, options.source, options.encoding, options.max_characters)
    if article_id is not None and callable(sources):
        return sources(article_id)  # type: ignore[no-any-return]
    return next((article for article in sources if article.article_id == article_id), None)


def _correction(options: argparse.Namespace, rows: Rows) -> Correction:
    action = Action.DROP if options.drop else Action.ADD if options.add else Action.CHANGE
    return make_correction(
        rows,
        options.table,
        options.key,
        action=action,
        cells=dict(_pairs(options.set, "--set")),
        reason=options.reason,
        span=None if options.span is None else _span(options.span, "--span"),
        article=options.article,
        evidence={c: _span(text, f"--evidence {c}") for c, text in _pairs(options.evidence, "--evidence")},
        inferred=options.inferred,
    )


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


def _show(wanted: Correction, rows: Rows, passage: str, effect: list[dict[str, str]]) -> list[str]:
    row = rows[wanted.table].get(wanted.key)
    lines = [f"{wanted.table} {wanted.row_id}"]
    if row is not None:
        cells = ((c, getattr(row, c)) for c in schemas()[wanted.table].columns)
        lines += [f"  {column}: {cell_text(value)}" for column, value in cells if value is not None]
    lines += ["", f"characters {wanted.span.start} to {wanted.span.end}:", passage, "", "effect:"]
    for change in effect:
        what = change.get("row_is") or f"{change['column']}: {change['was'] or 'null'} → {change['is'] or 'null'}"
        lines.append(f"  {change['table']} {change['row']} {what}")
    return lines if effect else [*lines, "  none"]


def _passage_of(options: argparse.Namespace, wanted: Correction, article: Article | None) -> str:
    if article is not None:
        return _passage(article.text, wanted.span)
    missing = f"no source is the article {wanted.article_id}" if options.source else "give --source to see the passage"
    return f"  ({missing})"


def _passage(text: str, span: Span) -> str:
    before, after = text[max(0, span.start - AROUND) : span.start], text[span.end : span.end + AROUND]
    return f"  …{before}[{text[span.start : span.end]}]{after}…".replace("\n", " ")
