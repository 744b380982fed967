"""Who holds the offices that an article names."""

from __future__ import annotations

import pytest

from broadsheet.analysis.pipeline import analyse
from broadsheet.extraction.actors import find_actors
from broadsheet.reading import read


def roles_in(text: str) -> set[tuple[str, str]]:
    """Person and title of each role in a text."""
    article = read(text, published_on="2024-05-06")
    return {(found.row.actor_id, found.row.title) for found in find_actors(analyse(article)).roles}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Sens. Ada Lund and Erik Moe said on Monday that they would vote against the bill.",
            {("ada-lund", "Sens."), ("erik-moe", "Sens.")},
        ),
        ("President Ada Lund met Erik Moe in Oslo on Monday.", {("ada-lund", "President")}),
        (
            "Erik Moe, the chairman of Lakeside Corp., praised Finance Minister Rosa Quispe on Monday.",
            {("erik-moe", "chairman"), ("rosa-quispe", "Finance Minister")},
        ),
        ("Ada Lund met three senators in Oslo on Monday.", set()),
        (
            "Tom Baker, a former central banker now senior fellow at the Eastport Institute, said rates would fall.",
            {("tom-baker", "central banker"), ("tom-baker", "senior fellow")},
        ),
    ],
)
def test_holders_of_offices(text: str, expected: set[tuple[str, str]]) -> None:
    """A title has the holder whom the sentence gives it, a plural title all of them, and no one else."""
    assert roles_in(text) == expected


def test_a_title_in_the_singular_has_one_holder() -> None:
    """Of two people beside a title, one holds it."""
    roles = roles_in("Erik Moe and Ada Lund, the mayor of Eastport, signed the deal on Monday.")
    assert [title for _, title in roles].count("mayor") == 1


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Ada Lund, chief market strategist at Lakeside Bank, said rates would fall.", {"chief market strategist"}),
        (
            "Erik Moe, head of emerging markets research at Lakeside Bank, said on Monday that rates would fall.",
            {"head of emerging markets research"},
        ),
        (
            "Rosa Quispe, special envoy for climate change, and radio talk show host Tom Baker met in Lima on Monday.",
            {"special envoy for climate change", "radio talk show host"},
        ),
        ("Norway's foreign minister, Erik Moe, met Deputy Prime Minister Ada Lund.", {"Deputy Prime Minister"}),
    ],
)
def test_titles_say_what_the_office_is_for(text: str, titles: set[str]) -> None:
    """A title has the words before and behind the office that belong to it, and neither the body nor the state."""
    found = {title for _, title in roles_in(text)}
    assert titles <= found
    assert not any(word in title for title in found for word in ("Bank", "Norway", "Lima"))
