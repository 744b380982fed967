"""Runs suites over many parts: checks row expectations part by part and adds up table expectations.

Most expectations look at one row, or at rows of one article, which are in the same part. There are three kinds of
expectation on a whole table: unique cells, the share of non-null cells, and the number of rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.publishing.layout import OF_ARTICLES
from broadsheet.quality.validation.expectations import check_of, domain_of, wrong_share
from broadsheet.quality.validation.helpers import MANY_ROWS, MARK, helper
from broadsheet.quality.validation.statements import outside
from broadsheet.quality.validation.suites import check_suite
from broadsheet.quality.validation.vectors import is_between, is_known, looked_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from broadsheet.quality.validation.columns import Columns, Frames
    from broadsheet.quality.validation.report import Findings
    from broadsheet.quality.validation.vectors import Json

_UNIQUE = {"expect_column_values_to_be_unique": "column", "expect_compound_columns_to_be_unique": "column_list"}
_SHARE = "expect_column_proportion_of_non_null_values_to_be_between"
_ROWS = "expect_table_row_count_to_be_between"
_OF_MANY = f"{MARK}of_many"

_TOLD = {
    "articles": {"article_id", "text_sha256"},
    "actors": {"actor_id"},
    "evidence": {"row_id"},
    "event_participants": {"event_id"},
    **{table: {"article_id"} for table in OF_ARTICLES if table not in ("articles", "evidence", "event_participants")},
}
"""Columns that determine the part of a row, as other rules check; rows with equal cells are in the same part."""


@dataclass(frozen=True, slots=True)
class Rule:
    """An expectation on a table as a whole.

    Attributes:
        table: The table.
        number: Its position in its suite.
        expectation: The expectation.
    """

    table: str
    number: int
    expectation: Json

    @property
    def columns(self) -> list[str]:
        """The columns in which any two rows must differ."""
        named = self.expectation["kwargs"][_UNIQUE[self.expectation["type"]]]
        return [named] if isinstance(named, str) else list(named)


@dataclass(frozen=True, slots=True)
class Rules:
    """The expectations of all suites, by how they are checked.

    Attributes:
        of_rows: Maps each table to the suites that run on each part.
        unique: Uniqueness expectations whose duplicates can be in different parts.
        shares: Expectations on the share of non-null cells.
        counts: Expectations on the number of rows.
        loaded: Maps each table to its number of expectations.
    """

    of_rows: Mapping[str, Sequence[Json]]
    unique: tuple[Rule, ...]
    shares: tuple[Rule, ...]
    counts: tuple[Rule, ...]
    loaded: Mapping[str, int]


def divide(suites: Mapping[str, Sequence[Json]]) -> Rules:
    """Sorts the expectations of suites by how they are checked.

    Raises:
        InputError: If a suite cannot be loaded, or has an expectation on a whole table that cannot be added up.
    """
    of_rows: dict[str, list[Json]] = {}
    unique, shares, counts = [], [], []
    loaded: dict[str, int] = {}
    for table, given in suites.items():
        for suite in given:
            loaded[table] = loaded.get(table, 0) + check_suite(suite, f"validation suite {suite.get('name')}")
            kept = []
            for number, expectation in enumerate(suite["expectations"]):
                rule = Rule(table, number, expectation)
                match _way(suite, rule):
                    case "share":
                        shares.append(rule)
                        continue
                    case "count":
                        counts.append(rule)
                        continue
                    case "unique":
                        unique.append(rule)
                kept.append(expectation)
            if kept:
                of_rows.setdefault(table, []).append({**suite, "expectations": kept})
    return Rules(of_rows, tuple(unique), tuple(shares), tuple(counts), loaded)


def _way(suite: Json, rule: Rule) -> str:
    """Returns how an expectation is checked; empty for a row expectation.

    Raises:
        InputError: If it is on a whole table and cannot be added up.
    """
    kind = rule.expectation["type"]
    if not is_known(rule.expectation):
        if not _is_of_rows(rule.expectation):
            place = f"suite {suite.get('name')}: {kind}"
            problem = "looks at a whole table, and a partitioned package is checked part by part"
            raise InputError(place, problem, "leave it out, or read the package and check it in memory")
        return ""
    if kind in _UNIQUE:
        alike_here = rule.table == "countries" or not _TOLD.get(rule.table, set()).isdisjoint(rule.columns)
        return "" if alike_here else "unique"
    return {_SHARE: "share", _ROWS: "count"}.get(kind, "")


def _is_of_rows(expectation: Json) -> bool:
    """Whether an expectation that only Great Expectations implements checks each row separately."""
    from great_expectations.expectations.expectation import (
        ColumnMapExpectation,
        ColumnPairMapExpectation,
        MulticolumnMapExpectation,
    )
    from great_expectations.expectations.registry import get_expectation_impl

    kinds = (ColumnMapExpectation, ColumnPairMapExpectation, MulticolumnMapExpectation)
    kind = expectation["type"]
    compares_rows = kind in _UNIQUE or kind.endswith(("_increasing", "_decreasing"))
    return issubclass(get_expectation_impl(kind), kinds) and not compares_rows and "mostly" not in expectation["kwargs"]


def add_helpers(rule: Rule, frames: Frames, columns: Columns) -> bool:
    """Adds the helper columns that a rule names; returns False if a column needed for one is missing."""
    for name in sorted(_named(rule)):
        if name not in columns:
            try:
                columns.series[name] = helper(name, rule.table, frames)
            except KeyError:
                return False
    return True


def _named(rule: Rule) -> set[str]:
    """Returns the columns that a rule uses, without the many-rows suffix, which applies to all parts together."""
    return {name.removesuffix(_OF_MANY) for name in domain_of(rule.expectation)}


def share(rule: Rule, frames: Frames) -> tuple[int, int]:
    """Returns how many of the rows that a share rule checks in a part have the cell, and how many rows it checks."""
    from broadsheet.quality.validation.columns import as_mask

    columns = frames.columns(rule.table)
    if not columns.rows or not add_helpers(rule, frames, columns):
        return 0, 0
    kwargs = rule.expectation["kwargs"]
    given = as_mask(columns[kwargs["column"].removesuffix(_OF_MANY)].is_valid())
    rows = looked_at({**kwargs, "column": kwargs["column"].removesuffix(_OF_MANY)}, columns)
    looked = given if rows is None else given[rows]
    return int(looked.sum()), len(looked)


def check_shares(findings: Findings, rules: Rules, shares: Mapping[int, tuple[int, int]]) -> None:
    """Checks the shares of non-null cells over all parts; ``shares`` is by rule number."""
    for place, rule in enumerate(rules.shares):
        check = check_of(findings, rule.table, rule.expectation, rule.number)
        given, looked = shares.get(place, (0, 0))
        kwargs = rule.expectation["kwargs"]
        least = MANY_ROWS if kwargs["column"].endswith(_OF_MANY) else 1
        if looked >= least and not is_between(given / looked, kwargs):
            findings.fail(check, message=wrong_share(rule.expectation, given / looked))


def check_counts(findings: Findings, rules: Rules) -> None:
    """Checks the row counts over all parts."""
    for rule in rules.counts:
        check = check_of(findings, rule.table, rule.expectation, rule.number)
        rows, kwargs = findings.rows.get(rule.table, 0), rule.expectation["kwargs"]
        if not is_between(rows, kwargs):
            findings.fail(check, message=f"the table has {rows:,} rows, {outside(rows, kwargs)}")
