"""The summary of an event follows from its row and its participants."""

from __future__ import annotations

from datetime import date

import pytest

from broadsheet.tables.rows import EventRow
from broadsheet.tables.summary import summarise


def _row(**cells: object) -> EventRow:
    blank: dict[str, object] = dict.fromkeys(EventRow.__dataclass_fields__)
    return EventRow(**{**blank, "type": "AID", "trigger": "sent medicine", "status": "occurred", **cells})  # type: ignore[arg-type]


def test_the_summary_has_both_sides_and_the_row() -> None:
    """The summary names both sides, type, trigger, days, place and status, whatever the order of the participants."""
    row = _row(date_start=date(2021, 4, 3), date_end=date(2021, 4, 3), date_precision="day", place="Lima")
    both = [("Norway", "actor"), ("Chile", "recipient"), ("Denmark", "actor")]
    line = "Denmark and Norway → Chile: AID (sent medicine), 2021-04-03, Lima"
    assert summarise(row, both) == summarise(row, reversed(both)) == line


@pytest.mark.parametrize(
    ("start", "end", "precision", "words"),
    [
        ("2021-04-01", "2021-04-30", "month", "2021-04"),
        ("2021-01-01", "2021-12-31", "year", "2021"),
        ("2021-10-01", "2021-12-31", "approximate", "about 2021-10-01 to 2021-12-31"),
        ("2021-04-03", None, "day", "from 2021-04-03"),
        (None, "2021-04-03", "day", "until 2021-04-03"),
        ("2021-04-03", "2021-04-05", "day", "2021-04-03 to 2021-04-05"),
        (None, None, None, ""),
    ],
)
def test_days_of_a_summary(start: str | None, end: str | None, precision: str | None, words: str) -> None:
    """Days are as exact as they are known."""
    days = [d and date.fromisoformat(d) for d in (start, end)]
    row = _row(date_start=days[0], date_end=days[1], date_precision=precision, status="planned")
    assert summarise(row, [("Norway", "actor")]) == ", ".join(
        part for part in ("Norway: AID (sent medicine)", words, "planned") if part
    )
