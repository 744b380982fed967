"""Whatever a text is like, its cells have rules that can be told."""

from __future__ import annotations

from random import Random

import pytest
from firing import PUBLISHED, cells, under
from texts import Writer

from broadsheet.analysis.pipeline import analyse
from broadsheet.extraction.rules import rule_texts, sentence
from broadsheet.reading import read
from broadsheet.tables.schema import schemas

TABLES = frozenset(schemas()) - {"evidence", "countries"}
TEXTS = 30
"""Texts of one test."""


@pytest.mark.parametrize("seed", range(4))
def test_every_cell_of_any_text_has_a_rule(seed: int) -> None:
    """Texts put together at random, and damaged, have no cell without a rule, and no rule without its sentence."""
    for number in range(TEXTS):
        article = read(Writer(Random(f"{seed} {number}")).text(), published_on=PUBLISHED)
        for table, column, rule in cells(analyse(article)):
            if table not in TABLES:
                continue
            assert rule is not None, (table, column)
            assert column in rule_texts()[rule.id].columns
            assert all(sentence(reason, article.text) for reason in under(rule))
