"""Amounts, units and rates of a row against what is printed at its span and evidence."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from quality.validation.readings.rows import row

from broadsheet.quality.validation.readings import numbers

TEXT = "Fish cost about 40 to 45 million euros a tonne.\nA loss came: minus 3 million dollars, at least 12 percent."
AMOUNT = "40 to 45 million euros"


def figure(words: str = AMOUNT, text: str = TEXT, evidence: dict[str, str] | None = None, **cells: Any) -> Any:
    """A figure at the words of a text."""
    return row("financial_figures", text, words, evidence, **cells)


@pytest.mark.parametrize(
    ("low", "high", "printed", "said"),
    [
        (40, 45, "40 to 45", None),
        (40, 46, "40 to 45", "«40 to 45» is read as 40 or 45 or 85"),
        (40, None, "40 to 45", "«40 to 45» prints two numbers"),
        (None, None, "40 to 45", None),
        (40, None, "40", None),
        (40, 40, "40", "«40» is read as 40"),
        (40, 45, "a lot", None),
        (2_300_000_000, None, "2 billion 300 million", None),
        (-2_300_000_000, None, "2 billion 300 million", None),
        (2_000_000_000, None, "2 billion 300 million", "«2 billion 300 million» prints two numbers"),
        (40, None, "40 to 45 to 50", None),
        (5, None, "half of 5", None),
    ],
)
def test_the_upper_end_of_a_range(low: int | None, high: int | None, printed: str, said: str | None) -> None:
    """Two numbers are a range, unless their sum is one amount or one is a part of the other."""
    ends = [None if one is None else Decimal(one) for one in (low, high)]
    assert numbers.high_of(ends[0], ends[1], printed) == said


@pytest.mark.parametrize(
    ("cell", "printed", "said"),
    [
        (Decimal(5), "5 euros", None),
        (Decimal(6), "5 euros", "«5 euros» is read as 5"),
        (Decimal(6), "1 or 2 or 3 euros", "«1 or 2 or 3 euros» is read as 1 or 2 or 3 or 5"),
        (Decimal(7), "1.50 euros", "«1.50 euros» is read as 1.5"),
        (None, "5 euros", None),
        (Decimal(6), "some euros", None),
    ],
)
def test_amounts(cell: Decimal | None, printed: str, said: str | None) -> None:
    """What is printed is shown as it is read, at most four numbers of it."""
    assert numbers.amount_of(cell, printed) == said


@pytest.mark.parametrize(
    ("cell", "printed", "said"),
    [
        ("EUR", "5 euros", None),
        ("USD", "5 euros", "«5 euros» is in EUR"),
        (None, "5 euros", None),
        ("USD", "5", None),
        ("EUR", "3 percent of 5 euros", None),
    ],
)
def test_units(cell: str | None, printed: str, said: str | None) -> None:
    """A unit is one of those printed."""
    assert numbers.unit_of(cell, printed) == said


def test_units_are_shown_in_order() -> None:
    """At most four units are named."""
    assert numbers.unit_of("GBP", "5 dollars") == "«5 dollars» is in AUD or BBD or BMD or BND"


@pytest.mark.parametrize(
    ("cell", "printed", "said"),
    [
        ("stated", "5 euros", None),
        ("default", "5 euros", "«5 euros» states its unit"),
        (None, "5 euros", "«5 euros» states its unit"),
        ("stated", "5 dollars", "«5 dollars» does not say whose dollar it is"),
        ("default", "5 dollars", None),
        ("stated", "5 dollars of the U.S.", None),
        ("stated", "5 American dollars", None),
        ("default", "5 dollars or euros", None),
        ("stated", "5 dollars or euros", None),
        ("stated", "5 crowns", None),
        ("stated", "5", None),
    ],
)
def test_what_a_unit_rests_on(cell: str | None, printed: str, said: str | None) -> None:
    """A currency of one country is stated; a dollar is where the words say whose it is."""
    assert numbers.basis_of(cell, printed) == said


def test_cells_of_a_figure() -> None:
    """Amount, upper end and unit are read at the span of the row; without a span nothing is said."""
    right = figure(amount=Decimal(40_000_000), amount_high=Decimal(45_000_000), unit="EUR", unit_basis="stated")
    wrong = figure(amount=Decimal(4), amount_high=Decimal(5), unit="USD", unit_basis="default")
    for reading in (numbers.amount, numbers.amount_high, numbers.unit, numbers.unit_basis):
        assert reading(right) is None
        assert AMOUNT in (reading(wrong) or "")
    nowhere = row("financial_figures", TEXT, amount=Decimal(4), unit="USD", per="litre", approximation="about")
    for reading in (
        numbers.amount, numbers.amount_high, numbers.unit, numbers.unit_basis, numbers.amount_sign,
        numbers.approximation, numbers.per,
    ):  # fmt: skip
        assert reading(nowhere) is None


@pytest.mark.parametrize(
    ("text", "words", "amount", "is_right"),
    [
        ("It is minus 3 million.", "3 million", -3, True),
        ("It is negative $3 million.", "$3 million", -3, True),
        ("It is -3 million.", "3 million", -3, True),
        ("It is −3 million.", "3 million", -3, True),
        ("It is -3 million.", "-3 million", -3, True),
        ("It is $−3 million.", "$−3 million", -3, True),
        ("It is 3 million.", "3 million", -3, False),
        ("It is 3 million.", "3 million", 3, True),
        ("It is 0.", "0", 0, True),
        ("It fell by 3 million.", "3 million", -3, True),
        ("The deficit is 3 million.", "3 million", -3, True),
        ("It is 3 million, a loss.\nAll rose.", "3 million", -3, True),
        ("It is 3 million.\nAll fell.", "3 million", -3, False),
        ("It is 3 million, and losses.", "3 million", -3, True),
        ("Prices fell.\nIt is 3 million.\nPrices fell.", "3 million", -3, False),
        ("Fell by 3 million.", "3 million", -3, True),
        ("It rose.\n\nFell by 3 million.", "3 million", -3, True),
        ("The minus is far away from 3 million.", "3 million", -3, False),
        ("It is 3 million - no.", "3 million - no", -3, False),
    ],
)
def test_a_negative_amount(text: str, words: str, amount: int, is_right: bool) -> None:
    """A minus before it, or a word of falling or losing in its paragraph."""
    said = numbers.amount_sign(figure(words, text, amount=Decimal(amount)))
    assert said == (None if is_right else "no word near it means a fall or a loss")


@pytest.mark.parametrize(
    "word", ["less", "fewer", "below", "cheaper", "smaller", "weaker", "short", "losses", "deficit", "fell", "down"]
)
def test_words_of_a_fall(word: str) -> None:
    """Each of them makes a negative amount right."""
    assert numbers.amount_sign(figure("3 million", f"It was {word}: 3 million.", amount=Decimal(-3))) is None


@pytest.mark.parametrize(
    "hedge", ["at least", "at most", "about", "around", "approximately", "nearly", "almost", "roughly"]
)
def test_words_that_make_a_number_inexact(hedge: str) -> None:
    """A number right after one of them is not exact."""
    said = numbers.approximation(figure("5 euros", f"It cost {hedge} 5 euros.", approximation="exact"))
    assert said == f"«{hedge}» stands before «5 euros»"


APPROXIMATIONS: list[tuple[str, dict[str, Any], str | None]] = [
    ("It cost about 5 euros.", {"approximation": "about"}, None),
    ("It cost 5 euros or so.", {"approximation": "about"}, None),
    ("It cost at least 5 euros.", {"approximation": "at_least"}, None),
    ("It cost 5 euros.", {"approximation": "exact"}, None),
    ("It cost 5 euros.", {"approximation": None}, None),
    ("It cost 5 euros.", {"approximation": "range"}, None),
    ("It cost 5 euros.", {"approximation": "about"}, "nothing beside «5 euros» says about"),
    ("It cost about 5 euros.", {"approximation": "at_most"}, "nothing beside «5 euros» says at_most"),
    ("It cost about 5 euros.", {"approximation": "exact"}, "«about» stands before «5 euros»"),
    ("About 5 euros.", {"approximation": "exact"}, "«about» stands before «5 euros»"),
    ("It cost about\n5 euros.", {"approximation": "exact"}, "«about» stands before «5 euros»"),
    ("A roundabout 5 euros.", {"approximation": "exact"}, None),
    ("It was about time, 5 euros.", {"approximation": "exact"}, None),
    ("It cost 5 euros.", {"approximation": "range", "amount_high": Decimal(6)}, None),
    ("It cost 5 euros.", {"approximation": "about", "amount_high": Decimal(6)}, "«5 euros» is a range"),
    ("About this, and much more that was said on that day in the town hall, 5 euros.", {"approximation": "about"},
     "nothing beside «5 euros» says about"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "cells", "said"), APPROXIMATIONS)
def test_how_exact_an_amount_is(text: str, cells: dict[str, Any], said: str | None) -> None:
    """A hedge beside the amount makes it inexact, and an inexact amount has one."""
    assert numbers.approximation(figure("5 euros", text, **cells)) == said


def test_hedges_that_the_evidence_names() -> None:
    """Words further off count where they are evidence; a fraction may be inexact by itself."""
    far = "It cost, by several accounts of those who were at the market on that cold morning, 5 euros."
    assert numbers.approximation(figure("5 euros", far, approximation="about")) is not None
    cited = figure("5 euros", far, {"approximation": "accounts"}, approximation="about")
    assert numbers.approximation(cited) is None
    assert numbers.approximation(figure("a third", "It cost a third of it.", approximation="about")) is None
    hedged = figure("5 euros", "It cost about 5 euros.", {"approximation": "cost"}, approximation="exact")
    assert numbers.approximation(hedged) is not None


@pytest.mark.parametrize(
    ("evidence", "cells", "said"),
    [
        ("12 percent", {"rate_approximation": "at_least"}, None),
        ("12 percent", {"rate_approximation": "exact"}, "«at least» stands before «12 percent»"),
        ("12 percent", {"rate_approximation": "about"}, "nothing beside «12 percent» says about"),
        ("12 percent", {"rate_approximation": "about", "rate_high_percent": Decimal(13)}, None),
        ("12 percent", {"rate_approximation": None}, None),
        (None, {"rate_approximation": "about"}, None),
    ],
)
def test_how_exact_a_rate_is(evidence: str | None, cells: dict[str, Any], said: str | None) -> None:
    """A rate is hedged as an amount is."""
    given = {"rate_percent": evidence} if evidence else {}
    assert numbers.rate_approximation(row("tariffs", TEXT, "A loss came", given, **cells)) == said


@pytest.mark.parametrize(
    ("text", "unit", "is_right"),
    [
        ("It is 5 euros a tonne.", "tonne", True),
        ("It is 5 euros a ton.", "tonne", False),
        ("It is 5 euros per acre.", "acre", True),
        ("It is 5 euros per thousand cubic feet.", "thousand cubic foot", True),
        ("It is 5 euros per million British thermal units.", "million btu", True),
        ("It is 5 euros per million cubic feet.", "million btu", False),
        ("An ADR is 5 euros.", "ads", True),
        ("It is 5 euros.", "tonne", False),
        ("It is 5 euros.", None, True),
        ("A tonne of fish that was caught by the boats of the north last week is 5 euros.", "tonne", False),
        ("It is 5 euros, as the boats of the north said of what they caught last week, a tonne.", "tonne", False),
    ],
)
def test_what_a_price_is_of(text: str, unit: str | None, is_right: bool) -> None:
    """The unit of a price is printed beside it, as one of its words."""
    said = numbers.per(figure("5 euros", text, per=unit))
    assert said == (None if is_right else f"no {unit} is printed beside «5 euros»")


def test_what_a_price_is_of_further_off() -> None:
    """Evidence of it may be anywhere."""
    far = "A tonne of fish that was caught by the boats of the north last week is 5 euros."
    assert numbers.per(figure("5 euros", far, {"per": "tonne"}, per="tonne")) is None


def test_rates() -> None:
    """One of the rates at the evidence of the cell; without evidence or number nothing is said."""
    read = numbers.rate("rate_percent")
    cited = {"rate_percent": ["12 percent"]}
    assert read(row("tariffs", TEXT, evidence=cited, rate_percent=Decimal(12))) is None
    assert read(row("tariffs", TEXT, evidence=cited, rate_percent=Decimal(13))) == "the text has «12 percent»"
    assert read(row("tariffs", TEXT, evidence=cited)) is None
    assert read(row("tariffs", TEXT, rate_percent=Decimal(13))) is None
    unread = {"rate_percent": ["12 percent", "A loss"]}
    assert read(row("tariffs", TEXT, evidence=unread, rate_percent=Decimal(13))) is None
    two = {"rate_percent": ["12 percent", "3 million dollars"]}
    assert read(row("tariffs", TEXT, evidence=two, rate_percent=Decimal(13))) == (
        "the text has «12 percent … 3 million dollars»"
    )


@pytest.mark.parametrize(
    ("cells", "printed", "said"),
    [
        ((12, None), "12 percent", None),
        ((13, 12), "12 percent", None),
        ((13, None), "12 percent", "«12 percent» has another number"),
        ((None, None), "12 percent", None),
        ((13, None), "some percent", None),
    ],
)
def test_the_printed_form_of_a_rate(cells: tuple[int | None, ...], printed: str, said: str | None) -> None:
    """One of the rates of a measure is in its printed form."""
    assert numbers.rate_of(tuple(None if cell is None else Decimal(cell) for cell in cells), printed) == said
