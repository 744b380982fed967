"""Exports of a package to the file formats of other tools: databases, workbooks, extracts.

The package is only read; an export appears whole or not at all. The CSV and Parquet files of the package stay the
canonical data.
"""

from broadsheet.publishing.export.run import TARGETS, export, export_database, export_path

__all__ = ["TARGETS", "export", "export_database", "export_path"]
