"""Releases of the dataset: what changed, which version that makes, what forbids it, and how it is cited."""

from broadsheet.release.diff import CellChange, ColumnChange, Difference, RowChange, compare
from broadsheet.release.snapshot import Snapshot, read_snapshot

__all__ = ["CellChange", "ColumnChange", "Difference", "RowChange", "Snapshot", "compare", "read_snapshot"]
