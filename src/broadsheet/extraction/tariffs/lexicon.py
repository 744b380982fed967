"""The words of trade measures, from the reference tables, in the form that the reader of clauses asks for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from broadsheet.reference import table
from broadsheet.reference.trade import inflected

if TYPE_CHECKING:
    from collections.abc import Mapping

CONTEXT = "context"

FAMILY = MappingProxyType(
    {
        "tariff": "duty",
        "duty": "duty",
        "surtax": "duty",
        "anti_dumping": "duty",
        "countervailing": "duty",
        "safeguard": "duty",
        "quota": "quota",
        "ban": "ban",
        "export_control": "control",
    }
)
"""Kinds of measure: "the levies" can be a surtax or an anti-dumping duty, but no ban."""

SPECIFIC = frozenset({"surtax", "anti_dumping", "countervailing", "safeguard"})
"""Measures that say more than tariff or duty, so that they win where one measure is named by both words."""


@dataclass(frozen=True, slots=True)
class MeasureNoun:
    """A noun that names a measure: which one (empty for a mere stand-in) and how sure that is."""

    measure: str
    certainty: str


@cache
def measure_nouns() -> Mapping[str, MeasureNoun]:
    """Lemma to the measure that it names."""
    return MappingProxyType(
        {r["words"]: MeasureNoun(r["measure"], r["certainty"]) for r in table("trade_measures") if r["part"] == "noun"}
    )


@cache
def measure_modifiers() -> Mapping[str, str]:
    """Word before the noun (``countervailing``) to the measure that it names."""
    return MappingProxyType({r["words"]: r["measure"] for r in table("trade_measures") if r["part"] == "modifier"})


@cache
def trade_verbs(part: str) -> Mapping[str, str]:
    """Verbs that do to trade what a measure does: ``verb`` (ban), ``verb_stop``, ``verb_limit`` or ``verb_open``."""
    return MappingProxyType({r["words"]: r["measure"] for r in table("trade_measures") if r["part"] == part})


@cache
def actions(pattern: str) -> Mapping[str, str]:
    """Words of one pattern of ``trade_actions.csv`` to the action."""
    return MappingProxyType({r["words"]: r["action"] for r in table("trade_actions") if r["pattern"] == pattern})


@cache
def word_set(part: str) -> frozenset[str]:
    """Words of one part of ``trade_words.csv``, which says what they do in the clauses that tell measures."""
    return frozenset(r["words"] for r in table("trade_words") if r["part"] == part)


_CARRIERS = word_set("carriers")


def carriers() -> frozenset[str]:
    """Nouns that only count, group or grade the measure that they go with."""
    return _CARRIERS


@cache
def gate() -> frozenset[str]:
    """Words in lower case of which a paragraph must have one to be looked at."""
    known = {w for w in measure_nouns() if " " not in w} | set(measure_modifiers())
    known |= {w.split()[0] for w in trade_verbs("verb")} | set(trade_verbs("verb_open")) | {"import", "export", "kept"}
    return frozenset(form for word in known for form in inflected(word))
