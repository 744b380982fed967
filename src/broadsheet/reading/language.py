"""Tells text that is clearly not English.

Broadsheet reads English alone, and a text of another language would give tables that look right. A false alarm would
be as bad, so a text is refused on evidence only: none of the words that no English text of some length does without,
and a script or running words that are another language's. Names, numbers and capitals are no evidence.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from broadsheet import reference
from broadsheet.base.errors import InputError


@dataclass(frozen=True, slots=True)
class Evidence:
    """The least that tells of another language.

    Attributes:
        words: Different words.
        gap: Log-likelihood by which the language surpasses English.
    """

    words: int
    gap: float


ENGLISH_SHARE = 0.05
"""Share of words that only English has from which on a text is English. Of 911 news texts the median has 0.24 and the
least 0.08; in other languages such words come from quotes and titles of English works."""

ENGLISH_DIFFERENT = 2
"""How many different ones that takes: a short text of another language may have one of the same spelling."""

LATIN_SHARE = 0.5
"""Share of letters that are Latin from which on a text can be English."""

RUNNING = Evidence(words=5, gap=25.0)
"""What a text must show in words of small letters, which are no names."""

IN_CAPITALS = Evidence(words=20, gap=150.0)
"""The same for a text in capitals, where a list of towns looks like a text of their language."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LATIN_ENDS = 0x250
_SAMPLE = 2_000
"""Running words that are enough for the classifier."""


def check_english(text: str, place: str) -> None:
    """Lets a text pass unless it is clearly of another language.

    Args:
        text: Canonical text.
        place: How the user named it, for the error.

    Raises:
        InputError: If it is clearly not English; the error says what it seems to be.
    """
    words = _WORD.findall(text)
    english = reference.column("english_words", "word")
    found = [word for word in map(str.lower, words) if word in english]
    if len(set(found)) >= ENGLISH_DIFFERENT and len(found) >= ENGLISH_SHARE * len(words):
        return
    letters = [c for word in words for c in word]
    if sum(map(_is_latin, letters)) < LATIN_SHARE * len(letters):
        _refuse(_classify(" ".join(words[:_SAMPLE]))[0], place)
    in_capitals = text.upper() == text
    running = [w.lower() for w in words] if in_capitals else [w for w in words if w.islower()]
    least = IN_CAPITALS if in_capitals else RUNNING
    if len(set(running)) < least.words:
        return
    language, gap = _classify(" ".join(running[:_SAMPLE]))
    # The table of languages has none that a reader would take for English, such as Nigerian Pidgin.
    if gap >= least.gap and language in reference.mapping("languages", "name"):
        _refuse(language, place)


def _is_latin(letter: str) -> bool:
    return ord(letter) < _LATIN_ENDS or unicodedata.name(letter, "").startswith("LATIN")


def _classify(text: str) -> tuple[str, float]:
    """The likeliest language of the text, and by how much it surpasses English."""
    # Loading the classifier takes most of a second, which an English text does not spend.
    import py3langid

    ranked = py3langid.rank(text)
    english = next(score for language, score in ranked if language == "en")
    language, score = ranked[0]
    return language, float(score - english)


def _refuse(language: str, place: str) -> None:
    name = reference.mapping("languages", "name").get(language)
    raise InputError(place, f"not English{f' but {name}, it seems' if name else ''}", "Broadsheet reads English alone")
