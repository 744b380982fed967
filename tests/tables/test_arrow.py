"""Arrow schemas derived from the Table Schemas."""

from __future__ import annotations

import json
from decimal import Decimal

import pyarrow as pa
import pytest

from broadsheet.tables.arrow import arrow_schema, arrow_table
from broadsheet.tables.rows import CountryRow
from broadsheet.tables.schema import TABLES, schema


@pytest.mark.parametrize("name", TABLES)
def test_null_flags_and_metadata(name: str) -> None:
    """A required column is not nullable; key, links and descriptions travel in the metadata."""
    arrow = arrow_schema(name)
    for field in schema(name).fields:
        assert arrow.field(field.name).nullable is not field.required
        assert arrow.field(field.name).metadata[b"description"].decode() == field.description
    assert tuple(json.loads(arrow.metadata[b"primary_key"])) == schema(name).primary_key
    assert len(json.loads(arrow.metadata[b"foreign_keys"])) == len(schema(name).foreign_keys)


@pytest.mark.parametrize(
    ("table", "column", "expected"),
    [
        ("financial_figures", "amount", pa.decimal128(28, 4)),
        ("tariffs", "rate_percent", pa.decimal128(9, 4)),
        ("tariffs", "is_retaliation", pa.bool_()),
        ("quotes", "n_words", pa.int64()),
        ("events", "date_start", pa.date32()),
        ("quotes", "text", pa.string()),
    ],
)
def test_types(table: str, column: str, expected: pa.DataType) -> None:
    """Money is an exact decimal, dates are dates, and nothing is a float."""
    assert arrow_schema(table).field(column).type == expected


@pytest.mark.parametrize("name", TABLES)
def test_empty_tables_keep_their_types(name: str) -> None:
    """A table without rows has the same schema as one with rows."""
    assert arrow_table(name, []).schema.equals(arrow_schema(name), check_metadata=True)


def test_rows_become_columns() -> None:
    """Rows stand in the order in which they are given."""
    table = arrow_table(
        "countries", [CountryRow("NOR", "Norway", "NO", "Europe"), CountryRow("CHL", "Chile", "CL", "Americas")]
    )
    assert table.column("name").to_pylist() == ["Norway", "Chile"]


def test_an_amount_that_does_not_fit_is_refused() -> None:
    """A decimal of more digits than the column holds is an error and is never rounded."""
    with pytest.raises(pa.ArrowInvalid):
        pa.array([Decimal("1.23456")], arrow_schema("financial_figures").field("amount").type)
