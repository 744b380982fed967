"""Financial figures: which amounts are some, of what kind and sign, and whose. All sentences are ours."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from broadsheet import extract
from broadsheet.base.span import Span
from broadsheet.extraction.entity_index import EntityIndex, Mention, index_entities
from broadsheet.extraction.figures import find_figures
from broadsheet.reading import read
from broadsheet.tables.rows import ActorRow, FigureRow, TariffRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.analysis.document import Document
    from broadsheet.extraction.found import Found

    Analyse = Callable[..., Document]

BODIES = {"IMF", "EU", "Commission", "World Bank", "Kestrel Bank", "Norvik", "Almeda", "Tarnow AG", "Red Cross"}


def cast_of(document: Document, names: str) -> EntityIndex:
    """A cast of the actors ``names`` (parted by commas; ``Tokyo=Japan`` is another form), found by their names."""
    actors: dict[str, ActorRow] = {}
    mentions: list[Mention] = []
    for entry in filter(None, (n.strip() for n in names.split(","))):
        form, _, name = entry.partition("=")
        name = name or form
        key = name.lower().replace(" ", "-")
        kind = "organization" if name in BODIES else "country"
        actors[key] = ActorRow(key, name, kind, None, None, 1)
        for found in re.finditer(rf"\b{re.escape(form)}\b", document.text):
            span = Span(found.start(), found.end())
            first, last = document.range_of(span)
            mentions.append(Mention(key, "name", span, first, last))
    return index_entities(document, actors, mentions)


def figures(document: Document, names: str = "", tariffs: list[TariffRow] | None = None) -> list[Found[FigureRow]]:
    """The figures of a document."""
    return find_figures(document, cast_of(document, names), tariffs or [])


def brief(row: FigureRow) -> str:
    """Value, unit, kind and parties in one line."""
    return f"{row.amount} {row.unit} {row.kind} {row.payer_id or '-'} {row.payee_id or '-'}"


PARTIES = [
    # loans and debts
    ("Japan lent Peru $300 million to rebuild its ports.", "Japan, Peru", "300000000 USD loan japan peru"),
    (
        "The World Bank approved a 120 mln dlr loan for Kenya.",
        "World Bank, Kenya",
        "120000000 USD loan world-bank kenya",
    ),
    (
        "Kenya has borrowed 2.1 billion euros from Kestrel Bank since 2016.",
        "Kenya, Kestrel Bank",
        "2100000000 EUR loan kestrel-bank kenya",
    ),
    ("A $90 million loan from Norway to Zambia was signed.", "Norway, Zambia", "90000000 USD loan norway zambia"),
    ("Japan has said it is prepared to lend Peru 2.3 billion dlrs.", "Japan, Peru", "2300000000 USD loan japan peru"),
    ("Turkey obtained a $500m credit line from the IMF.", "Turkey, IMF", "500000000 USD loan imf turkey"),
    ("The IMF agreed to lend Pakistan $7 billion.", "IMF, Pakistan", "7000000000 USD loan imf pakistan"),
    (
        "Kestrel Bank signed a loan of 200 million euros with Tunisia.",
        "Kestrel Bank, Tunisia",
        "200000000 EUR loan kestrel-bank tunisia",
    ),
    ("Chile owes Spain 40 million pesetas.", "Chile, Spain", "40000000 ESP debt chile spain"),
    ("France forgave $1.2 billion of Sudan's debt.", "France, Sudan", "1200000000 USD debt sudan france"),
    ("Angola has repaid $1.5 billion to China.", "Angola, China", "1500000000 USD debt angola china"),
    # trade
    ("India imported $9 billion worth of oil from Iraq.", "India, Iraq", "9000000000 USD trade india iraq"),
    ("Iraq sold India oil worth $9 billion.", "India, Iraq", "9000000000 USD trade india iraq"),
    ("Brazil's exports to China totalled $94 billion.", "Brazil, China", "94000000000 USD trade china brazil"),
    ("Japan shipped 200 mln dlrs of steel to Chile in 1986.", "Japan, Chile", "200000000 USD trade chile japan"),
    (
        "Norvik won a $5.6 billion order from Almeda.",
        "Norvik, Almeda",
        "5600000000 USD trade almeda norvik",
    ),
    ("Vietnam recorded a trade surplus of $12.5 billion with Japan.", "Vietnam, Japan", "12500000000 USD trade - -"),
    ("Two-way trade between Vietnam and Korea hit $80 billion.", "Vietnam, Korea", "80000000000 USD trade - -"),
    (
        "The pact commits Canada to buy 40 million dollars' worth of asparagus from Peru.",
        "Canada, Peru",
        "40000000 USD trade canada peru",
    ),
    (
        "India exports $12 billion of goods to Chile and imports goods worth $6 billion.",
        "India, Chile",
        "12000000000 USD trade chile india",
    ),
    ("Japan threatened tariffs on $11 billion of Chilean goods.", "Japan, Chilean=Chile", "11000000000 USD trade - -"),
    # fines and other payments
    ("The Commission fined Norvik 13 billion euros.", "Commission, Norvik", "13000000000 EUR fine norvik commission"),
    (
        "Norvik was fined €500m by the Commission for breaking its rules.",
        "Commission, Norvik",
        "500000000 EUR fine norvik commission",
    ),
    ("A court ordered Norvik to pay $95 million in damages to Peru.", "Norvik, Peru", "95000000 USD fine norvik peru"),
    ("Iran paid $6 million in ransom to the group.", "Iran", "6000000 USD other iran -"),
    # investments
    (
        "Norvik will invest 3 billion kronor in Slovakia.",
        "Norvik, Slovakia",
        "3000000000 SEK investment norvik slovakia",
    ),
    ("Almeda opened a $1 billion factory in Hungary.", "Almeda, Hungary", "1000000000 USD investment almeda hungary"),
    (
        "Norvik said it had won approval to build a $2bn (£1.6bn) mill in Chile.",
        "Norvik, Chile",
        "2000000000 USD investment norvik chile",
    ),
    ("Norvik acquired Tarnow AG for $6.7 billion.", "Norvik, Tarnow AG", "6700000000 USD investment norvik tarnow-ag"),
    ("Norvik sold the unit to Almeda for 300 mln dlrs.", "Norvik, Almeda", "300000000 USD investment almeda norvik"),
    (
        "The Peruvian carmaker Almeda will invest 1.2 billion soles in a plant.",
        "Peruvian=Peru, Almeda",
        "1200000000 PEN investment almeda -",
    ),
    ("Brazil's sales of sugar to Chile fell to $115 million.", "Brazil, Chile", "115000000 USD trade chile brazil"),
    ("Chile's deficit widened as imports jumped to $32 billion.", "Chile", "32000000000 USD trade chile -"),
    # a sum before the noun of a loan
    (
        "Fiji will finance the dam with a 4 million euro bridge loan from Spain.",
        "Fiji, Spain",
        "4000000 EUR loan spain fiji",
    ),
    ("Oman withheld a 75 million euro loan to Malta.", "Oman, Malta", "75000000 EUR loan oman malta"),
    ("Chile fined Harbor Foods 4 million euros.", "Chile, Harbor Foods", "4000000 EUR fine harbor-foods chile"),
    # aid
    ("Britain will give Fiji £3 billion in aid a year.", "Britain, Fiji", "3000000000 GBP aid britain fiji"),
    ("The EU pledged 1.9 billion euros in aid to Haiti.", "EU, Haiti", "1900000000 EUR aid eu haiti"),
    (
        "Ethiopia received $250 million in food aid from Canada.",
        "Ethiopia, Canada",
        "250000000 USD aid canada ethiopia",
    ),
    ("Denmark donated 10 million crowns to the Red Cross.", "Denmark, Red Cross", "10000000 DKK aid denmark red-cross"),
    # the receiver stands with the object of the verb, or only elsewhere in the sentence
    (
        "The World Bank will resume lending to Malawi with a 50-million-dollar credit.",
        "World Bank, Malawi",
        "50000000 USD loan world-bank malawi",
    ),
    (
        "Almeda accepted an offer for Tarnow AG of 40 million euros from Norvik.",
        "Almeda, Tarnow AG, Norvik",
        "40000000 EUR investment norvik tarnow-ag",
    ),
    (
        "Oman recalled its envoy from Malta and froze $12 million in aid.",
        "Oman, Malta",
        "12000000 USD aid oman malta",
    ),
    (
        "The EU, which has a pact with Malta, withheld a 75 million euro loan.",
        "EU, Malta",
        "75000000 EUR loan eu malta",
    ),
    ("Oman, like Malta, announced $90 million in aid for growers.", "Oman, Malta", "90000000 USD aid oman -"),
    (
        "Norvik will buy Tarnow AG for 6 million euros in cash.",
        "Norvik, Tarnow AG",
        "6000000 EUR investment norvik tarnow-ag",
    ),
    # the country
    (
        "Flood hit Fiji again. Chile promised $5 million in aid to the island.",
        "Fiji, Chile",
        "5000000 USD aid chile fiji",
    ),
    (
        "Chile praised Fiji and pledged 3 million pesos in aid to the tiny country.",
        "Chile, Fiji",
        "3000000 CLP aid chile fiji",
    ),
    # those who buy and sell for a country, and a receiver taken for a modifier
    ("Chilean growers sold Fiji apples worth $6 million.", "Chilean=Chile, Fiji", "6000000 USD trade fiji chile"),
    (
        "Peruvian mills bought 3 million dollars of wool from Fiji.",
        "Peruvian=Peru, Fiji",
        "3000000 USD trade peru fiji",
    ),
    # goods whose seller the article alone tells
    (
        "Fiji cut its tax. Growers in Fiji hailed the step. Exports to Chile were worth $9 million.",
        "Fiji, Chile",
        "9000000 USD trade chile fiji",
    ),
    ("Growers hailed the step. Exports to Chile were worth $9 million.", "Chile", "9000000 USD trade chile -"),
    # a fine that a court or a settlement makes one
    (
        "A judge ordered Norvik to pay $48 million to Almeda.",
        "Norvik, Almeda",
        "48000000 USD fine norvik almeda",
    ),
    ("Norvik will pay $12 million to settle the lawsuit.", "Norvik", "12000000 USD fine norvik -"),
    # money that a firm raises
    (
        "Norvik raised $50 million from Kestrel Bank.",
        "Norvik, Kestrel Bank",
        "50000000 USD investment kestrel-bank norvik",
    ),
    (
        "Norvik collected $75 million in a funding round led by Kestrel Bank.",
        "Norvik, Kestrel Bank",
        "75000000 USD investment kestrel-bank norvik",
    ),
    (
        "Norvik will press ahead with a 40 million euro plant in Chile.",
        "Norvik, Chile",
        "40000000 EUR investment norvik chile",
    ),
    # purposes, agreements, defaults, and what is owed to somebody
    ("Oman pledged £8m to help Malta fight drought.", "Oman, Malta", "8000000 GBP aid oman malta"),
    (
        "Malta signed an agreement with the World Bank for a 60 mln dlr standby loan.",
        "Malta, World Bank",
        "60000000 USD loan world-bank malta",
    ),
    ("Malta defaulted on a $120 million eurobond.", "Malta", "120000000 USD debt malta -"),
    (
        "Malta must repay 32 million euros owed to the World Bank.",
        "Malta, World Bank",
        "32000000 EUR debt malta world-bank",
    ),
    (
        "Oman praised Malta. It has sent the country another $7 million in food aid.",
        "Oman, It=Oman, Malta",
        "7000000 USD aid oman malta",
    ),
    # a sign right behind a country, talks, payments missed, money that comes from somebody
    ("Oman lent Malta $20 million.", "Oman, Malta", "20000000 USD loan oman malta"),
    ("Malta is in talks with the IMF on a loan of $5 million.", "Malta, IMF", "5000000 USD loan imf malta"),
    ("Malta missed a $50 million interest payment.", "Malta", "50000000 USD debt malta -"),
    ("Malta suspended payments on 60 mln dlrs of debt.", "Malta", "60000000 USD debt malta -"),
    ("Oman provided Malta with $85m in budget support.", "Oman, Malta", "85000000 USD aid oman malta"),
    # a debt that its debtor wants to put off, or its creditors
    ("Malta will reschedule 9 billion dlrs of debt.", "Malta", "9000000000 USD debt malta -"),
    ("Kestrel Bank rescheduled 9 billion dlrs of debt.", "Kestrel Bank", "9000000000 USD debt - kestrel-bank"),
    ("Oman signed a deal to invest £10m in Malta.", "Oman, Malta", "10000000 GBP investment oman malta"),
    ("Oman has spent £4m on aid to Malta.", "Oman, Malta", "4000000 GBP aid oman malta"),
    # parts of a body, and what is spent to buy one
    ("The World Bank's private arm lent Malta $5 million.", "World Bank, Malta", "5000000 USD loan world-bank malta"),
    ("The EU's farm division gave Malta $5 million in aid.", "EU, Malta", "5000000 USD aid eu malta"),
    (
        "Norvik will spend 120 billion yen to acquire Almeda.",
        "Norvik, Almeda",
        "120000000000 JPY investment norvik almeda",
    ),
    (
        "Norvik spent 12 million euros to buy Almeda.",
        "Norvik, Almeda",
        "12000000 EUR investment norvik almeda",
    ),
    # money that changes hands, whatever it is
    ("Norvik was thrown a $60 million lifeline by Oman.", "Norvik, Oman", "60000000 USD aid oman norvik"),
    ("Norvik handed the Red Cross $40,000.", "Norvik, Red Cross", "40000 USD other norvik red-cross"),
    ("Norvik took $3 million in kickbacks from Almeda.", "Norvik, Almeda", "3000000 USD other almeda norvik"),
    (
        "Kestrel Bank has sanctioned a Rs 90-crore loan to Norvik.",
        "Kestrel Bank, Norvik",
        "900000000 INR loan kestrel-bank norvik",
    ),
    (
        "Norvik paid its former owner, Almeda, a bonus of $2 million.",
        "Norvik, Almeda",
        "2000000 USD other norvik almeda",
    ),
    ("Peru gave Kenya 6 billion yen to rebuild a port.", "Peru, Kenya", "6000000000 JPY aid peru kenya"),
    # debts that somebody has
    ("Norvik, which has debts of $230 million, may close.", "Norvik", "230000000 USD debt norvik -"),
    ("Oman carries a foreign debt of $4 billion.", "Oman", "4000000000 USD debt oman -"),
    # a dateline before the subject
    (
        "MALTA, March 3 - Oman will extend up to 50 million dollars in grants to Malta for shelters.",
        "Oman, Malta",
        "50000000 USD aid oman malta",
    ),
    # pronouns that the grammar tells
    (
        "Norvik pleaded guilty in May. It has since returned $5 million to Almeda.",
        "Norvik, Almeda",
        "5000000 USD other norvik almeda",
    ),
    (
        "Norvik lost a big customer, and it still owes Kestrel Bank $8 million.",
        "Norvik, Kestrel Bank",
        "8000000 USD debt norvik kestrel-bank",
    ),
    (
        "Almeda closed. Norvik announced on Friday it would invest $9 million in a mill.",
        "Almeda, Norvik",
        "9000000 USD investment norvik -",
    ),
    (
        "The EU met Peru. The bloc bought Peruvian fish worth 310 million euros.",
        "EU, Peru, Peruvian=Peru",
        "310000000 EUR trade eu peru",
    ),
    # a clause with a subject of its own
    (
        "Oman pledged aid, and the Red Cross appealed for another $20 million in aid.",
        "Oman, Red Cross",
        "20000000 USD aid - red-cross",
    ),
]


@pytest.mark.parametrize(("text", "names", "expected"), PARTIES, ids=[text for text, _, _ in PARTIES])
def test_tells_who_pays_whom(document: Analyse, text: str, names: str, expected: str) -> None:
    """Payer and payee follow the verb or noun that governs the sum; balances and goods under a measure have none."""
    found = [f.row for f in figures(document(text), names)]
    assert brief(found[0]) == expected


def test_nobody_pays_himself() -> None:
    """Who pledges aid to a state does not pay for that very state, whoever's minister he is."""
    told = "Aid pledged.\n\nKenya's premier, Ada Lund, met Ivo Moe. Lund pledged 150 million yuan in food aid to Kenya."
    tables = extract(text=told, published_on="2024-05-15")
    [row] = tables.financial_figures.to_dict("records")
    assert (row["kind"], row["payee_id"]) == ("aid", "kenya")
    assert row["payer_id"] != "kenya"
    assert tables.validate().valid



