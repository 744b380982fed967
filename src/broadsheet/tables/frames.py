"""The tables as pandas DataFrames with the right dtypes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from broadsheet.tables.arrow import arrow_schema, arrow_table
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Self

    import pandas as pd
    import pyarrow as pa

    from broadsheet.tables.dropped import DroppedRow
    from broadsheet.tables.rows import Row

SMALL_TABLE = 50_000
"""Tables of at most this many rows are converted in one thread."""


def pandas_types(
    *, decimals_as_objects: bool = False
) -> Callable[[pa.DataType], pd.api.extensions.ExtensionDtype | None]:
    """Maps an Arrow type to a pandas dtype: nullable integers and booleans, real dates, exact decimals.

    Args:
        decimals_as_objects: Whether decimals are ``decimal.Decimal``, as a plain ``pd.read_parquet`` gives.
    """
    import pandas as pd
    import pyarrow as pa

    def dtype(arrow: pa.DataType) -> pd.api.extensions.ExtensionDtype | None:
        if pa.types.is_int64(arrow):
            return pd.Int64Dtype()
        if pa.types.is_boolean(arrow):
            return pd.BooleanDtype()
        if pa.types.is_string(arrow):
            return pd.StringDtype(na_value=float("nan"))
        if pa.types.is_date(arrow) or (pa.types.is_decimal(arrow) and not decimals_as_objects):
            return pd.ArrowDtype(arrow)
        return None

    return dtype


def to_frame(table: pa.Table) -> pd.DataFrame:
    """An Arrow table as a frame of our dtypes."""
    # Starting threads takes longer than converting a small table.
    threads = table.num_rows > SMALL_TABLE
    frame: pd.DataFrame = table.to_pandas(types_mapper=pandas_types(), use_threads=threads)
    return frame


def to_arrow(name: str, frame: pd.DataFrame) -> pa.Table:
    """A frame as an Arrow table with the schema that ``schemas/`` declares.

    Raises:
        pyarrow.ArrowInvalid, pyarrow.ArrowTypeError, KeyError: If a column is missing or does not fit its type.
    """
    import pyarrow as pa

    target = arrow_schema(name)
    arrays = [pa.Array.from_pandas(frame[column], type=target.field(column).type) for column in target.names]
    flat = [a.combine_chunks() if isinstance(a, pa.ChunkedArray) else a for a in arrays]
    return pa.Table.from_arrays(flat, schema=target)


class _LazyFrames(Mapping[str, "pd.DataFrame"]):
    """Frames that are converted from Arrow on first use: pandas takes a quarter of a second to import.

    Args:
        tables: Table name to Arrow table, in the order of the data model.
    """

    def __init__(self, tables: Mapping[str, pa.Table]) -> None:
        self._tables = dict(tables)
        self._frames: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._frames:
            self._frames[name] = to_frame(self._tables[name])
        return self._frames[name]

    def __contains__(self, name: object) -> bool:
        return name in self._tables

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def arrow(self, name: str) -> pa.Table | None:
        """The Arrow table; none once there is a frame, which a caller may have changed."""
        return None if name in self._frames else self._tables[name]

    def n_rows(self, name: str) -> int:
        """The number of rows of a table."""
        return len(self._frames[name]) if name in self._frames else int(self._tables[name].num_rows)


@dataclass(frozen=True, slots=True, repr=False)
class TableSet:
    """All tables of a package, each a DataFrame: ``tables.quotes`` or ``tables["quotes"]``.

    Attributes:
        frames: Table name to frame, in the order of the data model.
        model: Name and version of the language model that the tables were made with, if known.
        curation: The text of the file of corrections that was applied to them, if any.
        dropped: The rows that extraction left out because they break a validation rule.
    """

    frames: Mapping[str, pd.DataFrame]
    model: tuple[str, str] | None = None
    curation: str | None = None
    dropped: tuple[DroppedRow, ...] = ()

    @classmethod
    def from_rows(cls, rows: Mapping[str, Iterable[Row]], model: tuple[str, str] | None = None) -> Self:
        """Tables of the given rows; a table that is not named is empty and keeps its types."""
        return cls(_LazyFrames({name: arrow_table(name, rows.get(name, ())) for name in TABLES}), model)

    @classmethod
    def from_arrow(cls, tables: Mapping[str, pa.Table]) -> Self:
        """Tables of the given Arrow tables, all of them."""
        return cls(MappingProxyType({name: to_frame(tables[name]) for name in TABLES}))

    def __getitem__(self, name: str) -> pd.DataFrame:
        """The frame of a table.

        Raises:
            KeyError: If there is no table of that name.
        """
        if name not in self.frames:
            raise KeyError(f"no table {name!r}; there are {', '.join(self.frames)}")
        return self.frames[name]

    def __iter__(self) -> Iterator[str]:
        """The names of the tables, in the order of the data model."""
        return iter(self.frames)

    def __len__(self) -> int:
        return len(self.frames)

    def __repr__(self) -> str:
        counts = ", ".join(f"{name} {self.n_rows(name)}" for name in self)
        return f"<Tables: {counts}>"

    def unchanged_arrow(self, name: str) -> pa.Table | None:
        """The Arrow table that a table was made as; None once its frame was used, which its user may have changed."""
        return self.frames.arrow(name) if isinstance(self.frames, _LazyFrames) and name in self.frames else None

    def arrow(self, name: str) -> pa.Table:
        """A table in Arrow form, with the schema that ``schemas/`` declares."""
        ready = self.unchanged_arrow(name)
        return to_arrow(name, self[name]) if ready is None else ready

    def n_rows(self, name: str) -> int:
        """The number of rows of a table.

        Raises:
            KeyError: If there is no table of that name.
        """
        if isinstance(self.frames, _LazyFrames) and name in self.frames:
            return self.frames.n_rows(name)
        return len(self[name])

    @property
    def articles(self) -> pd.DataFrame:
        """One row per article, with the SHA-256 of its text."""
        return self["articles"]

    @property
    def actors(self) -> pd.DataFrame:
        """One row per person, organization, country or group."""
        return self["actors"]

    @property
    def mentions(self) -> pd.DataFrame:
        """One row per place where an article names an actor."""
        return self["mentions"]

    @property
    def actor_roles(self) -> pd.DataFrame:
        """One row per office that an article gives to an actor."""
        return self["actor_roles"]

    @property
    def quotes(self) -> pd.DataFrame:
        """One row per quotation, with its speaker."""
        return self["quotes"]

    @property
    def events(self) -> pd.DataFrame:
        """One row per event."""
        return self["events"]

    @property
    def event_participants(self) -> pd.DataFrame:
        """One row per participant of an event."""
        return self["event_participants"]

    @property
    def tariffs(self) -> pd.DataFrame:
        """One row per trade measure."""
        return self["tariffs"]

    @property
    def financial_figures(self) -> pd.DataFrame:
        """One row per sum of money or financial percentage."""
        return self["financial_figures"]

    @property
    def evidence(self) -> pd.DataFrame:
        """One row per cell and the characters that state it."""
        return self["evidence"]

    @property
    def countries(self) -> pd.DataFrame:
        """The country codes that the tables use."""
        return self["countries"]
