"""Words of change: whether an amount is the size of a rise or fall, or the level reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.extraction.figures.cues import base, directions, moving_words
from broadsheet.extraction.figures.reach import MAX_TOKENS

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document, Token
    from broadsheet.base.span import Span
    from broadsheet.extraction.figures.sightings import AmountMention

_STEPS = 6
_LEVEL = frozenset({"to", "at", "from"})
_COMPARED = {
    **dict.fromkeys(("higher", "more", "above", "bigger", "larger", "faster", "stronger"), 1),
    **dict.fromkeys(("lower", "less", "fewer", "below", "cheaper", "smaller", "weaker", "short"), -1),
}
_NO_VERB = frozenset({"go", "move", "turn", "change", "add", "compare", "contract"})
_WITH_PARTICLE = frozenset(
    {
        "add",
        "back",
        "break",
        "buy",
        "cover",
        "give",
        "hold",
        "make",
        "open",
        "pick",
        "put",
        "set",
        "show",
        "sign",
        "shut",
        "strike",
        "take",
        "turn",
        "use",
    }
)
_INSIDE = frozenset({"quantmod", "nummod"})
"""Dependency labels between parts of an amount, which the model sometimes splits in two."""
_CLAUSES = frozenset({"ROOT", "ccomp", "relcl", "advcl"})


@dataclass(frozen=True, slots=True)
class Change:
    """A word of change that an amount depends on.

    Attributes:
        token: Index of the word.
        sign: -1 for a fall, else 1.
        is_difference: Whether the amount is the size of the change (``fell 5 percent``), not a level (``fell to 5
            percent``).
        moves: Whether the subject itself moves, or the amount follows ``by``. A sum of money is then the size of the
            move, and not what was moved (``cut 5 million dollars``).
        is_direct: Whether only a preposition is between the two in the tree.
        span: The word's characters.
    """

    token: int
    sign: int
    is_difference: bool
    moves: bool
    is_direct: bool
    span: Span


def change_of(document: Document, sighting: AmountMention) -> Change | None:
    """The word of change that governs an amount: verb (fell 5 percent), noun (a 5 percent fall), adverb (up 5 percent).

    The nearest one counts; the search stays in the clause.
    """
    before = word_before(document, sighting)
    after = document.tokens[sighting.last] if sighting.last < len(document.tokens) else None
    if after is not None and after.lower in _COMPARED:
        return Change(after.i, _COMPARED[after.lower], True, True, True, after.span)
    if before is not None and before.lower in ("up", "down") and not _is_particle(document, before):
        return Change(before.i, -1 if before.lower == "down" else 1, True, True, True, before.span)
    is_level = before is not None and before.lower in _LEVEL
    token = document.tokens[sighting.head]
    steps: list[str] = []
    prepositions: list[str] = []
    while token.head != token.i and len(steps) < _STEPS:
        if token.dep not in _INSIDE:
            steps.append(token.dep)
        if token.dep in ("prep", "agent"):
            prepositions.append(token.lower)
        token = document.head(token)
        direction = _direction(token)
        if direction is not None and not _falls_due(document, token):
            allowed = ("of", "by") if token.pos != "VERB" else ("by",)
            by = "by" in prepositions
            difference = not is_level and (not prepositions or prepositions[0] in allowed)
            moves = by or token.lower in moving_words()
            return Change(token.i, -1 if direction == "down" else 1, difference, moves, len(steps) <= 2, token.span)
        if token.pos in ("VERB", "AUX") and token.dep in _CLAUSES:
            break
    return None


def _is_particle(document: Document, token: Token) -> bool:
    """Whether ``up`` or ``down`` belongs to a verb that is not one of change (make up)."""
    return token.dep == "prt" and base(document.head(token)) in _WITH_PARTICLE


def word_before(document: Document, sighting: AmountMention) -> Token | None:
    """The word before an amount, skipping words of approximation, articles and adjectives."""
    near = sighting.amount.approximation_span
    for place in range(sighting.first - 1, max(-1, sighting.first - MAX_TOKENS), -1):
        token = document.tokens[place]
        approximate = near is not None and near.start <= token.start < near.end
        if not approximate and (token.pos not in ("DET", "ADJ", "ADV") or token.lower in ("up", "down")):
            return token
    return None


def _falls_due(document: Document, token: Token) -> bool:
    """Whether a debt falls due, which is not a fall."""
    after = document.tokens[token.i + 1] if token.i + 1 < len(document.tokens) else None
    return after is not None and after.lower == "due"


def _direction(token: Token) -> str | None:
    """``up``, ``down`` or ``either`` for a word of change; None for other words and senses (a contract)."""
    known = directions()
    direction = known.get(token.lower) or known.get(base(token))
    return None if token.pos != "VERB" and base(token) in _NO_VERB else direction