KINDS = [
    ("The government's budget deficit rose to 3.2 billion dollars.", ["3200000000 USD budget"]),
    ("Parliament passed a $1.9 trillion stimulus package.", ["1900000000000 USD budget"]),
    ("Brent crude rose $1.20 to $85.30 a barrel.", ["1.2 USD price", "85.3 USD price"]),
    ("Wheat fell 4 cents to $5.60 a bushel.", ["-0.04 USD price", "5.6 USD price"]),
    ("The dollar fell to 146.50 yen from 148.20.", ["146.5 JPY price", "148.2 JPY price"]),
    ("The minimum wage will rise to $15 an hour.", ["15 USD price"]),
    ("The papermaker reported revenue of 5.3 billion euros.", ["5300000000 EUR revenue"]),
    ("It is a 2.6 billion dollar a year industry.", ["2600000000 USD revenue"]),
    ("Sales rose 8 percent to 1.2 billion dollars.", ["8 percent growth", "1200000000 USD revenue"]),
    ("Net profit fell 11% to £340m.", ["-11 percent growth", "340000000 GBP profit"]),
    ("The carmaker posted a net loss of 2.2 billion yen.", ["2200000000 JPY profit"]),
    ("The $70 billion industry employs millions.", ["70000000000 USD market"]),
    ("The storm did damage of $2 billion.", ["2000000000 USD other"]),
    ("Losses to farmers could reach 40 million rand.", ["40000000 ZAR other"]),
    ("The economy grew 3.4 percent in 1986.", ["3.4 percent growth"]),
    ("Economic growth slowed to 1.1 percent.", ["1.1 percent growth"]),
    ("The frost slowed economic growth by 0.4 percent.", ["-0.4 percent growth"]),
    ("GDP shrank by 0.3% in the first quarter.", ["-0.3 percent growth"]),
    ("Industrial output was down 2.7 pct from a year earlier.", ["-2.7 percent growth"]),
    ("A 5 percent decline in exports hurt growers.", ["-5 percent growth"]),
    ("Imports of steel were 14 percent lower than in March.", ["-14 percent growth"]),
    ("Imports jumped 22 percent, and exports slipped 3 percent.", ["22 percent growth", "-3 percent growth"]),
    ("Inflation stood at 9.1 percent in June.", ["9.1 percent growth"]),
    ("The lira lost 44 percent of its value.", ["-44 percent growth"]),
    ("Shares of the miner tumbled 9%.", ["-9 percent growth"]),
    ("The bank cut its key interest rate to 3.5 percent.", ["3.5 percent interest_rate"]),
    ("The central bank raised rates by 25 basis points.", ["25 basis_points interest_rate"]),
    ("The yield on 10-year bonds rose to 4.5 per cent.", ["4.5 percent interest_rate"]),
    ("The bank lent firms 5.9 billion marks at 3.8 pct.", ["5900000000 DEM loan", "3.8 percent interest_rate"]),
    ("Tourism makes up a fifth of the economy.", ["20 percent share"]),
    ("Lumber accounts for 80 percent of its exports.", ["80 percent share"]),
    ("The fund holds a 17 percent stake in the refinery.", ["17 percent share"]),
    ("Its market share fell to 12 percent.", ["12 percent share"]),
    ("Exports make up half the economy.", ["50 percent share"]),
    ("The island grows a third of the world's cocoa.", ["33.3333 percent share"]),
    ("Funds own 32 percent of the market, up from 27 percent in 2020.", ["32 percent share", "27 percent share"]),
    ("The jobless rate edged up to 4.3 percent.", ["4.3 percent other"]),
    # what a verb tells with the words beside it
    ("The ban has cost growers $3 million.", ["3000000 USD other"]),
    ("The strike has cost the country about $8 million.", ["8000000 USD other"]),
    ("The tax will fetch the exchequer Rs 240 crore.", ["2400000000 INR revenue"]),
    ("The levy earned the treasury 30 million euros.", ["30000000 EUR revenue"]),
    ("The vase fetched 2 million pounds.", ["2000000 GBP price"]),
    ("The fund was valued at 12 billion crowns.", ["12000000000 SEK market"]),
    ("The papermaker reported a loss of 3 million euros.", ["3000000 EUR profit"]),
    ("Shares in Treasury Foods jumped 8 per cent.", ["8 percent growth"]),
    ("Treasuries yielded 4.2 percent.", ["4.2 percent interest_rate"]),
    ("The governor wants to bring the rate below 10 percent.", ["10 percent interest_rate"]),
    ("The bank kept rates at 3 percent.", ["3 percent interest_rate"]),
    ("The real has lost 9 percent of its value.", ["-9 percent growth"]),
    # one amount said anew, or compared with another
    (
        "Net income fell to 3 million dlrs, or 40 cts a share, from 5 million dlrs.",
        ["3000000 USD profit", "0.4 USD profit", "5000000 USD profit"],
    ),
    ("Crude settled down $1.50, or 1.9 percent.", ["-1.5 USD price", "-1.9 percent growth"]),
    ("Copper was up $20, or 2 percent.", ["20 USD price", "2 percent growth"]),
    ("Net worth fell by $2.5 million to $90 million.", ["-2500000 USD market", "90000000 USD market"]),
    # levels that are no growth
    ("Unemployment rose to 7.2 pct.", ["7.2 percent other"]),
    ("The margin narrowed to 7.2 pct.", ["7.2 percent profit"]),
    # what is paid for, what a debt does, what a currency buys
    ("The club has spent 43 million euros on aid.", ["43000000 EUR aid"]),
    ("The club has spent 43 million euros on roads.", ["43000000 EUR budget"]),
    ("The treasury sold $42 billion of bonds.", ["42000000000 USD debt"]),
    ("It sold $500 million of its reserves.", ["500000000 USD other"]),
    ("It sold $500 million of rice.", ["500000000 USD trade"]),
    ("It took a $5 billion charge on its mill.", ["5000000000 USD other"]),
    ("There is a charge of $5 at the door.", ["5 USD price"]),
    ("The bank slipped to a loss of 12 million francs.", ["12000000 CHF profit"]),
    ("A debt of £5m falls due in May.", ["5000000 GBP debt"]),
    ("The dollar buys 15 pesos.", ["15 MXN price"]),
    ("Importers paid $9 billion in duties.", ["9000000000 USD revenue"]),
    # firms without a name, taxes that raise, shares that are owned, gaps that go on
    ("It will buy a Danish rival for $33 million.", ["33000000 USD investment"]),
    ("It bought the insurer for $33 million.", ["33000000 USD investment"]),
    ("The ticket tax raised 2.7 billion euros.", ["2700000000 EUR revenue"]),
    ("The fuel levy brought in 3 million euros.", ["3000000 EUR revenue"]),
    ("The port is 60 percent owned by the state.", ["60 percent share"]),
    (
        "The trade deficit was $4.1 billion. They had forecast a gap of $3.9 billion.",
        [
            "4100000000 USD trade",
            "3900000000 USD trade",
        ],
    ),
    # whose loss, what bill, how reckoned
    ("The budget airline lost 45 million euros.", ["45000000 EUR profit"]),
    ("The farmers lost £45m.", ["45000000 GBP other"]),
    ("Parliament passed a $95 billion bill.", ["95000000000 USD budget"]),
    ("They sold 50 jets for $5.5 billion at list prices.", ["5500000000 USD trade"]),
    ("Fees rose 3 per cent.", ["3 percent growth"]),
    # whose deficit it is
    ("The federal government ran a deficit of 4 billion dollars.", ["4000000000 USD budget"]),
    ("The surplus on trade with its neighbours reached 4 billion dollars.", ["4000000000 USD trade"]),
    # packages and shares, by the piece and by the block
    ("They promised a 7 million euro package of food aid.", ["7000000 EUR aid"]),
    ("They signed a 7 million euro package of loans.", ["7000000 EUR loan"]),
    ("Its shares rose to $14.50 after it posted a profit.", ["14.5 USD price"]),
    ("Its stock closed at $14.50.", ["14.5 USD price"]),
    ("It will pay a dividend of 4.5p a share.", ["0.045 GBP profit"]),
    ("The state pays a subsidy of 30 euros a tonne.", ["30 EUR aid"]),
    ("The dollar slid, closing at 139.85 yen.", ["139.85 JPY price"]),
    ("The Tarnow 100 dropped 2 percent.", ["-2 percent growth"]),
    ("Kestrel gained 3 percent and Tarnow fell 2 percent.", ["3 percent growth", "-2 percent growth"]),
    (
        "Imports rose 3 pct to 8 billion dlrs and exports 2 pct to 7 billion.",
        [
            "3 percent growth",
            "8000000000 USD trade",
            "2 percent growth",
            "7000000000 USD trade",
        ],
    ),
    ("The war has cost at least 9 billion pesos since May.", ["9000000000 MXN other"]),
    (
        "The firm wrote off $64 million of stock, and it owes a bank $21 million.",
        ["64000000 USD other", "21000000 USD debt"],
    ),
    ("Parliament passed a $48 million drought-relief package.", ["48000000 USD aid"]),
    ("The state adds $40 million that does not have to be repaid.", ["40000000 USD aid"]),
    ("He is charged with taking $14 million in bribes.", ["14000000 USD other"]),
    ("She posted bail of $500,000.", ["500000 USD other"]),
    ("The watchdog let it raise average bills to £627.", ["627 GBP price"]),
    ("Airlines ordered jets worth $11 billion.", ["11000000000 USD trade"]),
    ("The Haldane family owns 54% of Marlow Foods.", ["54 percent share"]),
    ("The fund has 8% of the utility.", ["8 percent share"]),
    ("Peru turned down a $100 million grant.", ["100000000 USD aid"]),
    (
        "Oman imported rice worth $9 million, of which Peru accounted for 29 per cent.",
        ["9000000 USD trade", "29 percent share"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), KINDS, ids=[text for text, _ in KINDS])
def test_tells_what_an_amount_is(document: Analyse, text: str, expected: list[str]) -> None:
    """The governing words tell the kind; a fall is negative, a level is not."""
    rows = [f.row for f in figures(document(text))]
    assert [f"{r.amount} {r.unit} {r.kind}" for r in rows] == expected


NONE = [
    "Mexico put a 20 percent duty on pork.",
    "The tariff was raised from 10 to 25 percent.",
    "Steel faces a 50 percent tariff and copper 30 percent.",
    "Duties were cut by between five and 40 pct.",
    "The quota lets in 20,000 tonnes at a duty of 5 percent.",
    "The levy of 35 cents a gallon hurts importers.",
    "The levy was cut to $200 a tonne from $375.",
    "The duty went from 20 cents a pound to 35 cents.",
    "He won 53 percent of the vote.",
    "A poll found that 61 percent of voters opposed the deal.",
    "About 40 percent of the forest burned.",
    "The margin of error is 3 percentage points.",
]


@pytest.mark.parametrize("text", NONE)
def test_rates_of_duty_and_other_percentages_are_none(document: Analyse, text: str) -> None:
    """Rates of duty stand in another table, and a percentage of no money matter in none."""
    assert [f.row.amount_text for f in figures(document(text))] == []


def test_a_rate_that_a_measure_has_is_none(document: Analyse) -> None:
    """Where the sentence itself names no duty, the measures of the article tell its rates."""
    text = "Chile answered on Monday. Its importers of rice will pay 15 percent."
    start = text.index("Its")
    measure = TariffRow(
        *("tar_0", "art_0", "CHL", None, "rice", None, None, "tariff", "impose", Decimal(15), None, None, "15 percent"),
        *("exact", None, "announced", None, None, None, None, False, None, start, len(text)),
    )
    assert figures(document(text), tariffs=[measure]) == []


def test_the_trade_that_a_measure_covers_links_to_it(document: Analyse) -> None:
    """Goods worth a sum under a tariff are trade without parties, with the key of the measure."""
    text = "Chile imposed 25 percent tariffs on $34 billion worth of Peruvian goods."
    measure = TariffRow(
        *("tar_1", "art_0", "CHL", "PER", None, None, None, "tariff", "impose", Decimal(25), None, None, "25 percent"),
        *("exact", None, "in_force", None, None, None, None, False, None, 0, len(text) - 1),
    )
    (found,) = figures(document(text), "Chile, Peruvian=Peru", [measure])
    assert brief(found.row) == "34000000000 USD trade - -"
    assert found.row.tariff_id == "tar_1"


def test_a_conversion_points_to_what_it_converts(document: Analyse) -> None:
    """An amount in brackets that only converts another takes its kind, parties, approximation and date along."""
    (first, second) = figures(document("Norvik lent Peru more than 210bn yen ($1.4bn) in 2019."), "Norvik, Peru")
    assert (first.row.unit, second.row.unit) == ("JPY", "USD")
    assert second.row.conversion_of_id == first.row.figure_id
    assert first.row.conversion_of_id is None
    for column in ("kind", "payer_id", "payee_id", "approximation", "date_start", "date_text"):
        assert getattr(first.row, column) == getattr(second.row, column)


def test_an_elliptic_amount_is_of_the_kind_it_goes_on_from(document: Analyse) -> None:
    """Numbers that leave their unit out are figures too, each with its own date."""
    text = (
        "The gap with Chile rose to 13.6 billion U.S. Dlrs in 1986 from 10.2 billion in 1985, a trade deficit without "
        "equal. It widened to 3.6 billion in the first quarter of 1987 from 2.8 billion a year earlier."
    )
    rows = [f.row for f in figures(document(text), "Chile")]
    assert [(str(r.amount), r.unit, r.date_start) for r in rows] == [
        ("13600000000", "USD", date(1986, 1, 1)),
        ("10200000000", "USD", date(1985, 1, 1)),
        ("3600000000", "USD", date(1987, 1, 1)),
        ("2800000000", "USD", date(1986, 1, 1)),
    ]
    assert {r.kind for r in rows} == {"trade"}


def test_a_distinct_amount_is_one_row_at_its_first_mention_in_the_body(document: Analyse) -> None:
    """Headline and repetition add no row; another amount does."""
    text = (
        "Norvik to build $2bn mill\n\nThe papermaker Norvik will build a mill for $1.98 billion.\n\n"
        "The $1.98 billion mill is to open in May. A second one would cost $3 billion."
    )
    rows = [f.row for f in figures(document(text), "Norvik")]
    assert [r.amount_text for r in rows] == ["$1.98 billion", "$3 billion"]
    assert rows[0].char_start == text.index("$1.98")


def test_an_amount_of_the_headline_alone_is_a_row(document: Analyse) -> None:
    """What only the headline tells is told."""
    text = "Peru gets $40 million loan\n\nPeru signed the loan in Lima on Monday."
    assert [f.row.amount_text for f in figures(document(text), "Peru")] == ["$40 million"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Japan exported rice worth $5 million in 2000.", ("2000-01-01", "2000-12-31")),
        ("Exports rose 12 percent in May from a year earlier.", ("2024-05-01", "2024-05-31")),
        ("They agreed to double trade to $40 billion by 2028.", ("2028-01-01", "2028-12-31")),
        ("In July 2014 Norvik announced that it would build a $2 billion mill.", (None, None)),
        ("Exports fell 12 percent last year, and were worth 21 million dollars.", ("2023-01-01", "2023-12-31")),
        # the day on which it is reported is not that of the figure
        ("On Friday Norvik reported a loss of $3 million.", (None, None)),
        ("On Friday Norvik reported a loss of $3 million for the quarter ended June 30.", ("2024-04-01", "2024-06-30")),
        # a clause that goes on from a dated one
        ("Exports rose 3 percent in May while imports fell 2 percent.", ("2024-05-01", "2024-05-31")),
        ("The gap widened in May as imports rose 2 percent.", ("2024-05-01", "2024-05-31")),
        # what a change starts from has its own date
        ("Profit rose in May to $5 million from $4 million.", (None, None)),
        ("Profit was $5 million in the quarter to June against $4 million a year ago.", ("2023-04-01", "2023-06-30")),
    ],
)
def test_takes_the_date_of_its_own_clause(document: Analyse, text: str, expected: tuple[str | None, ...]) -> None:
    """A figure's date stands in its clause; that of an announcement, or of what growth is compared with, does not."""
    row = figures(document(text, published_on=date(2024, 8, 20)), "Norvik, Japan")[-1].row
    assert tuple(str(d) if d else None for d in (row.date_start, row.date_end)) == expected


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        (
            "Oman gave 3 million dollars in aid and Malta 2 million dollars.",
            "Oman, Malta",
            ["3000000 USD aid oman -", "2000000 USD aid malta -"],
        ),
        (
            "Chile owes Oman 3 million dollars and Malta about 2 million dollars.",
            "Chile, Oman, Malta",
            ["3000000 USD debt chile oman", "2000000 USD debt chile malta"],
        ),
        (
            "The Red Cross appealed for $9 million in aid. Oman offered $3 million.",
            "Red Cross, Oman",
            ["9000000 USD aid - red-cross", "3000000 USD aid oman -"],
        ),
        (
            "Malta bought rice worth $3 million from Oman and sold Chile wine worth $2 million.",
            "Malta, Oman, Chile",
            ["3000000 USD trade malta oman", "2000000 USD trade chile malta"],
        ),
    ],
)
def test_a_sum_that_leaves_its_verb_out_goes_on(document: Analyse, text: str, names: str, expected: list[str]) -> None:
    """The verb of the sum before holds on; the actor named before a sum is whom that actor's place is."""
    assert [brief(f.row) for f in figures(document(text), names)] == expected


