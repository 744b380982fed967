"""Reads the context of an amount: approximation, the unit it is a price of, and whether a pair is a range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.base.span import Span
from broadsheet.extraction.amounts.lexer import BREAK
from broadsheet.extraction.amounts.lexicon import MAX_PHRASE
from broadsheet.extraction.amounts.quantities import HYPHENS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.extraction.amounts.lexer import Stretch
    from broadsheet.extraction.amounts.lexicon import Lexicon

LOOK_BACK = 9
"""How many tokens before a pair to search for its verb of change."""


def approximation_before(tokens: Stretch, lexicon: Lexicon, first: int, barrier: int) -> tuple[str, Span] | None:
    """The approximation in the words before the token ``first``, and these words.

    The longest phrase that ends there counts (``no more than`` over ``more than``).
    """
    if tokens.low(first - 2) == "up" and lexicon.plays(tokens.low(first - 3), "edges"):
        # "Edged up to 4 percent" states a level.
        return None
    lengths = range(1, min(MAX_PHRASE, first - barrier) + 1)
    return _longest(tokens, lexicon, "before", ((first - n, first) for n in lengths))


def approximation_after(tokens: Stretch, lexicon: Lexicon, last: int) -> tuple[str, Span] | None:
    """The same for the words after an amount that ends before the token ``last``: or more, or so, plus."""
    hyphenated = tokens.word(last) in HYPHENS and tokens.glued(last)
    first = last + 1 if hyphenated else last
    is_plus = tokens.low(first) == "plus"
    if (hyphenated and not is_plus) or (is_plus and not hyphenated and tokens.word(first + 1).isalpha()):
        # "$5 plus tax" adds, "$5 million plus" and "$5 million-plus" do not.
        return None
    lengths = range(1, min(MAX_PHRASE, len(tokens) - first) + 1)
    return _longest(tokens, lexicon, "after", ((first, first + n) for n in lengths))


def _longest(
    tokens: Stretch, lexicon: Lexicon, place: str, ranges: Iterable[tuple[int, int]]
) -> tuple[str, Span] | None:
    """The last of some ranges of tokens that is a phrase of approximation."""
    best: tuple[str, Span] | None = None
    for first, last in ranges:
        kind = lexicon.approximators.get((place, tuple(tokens.lower[first:last])))
        if kind is not None:
            best = kind, Span(tokens.starts[first], tokens.ends[last - 1])
    return best


def price_unit(tokens: Stretch, lexicon: Lexicon, last: int) -> tuple[str, Span, int] | None:
    """The unit that an amount ending before the token ``last`` is a price of; its words, and the index after them.

    ``a share``, ``-a-share``, ``per kg``, ``/hour``, ``a metric ton``; not ``a year earlier``.
    """

    def skip(i: int) -> int:
        return i + 1 if tokens.word(i) in HYPHENS and tokens.glued(i) and tokens.glued(i + 1) else i

    i = skip(last)
    cue = tokens.low(i)
    if cue not in ("a", "an", "per", "/", "each", "every"):
        return None
    j = skip(i + 1)
    number = tokens.low(j) if cue == "per" and tokens.low(j) in lexicon.scales else ""
    j = j + 1 if number else j
    size = tokens.low(j)
    if size in ("metric", "short", "long", "troy", "fluid", "square", "cubic"):
        j = skip(j + 1)
    word = " ".join(tokens.low(k) for k in range(j, j + 3))
    j += 2 if word in lexicon.price_units else 0  # British thermal unit
    word = word if word in lexicon.price_units else tokens.low(j).rstrip(".")
    unit = lexicon.price_units.get(word)
    if cue in ("per", "/"):
        unit = unit or (word if word.isalpha() and len(word) > 2 else None)
    elif unit is not None and lexicon.plays(unit, "period") and lexicon.plays(tokens.low(j + 1), "time"):
        # "a year earlier" is a point in time.
        return None
    if unit is None:
        return None
    if unit == "ton" and size == "metric":
        unit = "tonne"
    parts = (number, size if size in ("square", "cubic") else "", unit)
    return " ".join(filter(None, parts)), Span(tokens.starts[i], tokens.ends[j]), j + 1


def is_change(tokens: Stretch, lexicon: Lexicon, first: int) -> bool:
    """Whether the words before the token ``first`` make ``X to Y`` a move between levels rather than a range.

    ``rose from 3 to 5 percent`` is a move, and so is ``rose 12 to 45 cents``; ``ranging from`` and ``rose by`` are not.
    """
    k = first - 1
    if tokens.low(k) != "from":
        return tokens.low(k) in lexicon.change_words
    for n in range(1, LOOK_BACK):
        word = tokens.low(k - n)
        if word in ("", BREAK, ".", ";") or lexicon.plays(word, "spread"):
            return False
        if word in lexicon.change_words:
            return True
    return False
