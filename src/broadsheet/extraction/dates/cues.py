"""Whether the words around a date refer to the past or the future, for dates without a year (in September, on Friday).

Looks at the nearest verb to the left in the sentence, else at the first one to the right; an auxiliary decides for its
participle (will be held). There is no parse: the window is a fixed number of characters, so that the cost of a date
does not depend on the length of its sentence. A verb next to the date decides; one further away is only a weak cue.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from broadsheet.reference import table

if TYPE_CHECKING:
    from collections.abc import Mapping

_REACH = 120
_WORD = re.compile(r"(?:to )?[A-Za-z]+(?:['’]ll\b|n['’]t\b)?")
# A sentence ends only before a capital, and not at the full stop of a title or an abbreviated month.
_SENTENCE_END = re.compile(r"\n|[.!?][\"”’')]{0,2} (?=[\"“‘'(]?[A-Z])|;")
_ABBREVIATION = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gov|Sen|Rep|Gen|St|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\Z"
)
_AUXILIARY = frozenset({"be", "been", "being", "not", "also", "have"})
_MODAL = frozenset({"will", "would", "shall", "to be", "to have", "must", "should", "can", "could", "may", "might"})
_NO_VERBS = frozenset({"united", "hundred", "sacred", "red", "bed", "led", "fed", "med"})
_BESIDE = 5
_ADJACENT = 2
_CALLED = 8
_SCHEDULING = frozenset(
    {"arranged", "booked", "called", "convened", "fixed", "planned", "scheduled", "set", "slated", "summoned"}
)
_OPENING = frozenset({"on", "in", "by", "at", "from", "during", "until", "and", "but"})
_CLAUSE_BEGINS = re.compile(r", (?:and|but) (?:on |in |by |at |from |during )?\Z")
_COMPARISON = re.compile(
    r"(?:%|\b(?:percent|pct|cent|points?|up|down|rose|risen|fell|fallen|gained|dropped|rise|fall|increase|decrease|drop|"
    r"decline|jump|grew|grown|climbed|slipped|higher|lower|more|less|unchanged|improved|compared|differed|\d)\b)"
    r"[^.;\n]{0,40}\Z"
)


class Direction(NamedTuple):
    """The direction of the words: ``past``, ``future`` or empty for neither.

    ``weight`` is 2 if the verb is next to the date, 1 if it is further away, 0 if the cue is weak.
    """

    way: str
    weight: int


@cache
def _cues() -> Mapping[str, Direction]:
    weights = {"strong": 2, "medium": 1, "weak": 0}
    return {row["cue"]: Direction(row["direction"], weights[row["strength"]]) for row in table("date_cues")}


_PAST = Direction("past", 2)
_FUTURE = Direction("future", 2)
_NEITHER = Direction("", 0)


def direction(text: str, start: int, end: int) -> Direction:
    """The direction of the words around ``text[start:end]``."""
    before = text[max(0, start - _REACH) : start]
    after = text[end : end + _REACH]
    cut = 0
    for stop in _SENTENCE_END.finditer(text[max(0, start - _REACH) : start + 1]):
        if stop.group()[0] != "." or not _ABBREVIATION.search(before, max(0, stop.start() - 5), stop.start()):
            cut = stop.end()
    following = [match.group().lower() for match in _WORD.finditer(_SENTENCE_END.split(after, maxsplit=1)[0])]
    if _CLAUSE_BEGINS.search(before, cut) and (found := _rightward(following, opens=True)).way:
        return found  # they would protest, and on Monday it left
    words = [match.group().lower() for match in _WORD.finditer(before, cut)]
    if words and words[-1] == "for" and not after.startswith(("'s", "’s")) and _SCHEDULING & set(words[-_CALLED:]):
        return _FUTURE  # called a strike for Friday
    for i in reversed(range(len(words))):
        found = _look(words, i)
        if found.way:
            return found if len(words) - i <= _BESIDE else Direction(found.way, min(found.weight, 1))
    return _rightward(following, opens=all(word in _OPENING for word in words))


def _rightward(words: list[str], *, opens: bool) -> Direction:
    """The direction of the first verb after a date; it decides if the date opens its clause."""
    for i in range(len(words)):
        found = _look(words, i)
        if found.way:
            return found if opens or i < _ADJACENT else Direction(found.way, 0)
    return _NEITHER


def compares(text: str, start: int) -> bool:
    """Whether the words before ``start`` compare amounts: up 3 percent, fell, higher."""
    return _COMPARISON.search(text, max(0, start - 50), start) is not None


def _look(words: list[str], i: int) -> Direction:
    """The direction of the word at ``i``, by itself, with the next word, and with the auxiliaries before it."""
    word, cues = words[i], _cues()
    found = cues.get(" ".join(words[i : i + 2])) or cues.get(word)
    if found is None and word.endswith(("'ll", "’ll")):
        return _FUTURE
    if found is None and word.endswith("ed") and not word.endswith("eed") and word not in _NO_VERBS:
        found = _PAST
    if found is not None and found.way == "past":
        helping = next((w for w in reversed(words[:i]) if w not in _AUXILIARY), "")
        return _FUTURE if helping in _MODAL else found
    return found or _NEITHER
