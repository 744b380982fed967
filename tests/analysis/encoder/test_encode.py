"""Every token of a document has a vector, and it depends on the document alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from broadsheet.analysis.encoder import encode
from broadsheet.analysis.encoder.encode import LENGTH, STEP, blocks, parts
from broadsheet.analysis.encoder.wordpiece import WordPiece

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.analysis.document import Document

LONG = "Chile and Peru\n\n" + " ".join(f"Minister number {n} met the envoy of Chile in Lima." for n in range(60)) + "\n"


def _tokenizer() -> WordPiece:
    names = parts()["vocabulary"].tobytes().decode().split("\n")
    return WordPiece({name: number for number, name in enumerate(names)})


def test_blocks_hold_each_token_once_and_are_not_too_long(document: Callable[..., Document]) -> None:
    """Blocks are whole sentences within the limit."""
    analysed = document(LONG)
    made = list(blocks(analysed, _tokenizer(), [_tokenizer().split(token.text) for token in analysed.tokens]))
    assert [token for _, tokens, _ in made for token in tokens] == list(range(len(analysed.tokens)))
    assert max(len(pieces) for pieces, _, _ in made) <= LENGTH
    assert all(len(tokens) == len(places) for _, tokens, places in made)


def test_a_sentence_longer_than_a_block_is_divided(document: Callable[..., Document]) -> None:
    """No token is lost."""
    analysed = document("The list has " + ", ".join(f"item{n}" for n in range(300)) + ".\n")
    made = list(blocks(analysed, _tokenizer(), [_tokenizer().split(token.text) for token in analysed.tokens]))
    assert [token for _, tokens, _ in made for token in tokens] == list(range(len(analysed.tokens)))


def test_vectors_are_on_the_grid_and_the_same_each_time(document: Callable[..., Document]) -> None:
    """Every token has a vector, in multiples of 1/4096."""
    analysed = document(LONG)
    first, second = encode(analysed), encode(analysed)
    assert first.shape == (len(analysed.tokens), 384)
    assert (first == second).all()
    assert (first * STEP == np.rint(first * STEP)).all()
    assert (np.abs(first).max(axis=1) > 0).all()
