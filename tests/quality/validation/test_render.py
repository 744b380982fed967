"""The report for the terminal and for scripts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from broadsheet.base.span import Span
from broadsheet.quality.validation import validate_tables
from broadsheet.quality.validation.report import Findings, Level, Place, Severity, shown
from broadsheet.quality.validation.reports import Report
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet import Tables
    from broadsheet.reading import Article


def sample() -> Report:
    """A report with an error that two levels found, one with a passage, many of one rule, and a warning."""
    findings = Findings(TABLES)
    findings.rows.update(quotes=12, actors=3)
    findings.skipped[Level.PARQUET] = "the tables are in memory"
    for level in (Level.TABLE_SCHEMA, Level.EXPECTATIONS):
        link = findings.check(level, "quotes", "foreign_key", "speaker_id is the actor_id of a row", ["speaker_id"])
        findings.fail(link, "quo_1", "nobody", "speaker_id is nobody, but actors has no such row")
    text = findings.check(Level.GROUNDING, "quotes", "at_span", "text is what stands at the span", ["text"])
    place = Place("art_1", Span(3, 9), "he said «so» and left")
    findings.fail(text, "quo_2", "thus\x1b[31m", "text is thus\x1b[31m, but the text at the span is «so»", place)
    count = findings.check(Level.EXPECTATIONS, "quotes", "word_count", "n_words is the number of words", ["n_words"])
    for number in range(12):
        findings.fail(count, f"quo_{number}", number)
    early = findings.check(Level.EXPECTATIONS, "actors", "early", "seldom so", ["name"], Severity.WARNING)
    findings.fail(early, "a", None, "name is empty")
    return Report.of(findings.report())


def test_what_a_person_sees() -> None:
    """A verdict first, then by table and rule: key, column, value, rule in words, passage; then what was checked."""
    text = sample().render(100)
    lines = text.split("\n")
    assert lines[0] == "Not valid: 14 errors in 1 of 2 tables (15 rows), 1 warning."
    assert "quotes (12 rows)" in lines
    assert "  foreign_key: speaker_id is the actor_id of a row [levels 1, 3]" in lines
    assert text.count("nobody") == 1
    assert "    quo_1  speaker_id is nobody, but actors has no such row" in lines
    assert "he said «so» and left" in text
    assert "    and 4 more" in lines
    assert "    a  name is empty" in lines
    assert "  early: seldom so [warning, level 3]" in lines
    assert "Level 2, Parquet: not run: the tables are in memory" in lines
    assert "Level 3, Expectations: 3 checks, 2 failed, 1 gave warnings" in lines


@pytest.mark.parametrize("width", [1, 40, 60, 100, 200])
def test_lines_fit(width: int) -> None:
    """No line is longer than the terminal is wide, and a value brings no control sequences to it."""
    text = sample().render(width)
    assert max(map(len, text.split("\n"))) <= max(width, 40)
    assert "\x1b" not in text


def test_order_does_not_tell_the_story(tables: Tables) -> None:
    """Failures come by table in the order of the data model, then rule, column and level."""
    failures = sample().failures
    assert [f.table for f in failures][:1] == ["actors"]
    assert [f.rule for f in failures if f.table == "quotes"] == sorted(f.rule for f in failures if f.table == "quotes")


def test_as_json() -> None:
    """The report for scripts is plain JSON with the verdict, the levels and every failure."""
    content = json.loads(json.dumps(sample().to_dict()))
    assert content["valid"] is False
    assert (content["errors"], content["warnings"]) == (15, 1)
    assert [level["level"] for level in content["levels"]] == [1, 2, 3, 4, 5]
    assert content["levels"][1]["skipped"] == "the tables are in memory"
    assert content["failures"][1]["key"] == "quo_2"
    assert content["rows"] == {"quotes": 12, "actors": 3}
    assert list(content) == [
        "valid", "verdict", "verified", "unverified", "sha256", "errors", "warnings", "rows", "expectations", "levels",
        "rules", "failures",
    ]  # fmt: skip
    assert content["levels"][3] == {"level": 4, "name": "Grounding", "checks": 1, "failures": 1, "skipped": None}
    assert next(rule for rule in content["rules"] if rule["rule"] == "early") == {
        "level": 3,
        "table": "actors",
        "rule": "early",
        "column": "name",
        "description": "seldom so",
        "severity": "warning",
        "failed": 1,
    }
    assert content["failures"][1] == {
        "level": 4,
        "table": "quotes",
        "key": "quo_2",
        "column": "text",
        "value": "thus\x1b[31m",
        "rule": "at_span",
        "message": "text is thus\x1b[31m, but the text at the span is «so»",
        "severity": "error",
        "article_id": "art_1",
        "char_start": 3,
        "char_end": 9,
        "passage": "he said «so» and left",
    }


def test_warnings_leave_tables_valid() -> None:
    """A warning is reported and makes nothing invalid."""
    findings = Findings(TABLES)
    check = findings.check(Level.EXPECTATIONS, "actors", "early", "seldom so", ["name"], Severity.WARNING)
    findings.fail(check, "a", "b")
    report = Report.of(findings.report())
    assert report.valid
    assert (len(report.errors), len(report.warnings)) == (0, 1)
    text = report.render()
    assert "1 warning" in text
    assert "failed" not in text
    assert "1 check, 1 gave warnings" in text
    assert "1 check, 1 failed" in report.render(strict=True)


def test_a_failure_without_words_says_the_value() -> None:
    """What a rule does not put into words is still told with the value found."""
    findings = Findings(TABLES)
    findings.fail(findings.check(Level.EXPECTATIONS, "actors", "tall", "name is short", ["name"]), "a", "long")
    assert findings.report().failures[0].message == "name is long; expected: name is short"


def test_colours_are_asked_for() -> None:
    """A report has control sequences only where its terminal shows them."""
    assert "\x1b[" in sample().render(100, styled=True)
    assert "\x1b" not in sample().render(100)
    (line,) = (line for line in sample().render(100, styled=True).split("\n") if "quotes (12 rows)" in line)
    assert "\x1b[1m" in line


@pytest.mark.parametrize(
    ("cell", "text"),
    [(None, None), (float("nan"), None), (True, "true"), (7, "7"), ("NaN", "NaN"), ("x" * 300, "x" * 199 + "…")],
    ids=["None", "NaN", "boolean", "integer", "the text NaN", "long"],
)
def test_cells_as_shown(cell: object, text: str | None) -> None:
    """A cell is shown as CSV has it, null as none, cut to 200 characters."""
    assert shown(cell) == text


def test_tables_in_memory(tables: Tables, article: Article, change: Callable[..., Tables]) -> None:
    """`Tables.validate()` runs levels 3 and 4 with the articles at hand, and says that there are no files to check."""
    assert tables.validate().failures == ()
    frame = tables["quotes"].assign(n_words=[3.5, 4.0, 5.0]).rename(columns={"cue": "verb"})
    spoilt = type(tables)({**change(tables, "events", 0, trigger="lift").frames, "quotes": frame})
    report = validate_tables(spoilt, [article])
    assert {(f.table, f.rule) for f in report.errors} >= {
        ("quotes", "type"),
        ("quotes", "columns"),
        ("quotes", "required"),
        ("events", "within_span"),
    }
    assert report.skipped[Level.TABLE_SCHEMA] == report.skipped[Level.PARQUET]
    assert report.rows["quotes"] == 3
