"""Writes tables to a data package, and reads them back."""

from broadsheet.publishing.descriptor import PackageInfo
from broadsheet.publishing.package import check_target, read_package, write_package
from broadsheet.publishing.partitioned import Partition, iter_partitions, write_partitioned

__all__ = [
    "PackageInfo",
    "Partition",
    "check_target",
    "iter_partitions",
    "read_package",
    "write_package",
    "write_partitioned",
]
