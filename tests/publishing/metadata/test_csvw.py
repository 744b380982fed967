"""CSV on the Web, read by the `csvw` package."""

from __future__ import annotations

import shutil
import warnings
from typing import TYPE_CHECKING, Any

import pytest

from broadsheet.publishing.metadata.index import CSVW
from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def read(folder: Path) -> Any:
    """The tables of a package; a null is no link, as in the Table Schemas."""
    import csvw

    return csvw.CSVW(str(folder / CSVW), validate=True, strict=False)


def test_valid(package: Path) -> None:
    """Types, patterns, bounds, keys and links hold in every row of every table, without a warning."""
    tables = read(package)
    assert tables.is_valid, [str(warning.message) for warning in tables.warnings]
    assert len(tables.tables) == len(TABLES)


def test_cells_are_those_of_the_parquet(package: Path) -> None:
    """Numbers come exact, days as days, truth values as such."""
    import pyarrow.parquet as pq

    for name, table in zip(TABLES, read(package).tables, strict=True):
        # The reader gives a day as its midnight.
        rows = [{key: cell.date() if hasattr(cell, "date") else cell for key, cell in row.items()} for row in table]
        assert rows == pq.read_table(package / "data" / f"{name}.parquet").to_pylist(), name


def test_keys_and_links(package: Path) -> None:
    """Those of the schemas, all of them."""
    for ours, table in zip(schemas().values(), read(package).tables, strict=True):
        assert table.tableSchema.primaryKey == list(ours.primary_key)
        found = [
            (k.columnReference, str(k.reference.resource), k.reference.columnReference)
            for k in table.tableSchema.foreignKeys
        ]
        assert found == [([k.column], f"../data/{k.target_table}.csv", [k.target_column]) for k in ours.foreign_keys]


def _replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda content: content.replace(old, new, 1)


FAULTS: list[tuple[str, str, Callable[[bytes], bytes]]] = [
    ("a number that is a text", "quotes", _replaced(b",1,direct,", b",one,direct,")),
    ("a number out of its bounds", "quotes", _replaced(b",1,direct,", b",0,direct,")),
    ("a value that is not allowed", "quotes", _replaced(b",direct,", b",whispered,")),
    ("a key of another form", "quotes", _replaced(b"quo_", b"qu_")),
    ("an invalid date", "tariffs", _replaced(b"2024-06-01", b"2024-06-31")),
    ("a dangling link", "quotes", _replaced(b"ines-valadao", b"nobody")),
    ("a row twice", "actors", lambda content: content + content.splitlines(keepends=True)[-1]),
    ("a cell that must be there", "actors", _replaced(b"portugal,Portugal", b"portugal,")),
]


@pytest.mark.parametrize(("table", "change"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS])
def test_a_fault_is_found(small: Path, tmp_path: Path, table: str, change: Callable[[bytes], bytes]) -> None:
    """What the metadata forbid, the public validator finds: they say what the schemas say."""
    shutil.copytree(small, tmp_path / "package")
    path = tmp_path / "package" / "data" / f"{table}.csv"
    content = path.read_bytes()
    path.write_bytes(change(content))
    assert path.read_bytes() != content
    tables = read(tmp_path / "package")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            assert not tables.is_valid
    except ValueError:
        pass
