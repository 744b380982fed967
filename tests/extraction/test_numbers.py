"""Numbers in figures and words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from broadsheet.extraction.numbers import find_numbers, number_at, parse_words

CARDINALS = [
    ("seven", 7),
    ("forty-two", 42),
    ("one hundred and five", 105),
    ("a hundred", 100),
    ("nineteen hundred", 1900),
    ("three thousand two hundred", 3200),
    ("two thousand and eighteen", 2018),
    ("six million three hundred thousand", 6_300_000),
    ("one billion", 10**9),
    ("two trillion", 2 * 10**12),
    ("twelve lakh", 1_200_000),
    ("five crore", 50_000_000),
]
FIGURES = [
    ("1,700", 1700),
    ("1,234,567.5", "1234567.5"),
    ("12,34,567", 1_234_567),
    ("0.25", "0.25"),
    ("2.5 million", 2_500_000),
    ("40 thousand", 40_000),
]
PARTS = [
    ("half a million", 500_000),
    ("a half", "0.5"),
    ("half a dozen", 6),
    ("two and a half million", 2_500_000),
    ("two and a quarter", "2.25"),
    ("a million and a half", 1_500_000),
    ("a quarter of a million", 250_000),
    ("a dozen", 12),
    ("three dozen", 36),
]


@pytest.mark.parametrize(("text", "value"), CARDINALS + FIGURES + PARTS)
def test_whole_text_is_one_number(text: str, value: int | str) -> None:
    """Figures, words and mixtures are multiplied out to one exact value that spans all of them."""
    (number,) = find_numbers(text)
    assert number.span.of(text) == text
    assert number.value == Decimal(value)
    assert not number.ordinal


@pytest.mark.parametrize(
    ("text", "value"),
    [("first", 1), ("twenty-first", 21), ("hundredth", 100), ("two hundred and third", 203), ("21st", 21), ("3rd", 3)],
)
def test_ordinals_are_told_from_quantities(text: str, value: int) -> None:
    """A place in a row carries its number and the mark that it is one."""
    (number,) = find_numbers(text)
    assert (number.value, number.ordinal, number.span.of(text)) == (Decimal(value), True, text)


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("twenty thirty", "twenty"),
        ("five and six", "five"),
        ("one hundred and many", "one hundred"),
        ("1,700 and a few", "1,700"),
        ("nineteen eighty-four", "nineteen"),
        ("three million two million", "three million"),
    ],
)
def test_number_ends_where_english_ends_it(text: str, covered: str) -> None:
    """Two numbers in a row are not run together."""
    number = number_at(text, 0)
    assert number is not None
    assert number.span.of(text) == covered


def test_couple_is_vague() -> None:
    """A couple names two without meaning it, also of hundreds."""
    number = number_at("a couple of hundred demonstrators", 0)
    assert number is not None
    assert (number.value, number.vague, number.span.end) == (Decimal(200), True, 19)


@pytest.mark.parametrize("text", ["a ship", "and", "quarter", "tenant", "MH370", ""])
def test_no_number(text: str) -> None:
    """Articles, quarters and words that only begin like numbers are none."""
    assert find_numbers(text) == []


def test_places_in_running_text() -> None:
    """Every number of a sentence is found once, in reading order, by its offsets."""
    text = "Of 1,200 ships, thirty-one sank; the third was found in 2,5 days."
    assert [n.span.of(text) for n in find_numbers(text)][:3] == ["1,200", "thirty-one", "third"]


def test_parse_words_counts_what_it_takes() -> None:
    """Grammars that tokenise themselves learn how many words a number took."""
    found = parse_words(["about", "two", "hundred", "tonnes"], 1)
    assert found is not None
    assert (found.value, found.length) == (Decimal(200), 2)
    assert parse_words(["tonnes"]) is None
    assert parse_words([], 0) is None


def test_long_texts_of_number_words_end() -> None:
    """A text of nothing but number words takes linear time."""
    assert len(find_numbers("one hundred or " * 20_000)) == 20_000
    assert find_numbers("one hundred and " * 20_000)
