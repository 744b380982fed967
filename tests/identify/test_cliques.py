"""Groups of what can be one, by what pairs tell: the same in every order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.identify.cliques import MOST, cliques, connected

CASES = {
    "nobody is one": ([], {}, "a b c"),
    "all are one": (["ab", "bc", "ac"], {}, "abc"),
    "one between two is alone": (["ab", "bc"], {}, "a b c"),
    "a pair beside": (["ab", "bc", "de"], {}, "a b c de"),
    "one between two goes to the heavy one": (["ab", "bc"], {"a": 10}, "ab c"),
    "not where it is not heavy enough": (["ab", "bc"], {"a": 9}, "a b c"),
    "two in a row between others": (["ab", "bc", "ad"], {"a": 90}, "ab c d"),
    "two that disagree do not go to one": (["ab", "bc", "ae", "ec"], {"a": 10}, "a b c e"),
}


def grouped(items: str, pairs: list[str], weights: dict[str, int]) -> set[str]:
    """The groups, as sorted texts."""
    ones = {frozenset(pair) for pair in pairs}
    found = cliques(items, lambda a, b: frozenset((a, b)) in ones, lambda item: weights.get(item, 1))
    return {"".join(sorted(group)) for group in found}


@pytest.mark.parametrize("case", CASES)
def test_cases(case: str) -> None:
    """Groups by hand, forwards and backwards."""
    pairs, weights, expected = CASES[case]
    items = "".join(sorted({*"".join(pairs), *expected} - {" "}))
    assert grouped(items, pairs, weights) == set(expected.split())
    assert grouped(items[::-1], pairs, weights) == set(expected.split())


@given(
    pairs=st.lists(st.lists(st.sampled_from("abcdefg"), min_size=2, max_size=2, unique=True).map("".join), max_size=14),
    weights=st.dictionaries(st.sampled_from("abcdefg"), st.integers(1, 200)),
    order=st.permutations("abcdefg"),
)
def test_any_pairs(pairs: list[str], weights: dict[str, int], order: list[str]) -> None:
    """Every pair of a group can be one, every item is in one group, and the order does not show."""
    found = grouped("abcdefg", pairs, weights)
    assert found == grouped("".join(order), pairs, weights)
    assert sorted("".join(found)) == list("abcdefg")
    ones = {frozenset(pair) for pair in pairs}
    assert all(frozenset((a, b)) in ones for group in found for a in group for b in group if a < b)


def test_of_too_many_the_heaviest_are_compared() -> None:
    """Beyond a bound the others are left apart, so that time stays linear."""
    found = cliques(range(MOST + 5), lambda _a, _b: True, lambda item: item)
    assert sorted(map(len, found)) == [1] * 5 + [MOST]
    assert sorted(item for group in found if len(group) == 1 for item in group) == [0, 1, 2, 3, 4]


def test_connected() -> None:
    """Shared marks join over others; no mark joins nothing."""
    marks = {"a": [1], "b": [1, 2], "c": [2], "d": [], "e": []}
    assert connected("abcde", lambda item: marks[item]) == [["a", "b", "c"], ["d"], ["e"]]
