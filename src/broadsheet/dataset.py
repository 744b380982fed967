"""The published dataset, as it comes with the package: no network, no path."""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

from broadsheet.shipped import shipped

if TYPE_CHECKING:
    import pandas as pd

    from broadsheet.tables.frames import Tables


@overload
def load() -> Tables: ...
@overload
def load(table: str) -> pd.DataFrame: ...


def load(table: str | None = None) -> Tables | pd.DataFrame:
    """The published dataset, or one of its tables.

    Args:
        table: Name of a table, such as ``"quotes"``; without it, all come.

    Returns:
        :class:`Tables`, or a DataFrame with nullable integers, dates as dates and exact decimals.

    Raises:
        KeyError: If there is no table of that name.

    Example:
        >>> load("tariffs")[["imposer_code", "target_code", "product"]]
    """
    from broadsheet.publish import read_package

    tables = read_package(shipped("datapackage.json").parent)
    return tables if table is None else tables[table]
