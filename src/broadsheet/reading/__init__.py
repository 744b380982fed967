"""Turns a file or text into an article: canonical text, metadata, and errors for unreadable input."""

from __future__ import annotations

from broadsheet.reading.article import Article, read, read_all
from broadsheet.reading.metadata import Metadata
from broadsheet.reading.sidecar import PackageOptions, merge_package_options, read_sidecar, sidecar_path

__all__ = [
    "Article",
    "Metadata",
    "PackageOptions",
    "merge_package_options",
    "read",
    "read_all",
    "read_sidecar",
    "sidecar_path",
]
