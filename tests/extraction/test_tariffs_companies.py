"""Companies with a rate of their own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from broadsheet.extraction.pipeline import parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.analysis.document import Document

INTRODUCTION = "The European Union set anti-dumping duties on steel pipes from China on Monday. "


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The rate is 14% for Dalian Lumei Pipe Co. and 23% for Harbin Tube Corp.",
            {("Dalian Lumei Pipe Co.", 14), ("Harbin Tube Corp.", 23)},
        ),
        ("Products made by Dalian Lumei Pipe Co. will be subject to a rate of 14%.", {("Dalian Lumei Pipe Co.", 14)}),
        ("Dalian Lumei Pipe Co. faces a rate of 14%.", {("Dalian Lumei Pipe Co.", 14)}),
        ("Dalian Lumei Pipe Co. will not face the 14% duty.", set()),
        ("Dalian Lumei Pipe Co. said the 14% duty was unfair.", set()),
    ],
)
def test_a_rate_belongs_to_the_company_that_bears_it(
    document: Callable[..., Document], sentence: str, expected: set[tuple[str, int]]
) -> None:
    """The company pays or faces it, or it is set for the company; who only speaks of it has none of its own."""
    tables = parse(document(INTRODUCTION + sentence, published_on=date(2024, 8, 20)))
    names = {found.row.actor_id: found.row.name for found in tables.actors}
    found = {(names[r.row.applies_to_id], int(r.row.rate_percent or 0)) for r in tables.tariffs if r.row.applies_to_id}
    assert found == expected
