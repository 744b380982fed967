"""Metadata for catalogues and other tools, all of it derived from ``datapackage.json``."""

from broadsheet.publishing.metadata.cff import citation_cff
from broadsheet.publishing.metadata.index import METADATA, metadata_contents, metadata_files

__all__ = ["METADATA", "citation_cff", "metadata_contents", "metadata_files"]
