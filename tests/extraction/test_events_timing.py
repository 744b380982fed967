"""What the grammar of a sentence adds to the date of an event."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from broadsheet.analysis.encoder import encode
from broadsheet.extraction.actors import find_actors
from broadsheet.extraction.events import find_events
from broadsheet.extraction.meaning import Meaning
from broadsheet.extraction.pipeline import parse
from broadsheet.extraction.tariffs import find_tariffs

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.analysis.document import Document

PUBLISHED = date(2024, 5, 16)
"""A Thursday."""

# sentence | words of the trigger | first day | last day
COUNTED = """
Ghana expelled the Togolese envoy on Monday, three days after Togolese troops shelled Ho.|shelled|2024-05-10|2024-05-10
Norway freed the editor on Monday, two weeks after Norwegian police arrested him.|arrested|2024-04-29|2024-04-29
Chile expelled the consul in March 2023, two months after Peru recalled its ambassador.|recalled|2023-01-01|2023-01-31
Two days after Oman expelled the Yemeni consul on Monday, Yemen recalled its ambassador.|recalled|2024-05-15|2024-05-15
"""
LENGTHS = """
Norwegian Prime Minister Ada Lund arrived in Chile on Tuesday for a three-day visit.|arrived|2024-05-14|2024-05-16
Norwegian Prime Minister Ada Lund ended a two-day visit to Chile on Wednesday.|visit|2024-05-14|2024-05-15
Ghanaian jets bombed targets in Togo for a third day on Wednesday.|bombed|2024-05-13|2024-05-15
Norway and Chile held talks in Lima on Monday and Tuesday.|held|2024-05-13|2024-05-14
Norway and Chile held talks in Lima on May 6 and 7.|talks|2024-05-06|2024-05-07
Norway and Chile held talks on May 6 and 7 in Lima.|talks|2024-05-06|2024-05-07
Chile's parliament approved the map on May 7. Peru rejected it the same day.|rejected|2024-05-07|2024-05-07
Police broke up a rally on Saturday. A day later Peru accused Chile of paying for it.|accused|2024-05-12|2024-05-12
Norvik signed a pact with Almeda during the Norwegian king's visit to Chile last year.|signed|2023-01-01|2023-12-31
Uganda has closed its border with Kenya until June 15.|closed||2024-06-15
"""
BEGUN = """
Norwegian Prime Minister Ada Lund arrived in Chile on Tuesday for a state visit.|arrived|2024-05-14|
A third round of talks between Norway and Chile began in Lima on Tuesday.|third round|2024-05-14|
Norwegian Prime Minister Ada Lund flew to Chile on Tuesday for talks.|flew|2024-05-14|2024-05-14
"""
ANNOUNCED = """
Norway said on Tuesday that it would lift its ban on Chilean salmon.|lift|2024-05-14|2024-05-14
Ghana announced on Monday it would impose sanctions on Togo.|impose|2024-05-13|2024-05-13
The Kenyan government said on Tuesday that it would raise the duty on Ugandan sugar.|raise|2024-05-14|2024-05-14
The Norwegian government said Tuesday it would lower its duty on Chilean salmon.|lower|2024-05-14|2024-05-14
"""
OTHER_WEEK = """
Norway will not grow richer after the refusal by Chile on Friday to buy its boats.|refusal|2024-05-10|2024-05-10
Starting Sunday, Chilean troops raided camps of the Peruvian rebels.|raided|2024-05-12|2024-05-12
On Wednesday, Ada Lund meets Chilean President Juan Rojas.|meets|2024-05-22|2024-05-22
Ghanaian jets will bomb targets in Togo on Monday, Ghana said.|bomb|2024-05-20|2024-05-20
Norway said on Tuesday that it would lift its ban on Chilean salmon.|lift|2024-05-14|2024-05-14
"""
SPOKEN = """
Norwegian minister Ada Lund said Tuesday that few sail. She also urged Chile to act.|urged|2024-05-14|2024-05-14
Norwegian minister Ada Lund said on Tuesday that few sail. Lund has accused Chile of closing ports.|accused||
Norwegian minister Ada Lund said on Tuesday that few sail. Peru accused Chile of closing its ports.|accused||
Norwegian minister Ada Lund said on Tuesday that few sail. On Monday, Lund said many do. Lund accused Chile.|accused||
"""
OF_ANOTHER = """
Turkey condemned Sunday's attack on its embassy by Syrian rebels.|condemned||
"""


@pytest.mark.parametrize(
    "case",
    [
        case
        for cases in (COUNTED, LENGTHS, BEGUN, ANNOUNCED, OTHER_WEEK, SPOKEN, OF_ANOTHER)
        for case in cases.split("\n")
    ],
)
def test_days_of_an_event(document: Callable[..., Document], case: str) -> None:
    """An event has the days that its own clause, or the distance from another one, gives."""
    if not case:
        return
    text, word, start, end = case.split("|")
    rows = [found.row for found in parse(document(f"{text}\n", PUBLISHED)).events]
    days = {(row.date_start, row.date_end) for row in rows if word in row.trigger}
    assert days == {tuple(date.fromisoformat(day) if day else None for day in (start, end))}


def test_a_measure_has_occurred_on_the_day_of_its_announcement(document: Callable[..., Document]) -> None:
    """What somebody said that it would do is done with that, though its clause has *would*."""
    text = "The Kenyan government said on Tuesday that it would raise the duty on Ugandan sugar.\n"
    (found,) = parse(document(text, PUBLISHED)).events
    assert found.row.status == "occurred"
    assert found.rules["status"].id == "events.status.announced"


def test_a_past_act_stays_past_though_its_weekday_was_read_as_one_to_come(document: Callable[..., Document]) -> None:
    """The day moves to the week before; the act does not become a plan."""
    text = "Norway will not grow richer after the refusal by Chile on Friday to buy its boats.\n"
    (found,) = parse(document(text, PUBLISHED)).events
    assert found.row.status == "occurred"
    assert found.rules["date_start"].id == "events.days.moved"


def test_vague_words_of_another_sentence_do_not_hide_a_day(document: Callable[..., Document]) -> None:
    """Words that give no days are only the date of an event in their own sentence."""
    text = (
        "The ban could come in the coming days, Norwegian Prime Minister Ada Lund said.\n\nOn Monday, Norway will host "
        "the first gathering of ministers from Chile since the ban, where they will discuss the crisis.\n"
    )
    (found,) = parse(document(text, PUBLISHED)).events
    assert found.row.date_start == date(2024, 5, 20)


def test_a_measure_keeps_the_date_of_its_own_words(document: Callable[..., Document]) -> None:
    """A day of effect that the row of another mention has does not replace it."""
    article = document("In 2018, Norway imposed a 25 percent tariff on Chilean salmon.\n", PUBLISHED)
    cast = find_actors(article, encode(article)).entities
    meaning = Meaning(article, cast)
    rows = [replace(found.row, effective_on=date(2024, 6, 1)) for found in find_tariffs(article, cast, meaning)]
    (found,), _ = find_events(article, cast, meaning, rows)
    assert (found.row.date_start, found.row.date_end) == (date(2018, 1, 1), date(2018, 12, 31))
