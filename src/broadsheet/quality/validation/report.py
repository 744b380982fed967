"""The result of validation: the checks that were run, and each failure with table, row, column, value and rule."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum
from math import isnan
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from broadsheet.base.span import Span

SHOWN_CHARACTERS = 200
"""Maximum length of a value shown in a failure, in characters."""

KEPT_FAILURES = 1000
"""Maximum number of failures kept for one check; :attr:`Check.failed` counts them all."""


NO_SOURCE = "no source article was given"
NO_REBUILD = "it was not asked for"
OTHER_MAKER = "another extractor or model made the package"
JUST_MADE = "the tables were just made from the source"
"""Reasons why level 5 is not run."""

MAKER_RULE = "rebuild_version"
"""The rule that the installed extractor and model are those that made the package."""


class Level(IntEnum):
    """The levels of validation, from the format of the files to a rebuild from the source."""

    TABLE_SCHEMA = 1
    PARQUET = 2
    EXPECTATIONS = 3
    GROUNDING = 4
    REBUILD = 5

    @property
    def title(self) -> str:
        """The display name of the level."""
        return self.name.replace("_", " ").capitalize()


class Severity(StrEnum):
    """What a failure means: an ``error`` makes the tables invalid, a ``warning`` is unusual but possible."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Check:
    """A rule that was checked on a table.

    Attributes:
        level: The level of the rule.
        table: The table; empty for the package as a whole.
        rule: Name of the rule, one word or several joined by ``_``. Levels that state the same fact use the same name.
        columns: The columns of the rule; empty for the table as a whole.
        description: The rule in plain words, as a statement of what is right.
        severity: Severity of a failure.
        failed: Number of failures.
    """

    level: Level
    table: str
    rule: str
    columns: tuple[str, ...]
    description: str
    severity: Severity = Severity.ERROR
    failed: int = 0

    @property
    def column(self) -> str:
        """The columns as one string, as in :attr:`Failure.column`."""
        return ", ".join(self.columns)

    def to_dict(self) -> dict[str, object]:
        """The check as a JSON object."""
        return {
            "level": int(self.level),
            "table": self.table,
            "rule": self.rule,
            "column": self.column,
            "description": self.description,
            "severity": str(self.severity),
            "failed": self.failed,
        }


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a failure in the article; ``passage`` is the surrounding text with the span between « »."""

    article_id: str
    span: Span
    passage: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that is wrong.

    Attributes:
        level: The level that found it.
        table: The table; empty for the package as a whole.
        key: Primary key of the row, its parts joined by ``/``; ``row 7`` if the row has no readable key (the header
            is row 1); empty if the table itself is wrong.
        column: The column, or several joined by ``, ``; empty if no column is concerned.
        value: The cell as in the CSV, cut to 200 characters; None for null.
        rule: Name of the rule, as in :attr:`Check.rule`.
        message: What is wrong, in plain words.
        severity: Whether it makes the tables invalid.
        place: Where to look in the article, if known.
    """

    level: Level
    table: str
    key: str
    column: str
    value: str | None
    rule: str
    message: str
    severity: Severity = Severity.ERROR
    place: Place | None = None

    def to_dict(self) -> dict[str, object]:
        """The failure as a JSON object."""
        result: dict[str, object] = {
            "level": int(self.level),
            "table": self.table,
            "key": self.key,
            "column": self.column,
            "value": self.value,
            "rule": self.rule,
            "message": self.message,
            "severity": str(self.severity),
        }
        if self.place is not None:
            result |= {
                "article_id": self.place.article_id,
                "char_start": self.place.span.start,
                "char_end": self.place.span.end,
                "passage": self.place.passage,
            }
        return result


@dataclass(frozen=True, slots=True)
class ReportData:
    """The outcome of a validation.

    Attributes:
        rows: Table name to number of rows.
        checks: Every rule that was checked, in order of level and table.
        failures: The failures, by table, then rule, column, level and row.
        skipped: Level to the reason why it was not run, or not run completely.
        expectations: Table name to the number of expectations loaded for it.
        sha256: SHA-256 of the ``datapackage.json``; None for tables in memory.
    """

    rows: Mapping[str, int]
    checks: tuple[Check, ...]
    failures: tuple[Failure, ...]
    skipped: Mapping[Level, str]
    expectations: Mapping[str, int]
    sha256: str | None = None

    @property
    def valid(self) -> bool:
        """Whether no failure is an error."""
        return not any(failure.severity is Severity.ERROR for failure in self.failures)

    @property
    def errors(self) -> tuple[Failure, ...]:
        """The failures that make the tables invalid."""
        return tuple(failure for failure in self.failures if failure.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Failure, ...]:
        """The failures that are unusual but possible."""
        return tuple(failure for failure in self.failures if failure.severity is Severity.WARNING)

    @property
    def unverified(self) -> str | None:
        """Why the tables were not verified against their source; None if they were."""
        rebuilt = [check for check in self.checks if check.level is Level.REBUILD]
        if any(check.rule == MAKER_RULE and check.failed for check in rebuilt):
            return OTHER_MAKER
        reason = self.skipped.get(Level.REBUILD)
        if reason is None:
            return None if rebuilt else "the level was not run"
        return None if reason == JUST_MADE else reason


def shown(value: object) -> str | None:
    """A cell as shown in a failure: as in the CSV, at most :data:`SHOWN_CHARACTERS` long, None for null."""
    kind = type(value).__name__
    if value is None or kind in ("NAType", "NaTType") or (isinstance(value, float) and isnan(value)):
        return None
    try:
        text = str(value).lower() if kind in ("bool", "bool_") else str(value)
    except (RecursionError, ValueError):  # untrusted JSON: nested deeply, or a number with thousands of digits
        text = f"a {kind} that cannot be shown"
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"


