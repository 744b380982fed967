"""Words of trade in goods: those that name measures, from ``trade_measures.csv``, and those around them."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from broadsheet.reference import table

if TYPE_CHECKING:
    from collections.abc import Mapping

_LOOSE = "loose"
"""Certainty of words that can mean several measures (curbs: a ban, a quota, a control)."""

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")


def measures_named(words: str) -> frozenset[str]:
    """The measures that words name by themselves; empty if they name none or can mean several.

    >>> sorted(measures_named("anti-dumping duties"))
    ['anti_dumping', 'duty']
    """
    single = _WORD.findall(words.lower())
    phrases = [*single, *(part for word in single for part in word.split("-")), *map(" ".join, pairwise(single))]
    return frozenset(measure for phrase in phrases if (measure := _named().get(phrase)))


@cache
def _named() -> Mapping[str, str]:
    """Form of a noun, of a verb that is also a noun (ban), or of a modifier to the measure that it names."""
    rows = [row for row in table("trade_measures") if row["measure"] and row["certainty"] != _LOOSE]
    verbs = {row["words"] for row in rows if row["part"] == "verb"}
    found: dict[str, str] = {}
    for row in rows:
        if row["part"] in ("noun", "modifier"):
            forms = inflected(row["words"]) if row["words"] in verbs else plurals(row["words"])
            found |= dict.fromkeys(forms, row["measure"])
    return MappingProxyType(found)


def plurals(word: str) -> set[str]:
    """A regular noun and its possible plurals."""
    return {word, word + "s", word + "es"} | ({word[:-1] + "ies"} if word.endswith("y") else set())


def inflected(word: str) -> set[str]:
    """The forms that a regular noun or verb can take."""
    forms = plurals(word) | {word + "ed", word + "ing", word + word[-1] + "ed", word + word[-1] + "ing"}
    if word.endswith("y"):
        forms.add(word[:-1] + "ied")
    if word.endswith("e"):
        forms |= {word + "d", word[:-1] + "ing"}
    return forms


@cache
def trade_actions(lemma: str) -> frozenset[str]:
    """The actions that a verb or noun can state (``trade_actions.csv``): to cut is to lower, to drop also to remove."""
    return frozenset(row["action"] for row in table("trade_actions") if row["words"] == lemma)


@cache
def names_measure(lemma: str) -> bool:
    """Whether a noun can name a measure, by itself or after another noun: duty, ban, rate."""
    return any(row["words"] == lemma and row["part"] == "noun" for row in table("trade_measures"))


@cache
def word_set(part: str) -> frozenset[str]:
    """Words of one part of ``trade_words.csv``, which says what they do in the clauses that tell measures."""
    return frozenset(r["words"] for r in table("trade_words") if r["part"] == part)
