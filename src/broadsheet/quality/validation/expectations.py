"""Level 3: runs expectation suites (``validation.suites``) over the tables and reports the rows that fail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from broadsheet.quality.validation.columns import Frames
from broadsheet.quality.validation.helpers import MARK, columns_of, helper, is_column
from broadsheet.quality.validation.report import KEPT_FAILURES, Check, Level, Severity, shown
from broadsheet.quality.validation.rows import row_key_at, row_place
from broadsheet.quality.validation.statements import outside, statement
from broadsheet.quality.validation.suites import check_suite, shipped_suites
from broadsheet.quality.validation.vectors import Json, Outcome, UnknownError, failing
from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from broadsheet.quality.validation.columns import Columns
    from broadsheet.quality.validation.report import Findings

MOST_WORDS = 300
"""Maximum number of characters shown of an expectation without a description."""

Engine = Callable[[Sequence[Json], "Columns"], Outcome]
"""A function that runs expectations over the columns of a table."""


def check_expectations(
    findings: Findings,
    frames: Mapping[str, pd.DataFrame],
    suites: Mapping[str, Sequence[Json]] | None = None,
    engine: Engine | None = None,
    names: Sequence[str] = TABLES,
) -> None:
    """Runs suites over the tables.

    Args:
        findings: Receives the failures.
        frames: The tables.
        suites: Table name to suites; by default those under ``validation/``.
        engine: Runs the expectations over the columns; by default :func:`own_outcome`.
        names: The tables to check.

    Raises:
        InputError: If a suite cannot be loaded, or names a column that is neither in its table nor a helper.
    """
    tables = Frames.of(frames)
    given = shipped_suites() if suites is None else suites
    for table in names:
        for suite in given.get(table, ()):
            _run(findings, table, suite, tables, engine or own_outcome)


def own_outcome(expectations: Sequence[Json], columns: Columns) -> Outcome:
    """The outcome of each failed expectation. Great Expectations runs those unknown to ``vectors``."""
    found: Outcome = {}
    unknown = []
    for number, expectation in enumerate(expectations):
        try:
            wrong = failing(expectation, columns)
        except UnknownError:
            unknown.append(number)
            continue
        if wrong:
            found[number] = (wrong if isinstance(wrong, list) else [], "")
    if unknown:
        from broadsheet.quality.validation.library import outcome

        of_library = outcome([expectations[number] for number in unknown], columns)
        found |= {unknown[place]: result for place, result in of_library.items()}
    return dict(sorted(found.items()))


def _run(findings: Findings, table: str, suite: Json, frames: Frames, engine: Engine) -> None:
    findings.expectations[table] += check_suite(suite, f"validation suite {suite.get('name')}")
    columns = frames.columns(table)
    checks: list[Check] = []
    ready: list[Json] = []
    for number, expectation in enumerate(suite["expectations"]):
        check = check_of(findings, table, expectation, number)
        names = sorted(domain_of(expectation))
        if _holds_for_no_rows(expectation, columns) and all(is_column(name, table) for name in names):
            continue
        try:
            for name in names:
                if name not in columns:
                    columns.series[name] = helper(name, table, frames)
        except KeyError:
            continue  # a schema column is missing, which another rule reports
        checks.append(check)
        ready.append(expectation)
    for number, (positions, problem) in (engine(ready, columns) if ready else {}).items():
        _report(findings, checks[number], ready[number], table, columns.series, positions, problem)


def _holds_for_no_rows(expectation: Json, columns: Columns) -> bool:
    """Whether a row expectation passes trivially because the table has no rows."""
    return not columns.rows and not expectation["type"].startswith("expect_table_")


def domain_of(expectation: Json) -> set[str]:
    """The columns whose cells an expectation reads, including those of its condition."""
    return set() if expectation["type"].startswith("expect_table_") else columns_of(expectation["kwargs"])


def check_of(findings: Findings, table: str, expectation: Json, number: int) -> Check:
    """The check for an expectation; ``number`` is its position in its suite."""
    meta = expectation.get("meta") or {}
    kind = expectation["type"]
    return findings.check(
        Level.EXPECTATIONS,
        table,
        str(meta.get("rule", f"{kind}.{number}")),
        str(expectation.get("description") or _said(expectation)),
        _blamed(table, expectation),
        Severity.ERROR if expectation.get("severity", "critical") == "critical" else Severity.WARNING,
    )


def _said(expectation: Json) -> str:
    """Describes an expectation that has no description."""
    words = expectation["type"].removeprefix("expect_").replace("_", " ")
    given = ", ".join(f"{name} {value}" for name, value in expectation["kwargs"].items())
    return f"{words} ({given})"[:MOST_WORDS]


def _blamed(table: str, expectation: Json) -> list[str]:
    """The columns of the table that a failure of the expectation names."""
    meta, kwargs = expectation.get("meta") or {}, expectation["kwargs"]
    if meta.get("columns"):
        return list(meta["columns"])
    if expectation["type"].startswith("expect_table_"):
        return []
    own = schemas()[table].columns
    domain = columns_of({key: value for key, value in kwargs.items() if key != "row_condition"})
    for candidates in (domain, {name.partition(MARK)[0] for name in domain}, columns_of(kwargs)):
        if found := [name for name in own if name in candidates]:
            return found
    return list(schemas()[table].primary_key)


def _report(
    findings: Findings,
    check: Check,
    expectation: Json,
    table: str,
    columns: Mapping[str, pd.Series],
    positions: list[int],
    problem: str,
) -> None:
    import pandas as pd

    if problem:
        findings.fail(check, message=f"{check.description}: could not be checked ({problem[:200]})")
        return
    frame = pd.DataFrame(dict(columns))
    if not positions:  # an expectation on the table as a whole
        findings.fail(check, message=_of_table(expectation, frame))
        return
    blamed = [name for name in check.columns if name in frame]
    others = sorted(columns_of(expectation["kwargs"]) - set(blamed))
    findings.fail_unnamed(check, len(positions[KEPT_FAILURES:]))
    for position in positions[:KEPT_FAILURES]:
        cells = {name: shown(frame[name].iloc[position]) for name in [*blamed, *others]}
        value = cells[blamed[0]] if len(blamed) == 1 else ", ".join(cells[name] or "" for name in blamed)
        findings.fail(
            check,
            row_key_at(table, frame, position),
            value,
            statement(expectation, partial(_cell, frame, position)),
            row_place(frame, position),
        )


def _of_table(expectation: Json, frame: pd.DataFrame) -> str:
    """What is wrong with a table as a whole."""
    kwargs = expectation["kwargs"]
    match expectation["type"]:
        case "expect_table_columns_to_match_ordered_list":
            return wrong_columns(kwargs["column_list"], [str(name) for name in frame if MARK not in str(name)])
        case "expect_column_proportion_of_non_null_values_to_be_between" if kwargs["column"] in frame:
            return wrong_share(expectation, float(frame[kwargs["column"]].notna().mean()))
        case "expect_table_row_count_to_be_between":
            return f"the table has {len(frame):,} rows, {outside(len(frame), kwargs)}"
    return f"expected: {expectation.get('description') or _said(expectation)}"


def wrong_columns(wanted: Sequence[str], found: Sequence[str]) -> str:
    """Describes how the columns of a table differ from those of the schema."""
    missing = [name for name in wanted if name not in found]
    extra = [name for name in found if name not in wanted]
    parts = [f"{what} {', '.join(names)}" for what, names in (("without", missing), ("with", extra)) if names]
    return f"the columns are {' and '.join(parts)}" if parts else f"the columns are in the order {', '.join(found)}"


def wrong_share(expectation: Json, share: float) -> str:
    """States that a column is filled too rarely or too often."""
    kwargs = expectation["kwargs"]
    column, least, most = kwargs["column"].partition(MARK)[0], kwargs.get("min_value"), kwargs.get("max_value")
    limit = f"fewer than {least:.0%}" if least is not None and share < least else f"more than {most:.0%}"
    return f"{column} is given in {share:.0%} of the rows, {limit}"


def _cell(frame: pd.DataFrame, position: int, name: str) -> object:
    cell = frame[name].iloc[position]
    return None if shown(cell) is None else cell
