"""Cells as a file of corrections writes them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from broadsheet.base.errors import InputError
from broadsheet.curation.cells import Cell, cell_text, parse_cell
from broadsheet.tables.schema import schemas

READ = [
    ("quotes", "text", "= so be it", "= so be it"),
    ("quotes", "speaker_id", "", None),
    ("quotes", "char_start", 12, 12),
    ("quotes", "char_start", "12", 12),
    ("tariffs", "rate_percent", "12.5", Decimal("12.5000")),
    ("tariffs", "rate_percent", 25, Decimal("25.0000")),
    ("tariffs", "is_retaliation", True, True),
    ("tariffs", "is_retaliation", "false", False),
    ("tariffs", "effective_on", date(2024, 3, 9), date(2024, 3, 9)),
    ("tariffs", "effective_on", "2024-03-09", date(2024, 3, 9)),
]

REFUSED = [
    ("quotes", "text", 12),
    ("quotes", "char_start", "12.5"),
    ("quotes", "char_start", True),
    ("tariffs", "rate_percent", "a quarter"),
    ("tariffs", "rate_percent", "NaN"),
    ("tariffs", "rate_percent", "0.00001"),
    ("tariffs", "rate_percent", 12.5),
    ("tariffs", "is_retaliation", "yes"),
    ("tariffs", "effective_on", "9 March 2024"),
    ("tariffs", "effective_on", "2024-02-30"),
]


@pytest.mark.parametrize(("table", "column", "given", "value"), READ)
def test_a_value_is_read_as_the_csv_writes_it(table: str, column: str, given: object, value: object) -> None:
    """Texts and TOML's own types give the same cell, an empty text is null, and writing it back reads the same."""
    field = schemas()[table].field(column)
    cell = parse_cell(field, given, "here")
    assert cell == value
    assert type(cell) is type(value)
    assert parse_cell(field, cell_text(cell), "here") == value


@pytest.mark.parametrize(("table", "column", "given"), REFUSED)
def test_a_value_of_another_type_is_refused(table: str, column: str, given: object) -> None:
    """The error names the column and the value, and floats are refused, since they are not exact."""
    with pytest.raises(InputError, match=f"here, {column}: cannot be"):
        parse_cell(schemas()[table].field(column), given, "here")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (Decimal("12.5000"), "12.5"),
        (Decimal("100.0000"), "100"),
        (date(2024, 3, 9), "2024-03-09"),
    ],
)
def test_a_cell_is_shown_without_idle_zeros(value: Cell, text: str) -> None:
    """What a curator sees is short and exact."""
    assert cell_text(value) == text
