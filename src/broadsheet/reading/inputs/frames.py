"""Articles in an in-memory pandas or Arrow table, one per row."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Any, cast

from broadsheet.base.errors import InputError
from broadsheet.reading.inputs import columns
from broadsheet.reading.inputs.assemble import article
from broadsheet.reading.inputs.cells import plain
from broadsheet.reading.inputs.parquet import row_article
from broadsheet.reading.inputs.reading import one_title
from broadsheet.reading.inputs.results import Found, Reject
from broadsheet.reading.inputs.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from broadsheet.reading.inputs.options import InputOptions


def is_table(value: object) -> bool:
    """Whether a value is a table in memory: a pandas DataFrame, or one with an Arrow stream."""
    return hasattr(value, "__arrow_c_stream__") or _is_pandas(value)


def read_table(table: object, options: InputOptions) -> Iterator[Found | Reject]:
    """The articles of a table in memory, and a reject for each other row; the first row is ``DataFrame:row 1``.

    Args:
        table: The table.
        options: The user's options.

    Raises:
        InputError: If it is not a table, or has no column for the text.
    """
    name = type(table).__name__
    source = Source(
        place=name,
        name=name,
        stream=io.BufferedReader(io.BytesIO()),
        limits=options.limits,
        given=options.metadata,
        columns=dict(options.columns),
    )
    rows = _of_pandas(cast("pd.DataFrame", table), source) if _is_pandas(table) else _of_arrow(table, source)
    return one_title(source, rows)


def _is_pandas(value: object) -> bool:
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(value, pandas.DataFrame)


def _of_arrow(table: object, source: Source) -> Iterator[Found | Reject]:
    import pyarrow as pa

    try:
        reader = pa.RecordBatchReader.from_stream(table)
    except (pa.ArrowException, TypeError, ValueError) as error:
        raise InputError(source.place, "is not a table with columns", "pass a table with a column of texts") from error
    chosen = _chosen(reader.schema.names, source)
    number = 0
    for batch in reader:
        for at in range(len(batch)):
            number += 1
            yield row_article(source, f"{source.place}:row {number}", batch, at, chosen, lambda _: None)


def _of_pandas(frame: pd.DataFrame, source: Source) -> Iterator[Found | Reject]:
    names = [str(name) for name in frame.columns]
    chosen = _chosen(names, source)
    cells = {role: frame.iloc[:, names.index(name)].tolist() for role, name in chosen.items()}
    for at in range(len(frame)):
        place = f"{source.place}:row {at + 1}"
        try:
            row = columns.row({role: _value(listed[at]) for role, listed in cells.items()}, source.columns, place)
            text = plain(row.text, place, source.limits)
            yield article(source, place, text, row.metadata, titled="title" in chosen)
        except InputError as error:
            yield Reject.of(error)


def _chosen(names: Sequence[str], source: Source) -> dict[str, str]:
    chosen = columns.choose(names, source.columns, source.place)
    columns.check_once(names, chosen, source.place)
    return chosen


def _value(value: Any) -> object:
    """A cell as a Python value; None if it is missing."""
    import pandas as pd

    if hasattr(value, "tolist"):
        return value.tolist()
    return None if pd.api.types.is_scalar(value) and pd.isna(value) else value
