"""Failures as people read them: numbers in words."""

from __future__ import annotations

import re

import pytest

from broadsheet.quality.validation.groups import count, groups, headline, is_valid, printable, tone, total, verdict
from broadsheet.quality.validation.report import (
    JUST_MADE,
    MAKER_RULE,
    NO_REBUILD,
    NO_SOURCE,
    OTHER_MAKER,
    Findings,
    Level,
    ReportData,
    Severity,
)
from broadsheet.quality.validation.reports import Report
from broadsheet.tables.schema import TABLES


@pytest.mark.parametrize(("number", "words"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows"), (1200, "1,200 rows")])
def test_numbers_of_things(number: int, words: str) -> None:
    """One is singular, all else plural, and thousands have a comma."""
    assert count(number, "row") == words


def test_failures_that_are_not_kept_are_counted() -> None:
    """A group has the rows that a report names, and those that it only counts."""
    findings = Findings(TABLES)
    check = findings.check(Level.EXPECTATIONS, "quotes", "word_count", "n_words is the number of words", ["n_words"])
    findings.fail(check, "quo_1", 3)
    findings.fail_unnamed(check, 5)
    (group,) = groups(findings.report())
    assert (len(group.failures), group.total) == (1, 6)


def found(
    *failures: tuple[str, str, Severity], skipped: str | None = JUST_MADE, levels: tuple[Level, ...] = ()
) -> ReportData:
    """A report on 3 tables of 2,010 rows with failures of these tables, keys and severities."""
    findings = Findings(TABLES)
    findings.rows.update(quotes=2_000, actors=4, events=6)
    if skipped is not None:
        findings.skipped[Level.REBUILD] = skipped
    for level in levels:
        findings.check(level, "quotes", "rebuilt_rows", "the rows are those of the source")
    for table, key, severity in failures:
        rule = f"rule_{severity}"
        findings.fail(findings.check(Level.EXPECTATIONS, table, rule, "so it is", ["name"], severity), key)
    return findings.report()


ERROR, WARNING = Severity.ERROR, Severity.WARNING


@pytest.mark.parametrize(
    ("failures", "strict", "numbers"),
    [
        ([], False, ["3", "2,010", "0"]),
        ([("quotes", "a", WARNING)], False, ["3", "2,010", "1", "1"]),
        ([("quotes", "a", WARNING), ("quotes", "b", WARNING)], True, ["2", "3", "2,010"]),
        (
            [("quotes", "a", ERROR), ("quotes", "b", ERROR), ("actors", "a", WARNING)],
            False,
            ["2", "1", "3", "2,010", "1"],
        ),
        ([("quotes", "a", ERROR), ("events", "a", ERROR)], True, ["2", "2", "3", "2,010"]),
    ],
)
def test_figures_of_the_verdict(failures: list[tuple[str, str, Severity]], strict: bool, numbers: list[str]) -> None:
    """The verdict has the number of failures, of the tables they are in, and of all tables and rows."""
    report = found(*failures)
    text = verdict(report, strict=strict)
    assert text.startswith(headline(report, strict=strict))
    assert re.findall(r"\d[\d,]*", text) == numbers


@pytest.mark.parametrize(
    ("report", "strict", "expected"),
    [
        (found(), False, ("valid", True, None)),
        (found(("quotes", "a", WARNING)), False, ("valid", True, None)),
        (found(("quotes", "a", WARNING)), True, ("invalid", False, None)),
        (found(("quotes", "a", ERROR)), False, ("invalid", False, None)),
        (found(skipped=NO_SOURCE), False, ("valid", True, NO_SOURCE)),
        (found(skipped=NO_REBUILD), False, ("valid", True, NO_REBUILD)),
        (found(skipped=OTHER_MAKER), False, ("unverified", True, OTHER_MAKER)),
        (found(skipped=None, levels=(Level.REBUILD,)), False, ("valid", True, None)),
        (found(skipped=None), False, ("unverified", True, "the level was not run")),
    ],
)
def test_validity_and_verification(report: ReportData, strict: bool, expected: tuple[str, bool, str | None]) -> None:
    """Errors make tables invalid, warnings only where they are to; "valid" alone is said only of verified tables."""
    assert (tone(report, strict=strict), is_valid(report, strict=strict), report.unverified) == expected
    assert (headline(report, strict=strict) == "Valid") == (expected == ("valid", True, None))
    content = Report.of(report).to_dict(strict=strict)
    assert (content["valid"], content["verified"]) == (expected[1], expected[2] is None)
    assert content["verdict"] == headline(report, strict=strict)


def test_headlines_differ() -> None:
    """Each outcome has a verdict of its own."""
    warned = found(("quotes", "a", WARNING))
    said = [headline(found(skipped=reason)) for reason in (JUST_MADE, NO_SOURCE, NO_REBUILD, OTHER_MAKER, None)]
    said += [headline(warned, strict=True), headline(found(("quotes", "a", ERROR)))]
    assert len(set(said)) == len(said)


def test_what_several_levels_found_is_one_group() -> None:
    """A rule that two levels tell of one row is one group with both levels, of the last level's words."""
    findings = Findings(TABLES)
    for level, said in ((Level.TABLE_SCHEMA, "first"), (Level.EXPECTATIONS, "second")):
        check = findings.check(level, "quotes", "foreign_key", "speaker_id is known", ["speaker_id"])
        findings.fail(check, "quo_1", "nobody", said)
        findings.fail(check, "", None, said)
    other = findings.check(Level.EXPECTATIONS, "quotes", "foreign_key", "speaker_id is known", ["speaker_id"], WARNING)
    assert other.severity is ERROR, "a check is noted once"
    (group,) = groups(findings.report())
    assert group.levels == (Level.TABLE_SCHEMA, Level.EXPECTATIONS)
    assert [failure.message for failure in group.failures] == ["second", "first", "second"]
    assert (group.total, group.is_error, group.description) == (3, True, "speaker_id is known")
    assert (total([group], ERROR), total([group], WARNING)) == (3, 0)


def test_invisible_characters() -> None:
    """Control and invisible characters are written out."""
    assert printable("a\x1b[31m\u200b b") == "a\\x1b[31m\\u200b b"


def test_a_maker_that_is_not_installed() -> None:
    """A package of another extractor was not verified, whatever was skipped."""
    findings = Findings(TABLES)
    findings.fail(findings.check(Level.REBUILD, "", MAKER_RULE, "the same made it", severity=WARNING))
    assert findings.report().unverified == OTHER_MAKER
