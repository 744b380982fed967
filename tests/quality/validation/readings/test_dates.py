"""Dates of a row against the words at their evidence."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from quality.validation.readings.rows import row

from broadsheet.quality.validation.readings import dates

TEXT = "Talks began on 9 May 2024, ended in June 2024, and resume next month or two weeks later."
FRIDAY = date(2024, 5, 10)


def event(evidence: dict[str, Any], **cells: Any) -> Any:
    """An event of an article that appeared on Friday, 10 May 2024."""
    return row("events", TEXT, "Talks began", evidence, published_on=FRIDAY, **cells)


def test_the_ends_of_a_period() -> None:
    """Either the evidence of the cell or that of the printed date can mean it."""
    read = dates.date_end("date_start")
    cited = {"date_text": "9 May 2024"}
    assert read(event(cited, date_start=date(2024, 5, 9))) is None
    assert read(event(cited, date_start=date(2024, 5, 8))) == (
        "«9 May 2024», published on 2024-05-10, does not mean 2024-05-08"
    )
    assert read(event(cited)) is None
    assert read(event({}, date_start=date(2024, 5, 8))) is None
    both = {"date_start": "June 2024", **cited}
    assert read(event(both, date_start=date(2024, 5, 9))) is None
    assert read(event(both, date_start=date(2024, 6, 1))) is None
    assert read(event(both, date_start=date(2024, 7, 1))) == (
        "«June 2024 … 9 May 2024», published on 2024-05-10, does not mean 2024-07-01"
    )
    assert read(event({"date_end": "June 2024"}, date_start=date(2024, 7, 1))) is None


def test_words_that_do_not_tell() -> None:
    """Words without a date are passed over; words that lean on another date allow every day."""
    read = dates.day("effective_on")
    wrong = date(2024, 5, 8)

    def measure(*words: str) -> str | None:
        return read(row("tariffs", TEXT, evidence={"effective_on": words}, effective_on=wrong))

    assert measure("9 May 2024") == "«9 May 2024» does not mean 2024-05-08"
    assert measure("Talks", "9 May 2024") == "«9 May 2024» does not mean 2024-05-08"
    assert measure("Talks") is None
    assert measure("9 May 2024", "two weeks later") is None
    assert measure(TEXT) is None


def test_a_date_in_two_parts() -> None:
    """The parts of a date count together."""
    text = "On 9 May the talks began in 2023."
    cited = {"ended_on": ["9 May", "2023"]}
    read = dates.day("ended_on")
    assert read(row("tariffs", text, evidence=cited, ended_on=date(2023, 5, 9), published_on=FRIDAY)) is None
    assert read(row("tariffs", text, evidence=cited, ended_on=date(2021, 5, 8), published_on=FRIDAY)) is not None


@pytest.mark.parametrize(
    ("column", "cell", "text", "said"),
    [
        ("date_precision", "day", "9 May", None),
        ("date_precision", "month", "9 May", "«9 May» is day"),
        ("date_precision", "month", "a handful", None),
        ("date_precision", None, "9 May", None),
        ("date_precision", "day", None, None),
        ("date_basis", "stated", "9 May", None),
        ("date_basis", "relative", "9 May", "«9 May» is published_on or stated"),
        ("date_basis", "relative", "a handful", None),
        ("date_basis", None, "9 May", None),
        ("date_basis", "stated", None, None),
    ],
)
def test_how_exact_and_on_what(column: str, cell: str | None, text: str | None, said: str | None) -> None:
    """Precision and basis follow from the printed date."""
    assert dates.date_of_text(column)(event({}, date_text=text, **{column: cell})) == said


@pytest.mark.parametrize(
    ("cell", "words", "said"),
    [
        ("day", ["9 May 2024"], None),
        ("month", ["9 May 2024"], "«9 May 2024» is day"),
        ("year", ["9 May 2024", "June 2024"], "«9 May 2024 … June 2024» is day or month"),
        ("month", ["9 May 2024", "June 2024"], None),
        ("year", ["9 May 2024", "two weeks later"], None),
        ("year", [], None),
        (None, ["9 May 2024"], None),
    ],
)
def test_how_exact_a_day_of_effect_is(cell: str | None, words: list[str], said: str | None) -> None:
    """The precision is that of one of the dates at the evidence."""
    found = row("tariffs", TEXT, evidence={"effective_on": words}, effective_precision=cell)
    assert dates.precision(found) == said


def test_words_against_a_day() -> None:
    """The words and the day are named."""
    assert dates.text_allows(date(2024, 5, 9), "9 May", FRIDAY) is None
    assert dates.text_allows(date(2024, 5, 8), "9 May", FRIDAY) == "«9 May» does not mean 2024-05-08"
    assert dates.text_allows(date(2024, 5, 8), "a handful", FRIDAY) is None
    assert dates.text_allows(date(2024, 5, 8), "yesterday", FRIDAY) == "«yesterday» does not mean 2024-05-08"
    assert dates.text_allows(date(2024, 5, 9), "yesterday", FRIDAY) is None
