"""Words of change: whether an amount is the size of a fall, rather than the level reached."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from broadsheet.extraction.amounts.lexicon import lexicon
from broadsheet.reference import mapping

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document, Token
    from broadsheet.base.span import Span
    from broadsheet.extraction.figures.sightings import AmountMention

_STEPS = 6
_LEVEL = frozenset({"to", "at", "from"})
_HIGHER = frozenset({"higher", "more", "above", "bigger", "larger", "faster", "stronger"})
_LOWER = frozenset({"lower", "less", "fewer", "below", "cheaper", "smaller", "weaker", "short", "down"})
_PACE = frozenset({"rate", "pace"})
"""Nouns whose measure is that of the verb: shrank at a rate of 2 percent."""
_CLAUSES = frozenset({"ROOT", "ccomp", "relcl", "advcl"})
_LOSS = frozenset({"loss", "lose"})
_GAIN = frozenset({"profit", "earnings", "income", "gain", "earn"})


def fall_of(document: Document, mention: AmountMention) -> Span | None:
    """The word that makes an amount the size of a fall: fell 5 percent, a 5 percent fall, down 5 percent.

    The nearest word of change decides; the search stays in the clause.
    """
    before = _word_before(document, mention)
    after = document.tokens[mention.last] if mention.last < len(document.tokens) else before
    if after.lower in _LOWER | _HIGHER:
        return after.span if after.lower in _LOWER and (after.lower, after.dep) != ("down", "prep") else None
    if before.lower in ("up", "down"):
        return before.span if before.lower == "down" else None
    return _governing(document, mention) if before.lower not in _LEVEL else None


def loss_of(document: Document, mention: AmountMention) -> Span | None:
    """The word that makes a profit a loss: a net loss of 5 million, lost 5 million, its loss narrowed to 5 million."""
    below = document.tokens[mention.head]
    for token in islice(document.ancestors(below), _STEPS):
        is_verb = token.pos in ("VERB", "AUX")
        # The object of the verb tells what is lost, unless the sum itself is the object: lost orders worth 5 million.
        own = below.dep != "dobj" or mention.first <= below.i < mention.last
        if token.lemma == "lose" and (not own or _loses_goods(document, mention)):
            return None
        for word in (token, *(document.children(token, "dobj", "nsubj", "nsubjpass") if is_verb and own else ())):
            if word.lemma in _LOSS | _GAIN and word.i != below.i:
                return word.span if word.lemma in _LOSS else None
        if is_verb and token.dep != "xcomp" and token.lower != "compared":
            return None
        below = token
    return None


def _loses_goods(document: Document, mention: AmountMention) -> bool:
    """Whether the words after a sum name what was lost, rather than when: lost 5 million in orders."""
    following = document.tokens[mention.last : mention.last + _STEPS]
    nouns = [document.child(token, "pobj") for token in following if token.lower == "in"]
    return any(noun and noun.tag == "NNS" and not lexicon().plays(noun.lemma, "period") for noun in nouns)


def _governing(document: Document, mention: AmountMention) -> Span | None:
    """The verb or noun of falling that an amount depends on as its size."""
    below = document.tokens[mention.head]
    prepositions: list[str] = []
    paced = False
    for steps, token in enumerate(islice(document.ancestors(below), _STEPS), 1):
        if token.lower in _PACE:
            paced = True
        elif below.dep in ("prep", "agent"):
            prepositions.append("by" if paced else below.lower)
        direction = _direction(document, token) or _adverb(document, token, prepositions)
        if direction is not None:
            allowed = ("by",) if token.pos == "VERB" else ("of", "by")
            is_size = not prepositions or prepositions[0] in allowed
            # A sum is the size only of what moves itself or moves by it, and not what was moved: "cut 5 million".
            moves = "by" in prepositions or mapping("change_words", "by_itself").get(token.lower) == "yes"
            is_size = is_size and (not mention.amount.is_money or (moves and steps <= 2))
            return token.span if is_size and direction == "down" else None
        if token.pos in ("VERB", "AUX") and token.dep in _CLAUSES:
            return None
        below = token
    return None


def _adverb(document: Document, verb: Token, prepositions: list[str]) -> str | None:
    """The direction that an adverb gives a verb before ``by``: were down last year by 8 percent."""
    if verb.pos not in ("VERB", "AUX") or prepositions[:1] != ["by"]:
        return None
    adverbs = {child.lower for child in document.children(verb, "advmod", "acomp", "prt")}
    return "down" if adverbs & {"down", "off", "lower"} else None


def _word_before(document: Document, mention: AmountMention) -> Token:
    """The word before an amount, skipping words of approximation, articles and adjectives; else its first word."""
    near = mention.amount.approximation_span
    for place in range(mention.first - 1, document.sentences[mention.sentence].first - 1, -1):
        token = document.tokens[place]
        approximate = near is not None and near.start <= token.start < near.end
        if not approximate and (token.pos not in ("DET", "ADJ", "ADV") or token.lower in ("up", "down")):
            return token
    return document.tokens[mention.first]


def _direction(document: Document, token: Token) -> str | None:
    """``up``, ``down`` or ``either`` for a word of change; None for others, a contract and a debt that falls due."""
    directions = mapping("change_words", "direction")
    falls_due = token.i + 1 < len(document.tokens) and document.tokens[token.i + 1].lower == "due"
    if falls_due or (token.lemma == "contract" and token.pos != "VERB"):
        return None
    return directions.get(token.lower) or directions.get(token.lemma)
