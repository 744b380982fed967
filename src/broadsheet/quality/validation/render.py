"""A validation report for the terminal: a verdict, then the failures by table and rule, then what was checked."""

from __future__ import annotations

from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING

from broadsheet.quality.validation.groups import count, groups, printable, verdict
from broadsheet.quality.validation.report import Ring

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.quality.validation.groups import Group
    from broadsheet.quality.validation.report import Failure, ReportData

MOST_ROWS = 8
"""So many rows of one rule are shown."""

_NARROWEST = 40


def render(report: ReportData, width: int, *, strict: bool = False) -> str:
    """The report in lines of at most ``width`` columns; ``strict`` takes warnings for errors."""
    width = max(width, _NARROWEST)
    lines = _paragraph(verdict(report, strict=strict), width)
    for table, of_table in groupby(groups(report), key=lambda group: group.table):
        name, rows = table or "package", report.rows.get(table)
        lines += ["", name if rows is None else f"{name} ({count(rows, 'row')})"]
        for group in of_table:
            lines += _rule(group, width)
    chain = [f"SHA-256 of datapackage.json: {report.sha256}"] if report.sha256 is not None else []
    return "\n".join([*lines, "", *_rings(report, width), *chain])


def _rule(group: Group, width: int) -> Iterator[str]:
    warned = "" if group.is_error else "warning, "
    numbers = ", ".join(str(int(ring)) for ring in group.rings)
    head = f"{group.rule}: {group.description} [{warned}ring{'s' * (len(group.rings) > 1)} {numbers}]"
    yield from _paragraph(head, width, "  ", "      ")
    for failure in group.failures[:MOST_ROWS]:
        yield from _row(failure, group.description, width)
    if (more := group.total - min(MOST_ROWS, len(group.failures))) > 0:
        yield f"      and {more:,} more"


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


def _rings(report: ReportData, width: int) -> Iterator[str]:
    for ring in Ring:
        checks = [check for check in report.checks if check.ring is ring]
        failed = sum(1 for check in checks if check.failed)
        outcome = f"{count(len(checks), 'check')}, {failed} failed" if failed else count(len(checks), "check")
        if skipped := report.skipped.get(ring):
            outcome = f"not run: {skipped}" if not checks else f"{outcome}; {skipped}"
        yield from _paragraph(f"Ring {int(ring)}, {ring.title}: {outcome}", width, "", "    ")


def _paragraph(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    return wrap(printable(text), width, initial_indent=first, subsequent_indent=rest) or [first.rstrip()]
