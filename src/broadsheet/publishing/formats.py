"""A table as the bytes of a CSV or Parquet file: the same table gives the same bytes."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


def csv_bytes(table: pa.Table) -> bytes:
    """CSV after RFC 4180 with LF: UTF-8 without BOM, ISO dates, plain decimals, ``true`` and ``false``, null empty."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.column_names)
    columns = [[cell_text(cell) for cell in column.to_pylist()] for column in table.columns]
    writer.writerows(zip(*columns, strict=True))
    return out.getvalue().encode("utf-8")


def cell_text(cell: object) -> str:
    """A cell as CSV has it, before quoting."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return _decimal(cell)
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def _decimal(cell: Decimal) -> str:
    """The shortest plain form: no exponent, no zeros behind the last digit that counts."""
    text = f"{cell:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def parquet_bytes(table: pa.Table) -> bytes:
    """Parquet with pyarrow's defaults, which BI tools read, and pandas metadata.

    With the metadata a plain ``pd.read_parquet`` gives nullable integers, booleans and real dates; decimals come as
    ``decimal.Decimal``, because pandas has no metadata for more.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    from broadsheet.tables.frames import pandas_types

    frame = table.to_pandas(types_mapper=pandas_types(decimals_as_objects=True))
    annotated = pa.Table.from_pandas(frame, schema=table.schema, preserve_index=False)
    metadata = {**annotated.schema.metadata, **table.schema.metadata}
    out = pa.BufferOutputStream()
    pq.write_table(annotated.replace_schema_metadata(metadata), out)
    return bytes(out.getvalue())
