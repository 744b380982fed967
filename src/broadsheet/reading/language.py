"""Refuses text that is clearly not English.

Broadsheet reads only English, and a text in another language would give plausible but wrong tables. A false alarm would
be as bad, so a text is refused only on evidence: almost none of the words that every English text has, and a script or
running words of another language. Names, numbers and capitals are not evidence.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from broadsheet import reference
from broadsheet.base.errors import InputError


@dataclass(frozen=True, slots=True)
class Evidence:
    """The minimum evidence of another language.

    Attributes:
        words: Different words.
        gap: Log-likelihood of the language minus that of English.
    """

    words: int
    gap: float


ENGLISH_SHARE = 0.05
"""Minimum share of exclusively English words in an English text. Of 911 news texts, the median has 0.24 and the minimum
is 0.08; in other languages, such words come from quotes and titles of English works."""

ENGLISH_DIFFERENT = 2
"""Minimum number of different such words: a short text in another language may have a word spelled the same."""

LATIN_SHARE = 0.5
"""Minimum share of Latin letters in an English text."""

RUNNING = Evidence(words=5, gap=25.0)
"""Evidence in words in lower case, which are not names."""

IN_CAPITALS = Evidence(words=20, gap=150.0)
"""Evidence in a text in capitals, where a list of towns looks like their language."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LATIN_ENDS = 0x250
_SAMPLE = 2_000
"""The number of words that the classifier needs."""


def check_english(text: str, place: str) -> None:
    """Refuses a text that is clearly in another language.

    Args:
        text: Canonical text.
        place: How the user named it, for the error.

    Raises:
        InputError: If it is clearly not English; the error names the likely language.
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
    # The table leaves out languages that look like English, such as Nigerian Pidgin.
    if gap >= least.gap and language in reference.mapping("languages", "name"):
        _refuse(language, place)


def _is_latin(letter: str) -> bool:
    return ord(letter) < _LATIN_ENDS or unicodedata.name(letter, "").startswith("LATIN")


def _classify(text: str) -> tuple[str, float]:
    """The likeliest language of the text, and its log-likelihood minus that of English."""
    # Imported here because loading the classifier takes most of a second, and English text does not need it.
    import py3langid

    ranked = py3langid.rank(text)
    english = next(score for language, score in ranked if language == "en")
    language, score = ranked[0]
    return language, float(score - english)


def _refuse(language: str, place: str) -> None:
    name = reference.mapping("languages", "name").get(language)
    raise InputError(place, f"not English{f' but {name}, it seems' if name else ''}", "Broadsheet reads only English")
