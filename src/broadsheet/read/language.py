"""Tells text that is clearly not English.

Broadsheet reads English alone, and a text of another language would give tables that look right. A false alarm would
be as bad, so a text is refused on evidence only: none of the words that no English text of some length does without,
and a script or running words that are another language's. Names, numbers and capitals are no evidence.
"""

from __future__ import annotations

import re
import unicodedata

from broadsheet import reference
from broadsheet.errors import InputError

ENGLISH_SHARE = 0.05
"""Share of words that only English has from which on a text is English. The median of news is 0.2, the least 0.1; in
other languages such words come from quotes and titles of English works."""

LATIN_SHARE = 0.5
"""Share of letters that are Latin from which on a text can be English."""

MIN_WORDS = 5
"""Different running words without which nothing can be told."""

MIN_WORDS_CAPITALS = 12
"""The same for a text in capitals, where names cannot be told from words."""

MIN_GAP = 25.0
"""Log-likelihood by which another language must surpass English."""

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
    if sum(word.lower() in english for word in words) >= ENGLISH_SHARE * max(1, len(words)):
        return
    letters = [c for word in words for c in word]
    if sum(map(_is_latin, letters)) < LATIN_SHARE * len(letters):
        _refuse(_classify(" ".join(words[:_SAMPLE]))[0], place)
    in_capitals = text.upper() == text
    running = [w.lower() for w in words] if in_capitals else [w for w in words if w.islower()]
    if len(set(running)) < (MIN_WORDS_CAPITALS if in_capitals else MIN_WORDS):
        return
    language, gap = _classify(" ".join(running[:_SAMPLE]))
    # The table of languages has none that a reader would take for English, such as Nigerian Pidgin.
    if gap >= MIN_GAP and language in reference.mapping("languages", "name"):
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
