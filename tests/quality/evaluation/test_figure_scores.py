"""Amounts, percentages and dates against annotated spans and values."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from broadsheet.quality.evaluation.figures import Item, score_figures
from broadsheet.quality.evaluation.measure import Count

TEXT = "Sales rose from $3 million to $5 million, or 9 percent, from May 2 to May 4, 2021."


def place(words: str) -> tuple[int, int]:
    """Where some words stand."""
    return TEXT.index(words), TEXT.index(words) + len(words)


def case(words: str, kind: str, **values: object) -> dict[str, Any]:
    """A text with one item of gold."""
    start, end = place(words)
    gold = {"start": start, "end": end, "text": words, "kind": kind, **values}
    return {"id": "a", "source": "ours", "text": TEXT, "kinds": [kind], "gold": [gold]}


def money(words: str, value: str, high: str | None = None, currency: str = "USD") -> Item:
    """An amount that was found."""
    return Item(*place(words), "money", Decimal(value), Decimal(high) if high else None, currency)


def day(words: str, start: str, end: str) -> Item:
    """A date that was found."""
    return Item(*place(words), "date", date_start=start, date_end=end)


THREE = case("$3 million", "money", value=3000000, currency="USD")
RANGE = case("$3 million to $5 million", "money", value=3000000, value_high=5000000, currency="USD")
DAYS = case("from May 2 to May 4, 2021", "date", date_start="2021-05-02", date_end="2021-05-04", precision="range")
SHARE = case("9 percent", "percent", value=9)

CASES: dict[str, tuple[dict[str, Any], list[Item], tuple[int, int, int], int]] = {
    "the value": (THREE, [money("$3 million", "3000000")], (1, 1, 1), 1),
    "another value": (THREE, [money("$3 million", "3")], (0, 1, 1), 1),
    "another currency": (THREE, [money("$3 million", "3000000", currency="CAD")], (0, 1, 1), 1),
    "a currency that the gold lacks": (
        case("$3 million", "money", value=3000000, currency=None),
        [money("$3 million", "3000000", currency="CAD")],
        (1, 1, 1),
        1,
    ),
    "a further right value": (
        case("$3 million", "money", value=3, value_alternatives=[3000000]),
        [money("$3 million", "3000000")],
        (1, 1, 1),
        1,
    ),
    "half of the span": (THREE, [money("$3 mi", "3000000")], (1, 1, 1), 1),
    "too little of the span": (THREE, [money("$3 m", "3000000")], (0, 1, 1), 0),
    "nothing": (THREE, [], (0, 0, 1), 0),
    "one too many": (THREE, [money("$3 million", "3000000"), money("$5 million", "5000000")], (1, 2, 1), 1),
    "a range": (RANGE, [money("$3 million to $5 million", "3000000", "5000000")], (1, 1, 1), 1),
    "a range by its ends": (RANGE, [money("$3 million", "3000000"), money("$5 million", "5000000")], (1, 1, 1), 1),
    "a range without its upper end": (RANGE, [money("$3 million to $5 million", "3000000")], (0, 1, 1), 1),
    "a range where there is none": (THREE, [money("$3 million", "3000000", "4000000")], (0, 1, 1), 1),
    "a percentage": (SHARE, [Item(*place("9 percent"), "percent", Decimal(9))], (1, 1, 1), 1),
    "another kind": (SHARE, [money("9 percent", "9")], (0, 0, 1), 0),
    "a period": (DAYS, [day("from May 2 to May 4, 2021", "2021-05-02", "2021-05-04")], (1, 1, 1), 1),
    "a period by its ends": (
        DAYS,
        [day("May 2", "2021-05-02", "2021-05-02"), day("May 4, 2021", "2021-05-04", "2021-05-04")],
        (1, 1, 1),
        1,
    ),
    "another end": (DAYS, [day("from May 2 to May 4, 2021", "2021-05-02", "2021-05-05")], (0, 1, 1), 1),
    "a further right reading": (
        case(
            "May 2", "date", date_start="2021-05-02", date_end="2021-05-02", alternatives=[["2020-05-02", "2020-05-02"]]
        ),
        [day("May 2", "2020-05-02", "2020-05-02")],
        (1, 1, 1),
        1,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_counts_as_right(name: str) -> None:
    """Right wants the value and the unit, or both days; found wants the span alone."""
    gold, items, (right, given, asked), found = CASES[name]
    kind = gold["kinds"][0]
    scores = score_figures(gold, items)
    assert scores.counts == {
        f"ours/{kind}": Count(right, given, asked),
        f"ours/{kind}.found": Count(found, given, asked),
    }
    assert len(scores.faults) == asked - right + given - found


def test_faults_have_value_and_place() -> None:
    """A wrong value is shown beside the right one, within its surroundings."""
    (fault,) = score_figures(THREE, [money("$3 million", "3")]).faults
    assert (fault.kind, fault.row, fault.gold, fault.given) == (
        "wrong",
        "$3 million",
        [3000000, "USD"],
        ["3", "USD"],
    )
    assert "from [[$3 million]] to" in (fault.context or "")
