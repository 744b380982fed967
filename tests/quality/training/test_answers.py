"""Which options of decisions the annotation of an article calls right."""

from __future__ import annotations

import pytest

from broadsheet.quality.training.answers import GoldActors

GOLD = {
    "actors": [
        {"name": "Eastport Chamber of Mines", "kind": "organization", "aliases": ["Chamber"]},
        {"name": "Norway", "kind": "country", "country": "NOR", "aliases": ["Norwegian"]},
        {"name": "Ada Lund", "kind": "person", "aliases": []},
        {"name": "Kesto", "kind": "organization", "aliases": []},
    ],
    "roles": [{"actor": "Ada Lund", "title": "head of research", "tenure": "current"}],
}


@pytest.mark.parametrize(
    ("span", "others", "right"),
    [
        ("Chamber", ["Eastport Chamber of Mines"], False),
        ("Eastport Chamber of Mines", ["Chamber", "Mines"], True),
        ("Kesto and Eastport Chamber of Mines", ["Kesto", "Eastport Chamber of Mines"], False),
        ("Kesto", ["Kesto and Eastport Chamber of Mines"], True),
        ("Norway", ["Bank of Norway"], None),
        ("Lakeside", [], False),
    ],
)
def test_the_longer_name_is_the_right_span(span: str, others: list[str], right: bool | None) -> None:
    """A name inside the longer name of an actor is not right, and neither are two names in one."""
    assert GoldActors(GOLD, "").better(span, others) is right
