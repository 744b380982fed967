"""The bytes of CSV, Parquet and JSON files: the same content gives the same bytes."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from broadsheet.tables.cells import cell_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

__all__ = ["cell_text", "csv_bytes", "json_bytes", "parquet_bytes"]


def csv_bytes(table: pa.Table) -> bytes:
    """CSV of RFC 4180 with LF: UTF-8 without BOM, cells as in :func:`cell_text`."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.column_names)
    columns = [[cell_text(cell) for cell in column.to_pylist()] for column in table.columns]
    writer.writerows(zip(*columns, strict=True))
    return out.getvalue().encode("utf-8")


def json_bytes(content: Mapping[str, Any]) -> bytes:
    """JSON as every file of a package has it: indented by two spaces, UTF-8, with a final newline."""
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode("utf-8")


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
