"""A validation report for the terminal: a verdict, then the failures by table and rule, then what was checked."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from broadsheet.base.layout import layout_text
from broadsheet.quality.validation.groups import count, groups, is_valid, outcome, printable, verdict
from broadsheet.quality.validation.report import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from broadsheet.quality.validation.groups import Group
    from broadsheet.quality.validation.report import Failure, ReportData

MOST_ROWS = 8
"""Maximum number of rows shown for one rule."""


def render(report: ReportData, width: int, *, strict: bool = False, styled: bool = False) -> str:
    """The report in lines of at most ``width`` columns.

    Args:
        report: The report.
        width: Columns of the terminal.
        strict: Whether warnings count as errors.
        styled: Whether to mark verdict and severities by colour.
    """
    return layout_text([*_parts(report, strict=strict)], width, styled=styled)


def _parts(report: ReportData, *, strict: bool) -> Iterator[RenderableType]:
    from rich.text import Text

    yield Text(verdict(report, strict=strict), "bold green" if is_valid(report, strict=strict) else "bold red")
    for table, of_table in groupby(groups(report), key=lambda group: group.table):
        name, rows = table or "package", report.rows.get(table)
        yield Text(f"\n{name}" if rows is None else f"\n{name} ({count(rows, 'row')})", "bold")
        for group in of_table:
            yield from _rule(group)
    yield ""
    for level in Level:
        yield Text(f"Level {int(level)}, {level.title}: {_outcome(report, level, strict=strict)}")
    if report.sha256 is not None:
        yield Text(f"SHA-256 of datapackage.json: {report.sha256}", no_wrap=True, overflow="ignore")


def _rule(group: Group) -> Iterator[RenderableType]:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    warned = "" if group.is_error else "warning, "
    numbers = ", ".join(str(int(level)) for level in group.levels)
    head = Text(group.rule, "red" if group.is_error else "yellow")
    head.append(printable(f": {group.description} [{warned}level{'s' * (len(group.levels) > 1)} {numbers}]"), "default")
    yield Padding(head, (0, 0, 0, 2))
    rows = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    rows.add_column(overflow="fold")
    rows.add_column(overflow="fold")
    for failure in group.failures[:MOST_ROWS]:
        rows.add_row(*_row(failure))
    yield Padding(rows, (0, 0, 0, 4))
    if (more := group.total - min(MOST_ROWS, len(group.failures))) > 0:
        yield f"    and {more:,} more"


def _row(failure: Failure) -> tuple[RenderableType, RenderableType]:
    from rich.console import Group as Lines
    from rich.text import Text

    lines = [Text(printable(failure.message))]
    if failure.place is not None and failure.place.passage:
        lines.append(Text(printable(failure.place.passage), "dim"))
    return (Text(printable(failure.key)), Lines(*lines)) if failure.key else (Lines(*lines), "")


def _outcome(report: ReportData, level: Level, *, strict: bool) -> str:
    checks, failed, warned = outcome(report, level, strict=strict)
    skipped = report.skipped.get(level)
    if skipped and not checks:
        return f"not run: {skipped}"
    parts = [count(checks, "check")]
    parts += [f"{failed} failed"] * bool(failed) + [f"{warned} gave warnings"] * bool(warned)
    return ", ".join(parts) + (f"; {skipped}" if skipped else "")
