"""Ring 3: the suites of Great Expectations under ``validation/``.

``base/TABLE.json`` says what the Table Schema says (``tables.expectations`` derives it), ``semantic/TABLE.json`` what
the cells mean together. Both are plain suites of core expectations; ``meta.rule`` names the rule, ``description``
says it in plain words, and ``meta.columns``, where given, names the columns to blame. A suite may name helper columns
(``validate.helpers``).
"""

from __future__ import annotations

import json
import logging
import warnings
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from broadsheet.errors import InputError
from broadsheet.shipped import shipped
from broadsheet.tables.schema import TABLES, schemas
from broadsheet.validate.helpers import MARK, columns_of, helper
from broadsheet.validate.report import KEPT_FAILURES, Check, Ring, Severity, shown
from broadsheet.validate.rows import row_key_at, row_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import pandas as pd
    from great_expectations import ExpectationSuite
    from great_expectations.data_context import EphemeralDataContext

    from broadsheet.validate.report import Findings

Json = dict[str, Any]
Outcome = dict[int, tuple[list[int], str]]
"""Number of the expectation to the positions of the rows that fail it, or to why it could not be run."""


@dataclass(slots=True)
class Memory:
    """Outcomes of suites on tables that come again, as when a package is validated with one cell changed.

    The first outcome of every suite is kept: the most of what is asked again is about the package as it was.
    """

    _kept: dict[str, tuple[list[Json], pd.DataFrame, Outcome]] = field(default_factory=dict)

    _loaded: dict[str, tuple[Json, int]] = field(default_factory=dict)

    def size(self, suite: Json, place: str) -> int:
        """How many expectations of the suite the library loads; see :func:`load_suite`."""
        kept = self._loaded.get(str(suite.get("name")))
        if kept is None or kept[0] != suite:
            kept = self._loaded[str(suite.get("name"))] = (suite, len(load_suite(suite, place).expectations))
        return kept[1]

    def outcome(self, name: str, ready: list[Json], frame: pd.DataFrame, run: Callable[[], Outcome]) -> Outcome:
        """What ``run`` gives, or gave for an equal frame."""
        kept = self._kept.get(name)
        if kept is not None and kept[0] == ready and kept[1].equals(frame):
            return kept[2]
        found = run()
        if kept is None:
            self._kept[name] = (ready, frame, found)
        return found


KINDS = ("base", "semantic")
"""The folders under ``validation/``, in the order in which they are run."""


def shipped_suites() -> dict[str, list[Json]]:
    """Table name to its suites, as ``validation/`` has them."""
    root = shipped("validation")
    return {
        table: [json.loads((root / kind / f"{table}.json").read_text(encoding="utf-8")) for kind in KINDS]
        for table in TABLES
    }


def load_suite(suite: Json, place: str) -> ExpectationSuite:
    """A suite as the library has it.

    Raises:
        InputError: If an expectation is of a type that the library does not know, or is one that it would leave out.
    """
    from great_expectations import ExpectationSuite
    from great_expectations.exceptions import GreatExpectationsError
    from great_expectations.expectations.registry import list_registered_expectation_implementations

    expectations = suite.get("expectations")
    if not isinstance(expectations, list) or not isinstance(suite.get("name"), str):
        raise InputError(place, "is no suite of expectations", "give a JSON object with name and expectations")
    if not expectations:
        raise InputError(place, "has no expectations", "restore them, or leave the suite out")
    known = set(list_registered_expectation_implementations())
    for number, expectation in enumerate(expectations):
        kind = expectation.get("type") if isinstance(expectation, dict) else None
        if kind not in known:
            raise InputError(f"{place}:expectations/{number}", f"there is no expectation {kind!r}", "mend its type")
    try:
        loaded = ExpectationSuite(**suite)
    except (GreatExpectationsError, TypeError, ValueError) as error:
        problem = " ".join(str(error).split())
        raise InputError(place, f"cannot be loaded: {problem[:200]}", "mend its keywords") from error
    if len(loaded.expectations) != len(expectations):
        problem = f"{len(loaded.expectations)} of its {len(expectations)} expectations were loaded"
        raise InputError(place, problem, "mend or remove the others")
    return loaded


def check_expectations(
    findings: Findings,
    frames: Mapping[str, pd.DataFrame],
    suites: Mapping[str, Sequence[Json]] | None = None,
    memory: Memory | None = None,
) -> None:
    """Runs suites over the tables, those under ``validation/`` where none are given.

    Args:
        findings: Where failures go.
        frames: The tables.
        suites: Table name to suites.
        memory: Outcomes of earlier runs.

    Raises:
        InputError: If a suite cannot be loaded, or names a column that is neither its table's nor a helper.
    """
    with _quiet():
        context = _context()
        for table, of_table in (shipped_suites() if suites is None else suites).items():
            for suite in of_table:
                _run(findings, context, table, suite, frames, memory)


def _context() -> EphemeralDataContext:
    from great_expectations import get_context
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return context


