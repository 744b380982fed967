"""The version of the package, which the data that it writes carries."""

__version__ = "0.1.0"
