"""Words of the reference tables that say how an amount moves, or that a measure governs it."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from broadsheet.reference import table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.analysis.document import Token


@cache
def _forms() -> Mapping[str, str]:
    """Forms that the model's lemmatiser gets wrong, to the word in the tables."""
    return MappingProxyType({row["form"]: row["cue_word"] for row in table("figure_forms")})


def base(token: Token) -> str:
    """The word of the reference tables that a token is a form of."""
    return _forms().get(token.lower) or _forms().get(token.lemma) or token.lemma


@cache
def measures() -> frozenset[str]:
    """Nouns for a measure on trade: tariff, duty, embargo."""
    named = {row["cue"] for row in table("figure_cues") if row["kind"] == "duty" and row["part"] != "verb"}
    return frozenset(named | {"sanction", "embargo", "countermeasure"})


@cache
def directions() -> Mapping[str, str]:
    """Words of change to ``up``, ``down`` or ``either``."""
    return MappingProxyType({row["word"]: row["direction"] for row in table("change_words")})


@cache
def moving_words() -> frozenset[str]:
    """Words of change whose subject itself changes (prices fell), not something that an agent changes (cut prices)."""
    return frozenset(row["word"] for row in table("change_words") if row["by_itself"] == "yes")
