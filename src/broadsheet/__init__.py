"""Broadsheet: news articles as normalised tables, every cell traceable to the characters that say it.

    >>> import broadsheet
    >>> quotes = broadsheet.load("quotes")  # the published dataset
    >>> tables = broadsheet.extract("copper.txt")  # your own article
    >>> tables.validate().valid
    True

Names are imported when they are first used, so that ``import broadsheet`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from broadsheet.base.version import __version__

if TYPE_CHECKING:
    from broadsheet.api.building import BuildResult, build
    from broadsheet.api.extracting import extract
    from broadsheet.api.loading import load, read_package
    from broadsheet.api.packages import cite, diff, explain, export, export_database, page
    from broadsheet.api.reading import Articles, read
    from broadsheet.api.tables import Tables
    from broadsheet.base.errors import BroadsheetError, InputError
    from broadsheet.extraction.amounts import find_amounts
    from broadsheet.extraction.dates import find_dates
    from broadsheet.publishing.checksums import package_hash
    from broadsheet.quality.validation import Report, validate_package
    from broadsheet.reading import Article
    from broadsheet.reading.inputs import Reject
    from broadsheet.tables.dropped import DroppedRow, DroppedRowWarning

__all__ = [
    "Article",
    "Articles",
    "BroadsheetError",
    "BuildResult",
    "DroppedRow",
    "DroppedRowWarning",
    "InputError",
    "Reject",
    "Report",
    "Tables",
    "__version__",
    "build",
    "cite",
    "diff",
    "explain",
    "export",
    "export_database",
    "extract",
    "find_amounts",
    "find_dates",
    "load",
    "package_hash",
    "page",
    "read",
    "read_package",
    "validate_package",
]

_HOME = {
    "Article": "broadsheet.reading",
    "Articles": "broadsheet.api.reading",
    "BroadsheetError": "broadsheet.base.errors",
    "BuildResult": "broadsheet.api.building",
    "DroppedRow": "broadsheet.tables.dropped",
    "DroppedRowWarning": "broadsheet.tables.dropped",
    "InputError": "broadsheet.base.errors",
    "Reject": "broadsheet.reading.inputs",
    "Report": "broadsheet.quality.validation",
    "Tables": "broadsheet.api.tables",
    "build": "broadsheet.api.building",
    "cite": "broadsheet.api.packages",
    "diff": "broadsheet.api.packages",
    "explain": "broadsheet.api.packages",
    "export": "broadsheet.api.packages",
    "export_database": "broadsheet.api.packages",
    "extract": "broadsheet.api.extracting",
    "find_amounts": "broadsheet.extraction.amounts",
    "find_dates": "broadsheet.extraction.dates",
    "load": "broadsheet.api.loading",
    "package_hash": "broadsheet.publishing.checksums",
    "page": "broadsheet.api.packages",
    "read": "broadsheet.api.reading",
    "read_package": "broadsheet.api.loading",
    "validate_package": "broadsheet.quality.validation",
}


def __getattr__(name: str) -> object:
    """Imports a public name from its module when it is first used (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_HOME[name]), name)
    return value


def __dir__() -> list[str]:
    """The public names."""
    return __all__
