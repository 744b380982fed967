"""Whether the words around a date look back or ahead, for dates that the text leaves open (in September, on Friday).

A reading of the nearest verb to the left in the sentence, else of the first one to the right; auxiliaries rule their
participle (will be held). It is no parse: the window is a fixed number of characters, so that the cost of a date does
not depend on the length of its sentence.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from broadsheet.reference import mapping

if TYPE_CHECKING:
    from collections.abc import Mapping

_REACH = 120
_WORD = re.compile(r"(?:to )?[A-Za-z]+(?:['’]ll\b|n['’]t\b)?")
# A sentence ends where a capital follows; the full stop of a title or an abbreviated month ends none.
_SENTENCE_END = re.compile(r"\n|[.!?][\"”’')]{0,2} (?=[\"“‘'(]?[A-Z])|;")
_ABBREVIATION = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gov|Sen|Rep|Gen|St|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\Z"
)
_AUXILIARY = frozenset({"be", "been", "being", "not", "also", "have"})
_MODAL = frozenset({"will", "would", "shall", "to be", "to have", "must", "should", "can", "could", "may", "might"})

_COMPARISON = re.compile(
    r"(?:%|\b(?:percent|pct|cent|points?|up|down|rose|risen|fell|fallen|gained|dropped|rise|fall|increase|decrease|drop|"
    r"decline|jump|grew|grown|climbed|slipped|higher|lower|more|less|unchanged|improved|compared|differed|\d)\b)"
    r"[^.;\n]{0,40}\Z"
)


@cache
def _cues() -> Mapping[str, str]:
    return mapping("date_cues", "direction")


def direction(text: str, start: int, end: int) -> str:
    """``past``, ``future`` or the empty string, by the words around ``text[start:end]``."""
    before = text[max(0, start - _REACH) : start]
    cut = 0
    for stop in _SENTENCE_END.finditer(before):
        if stop.group()[0] != "." or not _ABBREVIATION.search(before, max(0, stop.start() - 5), stop.start()):
            cut = stop.end()
    words = [match.group().lower() for match in _WORD.finditer(before, cut)]
    for i in range(len(words) - 1, -1, -1):
        if found := _look(words, i):
            return found
    after = text[end : end + _REACH]
    stop_after = _SENTENCE_END.search(after)
    words = [m.group().lower() for m in _WORD.finditer(after, 0, stop_after.start() if stop_after else len(after))]
    for i in range(len(words)):
        if found := _look(words, i):
            return found
    return ""


def compares(text: str, start: int) -> bool:
    """Whether the words before ``start`` compare amounts: up 3 percent, fell, higher."""
    return _COMPARISON.search(text, max(0, start - 50), start) is not None


def _look(words: list[str], i: int) -> str:
    """What the word at ``i`` tells by itself and by the auxiliaries before it."""
    word = words[i]
    cues = _cues()
    found = cues.get(word, "")
    if not found and word.startswith("to "):
        found = cues.get(word[3:], "")
        found = found if found == "past" and word[3:] not in ("read", "put", "cut", "set", "let", "hit") else ""
    if not found and word.endswith(("'ll", "’ll")):
        return "future"
    if not found and word.endswith("ed") and len(word) > 4 and word != "united":
        found = "past"
    if found == "past":
        j = i - 1
        while j >= 0 and i - j <= 3 and words[j] in _AUXILIARY:
            j -= 1
        if j >= 0 and words[j] in _MODAL:
            return "future"
    return found