def _run(
    findings: Findings,
    context: EphemeralDataContext,
    table: str,
    suite: Json,
    frames: Mapping[str, pd.DataFrame],
    memory: Memory | None,
) -> None:
    place = f"validation suite {suite.get('name')}"
    findings.expectations[table] += (memory or Memory()).size(suite, place)
    frame = frames[table].reset_index(drop=True)
    extended = {str(name): frame[name] for name in frame}
    checks: list[Check] = []
    ready: list[Json] = []
    for number, expectation in enumerate(suite["expectations"]):
        check = _check(findings, table, expectation, number)
        try:
            for name in sorted(_domain(expectation)):
                if name in schemas()[table].columns:
                    frame[name]
                elif name not in extended:
                    extended[name] = helper(name, table, frames)
        except KeyError:
            continue  # a column of the schema is missing: that is a failure of its own, and there is nothing to check
        if not len(frame) and not expectation["type"].startswith("expect_table_"):
            continue  # what holds for every row holds for none
        checks.append(check)
        ready.append({**expectation, "meta": {**expectation.get("meta", {}), "number": len(ready)}})

    def run() -> Outcome:
        return _failed(context, table, suite, ready, frame, extended) if ready else {}

    import pandas as pd

    outcome = run() if memory is None else memory.outcome(suite["name"], ready, pd.DataFrame(extended), run)
    for number, (positions, problem) in outcome.items():
        _report(findings, checks[number], ready[number], table, extended, positions, problem)


def _domain(expectation: Json) -> set[str]:
    """The columns whose cells an expectation looks at, those of its condition among them."""
    return set() if expectation["type"].startswith("expect_table_") else columns_of(expectation["kwargs"])


def _check(findings: Findings, table: str, expectation: Json, number: int) -> Check:
    meta = expectation.get("meta") or {}
    kind = expectation["type"]
    return findings.check(
        Ring.EXPECTATIONS,
        table,
        str(meta.get("rule", f"{kind}.{number}")),
        str(expectation.get("description") or kind.replace("_", " ")),
        _blamed(table, expectation),
        Severity.ERROR if expectation.get("severity", "critical") == "critical" else Severity.WARNING,
    )


def _blamed(table: str, expectation: Json) -> list[str]:
    """The columns of the table that an expectation speaks of, as a failure names them."""
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


def _failed(
    context: EphemeralDataContext,
    table: str,
    suite: Json,
    ready: list[Json],
    frame: pd.DataFrame,
    extended: Mapping[str, pd.Series],
) -> Outcome:
    """Number of the expectation to the positions of the rows that fail it, or to why it could not be run.

    A first pass asks only which expectations fail, which takes half the time of asking for the rows at once.
    """
    import pandas as pd

    batches = context.data_sources.pandas_default
    with_helpers = len(extended) > len(frame.columns)
    batch = batches.read_dataframe(pd.DataFrame(dict(extended)) if with_helpers else frame)
    rough = batch.validate(load_suite({**suite, "expectations": ready}, table), result_format="BOOLEAN_ONLY")
    numbers = sorted(_number(result) for result in rough.results if not result.success)
    if len(rough.results) != len(ready):
        raise RuntimeError(f"{table}: {len(rough.results)} of {len(ready)} expectations were run")
    if not numbers:
        return {}
    exact = batch.validate(
        load_suite({**suite, "expectations": [ready[number] for number in numbers]}, table), result_format="COMPLETE"
    )
    found: Outcome = {}
    for result in exact.results:
        positions = [int(position) for position in result.result.get("unexpected_index_list") or ()]
        found[_number(result)] = (sorted(positions), _problem(result))
    return dict(sorted(found.items()))


def _number(result: Any) -> int:  # the library's result is not typed
    return int(result.expectation_config.meta["number"])


def _problem(result: Any) -> str:
    """Why an expectation could not be run; empty where it was."""
    for info in (result.exception_info, *result.exception_info.values()):
        if isinstance(info, dict) and info.get("raised_exception"):
            return str(info.get("exception_message", "unknown error"))
    return ""


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
        message = check.description
        if check.rule == "columns":
            message = f"{message}; they are {', '.join(name for name in columns if MARK not in name)}"
        findings.fail(check, message=message)
        return
    blamed = [name for name in check.columns if name in frame]
    others = sorted(columns_of(expectation["kwargs"]) - set(blamed))
    findings.fail_unnamed(check, len(positions[KEPT_FAILURES:]))
    for position in positions[:KEPT_FAILURES]:
        cells = {name: shown(frame[name].iloc[position]) for name in [*blamed, *others]}
        facts = ", ".join(f"{name} = {'empty' if cells[name] is None else cells[name]}" for name in others)
        value = cells[blamed[0]] if len(blamed) == 1 else ", ".join(cells[name] or "" for name in blamed)
        findings.fail(
            check,
            row_key_at(table, frame, position),
            value,
            f"{check.description} ({facts})" if facts else check.description,
            row_place(frame, position),
        )


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps the library from writing to the terminal: its log and what its dependencies warn of at import."""
    log = logging.getLogger("great_expectations")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.setLevel(level)
