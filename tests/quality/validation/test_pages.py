"""The reports that are written to files: one HTML page that loads nothing, and JUnit XML for CI systems."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from broadsheet.base.span import Span
from broadsheet.quality.validation.groups import groups, tone, total, verdict
from broadsheet.quality.validation.junit import junit
from broadsheet.quality.validation.page import page
from broadsheet.quality.validation.report import NO_SOURCE, Findings, Level, Place, Severity
from broadsheet.quality.validation.reports import Report
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from broadsheet import Tables

ODD = 'a<script>alert(1)</script>"\x00\x1b[31m\u202e]]>'


def sample(*, errors: bool = True) -> Report:
    """A report with a value that would like to be more than text, and a passage with marks of its own."""
    findings = Findings(TABLES)
    findings.rows.update(quotes=5000, actors=3)
    findings.skipped[Level.GROUNDING] = findings.skipped[Level.REBUILD] = NO_SOURCE
    if errors:
        text = findings.check(Level.EXPECTATIONS, "quotes", "text_form", "text is one line", ["text"])
        findings.fail(text, "quo_1", ODD, place=Place("art_1", Span(3, 9), f"« he «said» so» {ODD}"))
        for level in (Level.TABLE_SCHEMA, Level.EXPECTATIONS):
            link = findings.check(level, "quotes", "foreign_key", "speaker_id is the key of an actor", ["speaker_id"])
            for number in range(3000):
                findings.fail(link, f"quo_{number}", "nobody")
        findings.fail(findings.check(Level.TABLE_SCHEMA, "", "resources", "every resource is ours"), message="x is not")
    early = findings.check(Level.EXPECTATIONS, "actors", "early", "name is usual", ["name"], Severity.WARNING)
    findings.fail(early, "a", None)
    findings.check(Level.PARQUET, "actors", "metadata", "the file names its key")
    return Report.of(findings.report())


class _Tags(HTMLParser):
    """The tags and attributes of a page, and whether what is opened is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def tags(text: str) -> list[tuple[str, dict[str, str | None]]]:
    """The tags of a page."""
    parser = _Tags()
    parser.feed(text)
    parser.close()
    return parser.tags


def test_failures_are_told_once() -> None:
    """What two levels found is one group with both levels, and rows that were not kept are counted."""
    found = {group.rule: group for group in groups(sample())}
    assert found["foreign_key"].levels == (Level.TABLE_SCHEMA, Level.EXPECTATIONS)
    assert len(found["foreign_key"].failures) == 1000
    assert found["foreign_key"].total == 3000
    assert total(groups(sample()), Severity.ERROR) == 3002


@pytest.mark.parametrize(
    ("errors", "strict", "said"),
    [
        (True, False, "Not valid: 3,002 errors in 2 of 2 tables (5,003 rows), 1 warning."),
        (False, False, "Valid; not verified against the source: 2 tables, 5,003 rows, 2 checks, 1 warning."),
        (False, True, "Not valid, since warnings count as errors: 1 warning (2 tables, 5,003 rows)."),
    ],
)
def test_the_verdict(errors: bool, strict: bool, said: str) -> None:
    """Warnings leave tables valid unless they are to count as errors; terminal and page say so alike."""
    report = sample(errors=errors)
    assert verdict(report, strict=strict) == said
    assert said.split(": ")[0] in report.render(200, strict=strict)
    assert f"<h1>{said.split(': ')[0]}</h1>" in page(report, "package", strict=strict)
    assert f'<header class="{tone(report, strict=strict)}">' in page(report, "package", strict=strict)


def test_the_page_loads_nothing() -> None:
    """No script, no picture, no address: whatever the values say, the page names nothing outside itself."""
    text = page(sample(), f"folder/{ODD}")
    names = {tag for tag, _ in tags(text)}
    assert not names & {"script", "img", "link", "iframe", "object", "embed", "form", "base", "svg", "video"}
    for _, attributes in tags(text):
        assert not {name for name in attributes if name.startswith("on") or name in ("src", "style")}
        assert (attributes.get("href") or "#").startswith("#")
    assert not re.search(r"url\(|@import|https?:", text)
    assert "default-src 'none'" in text
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202e]", text)


def test_the_page_says_all() -> None:
    """Key, column, value, rule and passage of a failure are on the page, the span marked, the rest counted."""
    text = page(sample(), "package")
    assert "<code>quo_1</code>" in text
    assert "and 2,900 more" in text
    assert "not run: no source article was given" in text
    assert {a["href"] for tag, a in tags(text) if tag == "a"} == {"#table-package", "#table-actors", "#table-quotes"}
    assert {"table-package", "table-actors", "table-quotes"} <= {a.get("id") for _, a in tags(text)}


def test_a_span_is_marked() -> None:
    """The stretch of the span's length is marked, where the article has « » of its own too."""
    findings = Findings(TABLES)
    check = findings.check(Level.GROUNDING, "quotes", "at_span", "text stands at the span", ["text"])
    findings.fail(check, "quo_1", "x", place=Place("art_1", Span(10, 14), "«Oui», he «said» so"))
    assert "«Oui», he <mark>said</mark> so" in page(findings.report(), "package")


def test_one_page_for_many_faults() -> None:
    """A package with a fault in every cell gives a page that a browser can open."""
    findings = Findings(TABLES)
    for number in range(100):
        check = findings.check(Level.EXPECTATIONS, "quotes", f"rule_{number}", "so", ["text"])
        for row in range(1500):
            findings.fail(check, f"quo_{row}", "x" * 500)
    text = page(findings.report(), "package")
    assert len(text) < 5_000_000
    assert "1,500 found" in text


def test_junit_is_xml_with_a_case_for_each_check() -> None:
    """The file is well-formed whatever the values are, and counts checks, failures and levels that were not run."""
    report = sample()
    root = ElementTree.fromstring(junit(report))
    assert (root.get("tests"), root.get("failures")) == (str(len(report.checks)), "4")
    suites = {suite.get("name"): suite for suite in root}
    assert len(suites) == len(Level)
    cases = root.findall("testsuite/testcase")
    assert len([case for case in cases if case.find("skipped") is None]) == len(report.checks)
    assert suites["level 4: Grounding"].get("skipped") == suites["level 5: Rebuild"].get("skipped") == "1"
    assert {entry.get("name"): entry.get("value") for entry in root.iter("property")} == {"verdict": "Not valid"}
    failed = [case for suite in root for case in suite if case.find("failure") is not None]
    said = next(case.find("failure") for case in failed if "text_form" in (case.get("name") or ""))
    assert said is not None
    assert "quo_1" in (said.text or "")
    assert "script" in (said.text or "")


@pytest.mark.parametrize("strict", [False, True])
def test_warnings_in_junit(strict: bool) -> None:
    """A warning is the output of a case that passed, unless warnings count as errors."""
    root = ElementTree.fromstring(junit(sample(errors=False), strict=strict))
    assert root.get("failures") == ("1" if strict else "0")
    assert len(root.findall(".//failure")) == int(strict)
    assert len(root.findall(".//system-out")) == int(not strict)


def test_a_valid_report(tables: Tables) -> None:
    """Reports of valid tables say so and list what was checked."""
    from broadsheet.quality.validation import validate_tables

    report = validate_tables(tables)
    assert "<h1>Valid; not verified against the source</h1>" in page(report, "package")
    assert ElementTree.fromstring(junit(report)).get("failures") == "0"
