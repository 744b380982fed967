"""The expectations that are evaluated on Arrow columns: the verdicts of Great Expectations, row by row."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from broadsheet.quality.validation.columns import Columns, Frames
from broadsheet.quality.validation.expectations import check_expectations, own_outcome
from broadsheet.quality.validation.library import outcome
from broadsheet.quality.validation.report import Failure, Findings
from broadsheet.quality.validation.suites import shipped_suites
from broadsheet.quality.validation.vectors import UnknownError, failing, is_known
from broadsheet.tables.arrow import arrow_schema
from broadsheet.tables.frames import to_frame
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from broadsheet import Tables
    from broadsheet.quality.validation.expectations import Engine
    from broadsheet.quality.validation.vectors import Outcome


def columns() -> Columns:
    """Columns of every type of ours, nulls among their cells."""
    import pyarrow as pa

    fields = {name: arrow_schema("financial_figures").field(name).type for name in ("amount", "date_start")}
    table = pa.table(
        {
            "word": ["a", "b", None, "a", "", "Łódź", "b\n"],
            "other": ["a", None, None, "b", "", "x", "y"],
            "number": pa.array([1, 2, None, 4, 5, 5, -1], pa.int64()),
            "second": pa.array([1, 1, None, 5, None, 5, 0], pa.int64()),
            "amount": pa.array([*map(Decimal, ("1", "-2.5", "0.0001", "7", "7")), None, None], fields["amount"]),
            "day": pa.array(
                [date(2024, 5, 1), None, date(1605, 1, 1), date(1604, 12, 31), *[date(2024, 5, 1)] * 3],
                fields["date_start"],
            ),
            "flag": pa.array([True, False, None, True, False, None, True]),
            "none": pa.nulls(7, pa.string()),
        }
    )
    frame = to_frame(table)
    return Columns({str(name): frame[name] for name in frame}, len(frame))


def expectation(kind: str, condition: object = None, **kwargs: object) -> dict[str, Any]:
    """An expectation, with a condition on its rows where one is given."""
    if condition is not None:
        kwargs["row_condition"] = condition
    return {"type": f"expect_{kind}", "kwargs": kwargs, "meta": {}}


def where(column: str, operator: str, parameter: object) -> dict[str, Any]:
    """A condition that compares."""
    return {"type": "comparison", "column": {"name": column}, "operator": operator, "parameter": parameter}


def given(column: str, *, null: bool = False) -> dict[str, Any]:
    """A condition that a cell is given, or is not."""
    return {"type": "nullity", "column": {"name": column}, "is_null": null}


PAIR = "column_pair_values_a_to_be_greater_than_b"
EXPECTATIONS = [
    expectation("column_values_to_not_be_null", column="word"),
    expectation("column_values_to_not_be_null", column="word", condition=where("flag", "==", True)),
    expectation("column_values_to_not_be_null", column="other", condition=where("word", "!=", "a")),
    expectation("column_values_to_not_be_null", column="other", condition=where("word", "IN", ["b", ""])),
    expectation("column_values_to_be_null", column="other", condition=given("number", null=True)),
    expectation("column_values_to_be_null", column="none"),
    expectation("column_values_to_be_unique", column="word"),
    expectation("column_values_to_be_unique", column="number", condition=given("second")),
    expectation("column_values_to_be_unique", column="amount"),
    expectation("column_values_to_be_in_set", column="word", value_set=["a", "Łódź"]),
    expectation("column_values_to_be_in_set", column="flag", value_set=[True]),
    expectation("column_values_to_be_in_set", column="number", value_set=[1, 5], condition=given("other")),
    expectation("column_values_to_not_be_in_set", column="word", value_set=["b", "x"]),
    expectation("column_values_to_be_between", column="number", min_value=1, max_value=4),
    expectation("column_values_to_be_between", column="amount", min_value=0),
    expectation("column_values_to_be_between", column="day", min_value="1605-01-01", max_value="2999-12-31"),
    expectation("column_value_lengths_to_be_between", column="word", min_value=1),
    expectation("column_value_lengths_to_be_between", column="word", max_value=3),
    expectation("column_values_to_match_regex", column="word", regex=r"^(?:[a-z])\Z"),
    expectation("column_values_to_match_regex", column="word", regex="[a-z]"),
    expectation("column_values_to_not_match_regex", column="word", regex="[A-Z]"),
    *(
        expectation(PAIR, column_A="number", column_B="second", or_equal=equal, ignore_row_if="either_value_is_missing")
        for equal in (True, False)
    ),
    expectation(PAIR, column_A="number", column_B="second", condition=given("second")),
    expectation(PAIR, column_A="number", column_B="amount", ignore_row_if="either_value_is_missing"),
    expectation("column_pair_values_to_be_equal", column_A="word", column_B="other"),
    expectation(
        "column_pair_values_to_be_equal", column_A="word", column_B="other", ignore_row_if="either_value_is_missing"
    ),
    *(
        expectation("compound_columns_to_be_unique", column_list=["word", "number"], ignore_row_if=ignored)
        for ignored in ("never", "any_value_is_missing", "all_values_are_missing")
    ),
    expectation("compound_columns_to_be_unique", column_list=["flag", "day"]),
    expectation(
        "select_column_values_to_be_unique_within_record",
        column_list=["word", "other"],
        ignore_row_if="any_value_is_missing",
    ),
    expectation("column_proportion_of_non_null_values_to_be_between", column="other", min_value=0.8),
    expectation("column_proportion_of_non_null_values_to_be_between", column="other", min_value=0.7, max_value=0.9),
    expectation("table_row_count_to_be_between", min_value=8),
    expectation("table_row_count_to_be_between", min_value=7, max_value=7),
    expectation("table_columns_to_match_ordered_list", column_list=["word", "other"]),
    expectation(
        "column_values_to_not_be_null",
        column="second",
        condition={"type": "and", "conditions": [where("flag", "==", False), given("number")]},
    ),
]
"""One of each form that is evaluated here."""


@pytest.fixture(scope="module")
def of_library() -> Outcome:
    """What Great Expectations says of all of them."""
    return outcome(EXPECTATIONS, columns())


@pytest.mark.parametrize("number", range(len(EXPECTATIONS)))
def test_the_verdict_is_the_library_s(of_library: Outcome, number: int) -> None:
    """The rows that fail are those that Great Expectations names."""
    assert is_known(EXPECTATIONS[number])
    wrong = failing(EXPECTATIONS[number], columns())
    assert ((wrong if isinstance(wrong, list) else [], "") if wrong else None) == of_library.get(number)


def test_a_pair_with_a_null() -> None:
    """Where a null is to fail, which the library cannot compare with a number, the row is named."""
    half = expectation(PAIR, column_A="number", column_B="second", or_equal=True)
    assert failing(half, columns()) == [3, 4, 6]
    assert "ambiguous" in outcome([half], columns())[0][1]


UNKNOWN = [
    expectation("column_values_to_be_between", column="number"),
    expectation("column_values_to_be_between", column="number", min_value=1, strict_min=True),
    expectation("column_values_to_not_be_null", column="word", mostly=0.5),
    expectation("column_values_to_not_be_null", column="word", condition="word == 'a'"),
    expectation("column_values_to_not_be_null", column="word", condition=where("number", ">", 3)),
    expectation("column_values_to_match_regex", column="word", regex=r"\d"),
    expectation("column_values_to_match_regex", column="word", regex=r"a$"),
    expectation("column_values_to_match_regex", column="word", regex=r"(?=a)a"),
    expectation("column_values_to_match_regex", column="word", regex=r"(a)\1"),
    expectation("column_values_to_match_regex", column="word", regex=r"a{,3}"),
    expectation("column_values_to_be_in_set", column="number", value_set=[1.5]),
    expectation("column_values_to_be_in_set", column="word", value_set=["a"], colum="x"),
    expectation("column_values_to_be_rite", column="word"),
    {**expectation("column_values_to_not_be_null", column="word"), "severity": "fatal"},
    {**expectation("column_values_to_not_be_null", column="word"), "mostly": 1},
]
"""What is left to the library: other arguments, and what Arrow's regular expressions may read in another way."""


