"""Words are split into the longest known pieces."""

from __future__ import annotations

import pytest

from broadsheet.analysis.encoder.wordpiece import WordPiece

PIECES = ["[UNK]", "[CLS]", "[SEP]", "tariff", "##s", "un", "##able", "café", "cafe", "u", ".", "s", "##x"]


@pytest.fixture
def split() -> WordPiece:
    """A tokenizer of a few pieces."""
    return WordPiece({piece: number for number, piece in enumerate(PIECES)})


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("tariffs", ["tariff", "##s"]),
        ("TARIFF", ["tariff"]),
        ("unable", ["un", "##able"]),
        ("Café", ["cafe"]),
        ("U.S.", ["u", ".", "s", "."]),
        ("zebra", ["[UNK]"]),
        ("tariff" * 20, ["[UNK]"]),
        ("\u200b", ["[UNK]"]),
    ],
)
def test_a_word_is_split_into_the_longest_pieces(split: WordPiece, word: str, pieces: list[str]) -> None:
    """Case and accents do not matter; what cannot be split is unknown."""
    assert [PIECES[number] for number in split.split(word)] == pieces
