"""The vectors of an article's tokens in context."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from itertools import takewhile
from typing import TYPE_CHECKING, Any

import numpy as np

from broadsheet.analysis.encoder.network import Network
from broadsheet.analysis.encoder.wordpiece import WordPiece

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from broadsheet.analysis.document import Document

LENGTH = 160
"""Pieces that are read together, at most."""

TITLE = 24
"""Pieces of the title that each block begins with, so that it is read in the light of the article's subject."""

STEP, LIMIT = 4096, 32
"""Vectors are rounded to multiples of 1/4096 within -32 and 32, so that sums of them are exact."""


@cache
def parts() -> Mapping[str, NDArray[Any]]:
    """The arrays of the encoder and of the models on top of it, by name."""
    with as_file(files("broadsheet.analysis.encoder") / "weights.npz") as path, np.load(path) as stored:
        return {name: stored[name] for name in stored.files}


@cache
def _tokenizer() -> WordPiece:
    pieces = parts()["vocabulary"].tobytes().decode().split("\n")
    return WordPiece({piece: number for number, piece in enumerate(pieces)})


@cache
def _network() -> Network:
    return Network(parts())


def blocks(
    document: Document, tokenizer: WordPiece, split: Sequence[Sequence[int]]
) -> Iterator[tuple[list[int], list[int], list[int]]]:
    """Stretches of whole sentences that are read together: their pieces, tokens, and the place of each token's first.

    Each begins with the title. A sentence is divided only where it is longer than a block.

    Args:
        document: The analysed article.
        tokenizer: What has split it.
        split: The pieces of each token.
    """
    headline = takewhile(document.in_title, document.tokens)
    title = [piece for token in headline for piece in split[token.i]]
    opening = [tokenizer.start, *title[:TITLE], tokenizer.end] if title else [tokenizer.start]
    room = LENGTH - len(opening) - 1
    tokens: list[int] = []
    length = 0

    def block() -> tuple[list[int], list[int], list[int]]:
        pieces, places = list(opening), []
        for i in tokens:
            places.append(len(pieces))
            pieces.extend(split[i][:room])
        return [*pieces, tokenizer.end], list(tokens), places

    for sentence in document.sentences:
        needed = sum(len(split[i]) for i in range(sentence.first, sentence.last))
        if length and length + needed > room:
            yield block()
            tokens, length = [], 0
        for i in range(sentence.first, sentence.last):
            size = min(len(split[i]), room)
            if length + size > room:
                yield block()
                tokens, length = [], 0
            tokens.append(i)
            length += size
    if tokens:
        yield block()


def encode(document: Document) -> NDArray[np.float64]:
    """The vectors of the document's tokens, a row each, in multiples of 1/4096."""
    network, tokenizer = _network(), _tokenizer()
    found = np.zeros((len(document.tokens), network.width), dtype=np.float32)
    split = [tokenizer.split(token.text) for token in document.tokens]
    every = list(blocks(document, tokenizer, split))
    for (_, tokens, _), rows in zip(every, network([(pieces, places) for pieces, _, places in every]), strict=True):
        found[tokens] = rows
    # Multiples of a power of two are exact in float32, too.
    found *= STEP
    np.rint(found, out=found)
    found /= STEP
    return np.clip(found, -LIMIT, LIMIT, out=found).astype(np.float64)
