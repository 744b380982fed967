"""Measures whose words the model finds in several places."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from broadsheet.extraction.pipeline import parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.analysis.document import Document
    from broadsheet.tables.rows import TariffRow


def rows(document: Callable[..., Document], text: str) -> list[TariffRow]:
    """The rows of a text of 2024."""
    return [found.row for found in parse(document(text, published_on=date(2024, 8, 20))).tariffs]


@pytest.mark.parametrize(
    "text",
    [
        "China is imposing anti-dumping duties of 27.7 to 34.9 percent on brandy from the European Union.",
        "The United States set preliminary duties of between 10 percent and 25 percent on Vietnamese shrimp.",
        "India imposed anti-dumping duties of 12.5% to 30% on steel from China.",
    ],
)
def test_a_range_of_rates_is_one_row_of_its_goods(document: Callable[..., Document], text: str) -> None:
    """The noun of a measure and the percent signs of its rate are one mention."""
    (row,) = rows(document, text)
    assert row.product is not None
    assert row.rate_percent is not None
    assert row.rate_high_percent is not None


def test_european_goods_are_those_of_the_union(document: Callable[..., Document]) -> None:
    """The adjective names the target and is no part of the goods."""
    (row,) = rows(document, "The United States imposed a 25% tariff on European cars on Monday.")
    assert (row.target_code, row.product) == ("EUU", "cars")
    assert row.rate_percent == 25
