"""What the grammar of a sentence adds to the date of an event."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from broadsheet.extraction.pipeline import parse

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
OF_ANOTHER = """
Turkey condemned Sunday's attack on its embassy by Syrian rebels.|condemned||
"""


@pytest.mark.parametrize(
    "case", [case for cases in (COUNTED, LENGTHS, BEGUN, ANNOUNCED, OF_ANOTHER) for case in cases.split("\n")]
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
