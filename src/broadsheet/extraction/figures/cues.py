"""Words near an amount that indicate its kind, and how near they are in the sentence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from broadsheet.extraction.figures.reach import child_of, upwards
from broadsheet.reference import table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.analysis.document import Document, Sentence, Token
    from broadsheet.extraction.entity_index import EntityIndex

DUTY = "duty"
"""In ``figure_cues.csv``: the amount is a rate of duty, which belongs in ``tariffs``."""

FAR = 99.0
"""Cost of a path that does not exist."""

MAX_WORDS = 4

_CHEAP = frozenset({"airline", "carrier", "chain", "hotel", "phone", "retailer", "shop", "smartphone", "store"})
"""Nouns that the adjective *budget* (cheap) modifies."""
_LIGHT = 0.4
_MIDDLE = 0.8
_HEAVY = 1.6
_DOWN = 1.3
"""Steps down the tree cost more than steps up: a governing word says more about the amount than a sibling."""
_PER_TOKEN = 0.05
_CLAUSE = 1.5
_EDGES = {
    **dict.fromkeys(
        ("nummod", "quantmod", "compound", "nmod", "amod", "pobj", "prep", "npadvmod", "det", "poss", "case"), _LIGHT
    ),
    **dict.fromkeys(("advmod", "agent", "pcomp", "aux"), _LIGHT),
    **dict.fromkeys(("dobj", "nsubj", "nsubjpass", "attr", "oprd", "dative", "acomp", "xcomp"), _MIDDLE),
}


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase of ``figure_cues.csv`` in a sentence.

    Attributes:
        phrase: As in the table.
        kind: Kind of figure that it indicates.
        strength: How strongly it does, 1 to 3.
        is_verb: Whether it is a verb here.
        token: Index of its syntactic head: the last word of a noun phrase, the verb itself.
        first: Index of its first token.
        last: Index after its last token.
    """

    phrase: str
    kind: str
    strength: int
    is_verb: bool
    token: int
    first: int
    last: int


@cache
def _phrases() -> Mapping[tuple[str, ...], tuple[tuple[str, str, str, int], ...]]:
    out: dict[tuple[str, ...], tuple[tuple[str, str, str, int], ...]] = {}
    for row in table("figure_cues"):
        words = tuple(row["cue"].replace("-", " - ").split())
        entry = (row["cue"], row["part"], row["kind"], int(row["strength"]))
        out[words] = (*out.get(words, ()), entry)
    return MappingProxyType(out)


@cache
def _openings() -> frozenset[str]:
    return frozenset(words[0] for words in _phrases())


@cache
def _forms() -> Mapping[str, str]:
    """Forms that the model's lemmatiser gets wrong, to the word in the tables."""
    return MappingProxyType({row["form"]: row["cue_word"] for row in table("figure_forms")})


def base(token: Token) -> str:
    """The word of the reference tables that a token is a form of."""
    return _forms().get(token.lower) or _forms().get(token.lemma) or token.lemma


@cache
def currencies() -> frozenset[str]:
    """Words for a currency."""
    return frozenset({"pound", *(row["word"] for row in table("currency_words") if row["use"] in ("free", "stated"))})


@cache
def topics() -> Mapping[str, str]:
    """What a percentage may be of, to its field: ``economy``, ``other`` or ``duty``; currencies count as economy."""
    return MappingProxyType(
        dict.fromkeys(currencies(), "economy") | {row["noun"]: row["field"] for row in table("figure_topics")}
    )


def field_of(token: Token) -> str | None:
    """The field of a noun in :func:`topics`; None for other words."""
    return None if token.pos in ("VERB", "AUX") else topics().get(base(token))


@cache
def firms() -> frozenset[str]:
    """Common nouns for a firm."""
    return frozenset(row["cue"] for row in table("figure_cues") if row["kind"] == "firm")


@cache
def directions() -> Mapping[str, str]:
    """Words of change to ``up``, ``down`` or ``either``."""
    return MappingProxyType({row["word"]: row["direction"] for row in table("change_words")})


@cache
def moving_words() -> frozenset[str]:
    """Words of change whose subject itself changes (prices fell), not something that an agent changes (cut prices)."""
    return frozenset(row["word"] for row in table("change_words") if row["by_itself"] == "yes")


def cues_in(document: Document, sentence: Sentence, cast: EntityIndex) -> list[Cue]:
    """The cues of a sentence, in reading order; the longest at each position, none inside a name."""
    found: list[Cue] = []
    phrases, openings = _phrases(), _openings()
    i = sentence.first
    while i < sentence.last:
        form = base(document.tokens[i])
        if form not in openings or _is_name(i, cast):
            i += 1
            continue
        words: list[str] = []
        best: tuple[tuple[tuple[str, str, str, int], ...], int] | None = None
        for j in range(i, min(i + MAX_WORDS, sentence.last)):
            words.append(form if j == i else base(document.tokens[j]))
            entries = phrases.get(tuple(words))
            if entries is not None:
                best = entries, j + 1
        if best is None:
            i += 1
            continue
        entries, last = best
        head = i if entries[0][1] == "verb" else last - 1
        pos = document.tokens[head].pos
        for phrase, part, kind, strength in entries:
            verbal = part == "verb"
            if verbal and pos not in ("VERB", "AUX"):
                continue
            if not verbal and last == i + 1 and pos in ("VERB", "AUX", "ADV"):
                continue
            if phrase == "treasury" and document.tokens[head].tag not in ("NNS", "NNPS"):
                # Treasuries (plural) are bonds; a singular treasury is a ministry.
                continue
            if phrase == "budget" and not verbal and document.head(document.tokens[head]).lemma in _CHEAP:
                continue
            found.append(Cue(phrase, kind, strength, verbal, head, i, last))
        i = last
    return found


def _is_name(place: int, cast: EntityIndex) -> bool:
    mention = cast.at(place)
    if mention is None or mention.form not in ("name", "alias"):
        return False
    return cast.kind_of(mention.actor_id) != "country"


def _is_clause_of_its_own(document: Document, token: Token) -> bool:
    """Whether a conjunct is a clause with its own subject, about which the words before it say little."""
    return token.dep == "conj" and token.pos == "VERB" and child_of(document, token, "nsubj", "nsubjpass") is not None


class Nearness:
    """Distance of the tokens of a sentence from an amount's head: steps through the tree, and words between."""

    def __init__(self, document: Document, head: Token) -> None:
        self.document = document
        self.head = head
        self.climb: dict[int, float] = {head.i: 0.0}
        cost, below = 0.0, head
        for token in upwards(document, head):
            cost += _EDGES.get(below.dep, _HEAVY) + (_CLAUSE if _is_clause_of_its_own(document, below) else 0)
            self.climb[token.i] = cost
            below = token

    def to(self, place: int) -> float:
        """Cost of the path from the amount to the token at ``place``; ``FAR`` if there is none."""
        cost, below = 0.0, self.document.tokens[place]
        linear = _PER_TOKEN * abs(place - self.head.i)
        if place in self.climb:
            return self.climb[place] + linear
        for token in upwards(self.document, below):
            cost += _DOWN * _EDGES.get(below.dep, _HEAVY)
            if token.i in self.climb:
                return self.climb[token.i] + cost + linear
            below = token
        return FAR
