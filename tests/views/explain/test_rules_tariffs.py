"""The rules of measures tell the branch that decided."""

from __future__ import annotations

import pytest
from firing import fired, says

TABLES = ("tariffs",)

CASES = [
    ("action", "tariffs.action.composed", "Washington revoked the steel tariff exemption for Brazil."),
    ("action", "tariffs.action.conditional", "China will impose duties on Dutch pork if the EU taxes its cars."),
    ("action", "tariffs.action.fitting", "Thailand has eased restrictions on imports from Laos."),
    ("action", "tariffs.action.listed", "India will be charged 25%, Taiwan 20% and Switzerland 39%, Washington said."),
    ("action", "tariffs.action.modifier", "Peru's increased tariffs on Chilean steel hurt mills."),
    ("action", "tariffs.action.negated", "Russia will not lift its ban on Georgian wine."),
    ("action", "tariffs.action.object_alone", "Peru agreed to a 10 percent U.S. tariff on steel."),
    (
        "action",
        "tariffs.action.possible",
        "Ottawa said it could put export taxes on potash shipped to the United States.",
    ),
    ("action", "tariffs.action.still", "Peru still bans imports of Chilean steel."),
    (
        "effective_on",
        "tariffs.effective_on.inside",
        "Peru's March 2019 duty of 10 percent on Chilean steel hurt mills.",
    ),
    (
        "ended_on",
        "tariffs.ended_on.other_sentence",
        "Peru imposed a 10 percent tariff on Chilean steel. The tariff will last until 2023.",
    ),
    ("imposer_code", "tariffs.imposer_code.agent", "A tariff of 15 percent was imposed by Mexico on Vietnamese shoes."),
    (
        "imposer_code",
        "tariffs.imposer_code.borne_in",
        "Peruvian anchovies are subject to anti-dumping duties in the United States.",
    ),
    (
        "imposer_code",
        "tariffs.imposer_code.coordinated",
        "Peru agreed to a 10 percent U.S. tariff on steel and a 20 percent levy on lamps.",
    ),
    (
        "imposer_code",
        "tariffs.imposer_code.destination",
        "A 10 percent tariff on all imports into Peru came into force in May.",
    ),
    (
        "imposer_code",
        "tariffs.imposer_code.entered",
        "Chinese steel will be hit by a 50 per cent tariff when it enters Mexico.",
    ),
    (
        "imposer_code",
        "tariffs.imposer_code.name_before_noun",
        "Peru duties of 10 percent on Chilean steel took effect.",
    ),
    (
        "imposer_code",
        "tariffs.imposer_code.pronoun",
        "Peru and Kenya said they imposed a 10 percent tariff on Chilean steel.",
    ),
    (
        "imposer_code",
        "tariffs.imposer_code.right_before",
        "The talks failed because of Tokyo imposing a levy on Korean seaweed.",
    ),
    (
        "imposer_code",
        "tariffs.imposer_code.signed",
        "Peru issued a decree that imposes a 10 percent tariff on Chilean steel.",
    ),
    ("imposer_code", "tariffs.imposer_code.source", "Chilean steel faces a 10 percent tariff from Peru."),
    (
        "measure",
        "tariffs.measure.beside",
        "Peru imposed a 10 percent tariff on Chilean steel, while Brazil faces 20 percent and Kenya 30 percent.",
    ),
    ("measure", "tariffs.measure.import_control", "Thailand has eased restrictions on imports from Laos."),
    (
        "measure",
        "tariffs.measure.more_specific",
        (
            "Peru imposed a 10 percent tariff on Chilean steel on May 3, 2021. Peru imposed an anti-dumping duty "
            "on Chilean steel."
        ),
    ),
    (
        "measure",
        "tariffs.measure.of_rates",
        "India will be charged 25%, Taiwan 20% and Switzerland 39%, Washington said.",
    ),
    (
        "measure",
        "tariffs.measure.several",
        "The Commerce Department set anti-dumping and countervailing duties on Mexican tomatoes.",
    ),
    ("measure", "tariffs.measure.trade_sanction", "Peru imposed trade sanctions on Chilean beef."),
    (
        "rate_before_percent",
        "tariffs.rate_before_percent.before_noun",
        "Taiwan will halve the 15 pct duty on U.S. oranges to 7.5 pct.",
    ),
    (
        "rate_before_percent",
        "tariffs.rate_before_percent.moved",
        "Peru's tariff on Chilean steel of 10 percent rises to 20 percent.",
    ),
    (
        "rate_percent",
        "tariffs.rate_percent.listed",
        "India will be charged 25%, Taiwan 20% and Switzerland 39%, Washington said.",
    ),
    ("status", "tariffs.status.accepted", "Peru agreed to a 10 percent U.S. tariff on steel."),
    (
        "status",
        "tariffs.status.beside",
        "Peru imposed a 10 percent tariff on Chilean steel, while Brazil faces 20 percent and Kenya 30 percent.",
    ),
    ("status", "tariffs.status.conditional", "China will impose duties on Dutch pork if the EU taxes its cars."),
    (
        "status",
        "tariffs.status.listed_announced",
        "India will be charged 25%, Taiwan 20% and Switzerland 39%, Washington said.",
    ),
    ("status", "tariffs.status.negated", "Russia will not lift its ban on Georgian wine."),
    ("status", "tariffs.status.offered", "Peru offered to cut its tariff on Chilean steel to 10 percent."),
    (
        "status",
        "tariffs.status.settled",
        (
            "The dispute over Peru banning imports of Chilean beef was settled. Peru will lift the ban on Chilean"
            " beef next year."
        ),
    ),
    (
        "target_code",
        "tariffs.target_code.coordinated",
        "Peru agreed to a 10 percent U.S. tariff on steel and a 20 percent levy on lamps.",
    ),
    (
        "target_code",
        "tariffs.target_code.destination",
        "Washington barred companies from exporting advanced chips to China.",
    ),
    (
        "target_code",
        "tariffs.target_code.them",
        "The Danish goods that Norway has placed duties on include butter, motorboats and toys.",
    ),
]
"""Column, rule, and a text in which a cell of that column has it or rests on it: rules that no longer text fires."""

