"""Splits a text into tokens and keeps the stretches that may contain an amount."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate, compress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

# A word, with the rest of a dotted abbreviation (U.S.); digits with their separators; white space; one other
# character. Explicit letter ranges are scanned twice as fast as \w; words of other scripts come out letter by letter.
_TOKEN = re.compile(r"[A-Za-zÀ-ɏ]+[^\W\d_]*(?:\.[A-Za-z]\.)?|[0-9]+(?:[.,][0-9]+)*\d*|\s+|.", re.DOTALL)
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"]{1,2000}")

BREAK = "\n"
"""The token of a blank line; no amount crosses it."""

BEFORE = 40
"""Raw tokens that a stretch keeps before a money word: the longest spelled-out number and its context."""

BEHIND = 24


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive tokens without the white space between them.

    Attributes:
        words: As printed; a blank line is ``BREAK``.
        lower: In lower case.
        starts: Offsets of the first code points.
        ends: Offsets after the last ones.
    """

    words: Sequence[str]
    lower: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]

    def __len__(self) -> int:
        return len(self.words)

    def low(self, i: int) -> str:
        """The lower-case token at ``i``, or the empty string outside the stretch."""
        return self.lower[i] if 0 <= i < len(self.lower) else ""

    def word(self, i: int) -> str:
        """The token at ``i`` as printed, or the empty string outside the stretch."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def glued(self, i: int) -> bool:
        """Whether there is nothing between the tokens ``i - 1`` and ``i``."""
        return 0 < i < len(self.words) and self.starts[i] == self.ends[i - 1]


def stretches(text: str, anchors: Container[str]) -> Iterator[Stretch]:
    """The stretches of ``text`` around the tokens in ``anchors``, in reading order, without overlap."""
    text = _without_addresses(text)
    tokens = _TOKEN.findall(text)
    places = list(compress(range(len(tokens)), map(anchors.__contains__, tokens)))
    if not places:
        return
    ends = list(accumulate(map(len, tokens)))
    first, last = max(0, places[0] - BEFORE), places[0] + BEHIND
    for place in places[1:]:
        if place - BEFORE > last:
            yield _stretch(tokens, ends, first, last)
            first = place - BEFORE
        last = place + BEHIND
    yield _stretch(tokens, ends, first, last)


def _stretch(tokens: list[str], ends: list[int], first: int, last: int) -> Stretch:
    last = min(last, len(tokens))
    words: list[str] = []
    starts: list[int] = []
    stops: list[int] = []
    for i in range(first, last):
        token = tokens[i]
        if token[0].isspace():
            if token.count("\n") < 2:
                continue
            token = BREAK
        words.append(token)
        starts.append(ends[i] - len(tokens[i]))
        stops.append(ends[i])
    return Stretch(words, [w.lower() for w in words], starts, stops)


def _without_addresses(text: str) -> str:
    """The text with web addresses blanked out: their digits and signs are not amounts. The length is unchanged."""
    if "://" not in text and "www." not in text:
        return text
    return _ADDRESS.sub(lambda m: "x" * (m.end() - m.start()), text)
