"""The key and the place in the article by which a failure identifies a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.base.span import Span
from broadsheet.quality.validation.report import Place, shown
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

HEADER_ROWS = 1
"""Number of header rows. Rows are numbered as in the CSV, where the header is row 1."""


def key_of(cells: Sequence[object], position: int) -> str:
    """The primary key of a row as shown in a failure, or the row number if part of the key is missing."""
    parts = [shown(cell) for cell in cells]
    if not parts or not all(parts):
        return f"row {position + 1 + HEADER_ROWS}"
    return "/".join(part for part in parts if part)


def row_key_at(table: str, frame: pd.DataFrame, position: int) -> str:
    """The key of the row at ``position``."""
    names = schemas()[table].primary_key
    return key_of([frame[name].iloc[position] if name in frame else None for name in names], position)


def row_place(frame: pd.DataFrame, position: int) -> Place | None:
    """The place of the row at ``position``; None if it has no valid span."""
    try:
        start, end = (int(frame[name].iloc[position]) for name in ("char_start", "char_end"))
        article = frame["article_id"].iloc[position]
        return Place(article, Span(start, end)) if isinstance(article, str) else None
    except (KeyError, TypeError, ValueError, OverflowError):
        return None


def plain(column: pd.Series) -> list[Any]:
    """The cells of a column as Python values: str, int, Decimal, date, bool, or None for null."""
    import pyarrow as pa

    try:
        cells: list[Any] = pa.Array.from_pandas(column).to_pylist()
    except (pa.ArrowException, TypeError, ValueError, OverflowError):  # a frame in memory can hold anything
        cells = column.astype(object).where(column.notna(), None).tolist()
    return cells
