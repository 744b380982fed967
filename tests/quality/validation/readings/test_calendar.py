"""Which days the words of a date can mean."""

from __future__ import annotations

from datetime import date

import pytest

from broadsheet.quality.validation.readings.calendar import (
    LONGEST,
    allows,
    basis,
    is_nearest,
    parts,
    precision,
    prints_none,
)

FRIDAY = date(2024, 5, 10)


def day(text: str) -> date:
    """A day in the form of ISO 8601."""
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("2024-06-01", ["2024-06-01"], ["2024-01-06", "2023-06-01", "2024-07-01"]),
        ("1 June 2024", ["2024-06-01"], ["2024-06-02", "2023-06-01", "2025-06-01", "2024-05-01"]),
        ("31 June 2024", [], ["2024-06-01"]),
        ("June 32, 2024", ["2024-06-01", "2024-06-30"], ["2024-07-01"]),
        ("1st and 3rd June 2024", ["2024-06-01", "2024-06-03"], ["2024-05-03", "2024-07-01"]),
        ("1, 3 June 2024", ["2024-06-01", "2024-06-03"], ["2024-06-02"]),
        ("2019", ["2019-01-01", "2019-12-31"], ["2018-12-31", "2020-01-01"]),
        ("2019-21", ["2019-01-01", "2020-06-01", "2021-12-31"], ["2017-12-31", "2023-01-01"]),
        ("2019‑21", ["2019-01-01", "2021-12-31"], ["2023-01-01"]),
        ("2019/20", ["2019-05-01", "2020-05-01"], ["2021-05-01", "2018-05-01"]),
        ("early 2019", ["2019-01-01", "2018-12-31", "2020-01-01"], ["2017-12-31", "2021-01-01"]),
        ("fiscal 2018 to 2020", ["2017-07-01", "2021-06-30"], ["2016-12-31", "2022-01-01"]),
        ("May ’19", ["2019-05-01", "1919-05-01"], ["2020-05-01", "2019-06-01"]),
        ("FY19", ["2019-04-01", "2018-10-01", "2020-03-31"], ["2022-01-01"]),
        ("March 2024", ["2024-03-01", "2024-03-31"], ["2024-02-29", "2024-04-01"]),
        ("March to May 2024", ["2024-03-01", "2024-04-15", "2024-05-31"], ["2024-02-29", "2024-06-01"]),
        ("November to February 2024", ["2024-11-01", "2024-01-31", "2023-12-01"], ["2024-03-01", "2024-10-31"]),
        ("the first quarter of 2024", ["2024-01-01", "2024-03-31"], ["2024-04-01", "2023-12-31"]),
        ("Q4 2023", ["2023-10-01", "2023-12-31"], ["2023-09-30"]),
        ("2Q 2023", ["2023-04-01", "2023-06-30"], ["2023-03-31", "2023-07-01"]),
        ("the 2nd quarter of 2023", ["2023-04-01"], ["2023-07-01"]),
        ("Thursday", ["2024-05-09", "2024-05-16", "2024-05-23"], ["2024-05-08", "2024-05-30", "2024-04-18"]),
        ("last Thursday", ["2024-05-02", "2024-05-09", "2024-01-04"], []),
        ("today, a Thursday", ["2024-05-09", "2024-01-04"], ["2024-05-10"]),
        ("Thursday, 9 May", ["2024-05-09", "2025-05-09"], ["2024-05-10", "2022-05-09", "2025-09-09"]),
        ("9 May", ["2024-05-09", "2025-05-09"], ["2024-05-08", "2026-05-09", "2022-05-09"]),
        ("in May", ["2024-05-01", "2023-05-31", "2025-05-01"], ["2024-06-01", "2021-05-01", "2026-05-31"]),
        ("today", ["2024-05-10"], ["2024-05-09", "2024-05-11"]),
        ("tonight", ["2024-05-10"], ["2024-05-11"]),
        ("yesterday", ["2024-05-09"], ["2024-05-10", "2024-05-08"]),
        ("tomorrow", ["2024-05-11"], ["2024-05-10", "2024-05-12"]),
        ("last year", ["2023-01-01", "2023-12-31"], ["2022-12-31", "2024-01-01"]),
        ("next year", ["2025-01-01", "2025-12-31"], ["2024-12-31", "2026-01-01"]),
        ("this year", ["2024-01-01"], ["2023-12-31", "2025-01-01"]),
        ("last month", ["2024-04-01", "2024-04-30"], ["2024-05-01", "2024-03-31", "2023-04-30"]),
        ("next month", ["2024-06-01", "2024-06-30"], ["2024-05-31", "2024-07-01", "2025-06-01"]),
        ("this month", ["2024-05-01"], ["2024-04-30", "2024-06-01"]),
        ("March this year", ["2024-03-01"], ["2023-03-01", "2024-04-01"]),
    ],
)  # fmt: skip
def test_days_that_words_can_mean(text: str, right: list[str], wrong: list[str]) -> None:
    """Of an article that appeared on Friday, 10 May 2024."""
    assert [one for one in right if allows(text, day(one), FRIDAY) is not True] == []
    assert [one for one in wrong if allows(text, day(one), FRIDAY) is not False] == []


