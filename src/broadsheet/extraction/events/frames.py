"""Classes of words that decide about events by grammar, and what hangs below them."""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from broadsheet.reference import table

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document, Token

_STEPS = 6
"""Steps of a dependency path that are followed, at most."""


@cache
def _frames() -> frozenset[tuple[str, str]]:
    return frozenset((row["lemma"], row["frame"]) for row in table("event_frames"))


def framed(word: Token, *frames: str) -> bool:
    """Whether a word is of one of some classes of ``event_frames.csv``."""
    return any((word.lemma, frame) in _frames() for frame in frames)


def is_backer(document: Document, anchor: Token, place: int) -> bool:
    """Whether the name at a token only backs who acts in an event: *backed by*, *with the support of*."""
    below = False
    for above in islice(document.ancestors(document.tokens[place]), _STEPS):
        if above == anchor:
            return False
        below = below or above.dep in ("agent", "prep")
        if below and framed(above, "backs"):
            return above.dep in ("acl", "advcl", "amod", "pobj")
    return False
