"""The Python API: everything that the command line does, as functions and as methods of :class:`Tables`."""

from __future__ import annotations

from broadsheet.api.building import BuildResult, build
from broadsheet.api.extracting import extract
from broadsheet.api.packages import cite, diff, explain, export, export_database, page
from broadsheet.api.reading import Articles, read
from broadsheet.api.tables import Tables, load, read_package

__all__ = [
    "Articles",
    "BuildResult",
    "Tables",
    "build",
    "cite",
    "diff",
    "explain",
    "export",
    "export_database",
    "extract",
    "load",
    "page",
    "read",
    "read_package",
]