SAID = [
    (
        "Oslo imposed a 10 percent tariff on Danish butter.",
        "tariffs",
        "imposer_code",
        '"Oslo" is the subject of the word that says what becomes of the measure, or who is understood as such',
    ),
    (
        "Oslo imposed a 10 percent tariff on Danish butter.",
        "tariffs",
        "target_code",
        '"Danish" says whose goods they are, or is the country that the measure is on',
    ),
    (
        "Oslo imposed a 10 percent tariff on Danish butter.",
        "tariffs",
        "hs_chapter",
        "butter ends in the entry butter of goods.csv, which has one chapter",
    ),
    (
        "Oslo imposed a 10 percent tariff on Danish butter.",
        "tariffs",
        "measure",
        '"tariff" names a tariff by trade_measures.csv',
    ),
    (
        "Oslo imposed a 10 percent tariff on Danish butter.",
        "tariffs",
        "action",
        'the measure is the object of "imposed": impose by trade_actions.csv',
    ),
    (
        "Oslo imposed a 10 percent tariff on Danish butter.",
        "tariffs",
        "rate_percent",
        '"10 percent" stands before the measure',
    ),
    (
        "Peru will raise its duty on Chilean steel to 20 percent from 10 percent.",
        "tariffs",
        "rate_before_percent",
        '"10 percent" stands behind from',
    ),
    (
        "Peru will raise its duty on Chilean steel to 20 percent from 10 percent.",
        "tariffs",
        "status",
        '"will" makes it decided or to come: announced',
    ),
    (
        "Peru put a duty on Chilean steel in retaliation.",
        "tariffs",
        "is_retaliation",
        '"in retaliation" calls this act an answer: yes',
    ),
    (
        "Peru will put a duty on Chilean steel from July 1.",
        "tariffs",
        "effective_on",
        '"from July 1" stands behind a word of beginning or effect (from, effective, into force)',
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
