"""Text set in the columns of a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.cli.terminal import columns, cut, grid


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", 0), ("Tariff", 6), ("Añejo", 5), ("Cafe\u0301", 4), ("习近平", 6), ("ﾊﾝｸﾞﾙ", 5), ("a\u200db", 2)],
    ids=["empty", "ASCII", "accent", "combining accent", "wide", "half width", "joiner"],
)
def test_columns(text: str, expected: int) -> None:
    """East Asian letters take two columns, marks on a letter none."""
    assert columns(text) == expected


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("soybean oil", 11, "soybean oil"),
        ("soybean oil", 10, "soybean o…"),
        ("soybean oil", 9, "soybean…"),
        ("习近平先生", 6, "习近…"),
        ("Cafe\u0301s", 5, "Cafe\u0301s"),
    ],
    ids=["fits", "cut", "no blank before the ellipsis", "no half letter", "accents are free"],
)
def test_cut(text: str, width: int, expected: str) -> None:
    """What does not fit ends with an ellipsis."""
    assert cut(text, width) == expected


def test_grid_aligns_and_cuts_the_widest_column() -> None:
    """Numbers stand to the right, and the long text gives way."""
    rows = [["name", "n", "text"], ["习近平", "12", "a sentence of some length"], ["Ada", "3", "short"]]
    assert grid(rows, [False, True, False], 24) == [
        "name     n  text",
        "习近平  12  a sentence…",
        "Ada      3  short",
    ]


CELLS = st.lists(st.lists(st.text("ab é习\u0301", max_size=30), min_size=3, max_size=3), min_size=1, max_size=5)


@given(CELLS, st.integers(8, 120))
def test_no_line_is_wider_than_the_terminal(rows: list[list[str]], width: int) -> None:
    """Whatever the cells hold, no line wraps."""
    assert all(columns(line) <= width for line in grid(rows, [False, True, False], width))