@pytest.mark.parametrize("number", range(len(UNKNOWN)))
def test_what_is_not_known_is_left_to_the_library(number: int) -> None:
    """An expectation of another form is never passed over, nor evaluated with an argument left out."""
    assert not is_known(UNKNOWN[number])
    with pytest.raises(UnknownError):
        failing(UNKNOWN[number], columns())


def test_a_column_of_another_type_is_left_to_the_library() -> None:
    """What cannot be compared here is none of our verdicts."""
    for unfit in (
        expectation("column_values_to_be_in_set", column="number", value_set=["a"]),
        expectation("column_values_to_be_between", column="flag", min_value=0),
        expectation("column_pair_values_to_be_equal", column_A="word", column_B="number"),
    ):
        with pytest.raises(UnknownError):
            failing(unfit, columns())


def test_the_library_runs_the_rest() -> None:
    """Expectations known here and unknown ones stand in one suite, each with its own rows."""
    known, unknown = EXPECTATIONS[0], expectation("column_values_to_match_regex", column="word", regex=r"\w")
    assert own_outcome([known, unknown, known], columns()) == {0: ([2], ""), 1: ([4], ""), 2: ([2], "")}


def test_the_shipped_suites_need_no_library() -> None:
    """Every expectation under `validation/` is known here: validating imports no Great Expectations."""
    for suites in shipped_suites().values():
        for suite in suites:
            assert [e for e in suite["expectations"] if not is_known(e)] == []


def failures(tables: dict[str, Any], engine: Engine) -> list[Failure]:
    """What the shipped suites find, whoever runs them."""
    findings = Findings(TABLES)
    check_expectations(findings, Frames(tables), engine=engine)
    return list(findings.report().failures)


def test_both_find_the_same_in_shuffled_tables(tables: Tables) -> None:
    """On tables whose every column is shifted by a row, a riot of faults, both give the same report."""
    shifted: dict[str, Any] = {}
    for number, (name, frame) in enumerate(tables.frames.items()):
        shifted[name] = frame.copy()
        for place, column in enumerate(frame.columns):
            if (place + number) % 3 and column != schema_key(name):
                shifted[name][column] = frame[column].shift(1 + place % 2)
    ours, theirs = failures(shifted, own_outcome), failures(shifted, outcome)
    assert len(ours) > 150
    assert ours == theirs


def schema_key(table: str) -> str:
    """The first column of a table's key."""
    from broadsheet.tables.schema import schemas

    return schemas()[table].primary_key[0]
