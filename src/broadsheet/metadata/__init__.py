"""What other catalogues and tools read of a package, all of it derived from its ``datapackage.json``."""

from broadsheet.metadata.cff import citation_cff
from broadsheet.metadata.index import METADATA, metadata_contents, metadata_files

__all__ = ["METADATA", "citation_cff", "metadata_contents", "metadata_files"]
