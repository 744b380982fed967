"""From tables to a data package on disk, and back."""

from broadsheet.publish.descriptor import PackageInfo
from broadsheet.publish.package import check_target, read_package, write_package

__all__ = ["PackageInfo", "check_target", "read_package", "write_package"]
