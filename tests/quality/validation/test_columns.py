"""Tables as Arrow columns, converted once."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from broadsheet.quality.validation.columns import Columns, Frames, as_mask, lost, positions

FRAME = pd.DataFrame({"a": ["x", None, "y"], "n": [1, 2, 3]}, index=[5, 6, 7])


def test_columns_of_a_frame() -> None:
    """A column is converted once, whatever the index of its frame; the number of rows is known without one."""
    frames = Frames({"t": FRAME, "u": FRAME.iloc[:1]})
    columns = frames.columns("t")
    assert columns.rows == 3
    assert "a" in columns
    assert "b" not in columns
    assert columns["a"].to_pylist() == ["x", None, "y"]
    assert columns["n"].to_pylist() == [1, 2, 3]
    assert columns["a"] is columns["a"]
    assert frames.columns("t") is columns
    assert list(columns.series["n"].index) == [0, 1, 2]


def test_chunks_are_joined() -> None:
    """A column that Arrow keeps in chunks is one array."""
    chunked = pd.Series(pa.chunked_array([["a"], ["b"]]), dtype=pd.ArrowDtype(pa.string()))
    array = Columns({"a": chunked}, 2)["a"]
    assert isinstance(array, pa.Array)
    assert array.to_pylist() == ["a", "b"]


def test_another_table() -> None:
    """With another frame of one table, the others keep what was converted, and the first frames are unchanged."""
    frames = Frames({"t": FRAME, "u": FRAME.iloc[:1]})
    before = {name: frames.columns(name) for name in frames}
    other = frames.with_table("t", FRAME.iloc[1:])
    assert other.columns("u") is before["u"]
    assert other.columns("t")["n"].to_pylist() == [2, 3]
    assert frames.columns("t") is before["t"]
    assert list(other) == ["t", "u"]
    assert Frames.of(other) is other
    assert Frames.of({"t": FRAME}).columns("t").rows == 3


def test_copies() -> None:
    """A copy takes more columns without changing the first, and shares what was converted."""
    columns = Frames({"t": FRAME}).columns("t").converted()
    copy = columns.copy()
    copy.series["b"] = FRAME["n"].reset_index(drop=True)
    copy.found["x"] = True
    assert copy["a"] is columns["a"]
    assert copy["b"].to_pylist() == [1, 2, 3]
    assert "b" not in columns
    assert columns.found == {}
    assert copy.rows == 3


def test_links_that_lead_nowhere() -> None:
    """A cell that is given and is no key of the other table is found by position; an empty one is no link."""
    target = Columns({"k": pd.Series(["x", "z", None])}, 3)
    columns = Columns({"a": pd.Series(["x", None, "y", "z", "w"])}, 5)
    assert lost(columns, "a", target, "k") == [2, 4]
    assert lost(columns, "a", target, "k") == [2, 4]
    other = Columns({"k": pd.Series(["y"])}, 1)
    assert lost(columns, "a", other, "k") == [0, 3, 4]


def test_masks() -> None:
    """A null counts as what is asked for."""
    mask = pa.array([True, None, False])
    assert positions(as_mask(mask)) == [0]
    assert positions(as_mask(mask, null=True)) == [0, 1]
    assert positions(as_mask(pa.array([False, True]))) == [1]
