"""How a failure names a row and where it is in the article."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from broadsheet.base.span import Span
from broadsheet.quality.validation.report import Place
from broadsheet.quality.validation.rows import key_of, plain, row_key_at, row_place

if TYPE_CHECKING:
    from broadsheet import Tables


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["quo_1"], "quo_1"),
        (["evt_1", "chile", "actor"], "evt_1/chile/actor"),
        (["evt_1", None], "row 5"),
        ([""], "row 5"),
        ([], "row 5"),
        ([7], "7"),
    ],
)
def test_keys(cells: list[object], expected: str) -> None:
    """The parts of the key, or the line in the CSV, whose header is line 1, where a part is missing."""
    assert key_of(cells, 3) == expected


def test_keys_of_a_table(tables: Tables) -> None:
    """Rows are named by the key of their table."""
    frame = tables["event_participants"]
    row = frame.iloc[2]
    key = f"{row['event_id']}/{row['actor_id']}/{row['role']}"
    assert row_key_at("event_participants", frame, 2) == key
    assert row_key_at("event_participants", frame.drop(columns="role"), 2) == "row 4"


def test_places(tables: Tables) -> None:
    """The article and the span of the row; none where the row has none that makes sense."""
    frame = tables["quotes"]
    row = frame.iloc[1]
    assert row_place(frame, 1) == Place(row["article_id"], Span(row["char_start"], row["char_end"]))
    assert row_place(tables["countries"], 0) is None
    assert row_place(frame.assign(char_start="x"), 1) is None
    assert row_place(frame.assign(char_start=-1), 1) is None
    assert row_place(frame.assign(article_id=None), 1) is None


def test_plain_cells() -> None:
    """Cells become plain Python, whatever a frame in memory holds."""
    assert plain(pd.Series(["a", None], dtype="string[pyarrow]")) == ["a", None]
    assert plain(pd.Series([1, None], dtype="Int64")) == [1, None]
    assert plain(pd.Series([Decimal("1.50"), None])) == [Decimal("1.50"), None]
    assert plain(pd.Series([date(2024, 1, 2), None])) == [date(2024, 1, 2), None]
    assert plain(pd.Series([1, "a", None, 2.5], dtype=object)) == [1, "a", None, 2.5]
