"""Reference tables: what the extractors know about the world, as CSV files with one purpose each.

A file is UTF-8 with one header row; its first columns are the key, in lower case unless the table records how a
name is printed; rows are sorted. Tables are read and checked once and never change, so parsers that use them are pure
functions.

``standard/`` holds tables that ``tools/standard_tables.py`` writes from ISO, CLDR and lists of stock indices. A table
of the same name here adds rows to them; if both have a key, its row takes precedence.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

Row = MappingProxyType[str, str]
"""Column name to cell; an empty cell is the empty string."""


class ReferenceTableError(Exception):
    """A reference table that ships with the package is malformed: a bug of Broadsheet, not bad input."""


@cache
def table(name: str) -> tuple[Row, ...]:
    """All rows of ``NAME.csv``, in the file's order; with those of ``standard/NAME.csv``, in the order of their keys.

    Args:
        name: File name without its ending, such as ``countries``.

    Raises:
        ReferenceTableError: If there is no such table, its header is empty or repeats a column, or a row has more or
            fewer cells than the header.
    """
    folder = files(__name__)
    own, standard = folder.joinpath(f"{name}.csv"), folder.joinpath("standard", f"{name}.csv")
    if not standard.is_file():
        return _read(own, name)
    rows = (*_read(standard, name), *(_read(own, name) if own.is_file() else ()))
    by_key = {next(iter(row.values())): row for row in rows}
    return tuple(row for _, row in sorted(by_key.items()))


def cells(name: str) -> Iterator[list[str]]:
    """The cells of each row of ``NAME.csv``, for tables so large that their rows are not kept; raises as ``table``."""
    return _cells(files(__name__).joinpath(f"{name}.csv"), name)[1]


def _read(path: Traversable, name: str) -> tuple[Row, ...]:
    header, rows = _cells(path, name)
    return tuple(MappingProxyType(dict(zip(header, row, strict=True))) for row in rows)


def _cells(path: Traversable, name: str) -> tuple[list[str], Iterator[list[str]]]:
    """The header and the rows of a file."""
    if not path.is_file():
        raise ReferenceTableError(f"no reference table {name!r}")
    reader = csv.reader(path.read_text(encoding="utf-8").splitlines(), strict=True)
    header = next(reader, [])
    if not header or not all(header) or len(set(header)) != len(header):
        raise ReferenceTableError(f"{name}.csv: header {header} is empty or repeats a column")

    def rows() -> Iterator[list[str]]:
        for row in reader:
            if len(row) != len(header):
                raise ReferenceTableError(f"{name}.csv:{reader.line_num}: {len(row)} cells, {len(header)} columns")
            yield row

    return header, rows()


@cache
def column(name: str, column_name: str) -> frozenset[str]:
    """The values of one column as a set, without empty cells."""
    return frozenset(row[column_name] for row in table(name) if row[column_name])


@cache
def mapping(name: str, value_column: str) -> Mapping[str, str]:
    """First column to ``value_column``; the first row of a key counts."""
    out: dict[str, str] = {}
    for row in table(name):
        out.setdefault(next(iter(row.values())), row[value_column])
    return MappingProxyType(out)
