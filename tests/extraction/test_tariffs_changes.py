"""Rates that change from one number to another. All facts are invented."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from broadsheet.extraction.pipeline import parse
from broadsheet.extraction.tariffs.changes import find_changes
from broadsheet.extraction.tariffs.rates import find_rates

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.analysis.document import Document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("raised from 8% to 15%", [(8, 15)]),
        ("raised to 15% from 8%", [(8, 15)]),
        ("will be 20%, up from 10%", [(10, 20)]),
        ("climbed to 22% on January 1, from 17%", [(17, 22)]),
        ("tea from 20% to 40% and cocoa from 30% to 60%", [(20, 40), (30, 60)]),
        ("to 10% from 2% and on silk to 15% from 12%", [(2, 10), (12, 15)]),
        ("between 8% and 15%", []),
        ("10% on tea and 15% on cocoa", []),
    ],
)
def test_the_rate_before_a_change(text: str, expected: list[tuple[int, int]]) -> None:
    """Both orders are read, and two rates beside each other are no change."""
    rates = find_rates(text)
    known = {rate.span.start: rate for rate in rates}
    found = [(before.percent, known[start].percent) for start, before in find_changes(text, rates).items()]
    assert [tuple(map(str, pair)) for pair in found] == [tuple(map(str, pair)) for pair in expected]


@pytest.mark.parametrize(
    ("text", "action", "before", "after"),
    [
        ("The duty on sugar will be 20%, up from 10%, Kenya said.", "raise", 10, 20),
        ("The South African tariff on imported sugar climbed to 22% on January 1, from 17%.", "raise", 17, 22),
        ("India lifted its import duty on crude palm oil to 20% from 10% in September.", "raise", 10, 20),
        ("Norway cut its tariff on cheese from 30% to 12%.", "lower", 30, 12),
    ],
)
def test_two_rates_tell_the_action(
    document: Callable[..., Document], text: str, action: str, before: int, after: int
) -> None:
    """A rate that goes up is raised, whatever the verb."""
    (found,) = parse(document(text, published_on=date(2024, 10, 14))).tariffs
    row = found.row
    assert row.action == action
    assert (row.rate_before_percent, row.rate_percent) == (Decimal(before), Decimal(after))
