"""Which countries, goods and rates belong to a measure. All facts are invented."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from broadsheet.extraction.pipeline import parse
from broadsheet.extraction.tariffs.lists import listed_with

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.analysis.document import Document

    Analyse = Callable[..., Document]


def cells(document: Analyse, text: str) -> set[tuple[str | None, str | None, int | None]]:
    """Target, product and rate of each row of a text of 2025."""
    found = [found.row for found in parse(document(text, published_on=date(2025, 2, 11))).tariffs]
    return {
        (row.target_code, row.product, int(row.rate_percent) if row.rate_percent is not None else None) for row in found
    }


def test_a_rate_belongs_to_a_measure_of_its_sentence(document: Analyse) -> None:
    """The rate of the sentence before is another measure's."""
    text = (
        "Chile will face 50% tariffs from 1 June, Norway warned on Friday, in a move that may tip the row into a trade "
        "war.\n\nChilean exporters to Norway now pay a 25% tariff on cars, steel and copper."
    )
    goods = {("CHL", product, 25) for product in ("cars", "steel", "copper")}
    assert cells(document, text) == {("CHL", None, 50), *goods}


def test_a_target_in_the_sentence_comes_before_one_around_it(document: Analyse) -> None:
    """The country of the sentence before is another measure's."""
    text = (
        "Norway put 100% tariffs on Chinese cars, following similar US curbs. "
        "China retaliated with tariffs on $2bn of Norwegian farm products like salmon."
    )
    assert {target for target, product, _ in cells(document, text) if product == "salmon"} == {"NOR"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Norway will impose a 20% tariff on countries that buy copper from Chile.",
            {(None, None, 20)},
            id="what the countries do",
        ),
        pytest.param(
            "Norway warned that importers of Chilean copper could face tariffs.",
            {(None, None, None)},
            id="what traders trade in",
        ),
        pytest.param(
            "Norway will put a 10% tariff on other countries, its minister said in Chile.",
            {(None, None, 10)},
            id="other countries",
        ),
        pytest.param(
            "Norway will put a 10% tariff on countries including Chile and Peru.",
            {("CHL", None, 10), ("PER", None, 10)},
            id="examples of the countries",
        ),
    ],
)
def test_what_says_which_countries_are_meant(
    document: Analyse, text: str, expected: set[tuple[str | None, str | None, int | None]]
) -> None:
    """Words that only describe the countries name neither a target nor goods."""
    assert cells(document, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Norway threatened tariffs on Chilean wine, Peruvian copper and Bolivian tin.",
            {("CHL", "wine", None), ("PER", "copper", None), ("BOL", "tin", None)},
        ),
        (
            "Norway imposed duties on wine and copper from Chile and Peru.",
            {(target, product, None) for target in ("CHL", "PER") for product in ("wine", "copper")},
        ),
    ],
)
def test_goods_are_of_the_country_that_is_said_of_them(
    document: Analyse, text: str, expected: set[tuple[str | None, str | None, int | None]]
) -> None:
    """A list of goods with a country each does not multiply; a list of goods and one of countries do."""
    assert cells(document, text) == expected


def test_all_goods_of_a_list_belong_to_its_measure(document: Analyse) -> None:
    """The end of a long list is as much part of it as its beginning."""
    text = (
        "Norway will put a 5% tariff on $3 billion of Chilean exports, including beef, cherries, wool, "
        "cotton, leather, candles, glass, timber, shoes, and household goods like soap, towels and paper."
    )
    assert {("CHL", "soap", 5), ("CHL", "paper", 5)} <= cells(document, text)


def test_all_countries_of_a_list_are_targets(document: Analyse) -> None:
    """None is left out between two others."""
    listed = "China, Vietnam, Cambodia, Laos, Thailand, Myanmar, India, Bangladesh and Pakistan"
    targets = {target for target, _, _ in cells(document, f"Norway will tax cheap shoes from {listed} at 30%.")}
    assert targets == {"CHN", "VNM", "KHM", "LAO", "THA", "MMR", "IND", "BGD", "PAK"}


def test_the_words_of_a_list(document: Analyse) -> None:
    """They are found from any of them; a word in no list has none."""
    analysed = document("Norway taxed wine, copper and salmon in May.")
    listed = {t.text: {o.text for o in listed_with(analysed, t)} for t in analysed.tokens if t.pos in ("NOUN", "PROPN")}
    assert listed["copper"] == {"wine", "salmon"}
    assert listed["wine"] == {"copper", "salmon"}
    assert listed["May"] == set()


def test_a_blanket_levy_is_on_all_goods(document: Analyse) -> None:
    """The word says how far it reaches, not on what."""
    text = "Norway has put tariffs on Chilean wine and copper as well as a 10% blanket levy."
    assert cells(document, text) == {("CHL", "wine", None), ("CHL", "copper", None), ("CHL", None, 10)}
