"""JSON without what RFC 8259 does not have."""

from __future__ import annotations

import pytest

from broadsheet.base.strict_json import parse


def test_json_is_read() -> None:
    """Texts that contain the words are texts, and finite numbers are numbers."""
    assert parse('{"a": ["NaN", "say \\"Infinity\\"", 1e300, -1.5, 12, null]}') == {
        "a": ["NaN", 'say "Infinity"', 1e300, -1.5, 12, None]
    }


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity", "1e999", "-2.5E400"])
def test_numbers_that_are_not_finite_are_refused_with_their_place(word: str) -> None:
    """The first one is named with line and column, behind texts that contain it and numbers that are finite."""
    text = f'{{"name": "NaN {word}",\n  "n": [1.5e3, -7, {word}]}}'
    column = text.splitlines()[1].index(word) + 1
    with pytest.raises(ValueError, match=rf"{word} at line 2, column {column}, which is not a JSON number"):
        parse(text)


def test_a_key_twice_is_refused() -> None:
    """Readers differ in which of the two they take."""
    with pytest.raises(ValueError, match="names a key twice"):
        parse('{"a": 1, "a": 2}')


def test_a_long_hostile_text_is_refused_in_linear_time() -> None:
    """Megabytes of escapes, digits and open texts take no longer than it takes to read them."""
    for text in ("[" + '"\\\\' * 500_000, "[" + "1" * 3_000 + ", NaN, " + "-" * 1_000_000, '"' + "\\" * 1_000_001):
        with pytest.raises(ValueError, match="JSON"):
            parse(text)


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_values_nested_deeply_are_refused(opening: str, closing: str) -> None:
    """What walks a value may recurse."""
    parse(opening * 100 + "1" + closing * 100)
    for depth in (101, 102, 500, 100_000):
        with pytest.raises(RecursionError):
            parse(opening * depth + "1" + closing * depth)
