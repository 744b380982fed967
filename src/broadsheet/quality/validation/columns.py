"""The validated tables as Arrow columns, each converted once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    import pyarrow as pa


@dataclass(slots=True)
class Columns:
    """The columns of a table and its helper columns as Arrow arrays; each is converted once.

    Attributes:
        series: The columns as pandas series. Helper columns are added on demand.
        rows: Number of rows.
        found: Cached results, so that levels with the same rule evaluate it once.
    """

    series: dict[str, pd.Series]
    rows: int
    found: dict[str, list[int] | bool] = field(default_factory=dict)
    _arrays: dict[str, pa.Array] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return name in self.series

    def __getitem__(self, name: str) -> pa.Array:
        if name not in self._arrays:
            import pyarrow as pa

            array = pa.Array.from_pandas(self.series[name])
            self._arrays[name] = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
        return self._arrays[name]

    def converted(self) -> Columns:
        """Converts every column and returns itself."""
        for name in self.series:
            self[name]
        return self

    def copy(self) -> Columns:
        """A copy to which columns can be added."""
        return Columns(dict(self.series), self.rows, {}, dict(self._arrays))


class Frames(dict[str, "pd.DataFrame"]):
    """The tables as frames that no longer change, also available as :class:`Columns`.

    Attributes:
        memory: Values computed from several tables, by name.
    """

    def __init__(self, frames: Mapping[str, pd.DataFrame]) -> None:
        super().__init__(frames)
        self.memory: dict[str, Any] = {}
        self._columns: dict[str, Columns] = {}

    def columns(self, table: str) -> Columns:
        """The columns of a table."""
        if table not in self._columns:
            frame = self[table].reset_index(drop=True)
            self._columns[table] = Columns({str(name): frame[name] for name in frame}, len(frame))
        return self._columns[table]

    def with_table(self, table: str, frame: pd.DataFrame) -> Frames:
        """A copy with one frame replaced. It shares the converted columns of the other tables."""
        other = Frames({**self, table: frame})
        other._columns = {name: columns for name, columns in self._columns.items() if name != table}
        return other

    @classmethod
    def of(cls, frames: Mapping[str, pd.DataFrame]) -> Frames:
        """Wraps the frames; returns them unchanged if they are already :class:`Frames`."""
        return frames if isinstance(frames, Frames) else cls(frames)


def lost(columns: Columns, column: str, target: Columns, target_column: str) -> list[int]:
    """Positions of the rows whose non-null cell is not in the target column."""
    import pyarrow.compute as pc

    place = f"{column} in {target_column} of {id(target)}"
    if place not in columns.found:
        cells, keys = columns[column], target[target_column]
        known = pc.is_in(cells, keys.cast(cells.type), skip_nulls=True)
        columns.found[place] = positions(as_mask(cells.is_valid()) & ~as_mask(known))
    found = columns.found[place]
    return found if isinstance(found, list) else []


def positions(wrong: Any) -> list[int]:
    """The positions where a NumPy mask is true."""
    import numpy as np

    return [int(position) for position in np.flatnonzero(wrong)]


def as_mask(array: pa.Array, null: bool = False) -> Any:
    """An Arrow boolean array as a NumPy array; nulls become ``null``."""
    filled = array.fill_null(null) if array.null_count else array
    return filled.to_numpy(zero_copy_only=False)
