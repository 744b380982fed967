"""The published dataset that is installed with the package, and older releases of it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.base.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet.publishing.release.snapshot import Snapshot
    from broadsheet.tables.frames import TableSet


def read_dataset(version: str | None = None, source: Path | None = None) -> TableSet:
    """The published dataset.

    Args:
        version: Version of an older release; the installed release if None.
        source: Where to look: a package, a folder of packages, or a repository.

    Raises:
        InputError: If there is no such release.
    """
    from broadsheet.publishing import read_package

    if version is None:
        return read_package(source or shipped("datapackage.json").parent)
    return _frames(find_release(version, source or shipped("datapackage.json").parent))


def find_release(version: str, source: Path) -> Snapshot:
    """Finds a release: a package, one in a folder of packages, or one in a repository's history.

    Raises:
        InputError: If it is not there.
    """
    from broadsheet.publishing.release.repository import Repository
    from broadsheet.publishing.release.snapshot import read_snapshot

    folders = [source, *sorted(p.parent for p in source.glob("*/datapackage.json"))]
    seen = []
    for folder in folders:
        if not (folder / "datapackage.json").is_file():
            continue
        package = read_snapshot(folder)
        if package.version == version:
            return package
        seen.append(package.version)
    repository = Repository(source)
    if repository.exists():
        return repository.release(version)
    fix = f"there are {', '.join(seen)}" if seen else "name a package, a folder of packages or a repository"
    raise InputError(f"version {version}", f"is not in {source}", fix)


def _frames(package: Snapshot) -> TableSet:
    from broadsheet.tables.frames import TableSet, to_frame

    return TableSet(MappingProxyType({name: to_frame(table.table) for name, table in package.tables.items()}))
