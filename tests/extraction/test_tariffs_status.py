"""The status of a measure, and the rows that it agrees with. All facts are invented."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from broadsheet.extraction.pipeline import parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.analysis.document import Document
    from broadsheet.tables.rows import TariffRow

    Analyse = Callable[..., Document]


def rows(document: Analyse, text: str) -> list[TariffRow]:
    """The rows of a text of 2025."""
    return [found.row for found in parse(document(text, published_on=date(2025, 2, 11))).tariffs]


def test_a_list_of_measures_has_the_status_of_its_first(document: Analyse) -> None:
    """What is planned of the first is planned of all."""
    text = (
        "Norway set out plans for a 15% duty on goods from Chile, a 12% duty on goods from Bolivia and a 9% duty "
        "on goods from Ecuador."
    )
    found = rows(document, text)
    assert {row.target_code for row in found} == {"CHL", "BOL", "ECU"}
    assert {row.status for row in found} == {"announced"}


def test_a_threat_does_not_weaken_what_was_imposed(document: Analyse) -> None:
    """One row for both, with the status of the measure that came of it."""
    text = (
        "Norway could impose a 20% tariff on wine from Chile.\n\n"
        "The 20% tariff on Chilean wine has already been imposed."
    )
    (row,) = rows(document, text)
    assert (row.action, row.status) == ("impose", "in_force")


@pytest.mark.parametrize(
    ("suspended", "expected"),
    [
        ("so-called solidarity tariffs until July", {("copper", "impose"), (None, "impose"), (None, "suspend")}),
        ("those tariffs until July", {("copper", "impose"), ("copper", "suspend")}),
    ],
)
def test_only_what_refers_back_has_the_goods_before(
    document: Analyse, suspended: str, expected: set[tuple[str | None, str]]
) -> None:
    """Other tariffs that are suspended are not those named before."""
    found = rows(document, f"Norway currently has a 25% tariff on Chilean copper. It has also suspended {suspended}.")
    assert {(row.product, row.action) for row in found} == expected


def test_what_is_kept_is_not_what_is_suspended(document: Analyse) -> None:
    """The part of a measure that stays is in force."""
    text = "Norway suspended some of the highest duties on salmon, while keeping in place a 10% duty on salmon."
    assert {row.action: row.status for row in rows(document, text)} == {"suspend": "in_force", "maintain": "in_force"}
