"""Reads articles from files, folders, dumps and crawls.

:func:`units` lists the files to read, :func:`read_unit` reads one file as a stream of articles and rejects, and
:func:`column_mapping` reports which column of a table each field comes from. Inputs are treated as hostile: nothing in
them is fetched, run or written, their unpacked size is bounded, and unreadable input becomes a reject with its place
and reason, never an exception.
"""

from __future__ import annotations

from broadsheet.reading.inputs.column_mapping import column_mapping
from broadsheet.reading.inputs.frames import is_table, read_table
from broadsheet.reading.inputs.options import FORMATS, ROLES, InputOptions, Limits
from broadsheet.reading.inputs.reading import read_unit
from broadsheet.reading.inputs.results import Found, Reject, Unit
from broadsheet.reading.inputs.sources import is_named_text, units

__all__ = [
    "FORMATS",
    "ROLES",
    "Found",
    "InputOptions",
    "Limits",
    "Reject",
    "Unit",
    "column_mapping",
    "is_named_text",
    "is_table",
    "read_table",
    "read_unit",
    "units",
]
