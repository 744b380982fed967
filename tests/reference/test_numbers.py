"""Numbers in figures and words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from broadsheet.reference.numbers import MAX_WORDS, parse_words

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
    ("a quarter of a million", 250_000),
    ("a dozen", 12),
    ("three dozen", 36),
]


@pytest.mark.parametrize(("text", "value"), CARDINALS + FIGURES + PARTS)
def test_whole_text_is_one_number(text: str, value: int | str) -> None:
    """Figures, words and mixtures are multiplied out to one exact value that takes all of the words."""
    words = text.replace("-", " ").split()
    number = parse_words(words)
    assert number is not None
    assert (number.value, number.length, number.ordinal) == (Decimal(value), len(words), False)


@pytest.mark.parametrize(
    ("text", "value"),
    [("first", 1), ("twenty-first", 21), ("hundredth", 100), ("two hundred and third", 203), ("21st", 21), ("3rd", 3)],
)
def test_ordinals_are_told_from_quantities(text: str, value: int) -> None:
    """A rank has its number and is marked as an ordinal."""
    words = text.replace("-", " ").split()
    number = parse_words(words)
    assert number is not None
    assert (number.value, number.length, number.ordinal) == (Decimal(value), len(words), True)


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
    words = text.replace("-", " ").split()
    number = parse_words(words)
    assert number is not None
    assert words[: number.length] == covered.split()


def test_couple_is_vague() -> None:
    """A couple names two without meaning it, also of hundreds."""
    number = parse_words(["a", "couple", "of", "hundred", "demonstrators"])
    assert number is not None
    assert (number.value, number.vague, number.length) == (Decimal(200), True, 4)


@pytest.mark.parametrize("text", ["a ship", "and", "quarter", "tenant", "MH370", ""])
def test_no_number(text: str) -> None:
    """Articles, quarters and words that only begin like numbers are none."""
    assert parse_words(text.lower().split()) is None


def test_parse_words_counts_what_it_takes() -> None:
    """Grammars that tokenise themselves learn how many words a number took."""
    found = parse_words(["about", "two", "hundred", "tonnes"], 1)
    assert found is not None
    assert (found.value, found.length) == (Decimal(200), 2)
    assert parse_words(["tonnes"]) is None
    assert parse_words([], 0) is None


def test_a_number_has_a_longest_length() -> None:
    """A text of nothing but number words takes linear time, since no number reads more than so many of them."""
    number = parse_words(["one", "hundred", "and"] * 20_000)
    assert number is not None
    assert number.length <= MAX_WORDS
