"""Reporting cues: the verbs and nouns that introduce speech."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from broadsheet.reference import table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.analysis.document import Token

NO_TRAITS: frozenset[str] = frozenset()

ACCORDING_TO = "according to"
"""The only two-word cue; ``quotes.cue`` holds it in full."""


@cache
def _traits(pos: str) -> Mapping[str, frozenset[str]]:
    return MappingProxyType(
        {r["lemma"]: frozenset(r["traits"].split()) for r in table("reporting_cues") if r["pos"] == pos}
    )


def is_verb(token: Token) -> bool:
    """Whether the tagger calls the token a verb."""
    return token.pos in {"VERB", "AUX"}


def cue_lemma(token: Token) -> str:
    """The lemma of a cue, as in ``quotes.cue``."""
    if token.lower == "according":
        return ACCORDING_TO
    known = _traits("verb")
    if is_verb(token) and token.lemma not in known and token.lemma[:-1] in known:
        return token.lemma[:-1]
    return token.lemma


def traits_of(token: Token) -> frozenset[str]:
    """The traits of a cue, verb or noun."""
    return verb_traits(token) if is_verb(token) else noun_traits(token)


def verb_traits(token: Token) -> frozenset[str]:
    """What kind of reporting verb a token is; empty for other verbs.

    ``say``: introduces whole sentences in neutral words · ``claim``: with a stance · ``manner``: names the voice or
    the facial expression · ``label``: names or describes something · ``judge``: blames or praises · ``urge``: asks for
    action · ``think`` · ``show``: what a document does · ``cite``: repeats another's words · ``commit`` ·
    ``send``: publishes · ``reply`` · ``turn``: continues or begins · ``pose``: puts in words · ``addressee``: its
    object is the addressee.
    """
    known = _traits("verb")
    # The lemmatizer turns the unknown verb "retweeted" into "retweete".
    return known.get(token.lemma) or known.get(token.lemma.removesuffix("e"), NO_TRAITS)


def noun_traits(token: Token) -> frozenset[str]:
    """``document`` for something written and issued, ``speech`` for something uttered; empty for other nouns."""
    known = _traits("noun")
    return known.get(token.lemma) or known.get(token.lower, NO_TRAITS)
