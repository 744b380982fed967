"""Amounts of money and percentages in running text. All sentences are ours."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from growth import BELOW_QUADRATIC, LINEAR, exponent, processor_time, steps

from broadsheet.base.span import Span
from broadsheet.extraction.amounts import Amount, find_amounts
from broadsheet.reference import table
from conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable


def brief(amount: Amount) -> str:
    """An amount in one line: value, upper end, unit."""
    high = "" if amount.amount_high is None else f"..{amount.amount_high}"
    return f"{amount.amount}{high} {amount.unit}"


SIGNS_AND_CODES = [
    ("the US$276 million facility", "US$276 million", "276000000 USD"),
    ("a C$1.2bn pipeline", "C$1.2bn", "1200000000 CAD"),
    ("lent A$ 40m", "A$ 40m", "40000000 AUD"),
    ("HK $ 12.5 billion", "HK $ 12.5 billion", "12500000000 HKD"),
    ("paid NT$30bn for it", "NT$30bn", "30000000000 TWD"),
    ("some S$40m", "S$40m", "40000000 SGD"),
    ("R$900 million", "R$900 million", "900000000 BRL"),
    ("Mex$ 10 million", "Mex$ 10 million", "10000000 MXN"),
    ("a $3-billion plan", "$3-billion", "3000000000 USD"),
    ("$7billion", "$7billion", "7000000000 USD"),
    ("$1.3T", "$1.3T", "1300000000000 USD"),
    ("$1,234.56", "$1,234.56", "1234.56 USD"),
    ("only $.50", "$.50", "0.5 USD"),
    ("€500m", "€500m", "500000000 EUR"),
    ("12,50 € is no English price, 12.50 € is", "12.50 €", "12.5 EUR"),
    ("£ 15.00", "£ 15.00", "15 GBP"),
    ("EUR 12 million", "EUR 12 million", "12000000 EUR"),
    ("EUR12m", "EUR12m", "12000000 EUR"),
    ("115.5USD", "115.5USD", "115.5 USD"),
    ("CHF 47", "CHF 47", "47 CHF"),
    ("75 USD million", "75 USD million", "75000000 USD"),
    ("a 40 MUSD order", "40 MUSD", "40000000 USD"),
    ("MEUR 60 in sales", "MEUR 60", "60000000 EUR"),
    ("COP 26 billion", "COP 26 billion", "26000000000 COP"),
    ("Rs 5,000 crore", "Rs 5,000 crore", "50000000000 INR"),
    ("Rs. 50 lakh", "Rs. 50 lakh", "5000000 INR"),
    ("₹12,34,567", "₹12,34,567", "1234567 INR"),
    ("RM5 million", "RM5 million", "5000000 MYR"),
    ("Rp5 trillion", "Rp5 trillion", "5000000000000 IDR"),
    ("R5 billion", "R5 billion", "5000000000 ZAR"),
    ("Ksh 500 million", "Ksh 500 million", "500000000 KES"),
    ("₦3.2 trillion", "₦3.2 trillion", "3200000000000 NGN"),
    ("DM 5 million", "DM 5 million", "5000000 DEM"),
    ("¥900", "¥900", "900 JPY"),
    ("1 NT$", "1 NT$", "1 TWD"),
    ("45p a pint", "45p", "0.45 GBP"),
    ("15¢", "15¢", "0.15 USD"),
]

WORDS = [
    ("30bn yuan", "30bn yuan", "30000000000 CNY"),
    ("5,000 yen", "5,000 yen", "5000 JPY"),
    ("a one-yen bid", "one-yen", "1 JPY"),
    ("270 billion Taiwan dollars", "270 billion Taiwan dollars", "270000000000 TWD"),
    ("10 million Hong Kong dollars", "10 million Hong Kong dollars", "10000000 HKD"),
    ("125 million australian dollars", "125 million australian dollars", "125000000 AUD"),
    ("1.6 billion US dollar a year", "1.6 billion US dollar", "1600000000 USD"),
    ("19 United States cents", "19 United States cents", "0.19 USD"),
    ("200 million Swiss francs", "200 million Swiss francs", "200000000 CHF"),
    ("3 billion French francs", "3 billion French francs", "3000000000 FRF"),
    ("500 million Swedish crowns", "500 million Swedish crowns", "500000000 SEK"),
    ("20 million pounds sterling", "20 million pounds sterling", "20000000 GBP"),
    ("210 pence", "210 pence", "2.1 GBP"),
    ("1.20 cents", "1.20 cents", "0.012 USD"),
    ("25 crore rupees", "25 crore rupees", "250000000 INR"),
    ("1,50,000 rupees", "1,50,000 rupees", "150000 INR"),
    ("12 000 euros", "12 000 euros", "12000 EUR"),
    ("thirteen dollars and forty-five cents", "thirteen dollars and forty-five cents", "13.45 USD"),
    ("it cost 15 dollars 50.", "15 dollars 50", "15.5 USD"),
    ("five pounds fifty pence", "five pounds fifty pence", "5.5 GBP"),
    ("two and a half billion dollars", "two and a half billion dollars", "2500000000 USD"),
    ("half a billion dollars", "half a billion dollars", "500000000 USD"),
    ("three quarters of a billion euros", "three quarters of a billion euros", "750000000 EUR"),
    ("a quarter million yen", "a quarter million yen", "250000 JPY"),
    ("one hundred and twenty-five million yuan", "one hundred and twenty-five million yuan", "125000000 CNY"),
    ("a billion-dollar loss", "a billion-dollar", "1000000000 USD"),
    ("the billion-dollar deal", "billion-dollar", "1000000000 USD"),
    ("a 10-million-dollar house", "10-million-dollar", "10000000 USD"),
    ("a 50-million-pound stadium", "50-million-pound", "50000000 GBP"),
    ("£5 million pounds", "£5 million pounds", "5000000 GBP"),
    ("$80.00 U.S.", "$80.00 U.S.", "80 USD"),
    ("$5 million Canadian, it said", "$5 million Canadian", "5000000 CAD"),
    ("$5 million (Canadian)", "$5 million (Canadian)", "5000000 CAD"),
    ("5 million SDRs", "5 million SDRs", "5000000 XDR"),
]

WIRE = [
    ("13.6 billion U.S. Dlrs", "13.6 billion U.S. Dlrs", "13600000000 USD"),
    ("1.5 BILLION DLRS", "1.5 BILLION DLRS", "1500000000 USD"),
    ("5.2 mln stg", "5.2 mln stg", "5200000 GBP"),
    ("300 mln Canadian dlrs", "300 mln Canadian dlrs", "300000000 CAD"),
    ("1.5 bln marks", "1.5 bln marks", "1500000000 DEM"),
    ("18 dlrs a barrel", "18 dlrs", "18 USD"),
    ("12.5 cts", "12.5 cts", "0.125 USD"),
    ("up 3.5 pct", "3.5 pct", "3.5 percent"),
    ("a rate of 7-3/4 pct", "7-3/4 pct", "7.75 percent"),
    ("an 8½ per cent bond", "8½ per cent", "8.5 percent"),
    ("a 3/4 percentage point rise", "3/4 percentage point", "0.75 percentage_points"),
]

RATES = [
    ("100%", "100%", "100 percent"),
    ("a 25-percent stake", "25-percent", "25 percent"),
    ("4.5 per cent", "4.5 per cent", "4.5 percent"),
    ("twenty per cent", "twenty per cent", "20 percent"),
    ("thirty percentage", "thirty percentage", "30 percent"),
    ("5pc", "5pc", "5 percent"),
    ("-5%", "-5%", "-5 percent"),
    ("grew minus three percent", "minus three percent", "-3 percent"),
    ("an error of plus or minus 4 percentage points", "4 percentage points", "4 percentage_points"),
    ("two percentage points", "two percentage points", "2 percentage_points"),
    ("half a percentage point", "half a percentage point", "0.5 percentage_points"),
    ("a quarter of a percentage point", "a quarter of a percentage point", "0.25 percentage_points"),
    ("a quarter-point cut", "a quarter-point", "0.25 percentage_points"),
    ("25 basis points", "25 basis points", "25 basis_points"),
    ("25bp", "25bp", "25 basis_points"),
    ("a fifth of exports", "a fifth", "20 percent"),
    ("cut output by a quarter,", "a quarter", "25 percent"),
    ("three-quarters of the harvest", "three-quarters", "75 percent"),
    ("half the harvest", "half", "50 percent"),
    ("output fell by a tenth.", "a tenth", "10 percent"),
    ("it edged up to 4.3 percent", "4.3 percent", "4.3 percent"),
    ("two thirds of the fleet", "two thirds", "66.6667 percent"),
]

RANGES = [
    ("$1.2 to $1.5 trillion", "$1.2 to $1.5 trillion", "1200000000000..1500000000000 USD"),
    ("$1.2 to 1.5 trillion", "$1.2 to 1.5 trillion", "1200000000000..1500000000000 USD"),
    ("$3-5 million", "$3-5 million", "3000000..5000000 USD"),
    ("$3m-$5m", "$3m-$5m", "3000000..5000000 USD"),
    ("$10–15 million", "$10–15 million", "10000000..15000000 USD"),
    ("between $3 million and $5 million", "$3 million and $5 million", "3000000..5000000 USD"),
    ("between about $3m and $5m", "$3m and $5m", "3000000..5000000 USD"),
    ("between three and five million euros", "three and five million euros", "3000000..5000000 EUR"),
    ("$500,000 to $1 million", "$500,000 to $1 million", "500000..1000000 USD"),
    ("US$5-7 million", "US$5-7 million", "5000000..7000000 USD"),
    ("EUR 5-7 million", "EUR 5-7 million", "5000000..7000000 EUR"),
    ("20,000 yen to 30,000 yen", "20,000 yen to 30,000 yen", "20000..30000 JPY"),
    ("10 to 15 cents", "10 to 15 cents", "0.1..0.15 USD"),
    ("between five and 50 pct", "five and 50 pct", "5..50 percent"),
    ("3-5%", "3-5%", "3..5 percent"),
    ("4.75%-5%", "4.75%-5%", "4.75..5 percent"),
    ("20 to 30 per cent", "20 to 30 per cent", "20..30 percent"),
    ("5 or 6 percent", "5 or 6 percent", "5..6 percent"),
    ("prices range from $5 to $10", "$5 to $10", "5..10 USD"),
]


@pytest.mark.parametrize(
    ("text", "printed", "expected"), [*SIGNS_AND_CODES, *WORDS, *WIRE, *RATES, *RANGES], ids=lambda case: str(case)
)
def test_reads_one_amount(text: str, printed: str, expected: str) -> None:
    """Every way to write an amount gives its exact value, its unit and its characters."""
    found = find_amounts(text)
    assert [(a.text, brief(a)) for a in found] == [(printed, expected)]
    assert found[0].span.of(text) == printed


SEVERAL = {
    "sign before, then sign before": ("$ 20.50 $ 37.25 for lunch", ["20.5 USD", "37.25 USD"]),
    "sign behind, then sign behind": ("10 $ 30 $", ["10 USD", "30 USD"]),
    "words in a row": ("10 rmb 20 usd", ["10 CNY", "20 USD"]),
    "conversion in brackets": ("$1.5bn (£800m)", ["1500000000 USD", "800000000 GBP"]),
    "moved in size and to a level": (
        "cut its debt by $2 billion to $14 billion",
        ["2000000000 USD", "14000000000 USD"],
    ),
    "range with letters before the sign": (
        "between A$900 million and A$1.1 billion",
        ["900000000..1100000000 AUD"],
    ),
    "whole number from which it moved": ("rose to 3,200 taka from 1,800 in May", ["3200 BDT", "1800 BDT"]),
    "level before, after a comma": ("costs 620 yen, up from 480 a year ago", ["620 JPY", "480 JPY"]),
    "people after an amount": ("took 20 yen from 12 visitors", ["20 JPY"]),
    "small price with a letter": ("N617 per litre, K900 a kilo and Sh150 a kilo", ["617 NGN", "900 ZMW", "150 KES"]),
    "label with a letter": ("the N17 road costs $5 a day", ["5 USD"]),
    "exchange rate": ("the won fell to 1,083 per dollar", ["1083 KRW"]),
    "exchange rate after coins": ("the rupee lost 40 paise and ended at 83.15 per dollar", ["0.4 INR", "83.15 INR"]),
    "exchange rate with an adjective": (
        "the Mexican peso lost 2 percent to 20.6 to the dollar",
        ["2 percent", "20.6 MXN"],
    ),
    "exchange rate between others": ("the krone rose against the dollar, to 9.4 against the euro", ["9.4 NOK"]),
    "rate of a dollar": ("the euro closed at 1.10 against the dollar", []),
    "poll": ("leads 53 percent to 38 percent", ["53 percent", "38 percent"]),
    "from a level to a lower one": ("fell from 6.1 percent to 5.8 percent", ["6.1 percent", "5.8 percent"]),
    "from a level to a higher one": ("rose from 3 to 5 percent", ["3 percent", "5 percent"]),
    "moved by one amount to another": ("rose 12 to 45 cents", ["0.12 USD", "0.45 USD"]),
    "list of one unit": ("5, 6 and 7 percent", ["5 percent", "6 percent", "7 percent"]),
    "second scale left out": ("to $5.5 million from $5.1", ["5500000 USD", "5100000 USD"]),
    "second unit left out": ("7-3/4 pct from 7-1/2", ["7.75 percent", "7.5 percent"]),
    "unit left out later": (
        "The gap grew to 9.4 billion U.S. Dlrs from 7.3 billion in 1984. It widened to 2.6 billion in spring.",
        ["9400000000 USD", "7300000000 USD", "2600000000 USD"],
    ),
    "moved by an amount to a level": ("fell by $2.3 billion to $593.9 billion", ["2300000000 USD", "593900000000 USD"]),
    "moved by a range": ("will rise by 3 to 5 percent", ["3..5 percent"]),
    "moved by a range of money": ("rose by $2 million to $3 million", ["2000000..3000000 USD"]),
    "unit left out behind a verb of paying": (
        "Oman will spend 12 billion euros and others pledged 3 billion.",
        ["12000000000 EUR", "3000000000 EUR"],
    ),
    "number of people beside money": (
        "It raised 3 billion crowns from the 2 million reported members.",
        ["3000000000 SEK"],
    ),
    "number of customers after money": (
        "Profit rose to Rs 30 crore. Customers stood at 35 million, and cash at 4 million.",
        ["300000000 INR"],
    ),
    "customers before money": (
        "It has new customers. Profit rose to $5 million from 4 million, and it paid its workers 2 million.",
        ["5000000 USD", "4000000 USD"],
    ),
    "percentage before a bare level": (
        "Exports fell to 8 billion crowns and imports rose 8 percent to 3.3 billion.",
        ["8000000000 SEK", "8 percent", "3300000000 SEK"],
    ),
    "named currency, then bare": (
        "5 billion Belgian francs, of which 3 billion francs",
        ["5000000000 BEF", "3000000000 BEF"],
    ),
    "price and change": ("Oil at $85.30 a barrel, up $1.20, or 1.4%", ["85.3 USD", "1.2 USD", "1.4 percent"]),
}


@pytest.mark.parametrize(("text", "expected"), SEVERAL.values(), ids=SEVERAL)
def test_keeps_amounts_apart(text: str, expected: list[str]) -> None:
    """Neighbouring amounts stay apart, and share a unit or a scale only where they leave it out."""
    assert [brief(a) for a in find_amounts(text)] == expected


NONE = {
    "weights": "40 pounds of pork; she weighs 130 pounds; a 500-pound bomb",
    "counts": "5 won, 12 crowns, 20 marks, 1.4 million people, 300 pp., 25 crore",
    "numberless": "billions of dollars, multimillion-dollar, a multi-billion-dollar deal, several million dollars",
    "years and names": "COP 26, TRY 2015, F-16 dollars, R100, the first half of the year",
    "time": "a third of May, three quarters of an hour, the third quarter of 1987",
    "addresses": "https://www.example.org/?q=5%20$30 and www.example.org/50%",
    "decimal comma in English": "$2,5 million",
    "bare": "$ and % and dollars",
    "new paragraph": "They paid 5 million\n\ndollars. From $\n\n5",
    "unknown dinar": "5 million dinars",
}


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_leaves_other_numbers_alone(text: str) -> None:
    """Weights, counts, years and names are no amounts, and an amount ends with its paragraph."""
    assert [a.text for a in find_amounts(text)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$5m", "exact"),
        ("about $5m", "about"),
        ("an estimated $5m", "about"),
        ("nearly five percent", "about"),
        ("$5m or so", "about"),
        ("at least $5m", "at_least"),
        ("more than $5m", "at_least"),
        ("over $5m", "at_least"),
        ("is expected to top $5m", "at_least"),
        ("may surpass 5 percent", "at_least"),
        ("in excess of 5 percent", "at_least"),
        ("$5 million-plus", "at_least"),
        ("$5 million or more", "at_least"),
        ("up to $5m", "at_most"),
        ("as high as 5%", "at_most"),
        ("no more than $5m", "at_most"),
        ("not less than $5m", "at_least"),
        ("just under $5m", "at_most"),
        ("$5 million at most", "at_most"),
        ("from $3m to $5m", "range"),
        ("$5 plus tax", "exact"),
    ],
)
def test_says_how_exact_an_amount_is(text: str, expected: str) -> None:
    """Words around an amount make it a bound or an approximation, and are told as evidence."""
    (amount,) = find_amounts(text)
    assert amount.approximation == expected
    if expected in ("exact", "range"):
        assert amount.approximation_span is None
    else:
        assert amount.approximation_span is not None
        assert amount.approximation_span.of(text) in text.replace(amount.text, "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$70-a-share", "share"),
        ("18 dlrs per bbl", "barrel"),
        ("$350 per metric ton", "tonne"),
        ("$15.4/hour", "hour"),
        ("35 cents a gallon", "gallon"),
        ("$5 million a year", "year"),
        ("$5-million-a-year", "year"),
        ("$90 per square foot", "square foot"),
        ("$2.86 per thousand cubic feet", "thousand cubic foot"),
        ("$213 per adult", "adult"),
        ("$3.50 per million British thermal units", "million btu"),
        ("$5 million a year ago", None),
        ("$5 million a year earlier", None),
        ("$5 a head start", "head"),
        ("$5 each", None),
    ],
)
def test_says_what_it_is_the_price_of(text: str, expected: str | None) -> None:
    """A price names what it buys one of; a point in time is no such thing."""
    (amount,) = find_amounts(text)
    assert amount.per == expected


@pytest.mark.parametrize(
    ("text", "language", "country", "unit", "basis"),
    [
        ("$5", "en", None, "USD", "default"),
        ("$5", "en-CA", None, "CAD", "article_country"),
        ("5 dollars", "en_AU", None, "AUD", "article_country"),
        ("12 cents", "en-NZ", None, "NZD", "article_country"),
        ("$5", "en-GB", None, "USD", "default"),
        ("$5", "en", "SGP", "SGD", "article_country"),
        ("US$5", "en-CA", None, "USD", "stated"),
        ("£5", "en", None, "GBP", "stated"),
        ("5 pounds", "en", None, "GBP", "default"),
        ("5 pounds", "en", "EGY", "EGP", "article_country"),
        ("Manila will pay 5 million pesos, Philippine officials said", "en", None, "PHP", "article_country"),
        ("5 million pesos", "en", None, "MXN", "default"),
        ("Egypt raised the price of gas to 5 pounds", "en", None, "EGP", "article_country"),
        ("Sri Lanka lost 5 billion rupees, and India helped Sri Lanka", "en", None, "LKR", "article_country"),
        ("Hikers in Britain gave 5 million pounds to Egypt, the British said", "en", None, "GBP", "article_country"),
        ("Malawi is to spend 5 billion kwacha", "en", None, "MWK", "article_country"),
        ("OTTAWA - The Canadian navy wants $5 billion", "en", None, "CAD", "article_country"),
        ("OTTAWA - The American navy wants $5 billion, Washington said", "en", None, "USD", "default"),
        ("The Canadian navy wants $5 billion", "en", None, "USD", "default"),
        ("¥5 billion", "en", None, "JPY", "default"),
        ("¥5 billion, or nearly 1 yuan in ten", "en", None, "CNY", "stated"),
        ("5 percent", "en-CA", None, "percent", "stated"),
    ],
)
def test_says_how_it_read_a_shared_sign(text: str, language: str, country: str | None, unit: str, basis: str) -> None:
    """A sign that several currencies share follows the article's country, else the default, and says so."""
    amount = find_amounts(text, language=language, country=country)[0]
    assert (amount.unit, amount.unit_basis) == (unit, basis)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("R1,5 billion", "en-ZA", "1500000000 ZAR"),
        ("€1,500", "en-IE", "1500 EUR"),
    ],
)
def test_decimal_comma_follows_the_language(text: str, language: str, expected: str) -> None:
    """A comma is a decimal point only where the English of a country writes it so."""
    assert [brief(a) for a in find_amounts(text, language=language)] == [expected]


