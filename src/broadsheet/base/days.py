"""The days that the tables can hold: years of four digits that news may mention."""

from __future__ import annotations

from datetime import date

FIRST_DAY = date(1000, 1, 1)
LAST_DAY = date(2999, 12, 31)


def in_bounds(*days: date | None) -> bool:
    """Whether a table can hold all these days; unknown days are ignored."""
    return all(FIRST_DAY <= day <= LAST_DAY for day in days if day is not None)
