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
            {("tom-baker", "banker"), ("tom-baker", "senior fellow")},
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
