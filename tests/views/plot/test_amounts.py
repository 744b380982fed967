"""The picture of amounts by unit and kind."""

from __future__ import annotations

import pytest
from views.plot.rows import figure, quote, tables
from views.plot.scenes import Scene, picture, scene


def points(found: Scene) -> dict[str, dict[str, object]]:
    """The marks of amounts, by what is read of them."""
    return {mark["description"]: mark.item for mark in found.of("symbol")}


def at(found: Scene, text: str) -> float:
    """The position of an amount."""
    return float(str(points(found)[f"loan: {text}"]["x"]))


def test_ten_times_as_much_is_a_step() -> None:
    """Money has a logarithmic axis, with short labels for powers of ten."""
    rows = (figure(f"1{'0' * zeros}", text=f"1 and {zeros}") for zeros in (3, 6, 9, 12))
    found = scene(tables(*rows), "amounts")
    xs = [at(found, f"1 and {zeros}") for zeros in (3, 6, 9, 12)]
    assert [xs[2] - xs[1], xs[3] - xs[2]] == pytest.approx([xs[1] - xs[0]] * 2)
    ticks = {mark["text"]: mark["x"] for mark in found.of("text", baseline="bottom")}
    assert [ticks[tick] for tick in ("1m", "1bn", "1tn")] == pytest.approx([xs[1], xs[2], xs[3]], abs=1)


def test_each_unit_has_an_axis_of_its_own() -> None:
    """The largest amounts of all currencies are at the same position; heads name the units, money first."""
    rows = (
        figure("1000", text="a"),
        figure("10000", text="b"),
        figure("1000000", "JPY", text="c"),
        figure("10000000", "JPY", text="d"),
        figure("5", "percent", "growth", text="e"),
    )
    found = scene(tables(*rows), "amounts")
    assert at(found, "b") == pytest.approx(at(found, "d"))
    heads = [word for word in found.axis if word not in ("loan", "growth", "")]
    assert heads == ["Japanese Yen (JPY)", "US Dollar (USD)", "percent"]


def test_a_fall_points_down() -> None:
    """A fall in percent is left of zero; a fall in money is where a rise of the same size would be."""
    rows = (
        figure("-5", "percent", text="-5%"),
        figure("5", "percent", text="5%"),
        figure("-1000", text="-1000"),
        figure("1000", text="1000"),
        figure("100000", text="100000"),
    )
    found = scene(tables(*rows), "amounts")
    assert {text for text, item in points(found).items() if item["shape"] == "triangle-down"} == {
        "loan: -5%",
        "loan: -1000",
    }
    zero = next(mark["x"] for mark in found.of("text", baseline="bottom") if mark["text"] == "0")
    assert zero - at(found, "-5%") == pytest.approx(at(found, "5%") - zero, abs=1)
    assert at(found, "-1000") == pytest.approx(at(found, "1000"))


@pytest.mark.parametrize(
    "amounts", [("0",), ("0", "0"), ("0", "1000"), ("5",), ("-3", "-3"), ("0.0001", "999999999999")]
)
@pytest.mark.parametrize("unit", ["USD", "percent"])
def test_any_amounts_stand_in_the_picture(amounts: tuple[str, ...], unit: str) -> None:
    """Nothing, one, equals, and the least and the most that the tables hold."""
    found = scene(tables(*(figure(amount, unit) for amount in amounts)), "amounts")
    xs = [float(mark["x"]) for mark in found.of("symbol")]
    assert len(xs) == len(amounts)
    assert all(0 <= x <= 680 for x in xs)


def test_a_range_is_a_line_and_no_exact_figure_hollow() -> None:
    """From 40 to 45 million."""
    rows = (figure("40000000", high="45000000", approximation="range", text="r"), figure("50000000", text="x"))
    found = scene(tables(*rows), "amounts")
    assert [item["fillOpacity"] for item in (points(found)["loan: r"], points(found)["loan: x"])] == [0, 0.8]
    (line,) = found.of("rule", strokeWidth=3)
    ends = sorted((line["x"], line["x2"]))
    assert ends[0] == pytest.approx(at(found, "r"))
    assert ends[0] < ends[1] < at(found, "x")


def test_a_few_are_labelled_with_payer_and_payee() -> None:
    """As printed, with an arrow from payer to payee."""
    rows = (figure("5", text="$5", payer="ada", payee="bo"), figure("6", text="$6", payee="bo"), figure("7", text="$7"))
    assert {"$5 · Ada → Bo", "$6 · to Bo", "$7"} <= {*scene(tables(*rows), "amounts").words}


def test_of_many_equal_ones_are_one_mark() -> None:
    """Fifty times five dollars are one mark, forty are forty."""
    rows = [figure("5") for _ in range(50)]
    assert len(scene(tables(*rows), "amounts").of("symbol")) == 1
    assert len(scene(tables(*rows[:40]), "amounts").of("symbol")) == 40


def test_beyond_six_currencies_the_others_are_counted() -> None:
    """Percentages are always shown."""
    codes = ("USD", "EUR", "JPY", "GBP", "CAD", "AUD", "NOK", "SEK")
    rows = [figure(str(n + 1), code) for n, code in enumerate(codes) for _ in range(8 - n)]
    found = scene(tables(*rows, *(figure(str(n), "percent") for n in range(9))), "amounts")
    assert "2 other currencies" in found.axis
    assert "percent" in found.axis
    assert "3 amounts" in found.words


def test_answers_are_cells_of_the_table() -> None:
    """Decimals as CSV has them."""
    drawn = picture(tables(figure("1500000.50")), "amounts")
    (line,) = drawn.data["figures"].to_dict("records")
    assert drawn.answers["own"] == "figure_id"
    assert line["amount"] == "1500000.5"
    assert line["amount_high"] is None


def test_no_amounts_is_said() -> None:
    """Quotes alone are no amounts."""
    assert "The tables have nothing to show here." in scene(tables(quote(3)), "amounts").words
