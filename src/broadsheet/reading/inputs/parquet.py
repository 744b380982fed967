"""Articles in Apache Parquet, one per row, read a few at a time."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError
from broadsheet.reading.inputs import columns
from broadsheet.reading.inputs.assemble import article
from broadsheet.reading.inputs.cells import plain
from broadsheet.reading.inputs.expand import BombError, Budget
from broadsheet.reading.inputs.results import Found, Reject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pyarrow as pa
    import pyarrow.parquet as pq

    from broadsheet.reading.inputs.source import Source

_BATCH = 64
_HEADER_BYTES = 16 << 20
"""Limit for a string or a list in the file's metadata."""


def read(source: Source) -> Iterator[Found | Reject]:
    """The articles of a table."""
    import pyarrow as pa

    file = _opened(source)
    names = file.schema_arrow.names
    chosen = columns.choose(names, source.columns, source.place)
    columns.check_once(names, chosen, source.place)
    _check_expansion(file, set(chosen.values()), source)
    spend = Budget(source.place, source.limits, _size(source)).spend
    number = 0
    try:
        for batch in file.iter_batches(_BATCH, columns=sorted(set(chosen.values())), use_threads=False):
            for at in range(len(batch)):
                number += 1
                yield row_article(source, f"{source.place}:row {number}", batch, at, chosen, spend)
    except BombError as error:
        # It ends this file, not the archive that the file is in.
        raise InputError(error.place, error.problem, error.fix) from error
    except (pa.ArrowException, OSError, ValueError) as error:
        raise _damaged(source, error) from error


def _opened(source: Source) -> pq.ParquetFile:
    import pyarrow as pa
    import pyarrow.parquet as pq

    file: Any = source.path if source.path is not None else io.BytesIO(source.whole(source.limits.document_bytes))
    bounds = {"thrift_string_size_limit": _HEADER_BYTES, "thrift_container_size_limit": _HEADER_BYTES}
    try:
        plain_file = pq.ParquetFile(file, **bounds)
        # Dictionary encoding stores a text that a thousand rows share only once.
        texts = [f.name for f in plain_file.schema_arrow if pa.types.is_string(f.type) or pa.types.is_binary(f.type)]
        return pq.ParquetFile(file, read_dictionary=texts, **bounds)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise _damaged(source, error) from error


def _check_expansion(file: pq.ParquetFile, wanted: set[str], source: Source) -> None:
    """Refuses a file whose metadata say that a column unpacks to too much."""
    limits = source.limits
    for group in range(file.metadata.num_row_groups):
        described = file.metadata.row_group(group)
        for index in range(described.num_columns):
            column = described.column(index)
            most = max(limits.expansion_floor, limits.expansion * column.total_compressed_size)
            if column.path_in_schema.partition(".")[0] in wanted and column.total_uncompressed_size > most:
                raise InputError(
                    source.place,
                    f"column {column.path_in_schema!r} unpacks to {column.total_uncompressed_size:,} bytes",
                    "rewrite it if it is not a bomb",
                )


def row_article(
    source: Source, place: str, batch: pa.RecordBatch, at: int, chosen: dict[str, str], spend: Callable[[int], None]
) -> Found | Reject:
    """The article of one row of a batch.

    Args:
        source: The table.
        place: The row, for errors.
        batch: The batch.
        at: Number of the row in it.
        chosen: Role to column.
        spend: Called with the bytes that each cell takes.
    """
    try:
        values = {role: _value(batch.column(column), at, place, source, spend) for role, column in chosen.items()}
        row = columns.row(values, source.columns, place)
        return article(source, place, plain(row.text, place, source.limits), row.metadata, titled="title" in chosen)
    except BombError:
        raise
    except InputError as error:
        return Reject.of(error)


def _size(source: Source) -> int:
    return source.path.stat().st_size if source.path is not None else source.limits.document_bytes


def _value(column: pa.Array, at: int, place: str, source: Source, spend: Callable[[int], None]) -> object:
    import pyarrow as pa

    scalar = column[at]
    if pa.types.is_dictionary(column.type) and scalar.is_valid:
        scalar = scalar.value
    if not scalar.is_valid:
        return None
    if hasattr(scalar, "as_buffer"):
        size = scalar.as_buffer().size
        spend(size)
        if size > source.limits.article_bytes:
            raise InputError(place, f"a cell is over {source.limits.article_bytes:,} bytes long", "leave the row out")
    try:
        value = scalar.as_py()
        # Some writers do not mark text as such.
        return value.decode("utf-8") if isinstance(value, bytes) else value
    except UnicodeDecodeError as error:
        raise InputError(place, "a cell is not UTF-8", "rewrite the column as text") from error
    except (ValueError, OverflowError, pa.ArrowException):
        # For example, a day outside the range of Python's dates, which the tables cannot hold either.
        return None


def _damaged(source: Source, error: Exception) -> InputError:
    reason = " ".join(str(error).split())
    return InputError(source.place, f"is not a readable Parquet file: {reason[:160]}", "get the whole file")
