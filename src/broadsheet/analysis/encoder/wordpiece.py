"""WordPiece: the pieces of words that the encoder has vectors for (Wu et al. 2016; the uncased variant of BERT)."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LONGEST = 100
"""Characters of the longest word that is split; a longer one is unknown."""

_IGNORED = frozenset({"Cc", "Cf", "Mn"})
"""Categories of characters that are left out: controls, format characters, combining accents."""


class WordPiece:
    """Splits words into pieces, longest first.

    Args:
        vocabulary: Piece to number; a piece that continues a word begins with ``##``.

    Attributes:
        unknown: Number of the piece for what cannot be split.
        start: Number of the piece that begins a sequence.
        end: Number of the piece that ends a sequence or its title.
    """

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._vocabulary = vocabulary
        self.unknown, self.start, self.end = (vocabulary[name] for name in ("[UNK]", "[CLS]", "[SEP]"))
        self._known: dict[str, tuple[int, ...]] = {}

    def split(self, word: str) -> tuple[int, ...]:
        """The numbers of the pieces of a word; at least one."""
        found = self._known.get(word)
        if found is None:
            found = tuple(piece for part in _parts(word) for piece in self._pieces(part)) or (self.unknown,)
            self._known[word] = found
        return found

    def _pieces(self, part: str) -> list[int]:
        if len(part) > _LONGEST:
            return [self.unknown]
        found: list[int] = []
        start = 0
        while start < len(part):
            mark = "##" if start else ""
            for end in range(len(part), start, -1):
                piece = self._vocabulary.get(mark + part[start:end])
                if piece is not None:
                    found.append(piece)
                    start = end
                    break
            else:
                return [self.unknown]
        return found


def _parts(word: str) -> Iterator[str]:
    """The parts of a word in lower case without accents; each punctuation mark is a part of its own."""
    current = ""
    for character in unicodedata.normalize("NFD", word.lower()):
        category = unicodedata.category(character)
        if character.isspace() or category in _IGNORED:
            continue
        if category[0] == "P" or (character.isascii() and not character.isalnum()):
            if current:
                yield current
            current = ""
            yield character
        else:
            current += character
    if current:
        yield current
