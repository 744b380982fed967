"""Exports of a package for tools that want a file of their own: databases, workbooks, extracts.

A package is read, never changed; an export appears whole or not at all. The CSV and Parquet of the package stay the
canonical data.
"""

from broadsheet.publishing.export.run import TARGETS, export, export_database, export_path

__all__ = ["TARGETS", "export", "export_database", "export_path"]
