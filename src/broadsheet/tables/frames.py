"""The tables as pandas DataFrames of right dtypes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from broadsheet.tables.arrow import arrow_schema, arrow_table
from broadsheet.tables.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    import pandas as pd
    import pyarrow as pa

    from broadsheet.quality.validation import Report
    from broadsheet.reading import Article
    from broadsheet.tables.dropped import DroppedRow
    from broadsheet.tables.rows import Row
    from broadsheet.views.plot import Plots


def pandas_types(
    *, decimals_as_objects: bool = False
) -> Callable[[pa.DataType], pd.api.extensions.ExtensionDtype | None]:
    """What pandas dtype stands for an Arrow type: nullable integers and booleans, real dates, exact decimals.

    Args:
        decimals_as_objects: Decimals as ``decimal.Decimal``, which is what a plain ``pd.read_parquet`` gives.
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
    frame: pd.DataFrame = table.to_pandas(types_mapper=pandas_types())
    return frame


def to_arrow(name: str, frame: pd.DataFrame) -> pa.Table:
    """A frame as the Arrow table that ``schemas/`` asks for.

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
        """How many rows a table has."""
        return len(self._frames[name]) if name in self._frames else int(self._tables[name].num_rows)


@dataclass(frozen=True, slots=True, repr=False)
class Tables:
    """All tables of a package, each a DataFrame: ``tables.quotes`` or ``tables["quotes"]``.

    Attributes:
        frames: Table name to frame, in the order of the data model.
        sources: The articles that the tables were made from, where they are at hand.
        model: Name and version of the language model that they were made with, where it is known.
        curation: The text of the file of corrections that was applied to them, if one was.
        dropped: The rows that extraction left out, since they break a rule of validation.
    """

    frames: Mapping[str, pd.DataFrame]
    sources: tuple[Article, ...] = ()
    model: tuple[str, str] | None = None
    curation: str | None = None
    dropped: tuple[DroppedRow, ...] = ()

    @classmethod
    def from_rows(
        cls,
        rows: Mapping[str, Iterable[Row]],
        sources: Sequence[Article] = (),
        model: tuple[str, str] | None = None,
    ) -> Tables:
        """Tables of the given rows; a table that is not named is empty and keeps its types."""
        tables = {name: arrow_table(name, rows.get(name, ())) for name in TABLES}
        return cls(_LazyFrames(tables), tuple(sources), model)

    @classmethod
    def from_arrow(cls, tables: Mapping[str, pa.Table]) -> Tables:
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

    def __getattr__(self, name: str) -> pd.DataFrame:
        """The frame of a table."""
        if name not in TABLES:
            raise AttributeError(f"no table {name!r}; there are {', '.join(TABLES)}")
        return self.frames[name]

    def __iter__(self) -> Iterator[str]:
        """The names of the tables, in the order of the data model."""
        return iter(self.frames)

    def __len__(self) -> int:
        return len(self.frames)

    def __repr__(self) -> str:
        counts = ", ".join(f"{name} {self.n_rows(name)}" for name in self)
        return f"<Tables: {counts}>"

    def _repr_html_(self) -> str:
        """The tables for a notebook: how many rows each has, and its first rows."""
        from broadsheet.tables.notebook import tables_html

        return tables_html(self)

    @property
    def plot(self) -> Plots:
        """Pictures of the tables, as charts of Altair: ``tables.plot.timeline()``."""
        from broadsheet.views.plot import Plots

        return Plots(self)

    def arrow(self, name: str) -> pa.Table:
        """A table in Arrow form, with the schema that ``schemas/`` asks for."""
        ready = self.frames.arrow(name) if isinstance(self.frames, _LazyFrames) and name in self.frames else None
        return to_arrow(name, self[name]) if ready is None else ready

    def n_rows(self, name: str) -> int:
        """How many rows a table has.

        Raises:
            KeyError: If there is no table of that name.
        """
        if isinstance(self.frames, _LazyFrames) and name in self.frames:
            return self.frames.n_rows(name)
        return len(self[name])

    def validate(self, sources: Sequence[Article] = ()) -> Report:
        """Checks the tables; against the articles they were made from where these are at hand.

        Args:
            sources: Articles to check spans and values against, instead of :attr:`sources`.
        """
        from broadsheet.quality.validation import validate_tables

        return validate_tables(self, sources or self.sources)

    def curate(self, corrections: Path) -> Tables:
        """The tables with a file of corrections applied; ``docs/curating.md`` has its format.

        Raises:
            InputError: If the file is wrong, or one of its corrections is stale.
        """
        from broadsheet.curation import curate, read_curation

        return curate(self, read_curation(corrections)).tables

    def write(
        self, directory: Path, *, name: str = "broadsheet", version: str = "0.1.0", partitioned: bool = False
    ) -> Path:
        """Writes the data package into ``directory``, whole or not at all.

        See :func:`broadsheet.publishing.write_package` for what it refuses to overwrite.

        Args:
            directory: The folder.
            name: Name of the package, a slug.
            version: Its semantic version.
            partitioned: Whether it gets the layout of a corpus: Parquet alone, many files a table.

        Returns:
            The path of the ``datapackage.json``.
        """
        from broadsheet.publishing import PackageInfo, write_package
        from broadsheet.publishing.partitioned import write_partitioned

        if partitioned:
            return write_partitioned(self, directory, PackageInfo(name=name, version=version))
        return write_package(self, directory, PackageInfo(name=name, version=version))
