"""Headlines in running case, so that the model can tell names from words."""

from __future__ import annotations

import pytest

from broadsheet.analysis.casing import known_forms, restore_case

BODY = [
    "Oslo agrees to a new trade deal with the EEC, ministers said after the talks on fish quotas.",
    "ALL CAPITALS HERE",
]
FORMS = known_forms(BODY)


@pytest.mark.parametrize(
    ("printed", "restored"),
    [
        ("OSLO AGREES TRADE DEAL WITH EEC", "Oslo agrees trade deal with EEC"),
        ("Oslo Agrees to New Trade Deal With EEC After Talks", "Oslo agrees to new trade deal with EEC after talks"),
        ("Oslo agrees to a deal with Bergen", "Oslo agrees to a deal with Bergen"),
        ("MINISTERS MEET FERNANDEZ", "Ministers Meet Fernandez"),
        ("FISH WAR", "FISH WAR"),
        ("OSLO AGREED QUOTA DEAL", "Oslo agreed quota deal"),
    ],
    ids=[
        "capitals",
        "title case",
        "running case stays",
        "unknown words keep a capital",
        "too short to tell",
        "other endings",
    ],
)
def test_headlines(printed: str, restored: str) -> None:
    """Words that the body prints in lower case become so; names and abbreviations stay."""
    assert restore_case(printed, lambda: FORMS, headline=True) == restored


def test_body_in_title_case_is_left_alone() -> None:
    """Only a headline is read as title case: a list of names in the body is no headline."""
    assert restore_case("New Trade Deal Ministers", lambda: FORMS, headline=False) == "New Trade Deal Ministers"


@pytest.mark.parametrize("text", ["İSTANBUL TRADE TALKS BEGIN", "STRASSE ẞ ﬁ TRADE DEAL", "ΣΊΣΥΦΟΣ TRADE DEAL NEW"])
def test_no_character_moves(text: str) -> None:
    """Letters whose cases differ in length stay as they are, so that offsets hold."""
    assert len(restore_case(text, lambda: FORMS, headline=True)) == len(text)


def test_lines_in_capitals_tell_no_case() -> None:
    """A paragraph in capitals does not teach that its words are abbreviations."""
    assert "CAPITALS" not in FORMS
