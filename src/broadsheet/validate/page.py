"""A validation report as one HTML page that loads nothing: no script, no font, no picture, no address."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from broadsheet.validate.report import Ring, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.validate.report import Failure, Report

MOST_ROWS = 200
"""So many rows of one rule are shown."""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 75rem; margin: 0 auto; padding: 1.5rem; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1.5rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #8886; }
td { overflow-wrap: anywhere; }
code { font: .9em ui-monospace, monospace; }
mark { background: #fd6; color: #000; }
.error { border-left: .3rem solid #c33; padding-left: .7rem; }
.warning { border-left: .3rem solid #c90; padding-left: .7rem; }
"""


def page(report: Report, name: str, *, strict: bool = False) -> str:
    """The report as a page in HTML.

    Args:
        report: What validation found.
        name: What was validated, as its user calls it.
        strict: Whether warnings make it invalid.
    """
    valid = report.valid and not (strict and report.warnings)
    verdict = "Valid" if valid else "Not valid"
    rows = sum(report.rows.values())
    parts = [
        "<!doctype html>",
        '<html lang="en">',
        '<head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{verdict}: {_text(name)}</title>",
        f"<style>{_STYLE}</style></head>",
        f"<body><h1>{verdict}: {_text(name)}</h1>",
        f"<p>{len(report.rows)} tables, {rows:,} rows, {len(report.checks):,} checks;",
        f"{len(report.errors):,} errors, {len(report.warnings):,} warnings.</p>",
        *_rings(report),
        *_failures(report),
        "</body></html>",
        "",
    ]
    return "\n".join(parts)


def _rings(report: Report) -> Iterator[str]:
    yield "<h2>What was checked</h2>"
    yield "<table><thead><tr><th>Ring<th>Checks<th>Failed<th>Remark</tr></thead><tbody>"
    for ring in Ring:
        checks = [check for check in report.checks if check.ring is ring]
        failed = sum(1 for check in checks if check.failed)
        remark = _text(report.skipped.get(ring, ""))
        yield f"<tr><td>{int(ring)} {ring.title}<td>{len(checks)}<td>{failed}<td>{remark}</tr>"
    yield "</tbody></table>"


def _failures(report: Report) -> Iterator[str]:
    said = {(c.ring, c.table, c.rule, c.column): c for c in report.checks}
    for table, of_table in groupby(report.failures, key=lambda f: f.table):
        yield f"<h2>{_text(table or 'package')}</h2>"
        for (rule, column, ring), group in groupby(of_table, key=lambda f: (f.rule, f.column, f.ring)):
            failures = list(group)
            check = said.get((ring, table, rule, column))
            kind = "warning" if failures[0].severity is Severity.WARNING else "error"
            number = max(check.failed if check else 0, len(failures))
            yield f'<section class="{kind}"><h3>{_text(rule)} <small>{kind}, ring {int(ring)}, {number:,}</small></h3>'
            yield f"<p>{_text(check.description if check else '')}</p>"
            yield "<table><thead><tr><th>Row<th>Column<th>Value<th>What is wrong</tr></thead><tbody>"
            yield from (_row(failure) for failure in failures[:MOST_ROWS])
            yield "</tbody></table>"
            if number > MOST_ROWS:
                yield f"<p>and {number - min(MOST_ROWS, len(failures)):,} more</p>"
            yield "</section>"


def _row(failure: Failure) -> str:
    value = "<i>empty</i>" if failure.value is None else f"<code>{_text(failure.value)}</code>"
    passage = ""
    if failure.place is not None and failure.place.passage:
        marked = _text(failure.place.passage).replace("«", "<mark>", 1)
        passage = f"<br>{'</mark>'.join(marked.rsplit('»', 1))}"
    key, column = f"<code>{_text(failure.key)}</code>", _text(failure.column)
    return f"<tr><td>{key}<td>{column}<td>{value}<td>{_text(failure.message)}{passage}</tr>"


def _text(text: str) -> str:
    return escape("".join(c if c.isprintable() or c == "\n" else repr(c)[1:-1] for c in text))
