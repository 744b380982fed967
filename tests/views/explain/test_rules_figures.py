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
    ("approximation", "financial_figures.approximation.vague", "The island grows a third of the world's cocoa."),
    ("date_start", "financial_figures.days.apposed", "Norvik paid $3 million the day before, on June 9."),
    (
        "date_start",
        "financial_figures.days.lent_year",
        "Exports rose to $3 million in May 2015 and fell to $2 million in July.",
    ),
    ("kind", "financial_figures.kind.balance_of_budget", "The federal government ran a deficit of 4 billion dollars."),
    ("kind", "financial_figures.kind.bill", "Parliament passed a $95 billion bill."),
    ("kind", "financial_figures.kind.change_said_anew", "Copper was up $20, or 2 percent."),
    ("kind", "financial_figures.kind.claim_settled", "Norvik settled a lawsuit at $3 million."),
    ("kind", "financial_figures.kind.coin_buys", "The dollar bought 139 yen."),
    ("kind", "financial_figures.kind.currency_traded", "The Bank of Peru bought 2 billion dollars to prop up the sol."),
    ("kind", "financial_figures.kind.gapped", "Oman gave 3 million dollars in aid and Malta 2 million dollars."),
    ("kind", "financial_figures.kind.gift_for", "Peru gave Kenya 6 billion yen to rebuild a port."),
    ("kind", "financial_figures.kind.interest_basis_points", "The spread widened by 20 basis points."),
    ("kind", "financial_figures.kind.interest_lent_at", "The bank lent firms 5.9 billion marks at 3.8 pct."),
    ("kind", "financial_figures.kind.large_charge", "It took a $5 billion charge on its mill."),
    ("kind", "financial_figures.kind.level", "Unemployment rose to 7.2 pct."),
    ("kind", "financial_figures.kind.levied", "The ticket tax raised 2.7 billion euros."),
    ("kind", "financial_figures.kind.lost_by_firm", "The budget airline lost 45 million euros."),
    ("kind", "financial_figures.kind.market_per_period", "It is a 2.6 billion dollar a year industry."),
    ("kind", "financial_figures.kind.moved_price", "Soy was up 20 cents, at $5 a bushel."),
    ("kind", "financial_figures.kind.no_such_unit", "It gave aid of 3 million dollars (5 percent)."),
    (
        "kind",
        "financial_figures.kind.of_the_money",
        "Japan gave Nepal 4 million dollars of aid. The group has had 3 million dollars of the money.",
    ),
    ("kind", "financial_figures.kind.put_into", "Norvik sank $3 million into a hole."),
    ("kind", "financial_figures.kind.raised_by_duty", "Importers paid $9 billion in duties."),
    ("kind", "financial_figures.kind.raised_by_firm", "Norvik raised $50 million from Kestrel Bank."),
    ("kind", "financial_figures.kind.reported_loss", "On Friday Norvik reported a loss of $3 million."),
    ("kind", "financial_figures.kind.sale_of_asset", "The sale brought $3 million."),
    ("kind", "financial_figures.kind.sale_of_goods", "The export sale was worth $3 million."),
    ("kind", "financial_figures.kind.set_aside_by_firm", "Norvik set aside $3 million."),
    ("kind", "financial_figures.kind.settled", "Norvik will pay $12 million to settle the lawsuit."),
    ("kind", "financial_figures.kind.share_of_owned", "The fund has 8% of the utility."),
    ("kind", "financial_figures.kind.share_owned", "The port is 60 percent owned by the state."),
    ("kind", "financial_figures.kind.share_traded", "It exports 40 percent of its lamps."),
    ("kind", "financial_figures.kind.stands_at", "The dollar slid, closing at 139.85 yen."),
    ("kind", "financial_figures.kind.under_duty", "Peru lifted tariffs on $51 million of Chilean lamps."),
    ("payer_id", "financial_figures.named.part", "The World Bank's private arm lent Malta $5 million."),
    ("payee_id", "financial_figures.named.state", "Kestrel Bank lent Dutch $3 million. The Netherlands met Peru."),
    ("payer_id", "financial_figures.party.borrower", "Malta will reschedule 9 billion dlrs of debt."),
    ("payer_id", "financial_figures.party.gapped", "Oman gave 3 million dollars in aid and Malta 2 million dollars."),
    (
        "payer_id",
        "financial_figures.party.kept",
        "Chile owes Oman 3 million dollars and Malta about 2 million dollars.",
    ),
    ("payee_id", "financial_figures.party.lender", "Kestrel Bank rescheduled 9 billion dlrs of debt."),
    ("payer_id", "financial_figures.party.other_signatory", "Norway agreed a $3 million loan to Peru."),
    (
        "tariff_id",
        "financial_figures.tariff_id.sentence",
        "Peru imposed a 10 percent tariff on Chilean steel, and tariffs on $3 million of imports will follow.",
    ),
    ("unit", "financial_figures.unit.country", "It paid $3 million (almost 10 million Canadian)."),
    ("unit", "financial_figures.unit.letter", "It will pay a dividend of 4.5p a share."),
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
        "Japan lent Peru about $300 million in 2019.",
        "financial_figures",
        "payer_id",
        'it stands where "lent" has its slot for subject, which makes it the payer by figure_frames.csv',
    ),
    (
        "Exports fell 5.5 percent to 3 billion euros.",
        "financial_figures",
        "amount",
        'negative, since "fell" makes it how much something fell',
    ),
    (
        "Exports fell 5.5 percent to 3 billion euros.",
        "financial_figures",
        "kind",
        '"fell" governs the percentage, and what changes is of the economy: growth',
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
    ("Oil fell 20 cents to $50 a barrel on Monday.", "financial_figures", "kind", '"a barrel" makes it a price: price'),
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
