"""Labelled articles as the encoder reads them."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from broadsheet.analysis.encoder.encode import blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from examples import Classes, Links
    from network import Encoder

    from broadsheet.analysis.document import Document
    from broadsheet.analysis.encoder.wordpiece import WordPiece

TOGETHER = 2_000


class Article:
    """A labelled article.

    Args:
        document: The analysed article.
        classes: What its gold says about words and phrases, by model.
        links: What its gold says about words with phrases, by relation.
        tokenizer: What splits its words.

    Attributes:
        blocks: Its pieces, with the tokens and the places of their first pieces
            (``broadsheet.analysis.encoder.encode.blocks``).
        size: Number of pieces.
    """

    def __init__(
        self, document: Document, classes: dict[str, Classes], links: dict[str, Links], tokenizer: WordPiece
    ) -> None:
        self.classes, self.links = classes, links
        split = [tokenizer.split(token.text) for token in document.tokens]
        self.blocks: list[tuple[list[int], list[int], list[int]]] = list(blocks(document, tokenizer, split))
        self.size = sum(len(pieces) for pieces in split)


def vectors(model: Encoder, articles: list[Article]) -> Iterator[Tensor]:
    """The vectors of the tokens of each article."""
    rows = [block for article in articles for block in article.blocks]
    pieces = torch.zeros(len(rows), max(len(block) for block, _, _ in rows), dtype=torch.long)
    mask = torch.zeros(pieces.shape, dtype=torch.bool)
    for row, (block, _, _) in enumerate(rows):
        pieces[row, : len(block)] = torch.tensor(block)
        mask[row, : len(block)] = True
    with torch.autocast("cpu", dtype=torch.bfloat16):
        encoded = model(pieces, mask)
    first = 0
    for article in articles:
        of_row = [first + row for row, (_, tokens, _) in enumerate(article.blocks) for _ in tokens]
        yield encoded[of_row, [place for _, _, places in article.blocks for place in places]].float()
        first += len(article.blocks)


def steps(articles: list[Article]) -> list[list[Article]]:
    """The articles in random order, as many together as make ``TOGETHER`` pieces."""
    out: list[list[Article]] = [[]]
    size = 0
    for article in random.sample(articles, len(articles)):
        if size >= TOGETHER:
            out.append([])
            size = 0
        out[-1].append(article)
        size += article.size
    return out
