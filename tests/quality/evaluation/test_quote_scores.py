"""Quotes and their speakers against annotated spans."""

from __future__ import annotations

import pytest

from broadsheet.base.span import Span
from broadsheet.quality.evaluation.measure import Count
from broadsheet.quality.evaluation.quotes import GivenQuote, score_quotes, surnames

TEXT = "“We will fight on,” said Dana Ruiz, the mayor. She added: “We will not sell.” A sign read “closed”."


def at(words: str) -> Span:
    """Where some words stand."""
    start = TEXT.index(words)
    return Span(start, start + len(words))


def asked(words: str, source: str | None) -> dict[str, object]:
    """A quote of the gold."""
    place = at(source) if source else None
    return {
        "start": at(words).start,
        "end": at(words).end,
        "source": [[place.start, place.end]] if place else [],
        "source_text": source or "",
    }


def given(words: str, printed: str | None = None, name: str | None = None, *, placed: bool = False) -> GivenQuote:
    """A quote as extracted."""
    return GivenQuote(at(words), printed, (at(printed),) if placed and printed else (), name)


FIRST, SECOND = asked("We will fight on,", "Dana Ruiz, the mayor"), asked("We will not sell.", "She")


def test_detection_speaker_and_both() -> None:
    """One quote right, one with another speaker, one that is none."""
    found = [
        given("“We will fight on,”", "Dana Ruiz", placed=True),
        given("We will not sell.", "the mayor", placed=True),
        given("closed"),
    ]
    scores = score_quotes(TEXT, [FIRST, SECOND], found, "a")
    assert scores.counts == {
        "quotes": Count(2, 3, 2),
        "quotes.speaker": Count(1, 2, 2),
        "quotes.joint": Count(1, 3, 2),
        "quotes.joint.strict": Count(1, 3, 2),
    }
    assert [(f.measure, f.kind, f.row) for f in scores.faults] == [
        ("quotes.speaker", "wrong", "We will not sell."),
        ("quotes", "spurious", "closed"),
    ]


def test_a_missed_quote_is_shown_in_its_place() -> None:
    """With the speaker that the gold has."""
    (fault,) = score_quotes(TEXT, [FIRST], [], "a").faults
    assert (fault.kind, fault.gold) == ("missed", {"speaker_text": "Dana Ruiz, the mayor"})
    assert "“[[We will fight on,]]” said Dana" in (fault.context or "")


@pytest.mark.parametrize(
    ("quote", "right", "strict"),
    [
        (given("We will fight on,", "Dana Ruiz", placed=True), 1, 1),
        (given("We will fight on,", "Ruiz"), 1, 1),
        (given("We will fight on,", None, "Dana Maria Ruiz Jr."), 1, 1),
        (given("We will fight on,", "Dana"), 0, 0),
        (given("We will fight on,"), 0, 0),
    ],
    ids=["the same place", "the surname", "the name it was resolved to", "the first name alone", "nobody"],
)
def test_a_speaker_is_right_by_place_or_surname(quote: GivenQuote, right: int, strict: int) -> None:
    """Either the printed speaker overlaps the gold's, or a surname is the same."""
    counts = score_quotes(TEXT, [FIRST], [quote], "a").counts
    assert (counts["quotes.joint"].right, counts["quotes.joint.strict"].right) == (right, strict)


@pytest.mark.parametrize(
    ("quote", "right", "strict"),
    [
        (given("We will not sell.", "Dana Ruiz", placed=True), 1, 0),
        (given("We will not sell.", "She", "Dana Ruiz", placed=True), 1, 1),
        (given("We will not sell.", "the mayor", placed=True), 0, 0),
    ],
    ids=["a name", "the pronoun itself", "a description"],
)
def test_whom_a_pronoun_means_is_not_annotated(quote: GivenQuote, right: int, strict: int) -> None:
    """A name that is given for a pronoun is right in the one measure and wrong in the strict one."""
    counts = score_quotes(TEXT, [SECOND], [quote], "a").counts
    assert (counts["quotes.joint"].right, counts["quotes.joint.strict"].right) == (right, strict)


def test_a_quote_without_a_named_speaker_is_left_out_of_the_joint_measure() -> None:
    """It counts for detection alone."""
    counts = score_quotes(TEXT, [asked("closed", None)], [given("closed", "A sign")], "a").counts
    assert counts["quotes"] == Count(1, 1, 1)
    assert counts["quotes.joint"] == Count(0, 0, 0)


@pytest.mark.parametrize(
    ("words", "found"), [("We will fight", 1), ("We will", 0)], ids=["most of the words", "a few of them"]
)
def test_a_part_of_a_quote_may_do(words: str, found: int) -> None:
    """Seven tenths of the characters of both must be shared."""
    assert score_quotes(TEXT, [FIRST], [given(words)], "a").counts["quotes"].right == found


@pytest.mark.parametrize(
    ("phrase", "names"),
    [
        ("Dana Ruiz", {"ruiz"}),
        ("Dana Ruiz and Tom O’Hara Jr.", {"ruiz", "o'hara"}),
        ("Ruiz, a lawyer for Acme", {"ruiz"}),
        ("the mayor of Ames", set()),
        ("Ruiz's", {"ruiz"}),
        ("Dana Ruíz (D)", {"ruiz"}),
        ("She", set()),
        (None, set()),
    ],
    ids=["name", "two names", "apposition", "description", "possessive", "accent and brackets", "pronoun", "nothing"],
)
def test_surnames(phrase: str | None, names: set[str]) -> None:
    """The last word of each conjunct or apposition, where it is capitalised."""
    assert surnames(phrase) == names
