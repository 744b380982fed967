"""Reporting cues: the verbs and nouns that introduce speech."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from broadsheet.reference import table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.analysis.document import Token

_NO_TRAITS: frozenset[str] = frozenset()


@cache
def _traits(pos: str) -> Mapping[str, frozenset[str]]:
    return MappingProxyType(
        {r["lemma"]: frozenset(r["traits"].split()) for r in table("reporting_cues") if r["pos"] == pos}
    )


@cache
def _forms() -> Mapping[str, str]:
    """Regular forms of the verbs that introduce speech or text, to their lemma: the tagger takes some for nouns."""
    lemmas = [lemma for lemma, traits in _traits("verb").items() if traits & {"say", "claim", "manner"}]
    return MappingProxyType({form: lemma for lemma in lemmas for form in (f"{lemma}s", f"{lemma.removesuffix('e')}ed")})


def is_verb(token: Token) -> bool:
    """Whether the tagger calls the token a verb."""
    return token.pos in {"VERB", "AUX"}


def mistaken_verb(token: Token) -> str | None:
    """The lemma of a reporting verb that the tagger took for a noun, name or adjective, by its form alone."""
    if is_verb(token) or token.pos not in {"NOUN", "PROPN", "ADJ", "X", "ADP", "INTJ"} or token.text[:1].isupper():
        return None
    return _forms().get(token.lower)


def entry_of(token: Token) -> tuple[str, str]:
    """What a cue is taken for (``verb``, ``noun``, or ``form`` of a verb that the tagger mistook), and its lemma."""
    if is_verb(token):
        # The lemmatizer turns the unknown verb "retweeted" into "retweete".
        known, shorter = _traits("verb"), token.lemma.removesuffix("e")
        return "verb", shorter if token.lemma not in known and shorter in known else token.lemma
    lemma = mistaken_verb(token)
    if lemma is not None and not (lemma == token.lemma and noun_traits(token)):
        return "form", lemma
    return "noun", token.lemma


def cue_lemma(token: Token) -> str:
    """The lemma of a cue, as in ``quotes.cue``; *according to* is the only one of two words."""
    return "according to" if token.lower == "according" else entry_of(token)[1]


def traits_of(token: Token) -> frozenset[str]:
    """The traits of a cue, verb or noun."""
    kind, lemma = entry_of(token)
    return noun_traits(token) if kind == "noun" else _traits("verb").get(lemma, _NO_TRAITS)


def verb_traits(token: Token) -> frozenset[str]:
    """What kind of reporting verb a token is; empty for other verbs.

    ``say``: introduces sentences in neutral words · ``claim``: with a stance · ``manner``: names voice or face ·
    ``label``: names or describes something · ``judge``: blames or praises · ``urge``: asks for action · ``think`` ·
    ``show``: what a document does · ``cite``: repeats another's words · ``commit`` · ``send``: publishes · ``reply`` ·
    ``turn``: continues or begins · ``pose``: puts in words · ``addressee``: its object is the addressee.
    """
    known = _traits("verb")
    return known.get(token.lemma) or known.get(token.lemma.removesuffix("e"), _NO_TRAITS)


def noun_traits(token: Token) -> frozenset[str]:
    """``document`` for something written and issued, ``speech`` for something uttered; empty for other nouns."""
    known = _traits("noun")
    return known.get(token.lemma) or known.get(token.lower, _NO_TRAITS)
