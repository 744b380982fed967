"""The tables of a validation as Arrow columns, each converted once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    import pyarrow as pa


@dataclass(slots=True)
class Columns:
    """The columns of a table, its helpers among them, as Arrow has them; each is converted once.

    Attributes:
        series: The columns as pandas has them; helper columns are added as they are asked for.
        rows: How many rows there are.
        found: What was found before, so that levels with the same rule evaluate it once.
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
        """The same, each column converted."""
        for name in self.series:
            self[name]
        return self

    def copy(self) -> Columns:
        """The same columns, to which others can be added."""
        return Columns(dict(self.series), self.rows, {}, dict(self._arrays))


class Frames(dict[str, "pd.DataFrame"]):
    """The tables as frames that no longer change, each also as :class:`Columns`.

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
        """The same with another frame of one table; what the others were converted to is shared."""
        other = Frames({**self, table: frame})
        other._columns = {name: columns for name, columns in self._columns.items() if name != table}
        return other

    @classmethod
    def of(cls, frames: Mapping[str, pd.DataFrame]) -> Frames:
        """The frames, as they are where they are such already."""
        return frames if isinstance(frames, Frames) else cls(frames)


def lost(columns: Columns, column: str, target: Columns, target_column: str) -> list[int]:
    """The rows whose cell is given and no cell of the target's column, by position."""
    import pyarrow.compute as pc

    place = f"{column} in {target_column} of {id(target)}"
    if place not in columns.found:
        cells, keys = columns[column], target[target_column]
        known = pc.is_in(cells, keys.cast(cells.type), skip_nulls=True)
        columns.found[place] = positions(as_mask(cells.is_valid()) & ~as_mask(known))
    found = columns.found[place]
    return found if isinstance(found, list) else []


def positions(wrong: Any) -> list[int]:
    """Where a mask of numpy is true."""
    import numpy as np

    return [int(position) for position in np.flatnonzero(wrong)]


def as_mask(array: pa.Array, null: bool = False) -> Any:
    """An Arrow boolean array as one of numpy."""
    filled = array.fill_null(null) if array.null_count else array
    return filled.to_numpy(zero_copy_only=False)
