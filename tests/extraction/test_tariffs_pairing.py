"""Which rate is for whom, and who imposes a measure together. All facts are invented."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from broadsheet.extraction.pipeline import parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.analysis.document import Document

    Cell = str | int | None


def rows(document: Callable[..., Document], text: str, *columns: str) -> list[tuple[Cell, ...]]:
    """Some columns of the rows of a text, sorted."""
    found = [found.row for found in parse(document(text, published_on=date(2025, 4, 3))).tariffs]
    cells = [tuple(getattr(row, column) for column in columns) for row in found]
    return sorted((tuple(int(c) if hasattr(c, "as_integer_ratio") else c for c in cell) for cell in cells), key=str)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Japan faces a 24% U.S. tariff, South Korea 25%, Taiwan 32% and India 26%.",
         [("IND", 26), ("JPN", 24), ("KOR", 25), ("TWN", 32)]),
        ("The US tariff will be 34% for China, 20% for the EU, 46% for Vietnam and 24% for Japan.",
         [("CHN", 34), ("EUU", 20), ("JPN", 24), ("VNM", 46)]),
        ("Imports from Japan will face a tariff of 25%, while goods from Thailand will be hit with 36%, the U.S. said.",
         [("JPN", 25), ("THA", 36)]),
        ("The US imposed duties of 3.4% and 7.8%, respectively, on rebar from Turkey and Algeria.",
         [("DZA", 7), ("TUR", 3)]),
    ],
)  # fmt: skip
def test_countries_and_rates_that_take_turns(
    document: Callable[..., Document], text: str, expected: list[tuple[str, int]]
) -> None:
    """Each country has its own rate only."""
    assert rows(document, text, "target_code", "rate_percent") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Imported trucks will pay 25% and furniture 30%, the US said.", [("furniture", 30), ("trucks", 25)]),
        ("Vietnam will raise the import tariff on soybeans to 5% and on corn to 10%.", [("corn", 10), ("soybeans", 5)]),
        ("Canada will put tariffs of 25% and 10% on steel and aluminium respectively from Monday.",
         [("aluminium", 10), ("steel", 25)]),
        ("Egypt cut the tariff on tea to 5 percent, coffee to 10 percent and cocoa to 2 percent.",
         [("cocoa", 2), ("coffee", 10), ("tea", 5)]),
    ],
)  # fmt: skip
def test_goods_and_rates_that_take_turns(
    document: Callable[..., Document], text: str, expected: list[tuple[str, int]]
) -> None:
    """Goods that follow without the word of the measure have a row, too."""
    assert rows(document, text, "product", "rate_percent") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway and Iceland imposed a 10 percent duty on Russian salmon on Monday.", [("ISL", "RUS"), ("NOR", "RUS")]),
        ("Poland, Hungary and Slovakia imposed a ban on Ukrainian wheat.",
         [("HUN", "UKR"), ("POL", "UKR"), ("SVK", "UKR")]),
        ("Washington and Beijing imposed 25% tariffs on each other's goods in July.", [("CHN", "USA"), ("USA", "CHN")]),
    ],
)  # fmt: skip
def test_those_who_impose_a_measure_together(
    document: Callable[..., Document], text: str, expected: list[tuple[str, str]]
) -> None:
    """Each has a row; on each other's goods, with the sides swapped."""
    assert rows(document, text, "imposer_code", "target_code") == expected


def test_an_exception_is_no_target(document: Callable[..., Document]) -> None:
    """A duty on the goods of all but two countries has no target."""
    text = "India imposed a 12% safeguard duty on steel from all countries except Nepal and Bhutan."
    assert rows(document, text, "imposer_code", "target_code", "rate_percent") == [("IND", None, 12)]


def test_those_means_the_goods_before(document: Callable[..., Document]) -> None:
    """The pronoun in the second half has the goods of the first."""
    text = "The US will charge 25% on cars from Japan and 15% on those from Britain."
    expected = [("GBR", "cars", 15), ("JPN", "cars", 25)]
    assert rows(document, text, "target_code", "product", "rate_percent") == expected
