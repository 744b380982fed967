"""Words that name a trade measure."""

from __future__ import annotations

import pytest

from broadsheet.reference.trade import measures_named


@pytest.mark.parametrize(
    ("words", "measures"),
    [
        ("tariffs", {"tariff"}),
        ("Levies", {"tariff"}),
        ("taxes", {"tariff"}),
        ("duties", {"duty"}),
        ("countervailing duties", {"countervailing", "duty"}),
        ("anti-dumping", {"anti_dumping"}),
        ("tariff-rate quotas", {"tariff", "quota"}),
        ("banned", {"ban"}),
        ("bank", set()),
        ("suspended", set()),
        ("curbs", set()),
        ("measures", set()),
    ],
)
def test_words_that_name_a_measure(words: str, measures: set[str]) -> None:
    """Nouns, their modifiers and verbs that are nouns too name a measure; verbs that need an object do not."""
    assert measures_named(words) == measures
