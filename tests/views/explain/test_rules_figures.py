"""The rules of financial figures tell the branch that decided."""

from __future__ import annotations

import pytest
from firing import cells, fired, says

from broadsheet.analysis.pipeline import analyse
from broadsheet.reading import read

TABLES = ("financial_figures",)

CASES = [
    ("amount", "financial_figures.amount.part_of", "Rates rose by half a percentage point."),
    ("approximation", "financial_figures.approximation.estimated", "Output is estimated to have fallen 4 percent."),
    ("approximation", "financial_figures.approximation.vague", "Output fell by two thirds in May."),
    ("date_start", "financial_figures.days.apposed", "Shares fell 3 percent the day before, on June 9."),
    (
        "date_start",
        "financial_figures.days.lent_year",
        "Norvik earned $3 million in May 2015 and lost $2 million in July.",
    ),
    ("kind", "financial_figures.kind.scored", "Exports fell 5.5 percent to 3 billion euros."),
    ("payer_id", "financial_figures.party.converted", "Japan lent Peru £3 million ($4 million) in 2019."),
    ("payer_id", "financial_figures.party.scored", "Japan lent Peru about $300 million in 2019."),
    ("unit", "financial_figures.unit.narrowed", "It cost $80 U.S. in May."),
    ("unit_basis", "financial_figures.unit_basis.yen_or_yuan", "It cost ¥5 million, and the yuan fell."),
]
"""Column, rule, and a text in which a cell of that column has it or rests on it: rules that no longer text fires."""

SAID = [
    (
        "Japan lent Peru about $300 million in 2019.",
        "financial_figures",
        "amount",
        'the number of "$300 million", its scale word multiplied out; of a range the lower end',
    ),
    (
        "Japan lent Peru about $300 million in 2019.",
        "financial_figures",
        "unit_basis",
        'nothing tells which currency "$" is; the most traded is taken: USD, default',
    ),
    (
        "Japan lent Peru about $300 million in 2019.",
        "financial_figures",
        "approximation",
        '"about" beside the amount says so by approximators.csv',
    ),
    (
        "Exports fell 5.5 percent to 3 billion euros.",
        "financial_figures",
        "amount",
        'negative, since "fell" makes it how much something fell, or a loss',
    ),
    (
        "Norvik must pay a fine of £3 million ($4 million) to Peru.",
        "financial_figures",
        "kind",
        'it converts "£3 million", and is what that is: fine',
    ),
    (
        "Norvik must pay a fine of £3 million ($4 million) to Peru.",
        "financial_figures",
        "conversion_of_id",
        "the amount stands alone in brackets right behind that figure, in another currency",
    ),
]
"""Text, table, column, and what is said of a cell."""


@pytest.mark.parametrize(("column", "rule", "text"), CASES, ids=[rule for _, rule, _ in CASES])
def test_the_branch_that_decided_has_its_rule(column: str, rule: str, text: str) -> None:
    """A sentence in which one branch decides has the rule of that branch."""
    assert rule in fired(text, column)


@pytest.mark.parametrize(("text", "table", "column", "told"), SAID)
def test_what_is_said_of_a_cell(text: str, table: str, column: str, told: str) -> None:
    """The sentence of a rule has the words that made it fire."""
    assert told in says(text, table, column)


def test_the_publisher_tells_whose_dollar_it_is() -> None:
    """A bare dollar of a paper of Toronto is Canadian, and the rule says so."""
    article = read("It cost $3 million, the minister said.", publisher="The Canadian Harbour Gazette")
    bases = [rule for _, column, rule in cells(analyse(article)) if column == "unit_basis"]
    assert [rule.id for rule in bases if rule is not None] == ["financial_figures.unit_basis.publisher"]
