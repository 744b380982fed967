"""Rates in a text: percentages, ranges, rates by weight or piece, and how exact they are."""

from __future__ import annotations

import pytest

from broadsheet.extraction.tariffs.rates import find_rates

PERCENT = [
    ("sign", "a 25% duty", ["25 exact"]),
    ("sign-apart", "a 145 % duty", ["145 exact"]),
    ("per-cent", "a 25 per cent duty", ["25 exact"]),
    ("hyphenated", "a 25-percent duty", ["25 exact"]),
    ("hyphenated-per-cent", "100-per-cent duties", ["100 exact"]),
    ("pct", "a 20 pct duty", ["20 exact"]),
    ("decimals", "duties of 37.65 percent", ["37.65 exact"]),
    ("fraction", "7½ per cent", ["7.5 exact"]),
    ("words", "a twenty-five per cent duty", ["25 exact"]),
    ("words-and-a-half", "thirty-seven and a half percent", ["37.5 exact"]),
    ("hundred", "a hundred percent levy", ["100 exact"]),
    ("zero", "duties cut to zero", ["0 exact"]),
    ("two", "duties of 10% and 25%", ["10 exact", "25 exact"]),
    ("two-with-one-unit", "duties of 10 and 15 percent", ["10 exact", "15 exact"]),
    ("year-and-rate", "30 percent in 2007 and 5 percent in 2010", ["30 exact", "5 exact"]),
    ("year-or-rate", "a cut in 2007 or 5 percent", ["5 exact"]),
]
HEDGED = [
    ("up-to", "up to 38.1 per cent", ["38.1 at_most"]),
    ("as-much-as", "as much as 40%", ["40 at_most"]),
    ("at-least", "at least 15 percent", ["15 at_least"]),
    ("more-than", "more than 200 percent", ["200 at_least"]),
    ("about", "about 35 per cent", ["35 about"]),
    ("range", "10 to 41 percent", ["10..41 range"]),
    ("range-with-dash", "a 10-15 percent levy", ["10..15 range"]),
    ("between", "between five and 50 pct", ["5..50 range"]),
    ("range-with-two-units", "10% to 41%", ["10..41 range"]),
    ("range-of-rates", "rates ranging from 10 to 41 percent", ["10..41 range"]),
    ("change", "cut from 41 percent to 10 percent", ["41 exact", "10 exact"]),
    ("change-with-one-unit", "raised from 10 to 41 percent", ["10 exact", "41 exact"]),
]
OTHER = [
    ("a-gallon", "35 cents a gallon", ["35 cents a gallon"]),
    ("per-tonne", "$873 per tonne", ["$873 per tonne"]),
    ("wire", "330 Ecus a tonne", ["330 Ecus a tonne"]),
    ("points", "by 10 percentage points", []),
    ("no-rate", "1,700 products worth $10 million", []),
    ("ages", "a two-year ban on 24 items", []),
]


def brief(text: str) -> list[str]:
    """The rates of a text, each in a word or two."""
    out = []
    for rate in find_rates(text):
        if rate.percent is None:
            out.append(rate.span.of(text))
        else:
            high = "" if rate.high is None else f"..{rate.high:g}"
            out.append(f"{rate.percent:g}{high} {rate.approximation}")
    return out


@pytest.mark.parametrize(
    ("text", "expected"), [pytest.param(t, e, id=name) for name, t, e in (*PERCENT, *HEDGED, *OTHER)]
)
def test_rates_are_found_with_their_value_and_how_exact_they_are(text: str, expected: list[str]) -> None:
    """Every way in which news prints a rate of duty."""
    assert brief(text) == expected


def test_a_rate_knows_its_characters() -> None:
    """With the words that say how exact it is."""
    text = "a levy of up to 25 percent on wine"
    (rate,) = find_rates(text)
    assert rate.span.of(text) == "up to 25 percent"