def _expected(check: Check, value: str | None) -> str:
    found = f"{check.column} is {value}; " if value is not None and check.columns else ""
    return f"{found}expected: {check.description}"


def _with_passage(failure: Failure, passage: Callable[[Place], str | None]) -> Failure:
    if failure.place is None or failure.place.passage is not None:
        return failure
    return replace(failure, place=replace(failure.place, passage=passage(failure.place)))


@dataclass(slots=True)
class Findings:
    """Collects what the levels find and makes a :class:`ReportData` of it.

    Attributes:
        order: The names of the tables, in report order.
        sha256: SHA-256 of the package's ``datapackage.json``, if there is one.
    """

    order: tuple[str, ...]
    sha256: str | None = None
    rows: dict[str, int] = field(default_factory=dict)
    skipped: dict[Level, str] = field(default_factory=dict)
    expectations: Counter[str] = field(default_factory=Counter)
    _checks: dict[tuple[Level, str, str, str], Check] = field(default_factory=dict)
    _failed: Counter[tuple[Level, str, str, str]] = field(default_factory=Counter)
    _kept: Counter[tuple[Level, str, str, str]] = field(default_factory=Counter)
    _failures: list[Failure] = field(default_factory=list)
    _seen: set[tuple[Level, str, str, str, str]] = field(default_factory=set)

    def check(
        self,
        level: Level,
        table: str,
        rule: str,
        description: str,
        columns: Iterable[str] = (),
        severity: Severity = Severity.ERROR,
    ) -> Check:
        """Records that a rule is checked; the same rule on the same columns is recorded once."""
        check = Check(level, table, rule, tuple(columns), description, severity)
        return self._checks.setdefault((level, table, rule, check.column), check)

    def fail(
        self,
        check: Check,
        key: str = "",
        value: object = None,
        message: str | None = None,
        place: Place | None = None,
    ) -> None:
        """Records a failure of a rule.

        Args:
            check: The rule.
            key: The row, as in :attr:`Failure.key`. A second failure of one rule on one row is dropped.
            value: The cell.
            message: What was found and what contradicts it. By default, the cell and the rule.
            place: The place in the article.
        """
        identity = (check.level, check.table, check.rule, check.column)
        if key and (*identity, key) in self._seen:
            return
        self._failed[identity] += 1
        if self._kept[identity] >= KEPT_FAILURES:
            return
        self._kept[identity] += 1
        self._seen.add((*identity, key))
        text = message if message is not None else _expected(check, shown(value) if key else None)
        self._failures.append(
            Failure(check.level, check.table, key, check.column, shown(value), check.rule, text, check.severity, place)
        )

    def fail_unnamed(self, check: Check, number: int) -> None:
        """Counts the failures of a rule beyond the first :data:`KEPT_FAILURES`, without their rows."""
        self._failed[check.level, check.table, check.rule, check.column] += number

    def failed(self, check: Check) -> int:
        """The number of failures of a rule."""
        return self._failed[check.level, check.table, check.rule, check.column]

    def take(self, other: Findings) -> None:
        """Adds everything that ``other`` recorded."""
        self.rows |= other.rows
        self.skipped |= other.skipped
        self.expectations += other.expectations
        for identity, check in other._checks.items():
            self._checks.setdefault(identity, check)
        self._failed += other._failed
        self._kept += other._kept
        self._failures += other._failures
        self._seen |= other._seen

    def take_part(self, part: Findings) -> None:
        """Adds the findings of one part of a package: adds up row counts and merges the checks.

        At most :data:`KEPT_FAILURES` failures of one check are kept over all parts.
        """
        for table, number in part.rows.items():
            self.rows[table] = self.rows.get(table, 0) + number
        self.skipped |= part.skipped
        for identity, check in part._checks.items():
            self._checks.setdefault(identity, check)
        self._failed += part._failed
        for failure in part._failures:
            identity = (failure.level, failure.table, failure.rule, failure.column)
            if self._kept[identity] < KEPT_FAILURES:
                self._kept[identity] += 1
                self._failures.append(failure)

    def rewritten(self, how: Callable[[Failure], Failure]) -> Findings:
        """Rewrites every kept failure in place and returns itself."""
        self._failures = [how(failure) for failure in self._failures]
        return self

    def report(self, passage: Callable[[Place], str | None] | None = None) -> ReportData:
        """Makes the report.

        Args:
            passage: Returns the words around a place; None if the articles are not available.
        """
        place = {table: index for index, table in enumerate(("", *self.order))}
        checks = sorted(self._checks.items(), key=lambda item: (item[0][0], place.get(item[0][1], len(place))))
        failures = sorted(
            (_with_passage(f, passage) for f in self._failures) if passage else self._failures,
            key=lambda f: (place.get(f.table, len(place)), f.table, f.rule, f.column, f.level),
        )
        return ReportData(
            rows={table: self.rows[table] for table in self.order if table in self.rows},
            checks=tuple(
                Check(c.level, c.table, c.rule, c.columns, c.description, c.severity, self._failed[identity])
                for identity, c in checks
            ),
            failures=tuple(failures),
            skipped={level: self.skipped[level] for level in Level if level in self.skipped},
            expectations={table: self.expectations[table] for table in self.order if table in self.expectations},
            sha256=self.sha256,
        )
