"""A validation report for the terminal: a verdict, then the failures by table and rule, then what was checked."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING

from broadsheet.validate.report import Ring, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.validate.report import Failure, Report

MOST_ROWS = 8
"""So many rows of one rule are shown."""

_NARROWEST = 40


def render(report: Report, width: int) -> str:
    """The report in lines of at most ``width`` columns."""
    width = max(width, _NARROWEST)
    lines = [*_paragraph(_verdict(report), width)]
    for table, of_table in groupby(_once(report), key=lambda shared: shared[0].table):
        name = table or "package"
        rows = report.rows.get(table)
        lines += ["", name if rows is None else f"{name} ({_count(rows, 'row')})"]
        for _, of_rule in groupby(of_table, key=lambda shared: (shared[0].rule, shared[0].column)):
            lines += _rule(report, list(of_rule), width)
    return "\n".join([*lines, "", *_rings(report, width)])


def _verdict(report: Report) -> str:
    tables = _count(len(report.rows), "table")
    rows = _count(sum(report.rows.values()), "row")
    errors, warnings = _total(report, Severity.ERROR), _total(report, Severity.WARNING)
    noted = f", {_count(warnings, 'warning')}" if warnings else ""
    if report.valid:
        return f"Valid: {tables}, {rows}, {_count(len(report.checks), 'check')}{noted}."
    broken = len({failure.table for failure in report.errors})
    return f"Not valid: {_count(errors, 'error')} in {broken} of {tables} ({rows}){noted}."


def _total(report: Report, severity: Severity) -> int:
    """How many failures there were, those that several rings found counted once and those not kept counted too."""
    kept = sum(failures[0].severity is severity for failures in _once(report))
    unkept = Counter((f.ring, f.table, f.rule, f.column) for f in report.failures)
    more = [c.failed - unkept[c.ring, c.table, c.rule, c.column] for c in report.checks if c.severity is severity]
    return kept + max(more, default=0)


def _once(report: Report) -> list[list[Failure]]:
    """The failures, those of one rule on one cell together that several rings found."""
    found: dict[tuple[str, str, str, str, str], list[Failure]] = {}
    for failure in report.failures:
        identity = failure.message if not failure.key else ""
        found.setdefault((failure.table, failure.rule, failure.column, failure.key, identity), []).append(failure)
    return list(found.values())


def _rule(report: Report, shared: list[list[Failure]], width: int) -> Iterator[str]:
    first = shared[0][0]
    description = next(
        (c.description for c in report.checks if (c.ring, c.table, c.rule, c.column) == _identity(first)), first.rule
    )
    rings = sorted({failure.ring for failures in shared for failure in failures})
    warned = "warning, " if first.severity is Severity.WARNING else ""
    numbers = ", ".join(str(int(ring)) for ring in rings)
    head = f"{first.rule}: {description} [{warned}ring{'s' * (len(rings) > 1)} {numbers}]"
    yield from _paragraph(head, width, "  ", "      ")
    for failures in shared[:MOST_ROWS]:
        yield from _row(failures[-1], description, width)
    if len(shared) > MOST_ROWS:
        yield f"      and {len(shared) - MOST_ROWS:,} more"


def _identity(failure: Failure) -> tuple[Ring, str, str, str]:
    return failure.ring, failure.table, failure.rule, failure.column


def _row(failure: Failure, description: str, width: int) -> Iterator[str]:
    parts = [failure.key] if failure.key else []
    if failure.value is not None or failure.key:
        shown = "empty" if failure.value is None else failure.value
        parts.append(f"{failure.column} = {shown}" if failure.column else shown)
    said = failure.message.removeprefix(description).strip(" :;")
    if said:
        parts.append(said)
    yield from _paragraph("  ".join(parts) or failure.message, width, "    ", "        ")
    if failure.place is not None and failure.place.passage:
        yield from _paragraph(failure.place.passage, width, "        ", "        ")


def _rings(report: Report, width: int) -> Iterator[str]:
    for ring in Ring:
        checks = [check for check in report.checks if check.ring is ring]
        failed = sum(1 for check in checks if check.failed)
        outcome = f"{_count(len(checks), 'check')}, {failed} failed" if failed else _count(len(checks), "check")
        if skipped := report.skipped.get(ring):
            outcome = f"not run: {skipped}" if not checks else f"{outcome}; {skipped}"
        yield from _paragraph(f"Ring {int(ring)}, {ring.title}: {outcome}", width, "", "    ")


def _paragraph(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    printable = "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)
    return wrap(printable, width, initial_indent=first, subsequent_indent=rest) or [first.rstrip()]


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"
