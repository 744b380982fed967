"""The names of goods as the table has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from broadsheet.extraction.actors import find_actors
from broadsheet.extraction.tariffs.products import products_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.analysis.document import Document


@pytest.mark.parametrize(
    ("sentence", "head", "names"),
    [
        ("Chile put a tariff on Chinese electric cars.", "cars", ["electric cars"]),
        ("Chile put a tariff on steel imports.", "imports", ["steel"]),
        ("Chile put a tariff on all imported goods.", "goods", []),
        ("Chile put a tariff on meat and dairy products.", "products", ["meat products", "dairy products"]),
        ("Chile put a tariff on 20 foreign solar panels.", "panels", ["solar panels"]),
    ],
)
def test_goods_have_no_national_adjective_number_or_general_word(
    document: Callable[..., Document], sentence: str, head: str, names: list[str]
) -> None:
    """The name is what is printed, without what says whose the goods are or how many."""
    analysed = document(f"{sentence}\n")
    token = next(t for t in analysed.tokens if t.text == head)
    assert [p.name for p in products_of(analysed, find_actors(analysed).entities, token)] == names
