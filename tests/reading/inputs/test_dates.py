"""Days of publication as documents write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from broadsheet.reading.inputs.dates import day, is_date

DAY = date(2024, 3, 9)


@pytest.mark.parametrize(
    "value",
    [
        DAY,
        datetime(2024, 3, 9, 23, 59, tzinfo=UTC),
        "2024-03-09",
        " 2024-03-09 ",
        "2024-03-09T23:59:59-05:00",
        "2024-03-09 08:00:00",
        "2024-03-09T08:00:00.000Z",
        "2024/03/09",
        "20240309",
        "20240309T080000Z",
        "20240309T080000+0100",
        "Sat, 09 Mar 2024 08:00:00 GMT",
        "9 March 2024",
        "9th March, 2024",
        "March 9, 2024",
        "Mar. 9, 2024 10:15 p.m. PT",
        "Published Saturday, March 9th, 2024",
        "09-Mar-2024",
    ],
)
def test_days(value: object) -> None:
    """The day is the one that is written, whatever the zone."""
    assert day(value) == DAY


@pytest.mark.parametrize(
    "value",
    [None, "", "03/04/2024", "3.4.2024", "2024", "March 2024", "2024-3", "2024-02-30", "2999-13-01", "31 April 2024",
     "0001-01-01", 20240309, True, 1709971200.0, [], "x" * 100 + "2024-03-09", "2024-03-09-1", "123 March 20245"],
)  # fmt: skip
def test_no_days(value: object) -> None:
    """What could be told in two ways, or is no day of the tables, is none."""
    assert day(value) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("9 March 2024", True),
        ("Published: Saturday, March 9, 2024 at 10:15 p.m. GMT", True),
        ("March 9, 2024 - Port Alsen - Ministry of Fisheries", False),
        ("It was opened on 9 March 2024", False),
        ("March", False),
    ],
)
def test_line_of_a_date(line: str, expected: bool) -> None:
    """A line is a date if nothing else stands in it."""
    assert is_date(line) is expected
