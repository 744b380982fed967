"""The cells that the end of a build shows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from broadsheet.cli.summary import SHOWN, cell
from broadsheet.tables.schema import TABLES, schema


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (pd.NA, ""),
        (float("nan"), ""),
        (True, "yes"),
        (np.False_, "no"),
        (Decimal("276000000.0000"), "276,000,000"),
        (Decimal("-0.5000"), "-0.5"),
        (Decimal(100), "100"),
        (np.int64(1500), "1500"),
        (date(2024, 3, 9), "2024-03-09"),
        ("two\nlines", "two lines"),
    ],
    ids=repr,
)
def test_cell(value: object, text: str) -> None:
    """Null is empty, a boolean a word, and a decimal has no idle zeros."""
    assert cell(value) == text


def test_columns_shown_are_columns_of_the_schema() -> None:
    """Every table is shown, with columns that it has."""
    assert list(SHOWN) == list(TABLES)
    for table, columns in SHOWN.items():
        assert set(columns) <= set(schema(table).columns)
