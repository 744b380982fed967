"""What other catalogues and tools read of a package, all of it derived from its ``datapackage.json``."""

from broadsheet.publishing.metadata.cff import citation_cff
from broadsheet.publishing.metadata.index import METADATA, metadata_contents, metadata_files

__all__ = ["METADATA", "citation_cff", "metadata_contents", "metadata_files"]
