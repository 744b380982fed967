"""A cell as text, as in the CSV files."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

Cell = str | int | bool | date | Decimal | None
"""A value of a table."""


def cell_text(cell: object) -> str:
    """A cell as the CSV has it, unquoted: ISO dates, plain decimals, ``true`` and ``false``, null as an empty text."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):  # no exponent, and no zeros after the last significant digit
        text = f"{cell:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(cell).lower() if isinstance(cell, bool) else str(cell)
