"""Words that a row copies, and the words by which its cells were found."""

from __future__ import annotations

from typing import Any

import pytest
from quality.validation.readings.rows import row

from broadsheet.quality.validation.readings.words import (
    attribution,
    chapter,
    copied,
    cue,
    is_form,
    marks,
    measure,
    product,
)


def test_copied_words() -> None:
    """Letter by letter what the evidence points to: a piece, the pieces joined, or all from first to last."""
    text = "It took, they say, over the port."
    read = copied("trigger")

    def said(cell: str | None, *words: str) -> str | None:
        return read(row("events", text, evidence={"trigger": words}, trigger=cell))

    assert said("took", "took", "over") is None
    assert said("took over", "took", "over") is None
    assert said("took, they say, over", "took", "over") is None
    assert said("took, they", "took", "over") == "the text has «took … over»"
    assert said("Took", "took") == "the text has «took»"
    assert said(None, "took") is None
    assert said("took") is None


@pytest.mark.parametrize(
    ("text", "words", "is_right"),
    [
        ("She said “we act” then.", "we act", True),
        ('She said "we act" then.', "we act", True),
        ("She said «we act» then.", "we act", True),
        ("She said « we act » then.", "we act", True),
        ("She said 「we act」 then.", "we act", True),
        ("She said we act and did.", "we act", False),
        ("She said we act” then.", "we act", True),
        ("She said (we act) then.", "we act", True),
        ("She said-we act” then.", "we act", False),
        ("She said “we act then.", "we act", True),
        ("She said “we act then.” So it is.", "we act", False),
        ("She said “we act then.\nShe is “here.”", "we act", True),
        ("She said “we act, he said, “then.”", "we act,", True),
        ("She said “we act. And “then.”", "we act.", True),
        ("Before.\nwe act\nAfter.", "we act", True),
        ("we act", "we act", True),
        ("Lund: we act\nAfter.", "we act", True),
    ],
)
def test_marks_of_a_quotation(text: str, words: str, is_right: bool) -> None:
    """Marks of any script on both sides, a line of its own, or a quotation that was left open."""
    said = marks(row("quotes", text, words))
    assert (said is None) is is_right
    assert is_right or (said or "").startswith("no marks stand about «")
    assert marks(row("quotes", text)) is None


def test_the_place_without_marks_is_shown() -> None:
    """Three characters on both sides."""
    assert marks(row("quotes", "She said-we act then.", "we act")) == "no marks stand about «id-we act th»"


@pytest.mark.parametrize(
    ("words", "how", "is_right"),
    [
        ("she", "pronoun", True),
        ("She", "pronoun", True),
        ("she", "named", False),
        ("Lund", "named", True),
        ("Lund", "pronoun", False),
        ("US", "named", True),
        ("US", "pronoun", True),
        ("she", "none", True),
        (None, "pronoun", True),
    ],
)
def test_how_a_speaker_was_found(words: str | None, how: str, is_right: bool) -> None:
    """By a pronoun or by a name, as it is printed."""
    said = attribution(row("quotes", "x", speaker_text=words, attribution=how))
    assert said == (None if is_right else f"the text has «{words}»")


@pytest.mark.parametrize(
    ("lemma", "words", "said"),
    [
        ("say", ["said"], None),
        ("deny", ["said"], "the text has «said»"),
        ("deny", ["said", "denied"], None),
        (None, ["said"], None),
        ("deny", [], None),
    ],
)
def test_the_cue_of_a_quote(lemma: str | None, words: list[str], said: str | None) -> None:
    """The lemma of one of the words at the evidence."""
    assert cue(row("quotes", "She said so and denied it.", evidence={"cue": words}, cue=lemma)) == said


@pytest.mark.parametrize(
    ("lemma", "word", "can"),
    [
        ("be", "'m", True),
        ("be", "’re", True),
        ("have", "'s", True),
        ("have", "'ve", True),
        ("would", "'d", True),
        ("will", "'ll", True),
        ("be", "'ll", False),
        ("tell", "told", True),
        ("tell", "went", False),
        ("Say", "SAYS", True),
        ("hope", "hoping", True),
        ("deny", "denies", True),
        ("ask", "as", False),
        ("ask", "asks", True),
        ("hop", "hope", True),
        ("hopes", "hope", False),
    ],
)
def test_forms_of_a_lemma(lemma: str, word: str, can: bool) -> None:
    """Contracted, irregular, and regular forms in any case."""
    assert is_form(lemma, word) is can


@pytest.mark.parametrize(
    ("cells", "words", "said"),
    [
        ({"product": "salmon"}, ["Chilean salmon"], None),
        ({"product": "the salmon"}, ["Chilean salmon"], None),
        ({"product": "fresh salmon"}, ["Chilean salmon"], "the text has «Chilean salmon»"),
        ({"product": "fresh salmon"}, ["Chilean salmon", "fresh"], None),
        ({"product": "trout", "applies_to_id": "ada"}, ["Chilean salmon"], None),
        ({"product": "trout"}, [], None),
        ({}, ["Chilean salmon"], None),
    ],
)
def test_the_product_of_a_measure(cells: dict[str, Any], words: list[str], said: str | None) -> None:
    """All of its words are at the evidence."""
    text = "A duty on Chilean salmon that is fresh."
    assert product(row("tariffs", text, evidence={"product": words}, **cells)) == said


@pytest.mark.parametrize(
    ("cells", "words", "said"),
    [
        ({"product": "abalone", "hs_chapter": "03"}, [], None),
        ({"product": "abalones", "hs_chapter": "03"}, [], None),
        ({"product": "Abalone", "hs_chapter": "22"}, [], "«Abalone» is of chapter 03"),
        ({"product": "Abalone"}, [], None),
        ({"product": "things", "hs_chapter": "22"}, [], None),
        ({"product": "things", "hs_chapter": "22"}, ["Abalone"], "«things» is of chapter 03"),
        ({"hs_chapter": "22"}, ["Abalone"], "«» is of chapter 03"),
        ({"product": "things", "hs_chapter": "53"}, ["Abalone", "abaca"], None),
        ({"product": "things", "hs_chapter": "22"}, ["Abalone", "abaca"], "«things» is of chapter 03, 53"),
    ],
)
def test_the_chapter_of_a_product(cells: dict[str, Any], words: list[str], said: str | None) -> None:
    """That of one of the goods that product and evidence name."""
    assert chapter(row("tariffs", "Abalone and abaca", evidence={"hs_chapter": words}, **cells)) == said


@pytest.mark.parametrize(
    ("cell", "words", "said"),
    [
        ("quota", ["a quota"], None),
        ("tariff", ["a quota"], "«a quota» is quota"),
        ("tariff", ["Quotas"], "«Quotas» is quota"),
        ("tariff", ["things"], None),
        (None, ["a quota"], None),
        ("tariff", [], None),
        ("tariff", ["a quota", "things"], None),
        ("duty", ["anti-dumping duties"], None),
        ("quota", ["anti-dumping duties"], "«anti-dumping duties» is anti_dumping, duty"),
    ],
)
def test_the_measure_of_its_words(cell: str | None, words: list[str], said: str | None) -> None:
    """The measure is one that the words name, in any of their forms."""
    text = "It set a quota on things. Quotas help more than anti-dumping duties."
    assert measure(row("tariffs", text, evidence={"measure": words}, measure=cell)) == said
