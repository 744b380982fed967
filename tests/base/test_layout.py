"""Text set in the columns of a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from broadsheet.base.layout import MIN_WIDTH, cut, grid, layout_text


def test_a_grid_aligns_and_cuts_the_widest_column() -> None:
    """Numbers are set to the right, a wide letter takes two columns, and the long text gives way."""
    text = "a sentence of some length, and of some more"
    rows = [["name", "n", "text"], ["习近平", "12", text], ["Ada", "3", "short"]]
    assert layout_text([grid(rows, [False, True, False])], 40).split("\n") == [
        "name     n  text",
        "习近平  12  a sentence of some length, …",
        "Ada      3  short",
    ]


@pytest.mark.parametrize(("width", "expected"), [(11, "soybean oil"), (10, "soybean o…")])
def test_cut(width: int, expected: str) -> None:
    """What does not fit ends with an ellipsis."""
    assert cut("soybean oil", width) == expected


def test_the_environment_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Colours and widths follow from the arguments alone."""
    before = layout_text(["[bold] a :smile: 12 " * 9], 60)
    for name, value in (("COLUMNS", "200"), ("FORCE_COLOR", "1"), ("TERM", "dumb")):
        monkeypatch.setenv(name, value)
    assert layout_text(["[bold] a :smile: 12 " * 9], 60) == before
    assert "[bold] a :smile: 12" in before


CELLS = st.lists(st.lists(st.text("ab é习\u0301", max_size=30), min_size=3, max_size=3), min_size=1, max_size=5)


@given(CELLS, st.integers(8, 120))
def test_no_line_is_wider_than_the_terminal(rows: list[list[str]], width: int) -> None:
    """Whatever the cells hold, no line wraps."""
    lines = layout_text([grid(rows, [False, True, False])], width).split("\n")
    assert len(lines) <= len(rows)
    assert max(map(cell_len, lines)) <= max(width, MIN_WIDTH)
