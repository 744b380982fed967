"""The analysis pass: tokens that cover the text, whatever it is made of, in linear time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.analysis.document import Document

SAID = "They said that the port of Oslo was shut. "


@pytest.mark.parametrize(
    "long",
    ["“" * 1000, "$5,'s" * 300, "(a) " * 300, "x" * 700 + ".Y" * 400, "ten-" * 500, "e\u0301" * 400, "😀" * 500],
    ids=["marks", "amounts", "brackets", "letters", "hyphens", "combining marks", "astral characters"],
)
def test_stretches_without_a_blank_lose_no_character(long: str, document: Callable[..., Document]) -> None:
    """Tokens stand in order and leave nothing but blanks between them, and words keep their letters together."""
    found = document(SAID + long + " " + SAID)
    end = 0
    for token in found.tokens:
        assert not found.text[end : token.start].strip()
        assert token.text == found.text[token.start : token.end]
        end = token.end
    assert not found.text[end:].strip()
    assert sum(token.text == "Oslo" for token in found.tokens) == 2


def test_an_ordinary_text_is_one_piece_for_the_tokenizer(document: Callable[..., Document]) -> None:
    """Nothing is cut where no word is longer than any language has: an address in a text is one token."""
    address = "https://example.org/" + "report-" * 12 + "2024"
    assert address in {token.text for token in document(f"{SAID}It stands at {address} in full.").tokens}


@pytest.mark.parametrize(
    ("words", "tokens"),
    [
        ("they wed in May", ["they", "wed", "in", "May"]),
        ("a voter id law", ["a", "voter", "id", "law"]),
        ("it wont do", ["it", "wont", "do"]),
        ("he cannot go", ["he", "can", "not", "go"]),
        ("he can't go", ["he", "ca", "n't", "go"]),
        ("a (NYSE:NVK)-backed mill", ["NVK", ")", "-", "backed", "mill"]),
    ],
)
def test_a_word_is_cut_only_where_it_is_two(words: str, tokens: list[str], document: Callable[..., Document]) -> None:
    """A word that would be a contraction, had it an apostrophe, is a word: no span ends inside it."""
    assert [token.text for token in document(SAID + words).tokens][-len(tokens) :] == tokens