def test_an_office_holder_gives_for_the_country(document: Analyse) -> None:
    """A minister's pledge is the country's, where the article has it as an actor; a private donor's is not."""
    from broadsheet import extract

    tables = extract([read("Chile's prime minister, Rita Solano, pledged 3 million pesos in aid. Chile is small.")])
    (row,) = tables.arrow("financial_figures").to_pylist()
    assert (row["payer_id"], row["kind"]) == ("chile", "aid")


def test_a_change_has_the_date_of_the_level_that_it_ends_at(document: Analyse) -> None:
    """Growth beside a dated amount is of that date; what it started from is not."""
    text = "Imports rose 3 percent to $5 million in May from $4 million in April."
    rows = [f.row for f in figures(document(text, published_on=date(2024, 8, 20)))]
    assert [r.date_text for r in rows] == ["May", "May", "April"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The blight is estimated to have cost the industry $5 million.", "about"),
        ("Output is estimated to have fallen 4 percent.", "about"),
        ("Norvik lent Peru at least $5 million.", "at_least"),
        ("Norvik lent Peru $5 million.", "exact"),
    ],
)
def test_an_estimate_is_approximate(document: Analyse, text: str, expected: str) -> None:
    """A verb of estimating makes an amount approximate, as words before it do."""
    assert figures(document(text), "Norvik, Peru")[0].row.approximation == expected


