"""Validation of partitioned packages: the levels over parts of a corpus, in a stream."""

from broadsheet.quality.validation.partitions.run import validate_partitions

__all__ = ["validate_partitions"]
