"""Runs expectations with Great Expectations: those unknown to ``validation.vectors``, or all of them."""

from __future__ import annotations

import logging
import warnings
from contextlib import contextmanager
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError
from broadsheet.quality.validation.helpers import MARK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd
    from great_expectations import ExpectationSuite
    from great_expectations.data_context import EphemeralDataContext

    from broadsheet.quality.validation.columns import Columns
    from broadsheet.quality.validation.vectors import Json, Outcome


def need_library(place: str) -> None:
    """Imports Great Expectations.

    Raises:
        InputError: If it is not installed.
    """
    try:
        with _quiet():
            import great_expectations  # noqa: F401
    except ImportError as error:
        problem = "needs Great Expectations, which is not installed"
        raise InputError(place, problem, "pip install 'broadsheet[suites]'") from error


def load_suite(suite: Json, place: str) -> ExpectationSuite:
    """Loads a suite into Great Expectations.

    Raises:
        InputError: If the library is not installed, does not know the type of an expectation, or would drop one.
    """
    need_library(place)
    with _quiet():
        from great_expectations import ExpectationSuite
        from great_expectations.exceptions import GreatExpectationsError
        from great_expectations.expectations.registry import list_registered_expectation_implementations

        expectations = suite["expectations"]
        known = set(list_registered_expectation_implementations())
        for number, expectation in enumerate(expectations):
            kind = expectation.get("type") if isinstance(expectation, dict) else None
            if kind not in known:
                like = get_close_matches(str(kind), sorted(known), 1)
                fix = f"write {like[0]}" if like else "fix its type"
                raise InputError(f"{place}:expectations/{number}", f"there is no expectation {kind!r}", fix)
        try:
            loaded = ExpectationSuite(**suite)
        except (GreatExpectationsError, TypeError, ValueError, AttributeError) as error:
            problem = " ".join(str(error).split())
            raise InputError(place, f"cannot be loaded: {problem[:200]}", "fix its keywords") from error
    if len(loaded.expectations) != len(expectations):
        problem = f"{len(loaded.expectations)} of its {len(expectations)} expectations were loaded"
        raise InputError(place, problem, "fix or remove the others")
    return loaded


def outcome(expectations: Sequence[Json], columns: Columns) -> Outcome:
    """The outcome of each failed expectation. Expectations on the whole table see no helper columns."""
    import pandas as pd

    of_table = [number for number, e in enumerate(expectations) if e["type"].startswith("expect_table_")]
    of_rows = [number for number in range(len(expectations)) if number not in of_table]
    own = {name: series for name, series in columns.series.items() if MARK not in name}
    found: Outcome = {}
    with _quiet():
        for numbers, frame in ((of_table, own), (of_rows, columns.series)):
            if numbers:
                some = _outcome([expectations[number] for number in numbers], pd.DataFrame(dict(frame)))
                found |= {numbers[place]: result for place, result in some.items()}
    return dict(sorted(found.items()))


def _outcome(expectations: Sequence[Json], frame: pd.DataFrame) -> Outcome:
    """The outcome for expectations that see the same columns.

    A first pass only finds which expectations fail. It takes half the time of a pass that also finds the rows.
    """
    numbered = [
        {**expectation, "meta": {**(expectation.get("meta") or {}), "number": number}}
        for number, expectation in enumerate(expectations)
    ]
    batch = _context().data_sources.pandas_default.read_dataframe(frame)
    rough = batch.validate(_suite(numbered), result_format="BOOLEAN_ONLY")
    if len(rough.results) != len(expectations):
        raise RuntimeError(f"{len(rough.results)} of {len(expectations)} expectations were run")
    failed = sorted(_number(result) for result in rough.results if not result.success)
    if not failed:
        return {}
    exact = batch.validate(_suite([numbered[number] for number in failed]), result_format="COMPLETE")
    found: Outcome = {}
    for result in exact.results:
        positions = sorted(int(position) for position in result.result.get("unexpected_index_list") or ())
        found[_number(result)] = (positions, _problem(result))
    return found


def _suite(expectations: Sequence[Json]) -> ExpectationSuite:
    return load_suite({"name": "suite", "expectations": list(expectations)}, "suite")


def _context() -> EphemeralDataContext:
    from great_expectations import get_context
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return context


def _number(result: Any) -> int:  # the library's result is not typed
    return int(result.expectation_config.meta["number"])


def _problem(result: Any) -> str:
    """Why an expectation could not be run; empty if it ran."""
    for info in (result.exception_info, *result.exception_info.values()):
        if isinstance(info, dict) and info.get("raised_exception"):
            return str(info.get("exception_message", "unknown error"))
    return ""


@contextmanager
def _quiet() -> Iterator[None]:
    """Silences the library's log and the import warnings of its dependencies."""
    log = logging.getLogger("great_expectations")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.setLevel(level)
