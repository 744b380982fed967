"""Which numbers and units printed words can mean."""

from __future__ import annotations

from decimal import Decimal

import pytest

from broadsheet.quality.validation.readings.printed import LONGEST, is_printed, quantities, units, values


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1,200", ["1200"]),
        ("1.25", ["1.25"]),
        ("1·25", ["1.25"]),
        (".5", ["0.5"]),
        ("3½", ["3.5"]),
        ("½", ["0.5"]),
        ("3 1/2", ["3.5"]),
        ("3-1/2", ["3.5"]),
        ("3/4", ["0.75"]),
        ("3 1/0", ["3", "1"]),
        ("3/0", ["3"]),
        ("4 and a half", ["4.5"]),
        ("4-and-a-half", ["4.5"]),
        ("four and a quarter", ["4.25"]),
        ("four and one third", ["4.3333"]),
        ("four and an eighth", ["4.125"]),
        ("four and the half", ["4", "0.5"]),
        ("two thirds", ["0.6667"]),
        ("two-thirds", ["0.6667"]),
        ("a third", ["0.3333"]),
        ("three halves", ["1.5"]),
        ("half", ["0.5"]),
        ("seventeen", ["17"]),
        ("thirty-seven", ["37"]),
        ("thirty seven", ["37"]),
        ("thirty and seven", ["30", "7"]),
        ("seven-thirty", ["7", "30"]),
        ("two hundred", ["200"]),
        ("two hundred and five", ["205"]),
        ("two hundred and thirty-one", ["231"]),
        ("two hundred-five", ["200", "5"]),
        ("a hundred", ["100"]),
        ("hundred", ["100"]),
        ("seven eight", ["7", "8"]),
        ("seventeen eight", ["17", "8"]),
        ("one point four", ["1.4"]),
        ("zero point two five", ["0.25"]),
        ("one point taken", ["1"]),
        ("a", []),
        ("a dozen", ["12"]),
        ("a million", ["1000000"]),
        ("a fish", []),
        ("fish", []),
        ("", []),
        ("3 million", ["3000000"]),
        ("3-million", ["3000000"]),
        ("14 MUSD", ["14000000"]),
        ("3 - fish", ["3"]),
        ("3 hundred million", ["300000000"]),
        ("two million and 3 billion", ["2000000", "3000000000"]),
        ("half of a billion", ["500000000"]),
        ("half a million", ["500000"]),
        ("half of a fish, 3 million", ["0.5", "3000000"]),
        ("a quarter-million", ["250000"]),
    ],
)
def test_numbers_in_reading_order(text: str, numbers: list[str]) -> None:
    """Digits, fractions, words and the scales after them."""
    found = [number.base * (number.factor or 1) for number in quantities(text)]
    assert [value.quantize(Decimal("0.0001")).normalize() for value in found] == [
        Decimal(n).normalize() for n in numbers
    ]


@pytest.mark.parametrize(
    ("text", "is_part"), [("half", True), ("a third", True), ("½", True), ("3½", False), ("3/4", False), ("two", False)]
)
def test_parts_of_a_whole(text: str, is_part: bool) -> None:
    """A fraction alone is a part of something that may be printed elsewhere."""
    assert [number.is_part for number in quantities(text)] == [is_part]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("3 to 5 million", {"3", "3000000", "5000000", "5000003"}),
        ("5 million to 3", {"5000000", "3", "5000003"}),
        ("2 billion 300 million", {"2000000000", "300000000", "2300000000"}),
        ("half", {"0.5", "50", "0.25"}),
        ("70 cents", {"70", "0.7"}),
        ("70 CENTS", {"70", "0.7"}),
        ("8 dollars 50 cents", {"8", "0.08", "50", "0.5", "58", "8.5"}),
        ("70¢", {"70", "0.7"}),
        ("70p", {"70", "0.7"}),
        ("70c", {"70", "0.7"}),
        ("70 crabs", {"70"}),
        ("0.00004", {"0"}),
        ("a handful", set()),
    ],
)
def test_all_values_of_a_text(text: str, known: set[str]) -> None:
    """A scale may be shared, a subunit counts as a hundredth, and two numbers may be one amount."""
    assert values(text) == {Decimal(value).normalize() for value in known}


def test_a_number_that_is_printed() -> None:
    """The sign does not count; without a number nothing is said."""
    assert is_printed(Decimal(-5), "5 percent")
    assert is_printed(Decimal("5.00"), "5 percent")
    assert is_printed(Decimal(6), "5 percent") is False
    assert is_printed(Decimal(6), "no percent") is None
    assert is_printed(Decimal("1e40"), "5 percent") is False


def test_long_texts_are_not_read() -> None:
    """What is longer than an amount can be has no number and no unit."""
    for text in ("5 euros", "12 percent"):
        filled = text + " " * (LONGEST - len(text))
        assert quantities(filled)
        assert units(filled).known
        assert not quantities(filled + " ")
        assert not units(filled + " ").known


@pytest.mark.parametrize(
    ("text", "stated", "shared"),
    [
        ("12 percent", {"percent"}, set()),
        ("12 per cent", {"percent"}, set()),
        ("12 PERCENT", {"percent"}, set()),
        ("12 percentage points", {"percentage_points"}, set()),
        ("12-percentage-point", {"percentage_points"}, set()),
        ("50 basis points", {"basis_points"}, set()),
        ("EUR 5", {"EUR"}, set()),
        ("USDX 5", set(), set()),
        ("XQZ 5", set(), set()),
        ("€5", {"EUR"}, set()),
        ("5 euros", {"EUR"}, set()),
        ("US$5", {"USD"}, set()),
        ("5 U.S. dollars", {"USD"}, set()),
        ("5 Canadian dollars", {"CAD"}, set()),
        ("5 New Zealand dollars", {"NZD"}, set()),
        ("5 fish", set(), set()),
    ],
)  # fmt: skip
def test_units(text: str, stated: set[str], shared: set[str]) -> None:
    """A unit is stated where the words have a single meaning."""
    found = units(text)
    assert found.stated == stated
    assert found.shared == shared


@pytest.mark.parametrize("text", ["$5", "5 dollars"])
def test_units_of_several_currencies(text: str) -> None:
    """A sign or word of several countries may be each of their currencies, and no other one."""
    found = units(text)
    assert {"USD", "CAD"} <= found.shared
    assert not found.stated
    assert not {"GBP", "JPY"} & found.known
