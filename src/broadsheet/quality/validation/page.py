"""A validation report as one self-contained HTML page without scripts or external resources.

A Content Security Policy enforces this, so that values from a hostile package cannot load or run anything either.
"""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from broadsheet.quality.validation.groups import count, groups, outcome, printable, tone, verdict
from broadsheet.quality.validation.page_style import STYLE
from broadsheet.quality.validation.report import Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.quality.validation.groups import Group
    from broadsheet.quality.validation.report import Failure, Place, ReportData

MOST_ROWS = 100
"""Maximum number of rows shown for one rule."""

MOST_ON_PAGE = 5_000
"""Maximum number of rows on the page, so that a browser can open it; further failures are only counted."""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

_LONGEST_MARK = 200
"""Maximum length of the marked span in a passage (``grounding.passage``)."""


def page(report: ReportData, name: str, *, strict: bool = False) -> str:
    """The report as an HTML page.

    Args:
        report: The report.
        name: The user's name for what was validated.
        strict: Whether warnings make it invalid.
    """
    found = groups(report)
    said = verdict(report, strict=strict)
    word, _, figures = said.partition(": ")
    parts = [
        "<!doctype html>",
        '<html lang="en">',
        '<head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_text(name)}: {_text(word.partition(',')[0].lower())}</title>",
        f"<style>{STYLE}</style></head>",
        "<body>",
        f'<header class="{tone(report, strict=strict)}"><p class="name">{_text(name)}</p>',
        f"<h1>{_text(word)}</h1><p>{_text(figures)}</p>",
        *([f'<p class="name">SHA-256 {report.sha256}</p>'] if report.sha256 is not None else []),
        "</header>",
        "<main>",
        *(_overview(report, found) if found else ()),
        *_failures(report, found),
        "<section><h2>What was checked</h2>",
        *levels_html(report, strict=strict),
        "</section>",
        "</main></body></html>",
        "",
    ]
    return "\n".join(parts)


def _overview(report: ReportData, found: Sequence[Group]) -> Iterator[str]:
    """Yields a table of contents: errors and warnings per table, linked to the details."""
    yield '<nav aria-label="Tables"><table class="overview">'
    yield '<thead><tr><th>Table<th class="n">Rows<th class="n">Errors<th class="n">Warnings</tr></thead><tbody>'
    for table in ("", *report.rows):
        own = [group for group in found if group.table == table]
        if not table and not own:
            continue
        numbers = [sum(g.total for g in own if g.is_error == error) for error in (True, False)]
        name = _text(table or "package")
        linked = f'<a href="#{_anchor(table)}">{name}</a>' if own else name
        rows = f"{report.rows[table]:,}" if table else ""
        cells = "".join(
            f'<td class="n{f" {kind}" if number else ""}">{f"{number:,}" if number else "·"}'
            for kind, number in zip(("error", "warning"), numbers, strict=True)
        )
        yield f'<tr><td>{linked}<td class="n">{rows}{cells}</tr>'
    yield "</tbody></table></nav>"


def _failures(report: ReportData, found: Sequence[Group]) -> Iterator[str]:
    room = MOST_ON_PAGE
    for table, of_table in groupby(found, key=lambda group: group.table):
        rows = f" <small>{count(report.rows[table], 'row')}</small>" if table in report.rows else ""
        yield f'<section id="{_anchor(table)}"><h2>{_text(table or "package")}{rows}</h2>'
        for group in of_table:
            shown = group.failures[: min(MOST_ROWS, room)]
            room -= len(shown)
            yield from group_html(group, shown)
        yield "</section>"


def group_html(group: Group, shown: Sequence[Failure]) -> Iterator[str]:
    """Yields the failures of a rule as HTML.

    Args:
        group: The failures of the rule.
        shown: The failures to show.
    """
    kind = "error" if group.is_error else "warning"
    levels = f"level{'s' * (len(group.levels) > 1)} {', '.join(str(int(level)) for level in group.levels)}"
    yield f'<article class="{kind}"><h3>{_text(group.description)}</h3>'
    yield f'<p class="about"><b>{kind}</b> <code>{_text(group.rule)}</code> {levels}, {group.total:,} found</p>'
    if shown:
        yield "<table><thead><tr><th>Row<th>Cell<th>What is wrong</tr></thead><tbody>"
        yield from map(_row, shown)
        yield "</tbody></table>"
    if (more := group.total - len(shown)) > 0:
        yield f'<p class="more">and {more:,} more</p>'
    yield "</article>"


def _row(failure: Failure) -> str:
    key = f"<code>{_text(failure.key)}</code>" if failure.key else ""
    cell = f'<span class="column">{_text(failure.column)}</span>' if failure.column else ""
    if failure.value is not None:
        cell += f" <code>{_text(failure.value)}</code>"
    elif failure.key:
        cell += " <i>empty</i>"
    wrong = _text(failure.message)
    if failure.place is not None and failure.place.passage:
        wrong += f"<blockquote>{_passage(failure.place)}</blockquote>"
    return f"<tr><td>{key}<td>{cell}<td>{wrong}</tr>"


def _passage(place: Place) -> str:
    """The words around the span, with the span marked. The article may contain « » of its own."""
    passage = place.passage or ""
    length = min(len(place.span), _LONGEST_MARK)
    for start, character in enumerate(passage):
        end = start + 1 + length
        if character == "«" and passage[end : end + 1] == "»":
            inside = passage[start + 1 : end]
            return f"{_text(passage[:start])}<mark>{_text(inside)}</mark>{_text(passage[end + 1 :])}"
    return _text(passage)


def levels_html(report: ReportData, *, strict: bool = False) -> Iterator[str]:
    """Yields the checks of each level as HTML."""
    yield "<table>"
    heads = "".join(f'<th class="n">{head}' for head in ("Checks", "Failed", "Warnings"))
    yield f"<thead><tr><th>Level{heads}<th>Remark</tr></thead><tbody>"
    for level in Level:
        checks, failed, warned = outcome(report, level, strict=strict)
        skipped = report.skipped.get(level, "")
        remark = _text(f"not run: {skipped}" if skipped and not checks else skipped)
        numbers = "".join(f'<td class="n">{number}' for number in (checks, failed, warned))
        yield f"<tr><td>{int(level)} {level.title}{numbers}<td>{remark}</tr>"
    yield "</tbody></table>"


def _anchor(table: str) -> str:
    return f"table-{table or 'package'}"


def _text(text: str) -> str:
    return escape(printable(text))