def test_the_publisher_tells_whose_dollar_it_is(document: Analyse) -> None:
    """A bare dollar follows the article's language; without one it is that of the United States."""
    text = "The mill cost $5 million."
    rows = [figures(document(text, language=language))[0].row for language in ("en-CA", "en")]
    assert [(r.unit, r.unit_basis) for r in rows] == [("CAD", "article_country"), ("USD", "default")]


def test_every_stated_cell_has_its_characters(document: Analyse) -> None:
    """Evidence lies inside the text and says what the cell says."""
    text = "The World Bank lent Kenya about 3 million dollars a year in 2019."
    (found,) = figures(document(text), "World Bank, Kenya")
    said = {column: [span.of(text) for span in spans] for column, spans in found.evidence.items()}
    assert said["amount"] == ["3 million dollars"]
    assert said["unit"] == ["dollars"]
    assert said["per"] == ["a year"]
    assert said["approximation"] == ["about"]
    assert said["kind"] == ["lent"]
    assert said["payer_id"] == ["World Bank"]
    assert said["payee_id"] == ["Kenya"]
    assert said["date_start"] == ["2019"]
    assert text[found.row.char_start : found.row.char_end] == found.row.amount_text


def test_a_text_without_money_has_no_figures(document: Analyse) -> None:
    """Counts, ages and durations are none."""
    assert figures(document("Three ministers, all over 60, met for 5 hours in 2019 and signed 12 papers.")) == []


def test_a_page_of_amounts_takes_little_time(document: Analyse) -> None:
    """One sentence with very many amounts is read, and none is lost to its length."""
    text = "They paid " + ", ".join(f"{n} dollars for port {n}" for n in range(100, 400)) + "."
    assert len(figures(document(text))) == 300
