"""The reference table of goods, and the chapter of the Harmonized System that a product's name gets."""

from __future__ import annotations

import pytest

from broadsheet.reference import table
from broadsheet.reference.goods import chapter_of, key, singular

NOT_IN_USE = "77"
"""The chapter that the Harmonized System keeps for later."""

CHAPTERS = [
    ("canola", "12"),
    ("canola oil", "15"),
    ("canola meal", "23"),
    ("oil cakes", "23"),
    ("soybeans", "12"),
    ("yellow peas", "07"),
    ("EVs", "87"),
    ("battery electric vehicles", "87"),
    ("auto parts", "87"),
    ("softwood lumber", "44"),
    ("dairy products", "04"),
    ("frozen boneless beef", "02"),
    ("processed meat products", "16"),
    ("wheat bran", "23"),
    ("hot-rolled steel", "72"),
    ("steel pipe", "73"),
    ("aluminium", "76"),
    ("aluminum extrusions", "76"),
    ("rare earths", "28"),
    ("rare-earth minerals", "28"),
    ("rare earth magnets", "85"),
    ("advanced semiconductors", "85"),
    ("chipmaking equipment", "84"),
    ("gallium", "81"),
    ("crude oil", "27"),
    ("extra virgin olive oil", "15"),
    ("television sets", "85"),
    ("Scotch whisky", "22"),
    ("kitchen cabinets", "94"),
    ("ketchup", "21"),
    ("firearms", "93"),
]
"""Goods of one plain chapter, as news writes them."""

NO_CHAPTER = ["machinery", "steel products", "agriculture products", "textiles", "medical products", "canola products"]
"""Goods that span several chapters."""

UNKNOWN = ["widgets", "camelina oil blends", "goods", "summertime essentials"]
"""Words that tell no chapter."""


@pytest.mark.parametrize(("product", "chapter"), CHAPTERS, ids=[product for product, _ in CHAPTERS])
def test_a_plain_good_has_its_chapter(product: str, chapter: str) -> None:
    """The head of a name decides, in the singular or plural, hyphenated or not, in either spelling."""
    assert chapter_of(product) == chapter


@pytest.mark.parametrize("product", [*NO_CHAPTER, *UNKNOWN])
def test_no_chapter_is_guessed(product: str) -> None:
    """A name that spans chapters, or that the table does not know, has none."""
    assert chapter_of(product) is None


def test_a_word_of_many_goods_lends_its_chapter_to_none_of_them() -> None:
    """Oil alone is petroleum, but an oil of something is not."""
    assert chapter_of("oil") == "27"
    assert chapter_of("argan oil") is None


@pytest.mark.parametrize(
    ("plural", "expected"),
    [
        ("peas", "pea"),
        ("batteries", "battery"),
        ("boxes", "box"),
        ("glass", "glass"),
        ("knives", "knife"),
        ("gas", "gas"),
    ],
)
def test_plurals_are_looked_up_as_singulars(plural: str, expected: str) -> None:
    """Regular plurals and the irregular ones of goods."""
    assert singular(plural) == expected


def test_the_table_of_chapters_is_whole() -> None:
    """All 97 chapters stand in it, in order, each with a title."""
    rows = table("hs_chapters")
    assert [row["hs_chapter"] for row in rows] == [f"{n:02}" for n in range(1, 98)]
    assert all(row["title"] for row in rows)


def test_goods_have_chapters_that_exist_and_every_chapter_has_goods() -> None:
    """No good is in the reserved chapter or in one that the Harmonized System does not have."""
    known = {row["hs_chapter"] for row in table("hs_chapters")} - {NOT_IN_USE}
    used = {row["hs_chapter"] for row in table("goods")} - {""}
    assert used == known


@pytest.mark.parametrize("name", ["goods", "hs_chapters", "trade_actions", "trade_measures", "trade_words"])
def test_reference_tables_are_sorted_and_without_repetition(name: str) -> None:
    """A row has its place, so that a diff shows what changed."""
    rows = [tuple(row.values()) for row in table(name)]
    assert rows == sorted(set(rows))


def test_no_form_of_a_good_has_two_chapters() -> None:
    """Two spellings that are looked up under one form agree on the chapter."""
    chapters: dict[str, set[str]] = {}
    for row in table("goods"):
        if row["hs_chapter"]:
            chapters.setdefault(key([row["goods"]]), set()).add(row["hs_chapter"])
    assert {form: found for form, found in chapters.items() if len(found) > 1} == {}
