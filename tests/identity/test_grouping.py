"""Groups by shared marks."""

from __future__ import annotations

from broadsheet.identity.grouping import connected


def test_connected() -> None:
    """Shared marks join over others; no mark joins nothing."""
    marks = {"a": [1], "b": [1, 2], "c": [2], "d": [], "e": []}
    assert connected("abcde", lambda item: marks[item]) == [["a", "b", "c"], ["d"], ["e"]]
