"""Measures whose words leave out what a sentence before has told."""

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


def brief(row: TariffRow) -> tuple[str | None, str | None, str, int | None]:
    """Target, product, action and rate."""
    return row.target_code, row.product, row.action, None if row.rate_percent is None else int(row.rate_percent)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Kenya put a 12% duty on Chinese tiles on Monday. The rate will rise to 30% in October.",
            {("CHN", "tiles", "impose", 12), ("CHN", "tiles", "raise", 30)},
            id="definite noun",
        ),
        pytest.param(
            "Peru set anti-dumping duties of 16% on cotton shirts from China and 9% on those from Vietnam.",
            {("CHN", "cotton shirts", "impose", 16), ("VNM", "cotton shirts", "impose", 9)},
            id="those",
        ),
        pytest.param(
            "Kenya banned exports of raw hides on Friday. The ban will remain in place until December.",
            {(None, "raw hides", "impose", None)},
            id="what is imposed and remains is one measure",
        ),
    ],
)
def test_goods_and_targets_are_those_of_what_is_referred_to(
    document: Callable[..., Document], text: str, expected: set[tuple[str | None, str | None, str, int | None]]
) -> None:
    """*The rate* and *those* are of the goods that the words before them name."""
    assert {brief(row) for row in rows(document, text)} == expected


def test_a_clause_without_its_verb_has_the_action_before_it(document: Callable[..., Document]) -> None:
    """The verb is given once for all goods."""
    text = (
        "Turkey doubled tariffs on some U.S. goods on Wednesday, taking duties on cars to 120 percent and on rum to 70."
    )
    text = text.replace("to 70.", "to 70 percent.")
    assert {row.action for row in rows(document, text) if row.product is not None} == {"raise"}
