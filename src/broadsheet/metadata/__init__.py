"""What other catalogues and tools read of a package, all of it derived from its ``datapackage.json``."""

from broadsheet.metadata.cff import citation_cff

__all__ = ["citation_cff"]
