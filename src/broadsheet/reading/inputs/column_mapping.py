"""Reports which column of a table each field is read from, so that the user can check it."""

from __future__ import annotations

import csv
from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.reading.inputs import columns
from broadsheet.reading.inputs.delimited import delimiter_of
from broadsheet.reading.inputs.json_text import parse
from broadsheet.reading.inputs.reading import opened, unpack
from broadsheet.reading.inputs.recode import recoded
from broadsheet.reading.inputs.sniff import sniff

if TYPE_CHECKING:
    from broadsheet.reading.inputs.options import InputOptions
    from broadsheet.reading.inputs.results import Unit
    from broadsheet.reading.inputs.source import Source


def column_mapping(unit: Unit, options: InputOptions) -> dict[str, str]:
    """Maps role to column, by the header of a table or the first object of JSON Lines.

    Empty for a format without columns, a file that cannot be read, and standard input, which can be read only once.

    Args:
        unit: The file.
        options: The user's options.
    """
    if unit.path is None:
        return {}
    try:
        with opened(unit, options) as source:
            source = unpack(source)
            kind = options.format or sniff(source)
            if kind in ("csv", "tsv", "jsonl"):
                source = replace(source, stream=recoded(source.stream, source.encoding))
            return _mapping(kind, source)
    except InputError:
        return {}


def _mapping(kind: str, source: Source) -> dict[str, str]:
    if kind in ("csv", "tsv"):
        line = source.head().decode("utf-8-sig", "replace").partition("\n")[0].rstrip("\r")
        cells = next(csv.reader([line], delimiter=delimiter_of(line, kind, source)), [])
        return columns.choose([cell.strip() for cell in cells], source.columns, source.place)
    if kind == "parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        if source.path is None:
            return {}
        try:
            names = pq.read_schema(source.path).names
        except (pa.ArrowException, OSError, ValueError):
            return {}
        return columns.choose(names, source.columns, source.place)
    if kind == "jsonl":
        first = parse(source.stream.readline(source.limits.line_bytes), source.place)
        return {**columns.usual(first, source.columns), **source.columns} if isinstance(first, dict) else {}
    return {}
