"""Versions by what changed."""

from __future__ import annotations

import pytest

from broadsheet.publishing.release.diff import CellChange, ColumnChange, Difference, RowChange
from broadsheet.publishing.release.version import Level, level, next_version, precedence

CELL = (CellChange("cue", "say", "add"),)
CHANGES = [
    ("nothing", (), (), Level.NONE),
    ("value corrected", (), (RowChange("quotes", "changed", "a", "a", CELL),), Level.PATCH),
    ("row added", (), (RowChange("quotes", "added", None, "a"),), Level.MINOR),
    ("row gone", (), (RowChange("quotes", "removed", "a", None),), Level.MINOR),
    ("key renamed", (), (RowChange("quotes", "renamed", "a", "b"),), Level.MINOR),
    ("evidence added with a corrected value", (), (RowChange("evidence", "added", None, "a"),), Level.PATCH),
    ("column added", (ColumnChange("quotes", "tone", "added"),), (), Level.MAJOR),
    ("column moved", (ColumnChange("quotes", "cue", "moved"),), (), Level.MAJOR),
    ("table gone", (ColumnChange("quotes", None, "removed"),), (), Level.MAJOR),
]


@pytest.mark.parametrize(("columns", "rows", "expected"), [c[1:] for c in CHANGES], ids=[c[0] for c in CHANGES])
def test_the_recipe(columns: tuple[ColumnChange, ...], rows: tuple[RowChange, ...], expected: Level) -> None:
    """Columns are major, rows minor, values a patch; the greatest counts."""
    assert level(Difference("1.0.0", "", columns, rows, {})) is expected


@pytest.mark.parametrize(
    ("version", "change", "expected"),
    [
        ("1.2.3", Level.NONE, "1.2.3"),
        ("1.2.3", Level.PATCH, "1.2.4"),
        ("1.2.3", Level.MINOR, "1.3.0"),
        ("1.2.3", Level.MAJOR, "2.0.0"),
        ("0.9.9", Level.PATCH, "0.9.10"),
    ],
)
def test_the_next_version(version: str, change: Level, expected: str) -> None:
    """Lower parts begin again at zero."""
    assert next_version(version, change) == expected


def test_versions_are_ordered_by_number() -> None:
    """Not as texts, and a pre-release before its release."""
    versions = ["0.10.0", "1.0.0-dev", "1.0.0", "0.9.0"]
    assert sorted(versions, key=precedence) == ["0.9.0", "0.10.0", "1.0.0-dev", "1.0.0"]
