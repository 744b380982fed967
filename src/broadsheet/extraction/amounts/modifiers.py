"""Reads the context of an amount: approximation, the unit it is a price of, and whether a pair is a range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.base.span import Span
from broadsheet.extraction.amounts.lexer import BREAK
from broadsheet.extraction.amounts.lexicon import MAX_PHRASE
from broadsheet.extraction.amounts.quantities import HYPHENS

if TYPE_CHECKING:
    from broadsheet.extraction.amounts.lexer import Stretch
    from broadsheet.extraction.amounts.lexicon import Lexicon

LOOK_BACK = 9
"""How many tokens before a pair to search for its verb of change."""


def approximation_before(tokens: Stretch, lexicon: Lexicon, first: int, barrier: int) -> tuple[str, Span] | None:
    """The approximation in the words before the token ``first``, and these words.

    The longest phrase that ends there counts (``no more than`` over ``more than``).
    """
    best: tuple[str, Span] | None = None
    for n in range(1, MAX_PHRASE + 1):
        k = first - n
        if k < barrier or tokens.words[k] == BREAK:
            break
        kind = lexicon.approximators_before.get(tuple(tokens.lower[k:first]))
        if kind is not None:
            best = kind, Span(tokens.starts[k], tokens.ends[first - 1])
    if best is not None and tokens.low(first - 1) == "over" and lexicon.plays(tokens.low(first - 2), "over_noun"):
        # "over" in "a dispute over $3 million" or "handed over $3 million" is not "more than".
        return None
    if best is not None and tokens.low(first - 2) == "up" and lexicon.plays(tokens.low(first - 3), "edges"):
        # "Edged up to 4 percent" states a level.
        return None
    return best


def approximation_after(tokens: Stretch, lexicon: Lexicon, last: int) -> tuple[str, Span] | None:
    """The same for the words after an amount that ends before the token ``last``: or more, or so, plus."""
    first = last + 1 if tokens.word(last) in HYPHENS and tokens.glued(last) else last
    if first > last and tokens.low(first) != "plus":
        return None
    best: tuple[str, Span] | None = None
    for n in range(1, MAX_PHRASE + 1):
        if first + n > len(tokens):
            break
        kind = lexicon.approximators_after.get(tuple(tokens.lower[first : first + n]))
        if kind is not None:
            best = kind, Span(tokens.starts[first], tokens.ends[first + n - 1])
    if best is None:
        return None
    word, following = tokens.low(first), tokens.word(first + 1)
    if word == "plus" and first == last and following.isalpha():
        # "$5 plus tax" adds, "$5 million plus" does not.
        return None
    if word == "+" and (not tokens.glued(first) or following[:1].isdigit()):
        return None
    return best


def price_unit(tokens: Stretch, lexicon: Lexicon, last: int) -> tuple[str, Span, int] | None:
    """The unit that an amount ending before the token ``last`` is a price of; its words, and the index after them.

    ``a share``, ``-a-share``, ``per kg``, ``/hour``, ``a metric ton``; not ``a year earlier``.
    """

    def skip(i: int) -> int:
        return i + 1 if tokens.word(i) in HYPHENS and tokens.glued(i) and tokens.glued(i + 1) else i

    i = skip(last)
    cue = tokens.low(i)
    if cue not in ("a", "an", "per", "/", "each", "every", "the"):
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
    if cue == "the" and unit not in ("tonne", "barrel", "ounce", "pound"):
        return None
    if unit is None:
        if cue not in ("per", "/") or not word.isalpha() or len(word) < 3 or word == "cent":
            return None
        unit = word
    elif cue not in ("per", "/") and lexicon.plays(unit, "period") and _is_point_in_time(tokens, lexicon, j + 1):
        return None
    if unit == "ton" and size == "metric":
        unit = "tonne"
    if size in ("square", "cubic"):
        unit = f"{size} {unit}"
    if number:
        unit = f"{number} {unit}"
    return unit, Span(tokens.starts[i], tokens.ends[j]), j + 1


def _is_point_in_time(tokens: Stretch, lexicon: Lexicon, j: int) -> bool:
    """Whether the word at ``j`` makes the period before it a point in time: a year earlier, a day after."""
    word = tokens.low(j)
    loose = word in ("and", "in", "on", "to", "from")
    return lexicon.plays(word, "time") and (not loose or tokens.low(j + 1) in ("last", "next"))


def is_change(tokens: Stretch, lexicon: Lexicon, first: int, *, bare: bool) -> bool:
    """Whether the words before the token ``first`` make ``X to Y`` a move between levels rather than a range.

    ``rose from 3 to 5 percent`` is a move, and so is ``rose 12 to 45 cents`` (``bare``); ``ranging from`` is not.
    """
    k = first - 1
    if tokens.low(k) == "from":
        for n in range(1, LOOK_BACK):
            word = tokens.low(k - n)
            if word in ("", BREAK, ".", ";"):
                return False
            if lexicon.plays(word, "spread"):
                return False
            if word in lexicon.change_words:
                return True
        return False
    if tokens.low(k) == "by":
        # An amount of change: "rose by 3 to 5 percent" is a range.
        return False
    return bare and tokens.low(k) in lexicon.change_words
