"""A validation report for a notebook: the verdict, the failures by table and rule, and the checks that were run."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from broadsheet.base.notebook import output, text
from broadsheet.quality.validation.groups import count, groups, tone, total, verdict
from broadsheet.quality.validation.page import group_html, levels_html
from broadsheet.quality.validation.report import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.quality.validation.groups import Group
    from broadsheet.quality.validation.report import ReportData

MOST_ROWS = 10
"""Maximum number of rows shown for one rule; the page of ``validate --html`` shows more."""

MOST_SHOWN = 200
"""Maximum number of rows shown in all; further failures are only counted."""


def report_html(report: ReportData) -> str:
    """The HTML of a report."""
    return output(_parts(report))


def _parts(report: ReportData) -> Iterator[str]:
    found = groups(report)
    word, _, figures = verdict(report).partition(": ")
    yield f'<div class="head {tone(report)}">{text(word)}</div><p>{text(figures)}</p>'
    room = MOST_SHOWN
    for table, of_table in groupby(found, key=lambda group: group.table):
        broken = list(of_table)
        yield f"<details{' open' if any(group.is_error for group in broken) else ''}><summary>"
        yield f"<b><code>{text(table or 'package')}</code></b> <span>{_counts(broken)}</span></summary>"
        for group in broken:
            shown = group.failures[: min(MOST_ROWS, room)]
            room -= len(shown)
            yield from group_html(group, shown)
        yield "</details>"
    yield "<details><summary>What was checked</summary>"
    yield from levels_html(report)
    yield "</details>"


def _counts(broken: Sequence[Group]) -> str:
    """The numbers of errors and warnings of a table, in words."""
    numbers = ((total(list(broken), severity), str(severity)) for severity in (Severity.ERROR, Severity.WARNING))
    return ", ".join(count(number, noun) for number, noun in numbers if number)
