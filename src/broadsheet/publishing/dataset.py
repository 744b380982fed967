"""The published dataset, as it comes with the package: no network, no path. And older releases of it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, overload

from broadsheet.base.errors import InputError
from broadsheet.base.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from broadsheet.publishing.release.snapshot import Snapshot
    from broadsheet.tables.frames import Tables


@overload
def load(*, version: str | None = None, source: Path | None = None) -> Tables: ...
@overload
def load(table: str, *, version: str | None = None, source: Path | None = None, wide: bool = False) -> pd.DataFrame: ...


def load(
    table: str | None = None, *, version: str | None = None, source: Path | None = None, wide: bool = False
) -> Tables | pd.DataFrame:
    """The published dataset, or one of its tables.

    Args:
        table: Name of a table, such as ``"quotes"``; without it, all come.
        version: An older release, such as ``"0.1.0"``: the dataset as it was, with the columns that it had.
        source: Where to look for that release: its package, a folder of packages, or a repository with it in its
            history. Without it, the installed package and the repository that it stands in are looked at.
        wide: The table with the names behind its keys: of speakers, actors and countries, and titles and dates of
            articles.

    Returns:
        :class:`Tables`, or a DataFrame with nullable integers, dates as dates and exact decimals.

    Raises:
        KeyError: If there is no table of that name.
        InputError: If there is no such release.

    Example:
        >>> load("tariffs")[["imposer_code", "target_code", "product"]]
    """
    from broadsheet.publishing import read_package

    if version is None:
        tables = read_package(source or shipped("datapackage.json").parent)
    else:
        tables = _frames(find_release(version, source or shipped("datapackage.json").parent))
    if table is None:
        return tables
    if not wide:
        return tables[table]
    from broadsheet.tables.wide import widen

    tables[table]
    return widen(table, tables.frames)


def find_release(version: str, source: Path) -> Snapshot:
    """The release of a version: a package, one of a folder of packages, or one in a repository's history.

    Raises:
        InputError: If it is in none of these.
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
    there = f"there are {', '.join(seen)}" if seen else "name a package, a folder of packages or a repository"
    raise InputError(f"version {version}", f"is not in {source}", there)


def _frames(package: Snapshot) -> Tables:
    from broadsheet.tables.frames import Tables, to_frame

    return Tables(MappingProxyType({name: to_frame(table.table) for name, table in package.tables.items()}))