@pytest.mark.parametrize(
    ("published_on", "text", "right", "wrong"),
    [
        ("2024-01-05", "last month", "2023-12-01", "2024-01-01"),
        ("2023-12-20", "next month", "2024-01-31", "2023-12-31"),
        ("2024-01-01", "yesterday", "2023-12-31", "2024-01-01"),
    ],
)
def test_days_across_the_turn_of_a_year(published_on: str, text: str, right: str, wrong: str) -> None:
    """Words that count from publication count across years."""
    assert allows(text, day(right), day(published_on))
    assert allows(text, day(wrong), day(published_on)) is False


@pytest.mark.parametrize("text", ["yesterday", "last year", "next month", "Thursday", "9 May"])
def test_words_that_rest_on_an_unknown_day(text: str) -> None:
    """Where it is not known when the article appeared, the distance to that day rules nothing out."""
    assert allows(text, date(1999, 5, 9) if text == "9 May" else date(1999, 7, 1), None)


@pytest.mark.parametrize(
    "text",
    [
        "two weeks earlier",
        "the 1990s",
        "past year",
        "the last quarter",
        "3/4/2024",
        "the third of May",
        "the following Thursday",
        "this May",
        "a handful",
        "",
        "May 2024" + " " * LONGEST,
        "may",
        "thursday’s child",
    ],
)
def test_words_that_are_not_read(text: str) -> None:
    """Words that lean on another day, or can be read in several ways, allow and rule out nothing."""
    for one in (FRIDAY, date(1999, 1, 1)):
        assert allows(text, one, FRIDAY) in (None, True)
    assert precision(text) is None


@pytest.mark.parametrize(
    ("text", "month"),
    [("may 2024", ()), ("May 2024", (5,)), ("MAY 2024", (5,)), ("june 2024", (6,)), ("Jun 2024", (6,))],
)
def test_names_of_months(text: str, month: tuple[int, ...]) -> None:
    """A short name of a month in small letters may be another word."""
    assert parts(text).months == month


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("1 June", (1,)),
        ("June 31st", (31,)),
        ("June 32", ()),
        ("0 June", ()),
        ("June 4.5", ()),
        ("5 percent in June", ()),
        ("$12 in June", ()),
        ("12 million in June", ()),
        ("12", ()),
    ],
)
def test_days_of_the_month(text: str, days: tuple[int, ...]) -> None:
    """Numbers from 1 to 31 beside a month, which are no amounts."""
    assert parts(text).days == days


@pytest.mark.parametrize(
    ("text", "far", "near"),
    [
        ("9 May", ["2023-05-09", "2025-05-09", "2023-10-24", "2024-11-25"], ["2024-05-09", "2024-11-24", "2023-10-25"]),
        ("May", ["2023-05-31"], ["2024-05-31"]),
        ("9 May 2020", [], ["2020-05-09", "2020-01-01"]),
        ("last year", [], ["2023-05-09"]),
        ("Thursday", [], ["2020-05-09"]),
        ("a handful", [], ["2020-05-09"]),
    ],
)
def test_the_year_nearest_to_publication(text: str, far: list[str], near: list[str]) -> None:
    """A month without a year is of the year in which it is within half a year and a fortnight of publication."""
    assert [one for one in near if not is_nearest(text, day(one), FRIDAY)] == []
    assert [one for one in far if is_nearest(text, day(one), FRIDAY)] == []
    assert all(is_nearest(text, day(one), None) for one in far)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("2024-06-01", "day"),
        ("9 May", "day"),
        ("Thursday", "day"),
        ("today", "day"),
        ("tomorrow", "day"),
        ("May 2024", "month"),
        ("May", "month"),
        ("2024", "year"),
        ("May and June 2024", None),
        ("May, June 2024", None),
        ("2019-20", None),
        ("early 2024", None),
        ("Q1 2024", None),
        ("last year", None),
        ("today or so", None),
        ("a handful", None),
    ],
)
def test_precision(text: str, unit: str | None) -> None:
    """Day, month or year where the words print one date; nothing where they print a period or part of one."""
    assert precision(text) == unit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("May 2024", {"stated"}),
        ("last year", {"relative"}),
        ("yesterday", {"relative"}),
        ("between today and 1 January 2007", {"stated", "relative"}),
        ("Thursday next month", {"relative", "published_on"}),
        ("March last year", {"relative", "published_on"}),
        ("9 May", {"stated", "published_on"}),
        ("May", {"stated", "published_on", "relative"}),
        ("Thursday", {"stated", "published_on", "relative"}),
        ("a handful", set()),
    ],
)
def test_basis(text: str, expected: set[str]) -> None:
    """A year in the words is stated, a day that counts from publication is relative."""
    assert basis(text) == expected


@pytest.mark.parametrize(
    ("text", "is_none"),
    [
        ("a handful", True),
        ("the fish", True),
        ("2019", False),
        ("the 1990s", False),
        ("Thursday", False),
        ("the following talks", False),
        ("3/4/24", False),
        ("a long time", False),
        ("the first quarter", False),
        ("two weeks", False),
    ],
)
def test_words_without_a_date(text: str, is_none: bool) -> None:
    """Words that have neither a part of a date nor a word that leans on one."""
    assert prints_none(text) is is_none
