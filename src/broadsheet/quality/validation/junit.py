"""Writes a validation report as JUnit XML for CI systems: a suite for each level, a case for each check."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from broadsheet.quality.validation.groups import headline, printable
from broadsheet.quality.validation.report import Failure, Level, ReportData, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from broadsheet.quality.validation.report import Check

MOST_SHOWN = 50
"""Maximum number of failures written for one check."""


def junit(report: ReportData, *, strict: bool = False) -> str:
    """The report as XML text.

    Args:
        report: The report.
        strict: Whether a warning is a failure; otherwise it is written as the output of a passed case.
    """
    found: dict[tuple[Level, str, str, str], list[Failure]] = defaultdict(list)
    for failure in report.failures:
        found[failure.level, failure.table, failure.rule, failure.column].append(failure)
    bad = sum(1 for check in report.checks if check.failed and _counts(check, strict))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="broadsheet validate" tests="{len(report.checks)}" failures="{bad}">',
    ]
    for level in Level:
        checks = [check for check in report.checks if check.level is level]
        skipped = level in report.skipped
        failed = sum(1 for check in checks if check.failed and _counts(check, strict))
        lines.append(
            f'  <testsuite name={quoteattr(f"level {int(level)}: {level.title}")} tests="{len(checks) + skipped}" '
            f'failures="{failed}" errors="0" skipped="{int(skipped)}">'
        )
        if level is Level.TABLE_SCHEMA:
            lines += _properties(report, strict)
        if skipped:
            lines.append(f'    <testcase classname="package" name={_text(level.title)}>')
            lines += [f"      <skipped message={_text(report.skipped[level])}/>", "    </testcase>"]
        for check in checks:
            lines += _case(check, found[check.level, check.table, check.rule, check.column], strict)
        lines.append("  </testsuite>")
    return "\n".join([*lines, "</testsuites>", ""])


def _properties(report: ReportData, strict: bool) -> Iterator[str]:
    """The verdict in words, and the hash of the package."""
    yield "    <properties>"
    yield f'      <property name="verdict" value={_text(headline(report, strict=strict))}/>'
    if report.sha256 is not None:
        yield f'      <property name="sha256" value="{report.sha256}"/>'
    yield "    </properties>"


def _counts(check: Check, strict: bool) -> bool:
    return strict or check.severity is Severity.ERROR


def _case(check: Check, failures: list[Failure], strict: bool) -> Iterator[str]:
    name = f"{check.rule}: {check.description}"
    head = f"    <testcase classname={_text(check.table or 'package')} name={_text(name)}"
    if not check.failed:
        yield f"{head}/>"
        return
    lines = [_line(failure) for failure in failures[:MOST_SHOWN]]
    if (more := check.failed - len(lines)) > 0:
        lines.append(f"and {more:,} more")
    yield f"{head}>"
    if _counts(check, strict):
        message = f"{check.failed:,} failed"
        yield f"      <failure type={_text(str(check.severity))} message={_text(message)}>{_body(lines)}</failure>"
    else:
        yield f"      <system-out>{_body(('warning:', *lines))}</system-out>"
    yield "    </testcase>"


def _line(failure: Failure) -> str:
    cell = f"{failure.column} = {failure.value}" if failure.value is not None else failure.column
    passage = failure.place.passage if failure.place is not None else None
    return "  ".join(part for part in (failure.key, cell, failure.message, passage) if part)


def _body(lines: Iterable[str]) -> str:
    """The lines as XML text. Characters that XML 1.0 does not allow become Python escapes."""
    return "\n".join(escape(printable(line)) for line in lines)


def _text(text: str) -> str:
    return quoteattr(printable(text))
