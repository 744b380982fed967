"""Validates partitioned packages: streams the parts of a corpus through all levels."""

from broadsheet.quality.validation.partitions.run import validate_partitions

__all__ = ["validate_partitions"]