def test_validation_knows_the_default_of_every_shared_word() -> None:
    """What a bare word or sign of money means by default is among the defaults that validation allows."""
    words = [row["word"] for row in table("currency_words")] + [row["sign"] for row in table("currency_signs")]
    texts = [text for word in words for text in (f"It cost 5 million {word}.", f"It cost {word}5 million.")]
    used = {amount.unit for text in texts for amount in find_amounts(text) if amount.unit_basis == "default"}
    suite = json.loads((ROOT / "validation" / "semantic" / "financial_figures.json").read_text(encoding="utf-8"))
    rules = {expectation["meta"]["rule"]: expectation["kwargs"] for expectation in suite["expectations"]}
    assert {"USD", "GBP"} <= used <= set(rules["unit_default"]["value_set"])


def test_points_to_the_characters_of_the_unit() -> None:
    """The unit's own characters are told, also where an amount takes its unit from another."""
    text = "up to 2.5 billion Dutch guilders, from 1.5 billion in May"
    first, second = find_amounts(text)
    assert first.unit_span == second.unit_span
    assert first.unit_span.of(text) == "Dutch guilders"


@pytest.mark.parametrize(
    "text", ["$1234567890123456789012345", "0.12345 percent", "$9,999,999,999,999 trillion", "1/3 percent"]
)
def test_an_amount_that_does_not_fit_is_none(text: str) -> None:
    """What no decimal(28, 4) holds is left out rather than rounded."""
    assert find_amounts(text) == []


