"""The picture of measures from imposer to target."""

from __future__ import annotations

import pytest
from views.plot.rows import figure, tables, tariff
from views.plot.scenes import Scene, picture, scene

import broadsheet


def points(found: Scene) -> dict[str, dict[str, object]]:
    """The marks of measures, by what is read of them."""
    return {mark["description"]: mark.item for mark in found.of("symbol") if mark["description"]}


def test_every_measure_of_the_published_dataset_is_drawn() -> None:
    """Between whom, on what, what is done, and whether it answers an act."""
    published = broadsheet.load()
    names = dict(zip(published.countries.country_code, published.countries.name, strict=True))
    expected = []
    for row in published.arrow("tariffs").to_pylist():
        target = names[row["target_code"]] if row["target_code"] else "all or unnamed"
        words = (row["rate_text"], row["measure"], row["action"], row["status"])
        caption = " · ".join(word.replace("_", " ") for word in words if word)
        answer = "retaliation" if row["is_retaliation"] else "no retaliation"
        goods = row["product"] or "goods in general"
        expected.append(f"{names[row['imposer_code']]} → {target}, {goods}: {caption}, {answer}")
    assert sorted(points(scene(published, "tariffs"))) == sorted(expected)


def test_a_measure_stands_at_its_rate() -> None:
    """Twenty percent twice as far as ten; nothing at all is a rate, and is not no rate."""
    rows = (tariff("10"), tariff("20", product="wine"), tariff("0", product="tea"), tariff(product="rye"))
    found = points(scene(tables(*rows), "tariffs"))
    at = {text.split(", ")[1].split(":")[0]: float(str(item["x"])) for text, item in found.items()}
    assert at["wine"] == pytest.approx(2 * at["salmon"])
    assert at["tea"] == pytest.approx(0)
    assert at["rye"] < 0


def test_no_rate_says_so() -> None:
    """The strip before the axis has a head; the axis of a picture without any rate has no figures."""
    found = scene(tables(tariff(), tariff(text="35 cents a gallon", product="ethanol")), "tariffs")
    assert {"no rate", "35 cents a gallon · tariff · impose · in force"} <= {*found.words}
    assert not any("%" in word for word in found.axis)
    assert "no rate" not in scene(tables(tariff("5")), "tariffs").words


@pytest.mark.parametrize(
    ("row", "caption"),
    [
        (tariff("12.5"), "12.5% · tariff · impose · in force"),
        (tariff("0"), "0% · tariff · impose · in force"),
        (tariff("10", high="41"), "10–41% · tariff · impose · in force"),
        (tariff("25", before="10", action="raise", status="announced"), "25% (was 10%) · tariff · raise · announced"),
    ],
)
def test_a_rate_is_drawn(row: object, caption: str) -> None:
    """As a range where it is one, with the rate before where the article has it."""
    found = scene(tables(row), "tariffs")  # type: ignore[arg-type]
    assert caption in found.words
    assert len([mark for mark in found.of("rule") if mark["strokeWidth"] in (4, 1.5)]) == ("–" in caption) + (
        "was" in caption
    )


def test_words_stand_where_there_is_room() -> None:
    """Behind a low rate, before a high one, and never over what a measure was before."""
    rows = (tariff("5", product="a"), tariff("95", product="b"), tariff("10", before="25", product="c"))
    words = {mark["text"][:2]: mark for mark in scene(tables(*rows), "tariffs").of("text") if mark["fill"] != "#ffffff"}
    assert {text: mark["align"] for text, mark in words.items() if mark["dx"]} == {
        "5%": "left",
        "95": "right",
        "10": "left",
    }
    assert words["10"]["x"] > 2 * words["5%"]["x"]


def test_forms_tell_retaliation_and_force() -> None:
    """A diamond answers; what is not in force is hollow; what lightens a burden has another colour."""
    rows = (
        tariff("1", product="a"),
        tariff("2", product="b", answers=True),
        tariff("3", product="c", status="announced"),
        tariff("4", product="d", action="lower"),
        tariff("5", product="e", action="threaten", status="threatened"),
    )
    found = {text.split(", ")[1][0]: item for text, item in points(scene(tables(*rows), "tariffs")).items()}
    assert {goods for goods, item in found.items() if item["shape"] == "diamond"} == {"b"}
    assert {goods for goods, item in found.items() if item["fillOpacity"] == 0} == {"c", "e"}
    assert len({found[goods]["stroke"] for goods in "ade"}) == 3
    assert found["a"]["stroke"] == found["b"]["stroke"] == found["c"]["stroke"]


def test_pairs_are_heads_and_products_stand_below() -> None:
    """The pair with the most rows first."""
    rows = (tariff("1", imposer="CHL", target="NOR", product=None), tariff("1"), tariff("2", product="cod"))
    axis = [word for word in scene(tables(*rows), "tariffs").axis if "%" not in word]
    assert axis == ["Norway → Chile", "cod", "salmon", "Chile → Norway", "goods in general"]


def test_equal_measures_of_several_articles_are_one_mark() -> None:
    """That of one company is another."""
    assert len(points(scene(tables(tariff("5"), tariff("5"), tariff("6")), "tariffs"))) == 2


def test_many_measures_share_the_lane_of_their_pair() -> None:
    """No words then, and those without a rate are a number."""
    rated = [tariff(str(rate), product=f"product {rate}") for rate in range(1, 50)]
    found = scene(tables(*rated, *(tariff(product=f"other {n}") for n in range(7))), "tariffs")
    assert len(points(found)) == 49
    assert [word for word in found.axis if "→" in word] == ["Norway → Chile"]
    assert "Norway → Chile: 7 without a rate" in found.said("text")


def test_beyond_thirty_pairs_the_others_are_counted() -> None:
    """Of 45 pairs fifteen."""
    codes = [f"{first}{second}Z" for first in "ABC" for second in "ABCDEFGHIJKLMNO"]
    found = scene(tables(*(tariff("5", target=code) for code in codes)), "tariffs")
    assert len([word for word in found.axis if "→" in word]) == 30
    assert "15 other pairs" in found.axis
    assert "15 rows" in found.words


def test_answers_are_cells_of_the_table() -> None:
    """Decimals and truth values as CSV has them, null as None."""
    drawn = picture(tables(tariff("12.50", target=None, answers=True)), "tariffs")
    (line,) = drawn.data["tariffs"].to_dict("records")
    answer = {column: line[field] for field, column in drawn.answers.items()}
    assert answer["rate_percent"] == "12.5"
    assert answer["is_retaliation"] == "true"
    assert answer["target_code"] is None


def test_no_tariffs_is_said() -> None:
    """Figures alone are no measures."""
    assert "The tables have nothing to show here." in scene(tables(figure("1")), "tariffs").words
