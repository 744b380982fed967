"""Identity in Wikidata: of states and the European Union, and of nobody that the table does not give."""

from __future__ import annotations

import pytest

import broadsheet

TEXT = "EU acts\n\nCanada and the European Union met Chinese officials. The European Commission and Huawei agreed.\n"


@pytest.mark.parametrize(
    ("name", "item"),
    [
        ("Canada", "Q16"),
        ("China", "Q148"),
        ("European Union", "Q458"),
        ("European Commission", None),
        ("Huawei", None),
    ],
)
def test_an_item_is_given_where_the_table_has_it(name: str, item: str | None) -> None:
    """States and the Union have one; a body of a state does not get the state's."""
    actors = broadsheet.extract(text=TEXT).arrow("actors").to_pylist()
    assert {row["name"]: row["wikidata_id"] for row in actors}[name] == item
