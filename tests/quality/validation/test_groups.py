"""Failures as people read them: numbers in words."""

from __future__ import annotations

import pytest

from broadsheet.quality.validation.groups import count, groups
from broadsheet.quality.validation.report import Findings, Ring
from broadsheet.tables.schema import TABLES


@pytest.mark.parametrize(("number", "words"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows"), (1200, "1,200 rows")])
def test_numbers_of_things(number: int, words: str) -> None:
    """One is singular, all else plural, and thousands have a comma."""
    assert count(number, "row") == words


def test_failures_that_are_not_kept_are_counted() -> None:
    """A group has the rows that a report names, and those that it only counts."""
    findings = Findings(TABLES)
    check = findings.check(Ring.EXPECTATIONS, "quotes", "word_count", "n_words is the number of words", ["n_words"])
    findings.fail(check, "quo_1", 3)
    findings.fail_unnamed(check, 5)
    (group,) = groups(findings.report())
    assert (len(group.failures), group.total) == (1, 6)
