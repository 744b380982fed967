"""The rules of measures tell the branch that decided."""

from __future__ import annotations

import pytest
from firing import fired, says

TABLES = ("tariffs",)

CASES = [
    ("action", "tariffs.action.bear_alone", "Chile benefits from a Peruvian quota on beef."),
    ("action", "tariffs.action.composed", "Washington revoked the steel tariff exemption for Brazil."),
    ("action", "tariffs.action.conditional", "China will impose duties on Dutch pork if the EU taxes its cars."),
    ("action", "tariffs.action.fitting", "Thailand has eased restrictions on imports from Laos."),
    ("action", "tariffs.action.listed", "India will be charged 25%, Taiwan 20% and Switzerland 39%, Washington said."),
    ("action", "tariffs.action.market", "Vietnam reopened its market to American peaches."),
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
        "tariffs.effective_on.expiry",
        "Peru ended a five-year ban on imports of Chilean beef in February.",
    ),
    (
        "effective_on",
        "tariffs.effective_on.inside",
        "Peru's March 2019 duty of 10 percent on Chilean steel hurt mills.",
    ),
    (
        "effective_on",
        "tariffs.effective_on.moved",
        "Peru scrapped its tariff on barley in August and lifted a ban in May.",
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
    ("imposer_code", "tariffs.imposer_code.exporter", "A ban on Peruvian exports of wheat took effect in May."),
    ("imposer_code", "tariffs.imposer_code.its", "Vietnam reopened its market to American peaches."),
    (
        "imposer_code",
        "tariffs.imposer_code.name_before_noun",
        "Peru duties of 10 percent on Chilean steel took effect.",
    ),
    (
        "imposer_code",
        "tariffs.imposer_code.nearest",
        "The minister called on Lima to lift its tariffs on Chilean steel.",
    ),
    ("imposer_code", "tariffs.imposer_code.owner_of_market", "The ministry reopened Peru's market to Chilean beef."),
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
        "tariffs.measure.in_sentence",
        "Under the duty Chile faces 10 percent, Peru faces 20 percent and Brazil faces 30 percent, Washington said.",
    ),
    (
        "measure",
        "tariffs.measure.less_loose",
        "Peru imposed curbs on imports of Chilean beef from May 3, 2021. Peru banned imports of Chilean beef.",
    ),
    (
        "measure",
        "tariffs.measure.more_specific",
        (
            "Peru imposed a 10 percent tariff on Chilean steel on May 3, 2021. Peru imposed an anti-dumping duty "
            "on Chilean steel."
        ),
    ),
    ("measure", "tariffs.measure.of_noun", "The embargo restricting imports of Chilean beef hurt Peru."),
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
        "tariffs.rate_before_percent.known",
        "Peru imposed a 10 percent tariff on Chilean steel. In May Peru raised the tariff.",
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
        "tariffs.status.begun",
        "Peru will impose a 10 percent tariff on Chilean steel. The tariff took effect on Monday.",
    ),
    (
        "status",
        "tariffs.status.beside",
        "Peru imposed a 10 percent tariff on Chilean steel, while Brazil faces 20 percent and Kenya 30 percent.",
    ),
    ("status", "tariffs.status.conditional", "China will impose duties on Dutch pork if the EU taxes its cars."),
    ("status", "tariffs.status.has_begun", "Peru will impose a 10 percent tariff on Chilean steel from May 3, 2021."),
    ("status", "tariffs.status.has_ended", "Peru postponed duties on steel from Chile until March."),
    (
        "status",
        "tariffs.status.listed_announced",
        "India will be charged 25%, Taiwan 20% and Switzerland 39%, Washington said.",
    ),
    (
        "status",
        "tariffs.status.listed_in_force",
        "Under the duty Chile faces 10 percent, Peru faces 20 percent and Brazil faces 30 percent, Washington said.",
    ),
    ("status", "tariffs.status.negated", "Russia will not lift its ban on Georgian wine."),
    ("status", "tariffs.status.offered", "Peru offered to cut its tariff on Chilean steel to 10 percent."),
    (
        "status",
        "tariffs.status.one_act",
        (
            "Peru threatened a 10 percent tariff on Chilean steel. Peru will impose a 10 percent tariff on "
            "Chilean steel."
        ),
    ),
    (
        "status",
        "tariffs.status.other_telling",
        "Peru will impose a 10 percent tariff on Chilean steel. Peru imposed a 10 percent tariff on Chilean steel.",
    ),
    (
        "status",
        "tariffs.status.settled",
        (
            "The dispute over Peru banning imports of Chilean beef was settled. Peru will lift the ban on Chilean"
            " beef next year."
        ),
    ),
    (
        "status",
        "tariffs.status.to_be_lifted",
        (
            "The dispute over Peru banning imports of Chilean beef was settled. Peru will lift the ban on Chilean"
            " beef next year."
        ),
    ),
    ("target_code", "tariffs.target_code.accepting", "Peru agreed to a 10 percent U.S. tariff on steel."),
    (
        "target_code",
        "tariffs.target_code.all_others",
        (
            "Peru banned imports of Chilean beef in 2015. Wheat growers waited. Mills waited. Peru banned imports"
            " of wine in 2018."
        ),
    ),
    (
        "target_code",
        "tariffs.target_code.answered",
        (
            "Chile imposed a 10 percent tariff on Peruvian steel. In retaliation, Peru imposed a 20 percent "
            "tariff on wine."
        ),
    ),
    ("target_code", "tariffs.target_code.beneficiary", "Chilean firms face a 10 percent Peruvian tariff on steel."),
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
        "tariffs.target_code.entry_before",
        "China imposed a 15 percent tariff on American coal and 10 percent on crude oil.",
    ),
    (
        "target_code",
        "tariffs.target_code.inherited",
        "Peru imposed a 10 percent tariff on Chilean goods. The tariff applies to cars and tools.",
    ),
    (
        "target_code",
        "tariffs.target_code.only_target",
        "Peru lifted tariffs on Chilean lamps. Duties on copper remain in place.",
    ),
    (
        "target_code",
        "tariffs.target_code.other_telling",
        "Peru imposed a 10 percent tariff on steel on May 3, 2021. Mills fear Peru's tariff on Chilean steel.",
    ),
    ("target_code", "tariffs.target_code.seat", "Peru set a 10 percent duty for Nordvik AB of Norway."),
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
        "The ban on imports of Chilean beef was lifted by Peru.",
        "tariffs",
        "action",
        "the clause takes the measure for granted: impose",
    ),
    (
        "The ban on imports of Chilean beef was lifted by Peru.",
        "tariffs",
        "status",
        'another row of the article lifts it ("lifted"): ended',
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
