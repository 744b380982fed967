"""Whether a CSV is byte for byte the published form of a table. Arrow compares them in 1% of the reading time.

If it is, the CSV is UTF-8 in the right dialect, and its cells are well-formed, correctly typed and equal to those of
the table. No cell needs a check of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

_AT_ONCE = 1 << 16
"""Number of rows written at a time."""


def is_published_form(content: bytes, table: pa.Table) -> bool:
    """Whether ``publishing.formats.csv_bytes`` of the table gives the content. False negatives are possible."""
    import pyarrow as pa

    header = (",".join(table.column_names) + "\n").encode()
    if not content.startswith(header) or b"\r" in content or _has_empty_text(table):
        return False
    whole, offset = pa.py_buffer(content), len(header)
    try:
        for start in range(0, table.num_rows, _AT_ONCE):
            written = _written(table.slice(start, _AT_ONCE))
            if not whole.slice(offset, written.size).equals(written):
                return False
            offset += written.size
    except pa.ArrowException:  # too long for one buffer: leave it to the slow path
        return False
    return offset == len(content)


def _has_empty_text(table: pa.Table) -> bool:
    """Whether a text is empty but not null. A CSV cannot distinguish the two, so Parquet must use null."""
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = (column for column in table.columns if pa.types.is_string(column.type))
    return any(pc.min(pc.binary_length(column)).as_py() == 0 for column in texts)


def _written(table: pa.Table) -> pa.Buffer:
    """The rows of the table as lines of CSV."""
    import pyarrow as pa
    import pyarrow.compute as pc

    cells = [_texts(column.combine_chunks()) for column in table.columns]
    separator, end, nothing = (pa.scalar(text, pa.large_string()) for text in (",", "\n", ""))
    cells[-1] = pc.binary_join_element_wise(cells[-1], end, nothing, null_handling="replace")
    lines = pc.binary_join_element_wise(*cells, separator, null_handling="replace")
    _, offsets, data = lines.buffers()
    if data is None:
        return pa.py_buffer(b"")
    ends = memoryview(offsets).cast("B").cast("q")
    first, last = ends[lines.offset], ends[lines.offset + len(lines)]
    return data.slice(first, last - first)


def _texts(column: pa.Array) -> pa.Array:
    """The cells of a column as ``publishing.formats`` writes them; a null stays null."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not pa.types.is_string(column.type):
        text = column.cast(pa.large_string())
        if pa.types.is_decimal(column.type) and column.type.scale > 0:
            return pc.utf8_rtrim(pc.utf8_rtrim(text, "0"), ".")
        return text
    text = column.cast(pa.large_string())
    buffer = text.buffers()[2]
    content = buffer.to_pybytes() if buffer is not None else b""
    if not any(mark in content for mark in (b'"', b",", b"\n")):
        return text
    marked = pc.match_substring_regex(text, '[",\n]')
    if not pc.any(marked).as_py():
        return text
    mark, nothing = pa.scalar('"', pa.large_string()), pa.scalar("", pa.large_string())
    doubled = pc.replace_substring(text, '"', '""')
    return pc.if_else(marked, pc.binary_join_element_wise(mark, doubled, mark, nothing), text)
