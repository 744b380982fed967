"""CSV and Parquet, read back by the readers that people use."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

from broadsheet.publishing.formats import cell_text, csv_bytes, parquet_bytes
from broadsheet.tables.arrow import arrow_schema, arrow_table
from broadsheet.tables.rows import ArticleRow, FigureRow, Row, TariffRow

if TYPE_CHECKING:
    from pathlib import Path

ART = "art_00000000000000aa"
FIGURE = FigureRow(
    "fig_00000000000000aa", ART, Decimal("1234567890123456789012.3456"), None, "JPY", "stated", None, "¥1,2", "exact",
    "budget", None, None, None, None, date(2024, 1, 1), date(2024, 3, 31), "approximate", "early 2024", "stated", 3, 9,
)  # fmt: skip
TARIFF = TariffRow(
    "tar_00000000000000aa", ART, "BRA", None, 'fish, "fresh"\nor dried', "03", None, "tariff", "impose",
    Decimal("7.50"), None, None, "7.5 pct", "exact", None, "in_force", None, None, None, None, False, None, 3, 9,
)  # fmt: skip
ARTICLE = ArticleRow(ART, "NA", None, "", None, None, "en", "0" * 64, 10, 2, 1)


@pytest.mark.parametrize(
    ("table", "row", "cells"),
    [
        ("financial_figures", FIGURE, {2: "1234567890123456789012.3456", 14: "2024-01-01"}),
        ("tariffs", TARIFF, {9: "7.5", 20: "false", 15: "in_force"}),
        ("articles", ARTICLE, {1: "NA", 2: ""}),
    ],
    ids=["long decimal and date", "trimmed decimal and boolean", "the text NA and null"],
)
def test_csv_cells(table: str, row: Row, cells: dict[int, str]) -> None:
    """Cells are plain: no exponent, no superfluous zeros, ISO dates, lower-case booleans, null as nothing."""
    import csv

    header, first = csv.reader(io.StringIO(csv_bytes(arrow_table(table, [row])).decode("utf-8"), newline=""))
    assert header == arrow_schema(table).names
    assert {i: first[i] for i in cells} == cells


@pytest.mark.parametrize(
    ("cell", "text"), [("40.0000", "40"), ("100", "100"), ("0.0500", "0.05"), ("-1.50", "-1.5"), ("1E+3", "1000")]
)
def test_decimals_are_plain_and_short(cell: str, text: str) -> None:
    """No exponent, no zero or point at the end of a fraction, and the zeros of a whole number stay."""
    assert cell_text(Decimal(cell)) == text


def test_csv_dialect() -> None:
    """UTF-8 without a byte order mark, LF alone, quotes doubled where a cell needs them."""
    raw = csv_bytes(arrow_table("tariffs", [TARIFF]))
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert b'"fish, ""fresh""\nor dried"' in raw
    assert raw.endswith(b"\n")


def test_parquet_in_plain_pandas(tmp_path: Path) -> None:
    """`pd.read_parquet` alone gives nullable integers and booleans, dates, and exact decimals."""
    path = tmp_path / "t.parquet"
    path.write_bytes(parquet_bytes(arrow_table("tariffs", [TARIFF])))
    frame = pd.read_parquet(path)
    assert frame["char_start"].dtype == "Int64"
    assert frame["rate_is_additional"].dtype == "boolean"
    assert frame["effective_on"].dtype == "date32[day][pyarrow]"
    assert frame["rate_percent"].dtype == object
    assert frame["rate_percent"].tolist() == [Decimal("7.5000")]


def test_parquet_keeps_the_schema(tmp_path: Path) -> None:
    """The file has the derived Arrow schema: types, null flags, descriptions and keys."""
    path = tmp_path / "f.parquet"
    path.write_bytes(parquet_bytes(arrow_table("financial_figures", [FIGURE])))
    read = pq.read_schema(path)
    expected = arrow_schema("financial_figures")
    assert read.equals(expected)
    for name in expected.names:
        assert read.field(name).metadata == expected.field(name).metadata
        assert read.field(name).nullable == expected.field(name).nullable
    assert expected.metadata.items() <= read.metadata.items()
    assert read.pandas_metadata["index_columns"] == []


def test_parquet_in_duckdb(tmp_path: Path) -> None:
    """DuckDB sees exact decimals and real dates."""
    path = tmp_path / "f.parquet"
    path.write_bytes(parquet_bytes(arrow_table("financial_figures", [FIGURE])))
    query = f"select amount, typeof(amount), typeof(date_start) from '{path}'"
    rows = duckdb.connect().execute(query).fetchall()
    assert rows == [(Decimal("1234567890123456789012.3456"), "DECIMAL(28,4)", "DATE")]


@pytest.mark.parametrize("make", [csv_bytes, parquet_bytes], ids=["CSV", "Parquet"])
def test_same_table_same_bytes(make: object) -> None:
    """Writing twice gives the same bytes."""
    assert callable(make)
    table = arrow_table("financial_figures", [FIGURE])
    assert make(table) == make(table)
