"""Reads the tables of a package and of the published dataset."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, overload

from broadsheet.api.tables import Tables
from broadsheet.base.coerce import StrPath, as_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from broadsheet.publishing import PackageInfo


def read_package(directory: StrPath) -> Tables:
    """Reads the tables of a package of either layout into memory, with the right dtypes.

    The content is not checked; :func:`broadsheet.validate_package` does that.

    Raises:
        InputError: If the folder is not a Broadsheet package, or a table is missing or has the wrong columns.

    Example:
        >>> tables = read_package("package")
        >>> tables.info.name, len(tables.quotes)
        ('broadsheet', 1)
    """
    from broadsheet.publishing import read_package as read_tables
    from broadsheet.publishing.package import read_descriptor

    folder = as_path(directory, "directory")
    tables = read_tables(folder)
    return Tables.of(tables, info=_info_of(read_descriptor(folder)))


def _info_of(descriptor: Mapping[str, Any]) -> PackageInfo:
    """The metadata of a package, as far as it can be written again."""
    from broadsheet.base.errors import InputError
    from broadsheet.publishing import PackageInfo
    from broadsheet.publishing.metadata.facts import licences, parties
    from broadsheet.reading.metadata import check_date, check_slug, check_version

    given: dict[str, Any] = {
        key: descriptor[key] for key in ("title", "description") if isinstance(descriptor.get(key), str)
    }
    with suppress(InputError):
        given |= {"creators": parties(descriptor), "license": next(iter(licences(descriptor)), None)}
    stated = {**descriptor, "created": str(descriptor.get("created"))[:10]}
    for key, accept in (("name", check_slug), ("version", check_version), ("created", check_date)):
        try:
            given[key] = accept(stated[key], key)
        except (InputError, KeyError):
            continue
    return PackageInfo(**given)


@overload
def load(*, version: str | None = None, source: StrPath | None = None) -> Tables: ...
@overload
def load(
    table: str, *, version: str | None = None, source: StrPath | None = None, wide: bool = False
) -> pd.DataFrame: ...


def load(
    table: str | None = None, *, version: str | None = None, source: StrPath | None = None, wide: bool = False
) -> Tables | pd.DataFrame:
    """Loads the published dataset, or one of its tables.

    Args:
        table: Name of a table, such as ``"quotes"``; all tables if None.
        version: An older release, such as ``"0.1.0"``, with the columns that it had.
        source: Where to look for that release: its package, a folder of packages, or a repository whose history has it.
            By default, the installed package and its repository.
        wide: Whether to add what its keys refer to: names of speakers, actors and countries, titles and dates of
            articles.

    Returns:
        :class:`Tables`, or a DataFrame with nullable integers, dates as dates and exact decimals.

    Raises:
        KeyError: If there is no table of that name.
        InputError: If there is no such release.

    Example:
        >>> load("tariffs").columns[0]
        'tariff_id'
        >>> "speaker_name" in load("quotes", source="package", wide=True)
        True
    """
    from broadsheet.publishing.dataset import read_dataset

    tables = read_dataset(version, None if source is None else as_path(source, "source"))
    if table is None:
        return Tables.of(tables)
    if not wide:
        return tables[table]
    from broadsheet.tables.wide import widen

    tables[table]
    return widen(table, tables.frames)
