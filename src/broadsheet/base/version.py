"""The version of the package, recorded in the data that it writes."""

__version__ = "0.1.0"
