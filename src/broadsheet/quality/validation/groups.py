"""Groups the failures of a report by table and rule. A failure found by several levels appears once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.base.printable import printable as printable
from broadsheet.quality.validation.report import NO_REBUILD, NO_SOURCE, Severity

if TYPE_CHECKING:
    from broadsheet.quality.validation.report import Failure, Level, ReportData


@dataclass(frozen=True, slots=True)
class Group:
    """The failures of one rule on one table.

    Attributes:
        table: The table; empty for the package as a whole.
        rule: Name of the rule.
        column: The columns of the rule.
        description: The rule in plain words.
        severity: Severity of a failure.
        levels: The levels that found failures, in order.
        failures: One failure per row, from the last level that found it, which has the most detail.
        total: Number of failing rows, including those that the report did not keep.
    """

    table: str
    rule: str
    column: str
    description: str
    severity: Severity
    levels: tuple[Level, ...]
    failures: tuple[Failure, ...]
    total: int

    @property
    def is_error(self) -> bool:
        """Whether the failures make the tables invalid."""
        return self.severity is Severity.ERROR


def groups(report: ReportData) -> list[Group]:
    """The failures by table, rule and column, in the report's order."""
    said = {(c.level, c.table, c.rule, c.column): c for c in report.checks}
    found: dict[tuple[str, str, str, Severity], dict[tuple[str, str], list[Failure]]] = {}
    for failure in report.failures:
        rows = found.setdefault((failure.table, failure.rule, failure.column, failure.severity), {})
        rows.setdefault((failure.key, "" if failure.key else failure.message), []).append(failure)
    result = []
    for (table, rule, column, severity), rows in found.items():
        levels = sorted({failure.level for of_row in rows.values() for failure in of_row})
        checks = [said[level, table, rule, column] for level in levels if (level, table, rule, column) in said]
        kept = {level: sum(f.level is level for of_row in rows.values() for f in of_row) for level in levels}
        more = max((check.failed - kept[check.level] for check in checks), default=0)
        result.append(
            Group(
                table,
                rule,
                column,
                checks[0].description if checks else rule,
                severity,
                tuple(levels),
                tuple(of_row[-1] for of_row in rows.values()),
                len(rows) + max(0, more),
            )
        )
    return result


def total(found: list[Group], severity: Severity) -> int:
    """The number of failures of a severity."""
    return sum(group.total for group in found if group.severity is severity)


def verdict(report: ReportData, *, strict: bool = False) -> str:
    """The verdict in one sentence, with the numbers of tables, rows, checks and failures."""
    found = groups(report)
    tables, rows = count(len(report.rows), "table"), count(sum(report.rows.values()), "row")
    errors, warnings = total(found, Severity.ERROR), total(found, Severity.WARNING)
    noted = f", {count(warnings, 'warning')}" if warnings else ""
    head = headline(report, strict=strict)
    if is_valid(report, strict=strict):
        return f"{head}: {tables}, {rows}, {count(len(report.checks), 'check')}{noted}."
    if not errors:
        return f"{head}: {count(warnings, 'warning')} ({tables}, {rows})."
    broken = len({group.table for group in found if group.is_error})
    return f"{head}: {count(errors, 'error')} in {broken} of {tables} ({rows}){noted}."


def headline(report: ReportData, *, strict: bool = False) -> str:
    """The verdict without figures: plain "Valid" only for tables that were verified against the source."""
    if not is_valid(report, strict=strict):
        return "Not valid" if report.errors else "Not valid, since warnings count as errors"
    match report.unverified:
        case None:
            return "Valid"
        case reason if reason == NO_SOURCE:
            return "Valid; not verified against the source"
        case reason if reason == NO_REBUILD:
            return "Valid; not rebuilt from the source"
        case reason:
            return f"Not verified against the source ({reason})"


def tone(report: ReportData, *, strict: bool = False) -> str:
    """The style of the verdict: ``valid``, ``invalid``, or ``unverified`` if verification was not possible."""
    if not is_valid(report, strict=strict):
        return "invalid"
    return "valid" if report.unverified in (None, NO_SOURCE, NO_REBUILD) else "unverified"


def is_valid(report: ReportData, *, strict: bool) -> bool:
    """Whether the tables are valid; ``strict`` counts warnings as errors."""
    return report.valid and not (strict and report.warnings)


def outcome(report: ReportData, level: Level, *, strict: bool) -> tuple[int, int, int]:
    """For one level: the number of checks run, checks failed, and checks that only gave warnings."""
    checks = [check for check in report.checks if check.level is level]
    broken = [check for check in checks if check.failed]
    failed = sum(strict or check.severity is Severity.ERROR for check in broken)
    return len(checks), failed, len(broken) - failed


def count(number: int, noun: str) -> str:
    """A number with its noun, in the plural unless the number is 1."""
    return f"{number:,} {noun}{'s' * (number != 1)}"
