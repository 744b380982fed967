"""Restores the case of headlines for the model, without changing any offset.

The small English models are trained on running text. In a headline in capitals every word looks like a name, and in
title case nearly every word; the article's body shows which words are not names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_MIN_WORDS = 3
_TITLE_CASE_SHARE = 0.6
_ENDING = re.compile(r"(?:e[sd]?|s|ing)$")


def known_forms(paragraphs: Iterable[str]) -> frozenset[str]:
    """The words of running text as printed; paragraphs in capitals are skipped, since their case is uninformative.

    The first word of a sentence is uninformative too, but does no harm: its lower-case form wins if the text has one.
    """
    forms: set[str] = set()
    for text in paragraphs:
        if text.upper() != text:
            forms.update(_WORD.findall(text))
    return frozenset(forms | {_stem(form) for form in forms if form.islower()})


def _stem(word: str) -> str:
    """The word without its ending, marked as such: headlines say *warns* where the body says *warned*."""
    return f"{_ENDING.sub('', word)}-"


def restore_case(text: str, known: Callable[[], frozenset[str]], *, headline: bool) -> str:
    """``text`` in the case of running text, with the same length; ``known`` finds the forms, which few texts need.

    A line of capitals is always restored; one in title case only if it is a ``headline``. Words that the body prints in
    lower case become lower case. Unknown words of a line of capitals keep one capital, since most of them are names.
    Abbreviations that the body prints in capitals stay.
    """
    capitals = text.upper() == text
    words = _WORD.findall(text) if capitals or headline else []
    if len(words) < _MIN_WORDS:
        return text
    if not capitals:
        long = [w for w in words if len(w) > _MIN_WORDS]
        if sum(w[0].isupper() for w in long) < _TITLE_CASE_SHARE * max(1, len(long)):
            return text
    forms = known()

    def cased(match: re.Match[str]) -> str:
        word = match.group()
        lower = _same_length(word, word.lower())
        if match.start() == 0:
            return _same_length(word, word[0] + lower[1:]) if capitals and word not in forms else word
        if lower in forms or (len(word) > _MIN_WORDS and word not in forms and _stem(lower) in forms):
            return lower
        if not capitals or word in forms:
            return word
        return _same_length(word, word[0] + lower[1:])

    return _WORD.sub(cased, text)


def _same_length(word: str, changed: str) -> str:
    """``changed``, unless a letter whose case forms differ in length would shift the characters after it."""
    return changed if len(changed) == len(word) else word
