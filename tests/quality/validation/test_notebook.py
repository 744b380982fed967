"""Reports as a notebook shows them."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import broadsheet
from broadsheet.quality.validation.notebook import MOST_ROWS, MOST_SHOWN
from broadsheet.quality.validation.report import NO_SOURCE, Check, Failure, Level, Severity
from broadsheet.quality.validation.reports import Report

CHECK = Check(Level.EXPECTATIONS, "quotes", "word_count", ("n_words",), "n_words is the number of words", failed=1)


def failure(number: int, severity: Severity = Severity.ERROR, value: str = "7", rule: str = "word_count") -> Failure:
    """What is wrong with a quote."""
    return Failure(Level.EXPECTATIONS, "quotes", f"quo_{number:016x}", "n_words", value, rule, "wrong", severity)


def report(*failures: Failure, checks: tuple[Check, ...] = (CHECK,)) -> Report:
    """A report of some failures."""
    return Report({"quotes": 21}, checks, failures, {Level.REBUILD: NO_SOURCE}, {"quotes": 9})


class _Words(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def shown(of: Report) -> _Words:
    """What a notebook shows of a report."""
    return _Words(of._repr_html_())


def test_the_verdict_stands_first() -> None:
    """That of the terminal, in the colour that the page has for it."""
    for of, word, name in ((report(), "Valid", "head valid"), (report(failure(1)), "Not valid", "head invalid")):
        found = shown(of)
        assert ("div", {"class": name}) in found.tags
        assert found.words.partition("</style>")[0].split("}")[-1].strip().startswith(word)


def test_failures_are_told_by_table_and_rule() -> None:
    """A table with errors is open, one with warnings closed; a row has its key, cell and what is wrong."""
    found = shown(report(failure(1), failure(2, Severity.WARNING, rule="odd_words")))
    assert "1 error, 1 warning" in found.words
    assert "quo_0000000000000001" in found.words
    assert [attributes for tag, attributes in found.tags if tag == "details"] == [{"open": None}, {}]
    assert [attributes for tag, attributes in found.tags if tag == "article"] == [
        {"class": "error"},
        {"class": "warning"},
    ]
    quiet = shown(report(failure(1, Severity.WARNING)))
    assert [attributes for tag, attributes in quiet.tags if tag == "details"] == [{}, {}]


def test_what_was_checked_is_told() -> None:
    """Level by level, with the reason where one was not run."""
    found = shown(report())
    assert all(level.title in found.words for level in Level)
    assert "not run: no source" in found.words


def test_many_failures_are_counted() -> None:
    """The first of a rule are shown, and of all rules so many."""
    rules = [f"rule_{number}" for number in range(40)]
    failures = [failure(number, rule=rule) for rule in rules for number in range(MOST_ROWS + 5)]
    checks = tuple(replace(CHECK, rule=rule, failed=MOST_ROWS + 5) for rule in rules)
    found = shown(report(*failures, checks=checks))
    assert found.words.count("quo_") == MOST_SHOWN
    assert found.words.count("and 5 more") == MOST_SHOWN // MOST_ROWS


def test_hostile_values_are_words() -> None:
    """Markup and controls of a package that somebody sent."""
    found = shown(report(failure(1, value="</table><script>alert(1)</script>\u202e")))
    assert "script" not in {tag for tag, _ in found.tags}
    assert "</table><script>alert(1)</script>\\u202e" in found.words


def test_the_published_dataset_is_valid_in_a_notebook() -> None:
    """As on the terminal."""
    found = shown(broadsheet.load().validate())
    assert "Valid; not verified against the source11 tables" in found.words.replace("\n", "")