def test_amounts_are_plain_exact_decimals() -> None:
    """Values carry no exponent and no binary rounding."""
    values = [a.amount for a in find_amounts("$1.1 trillion, 0.1 percent, $100, 1.10 cents")]
    assert [str(v) for v in values] == ["1100000000000", "0.1", "100", "0.011"]
    assert all(isinstance(v, Decimal) for v in values)


def test_the_empty_text_and_odd_characters() -> None:
    """Any text is read; offsets count code points, whatever their width."""
    assert find_amounts("") == []
    text = "🙂 İstanbul’da “€5m”"
    (amount,) = find_amounts(text)
    assert amount.span == Span(text.index("€"), text.index("€") + 3)


@pytest.mark.parametrize(
    "unit",
    ["1", "$", "$5 ", "5 to ", "a billion-", "one hundred and ", "5, ", "million ", '"', "http://", "a third of ", "-"],
)
def test_takes_linear_time(unit: str) -> None:
    """However repetitive a text is, the work grows as the text does."""

    def work(n: int) -> Callable[[], object]:
        text = unit * (n // len(unit))
        return lambda: find_amounts(text)

    assert exponent(lambda n: steps(work(n)), 1_000, 4_000) < LINEAR
    # Regular expressions run outside Python's lines.
    assert exponent(lambda n: processor_time(work(n)), 3_000, 48_000) < BELOW_QUADRATIC
