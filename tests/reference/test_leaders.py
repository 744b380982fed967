"""Whom a surname leads to, by the table of leaders."""

from __future__ import annotations

from datetime import date

import pytest

from broadsheet.reference.leaders import leader_named


@pytest.mark.parametrize(
    ("words", "titled", "named", "year", "country"),
    [
        (("Angela", "Merkel"), False, (), 2024, "DEU"),
        # A surname alone: in office that year, or soon after if the article names the state.
        (("Merkel",), False, (), 2014, "DEU"),
        (("Merkel",), False, (), 2024, None),
        (("Merkel",), False, ("DEU",), 2024, "DEU"),
        (("Merkel",), False, (), None, None),
        (("Obama",), False, ("ISR",), 2014, "USA"),
        (("Obama",), False, ("ISR",), 2019, None),
        (("Obama",), True, ("ISR",), 2019, "USA"),
    ],
)
def test_a_surname_leads_to_a_leader_of_the_time(
    words: tuple[str, ...], titled: bool, named: tuple[str, ...], year: int | None, country: str | None
) -> None:
    """The state of the leader, or none."""
    day = date(year, 5, 5) if year else None
    found = leader_named(words, titled=titled, named_states=named, published_on=day)
    assert (found and found.country_code) == country
