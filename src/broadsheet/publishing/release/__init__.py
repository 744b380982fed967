"""Releases of the dataset: what changed, the next version, and what blocks a release."""

from broadsheet.publishing.release.diff import CellChange, ColumnChange, Difference, RowChange, compare
from broadsheet.publishing.release.snapshot import Snapshot, read_snapshot

__all__ = ["CellChange", "ColumnChange", "Difference", "RowChange", "Snapshot", "compare", "read_snapshot"]
