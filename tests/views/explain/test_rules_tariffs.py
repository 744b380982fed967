"""The rules of trade measures tell what decided."""

from __future__ import annotations

import pytest
from firing import says

from broadsheet.extraction.rules import rule_texts

IMPOSED = (
    "Chile retaliates\n\nChile imposed a 25 percent tariff on Peruvian steel on Monday in retaliation for Peru's ban.\n"
)
SAID = [
    ("action", "the score of impose for"),
    ("measure", '"tariff" names a measure of the kind tariff'),
    ("imposer_code", 'of the countries named nearby, "Chile" has the highest score as imposer'),
    ("target_code", '"Peruvian" has a score as target above zero'),
    ("product", '"steel" names the goods'),
    ("hs_chapter", "steel ends in the entry steel of goods.csv"),
    ("rate_percent", '"25 percent" has a score above 0.2 as the rate of the measure'),
    ("rate_approximation", 'no word makes "25 percent" less than exact: exact'),
]
"""Column, and the beginning of what is said of a cell."""


@pytest.mark.parametrize(("column", "told"), SAID)
def test_what_is_said_of_a_cell(column: str, told: str) -> None:
    """The sentence of a rule has the words that made it fire."""
    assert any(sentence.startswith(told) for sentence in says(IMPOSED, "tariffs", column))


def test_rules_of_measures_name_columns_of_the_table() -> None:
    """Every scored column has a rule."""
    columns = {column for name, told in rule_texts().items() if name.startswith("tariffs.") for column in told.columns}
    assert {"imposer_code", "target_code", "action", "status", "measure", "product", "effective_on"} <= columns
