"""The words that name a measure, or which way its rate goes, by themselves; they decide over the model."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs.drafts import UNDOING
from broadsheet.extraction.tariffs.lexicon import FAMILY, SPECIFIC
from broadsheet.reference.trade import measures_named, names_measure, trade_actions, word_set

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document, Token
    from broadsheet.base.span import Span
    from broadsheet.extraction.tariffs.mentions import MeasureMention

_BEFORE = 4
"""Maximum number of words of a noun phrase before its noun to read."""
_STEPS = 4
"""Maximum number of steps up the tree from a measure to a word that calls it an answer."""
_PARTS = ("prep", "advcl", "amod", "compound")
_ANSWERED = frozenset({"against", "to", "for", "at", "after", "over"})
_ARGUMENTS = frozenset({"dobj", "nsubj", "nsubjpass"})
_MISTAKEN = {
    "raise": ("lower",),
    "lower": ("raise", "remove", "impose"),
    "maintain": ("impose", "raise", "lower"),
    "remove": ("impose",),
}
"""An action that a verb names by itself, to those that the model may take it for."""
_OBJECTS = ("dobj", "nsubjpass")
_MODIFIERS = frozenset({"ADJ", "NOUN", "PROPN", "VERB"})


def naming_words(document: Document, noun: Token) -> Span:
    """The words that name a measure: its noun, and the words before it that say more (anti-dumping duties)."""
    first, named = noun.i, measures_named(noun.text)
    for place in range(noun.i - 1, max(document.sentence_of(noun).first, noun.i - _BEFORE) - 1, -1):
        token = document.tokens[place]
        if token.pos not in _MODIFIERS and token.text != "-":
            break
        more = measures_named(document.text_of(place, noun.i + 1))
        if named < more:
            first, named = place, more
    if first > 1 and document.tokens[first - 1].text == "-":
        first -= 2  # anti-dumping
    return document.span(first, noun.i + 1)


def as_printed(document: Document, mention: MeasureMention) -> MeasureMention:
    """The mention with the measure that its anchor names, the more specific of two, and the action of its verb."""
    mention = _as_its_verb_says(document, mention)
    if _answers(document, mention):
        mention = replace(mention, retaliation=True, is_called_answer=True)
    named = measures_named(naming_words(document, mention.anchor).of(document.text))
    if named and mention.measure not in named:
        mention = replace(mention, measure=min(named, key=lambda measure: (measure not in SPECIFIC, measure)))
    verb = _ends_exemption(document, mention)
    return mention if verb is None else replace(mention, action="impose", act=verb, action_from="exemption")


def _ends_exemption(document: Document, mention: MeasureMention) -> Token | None:
    """The verb that ends an exemption, after which the measure applies: *scrap the waiver*, *end duty-free access*."""
    if mention.action not in UNDOING or FAMILY[mention.measure] == "quota":
        return None  # a duty-free quota that is scrapped is no more
    above = (mention.anchor, *islice(document.ancestors(mention.anchor), _STEPS))
    verb = next((word for word in above if word.pos == "VERB"), None)
    if verb is None or not trade_actions(verb.lemma) & UNDOING:
        return None
    objects = document.children(verb, *_OBJECTS)
    return verb if any(_exempts(document, noun) for noun in objects) else None


def _exempts(document: Document, noun: Token) -> bool:
    """Whether a noun means that a measure does not apply: *the exemption*, *duty-free quotas*."""
    free_of = (part for word in document.children(noun, "amod") for part in document.children(word, "npadvmod"))
    return trade_actions(noun.lemma) == {"remove"} or any(names_measure(part.lemma) for part in free_of)


def _answers(document: Document, mention: MeasureMention) -> bool:
    """Whether words around the measure call it an answer: hit back with, in response to; not what is answered."""
    words = [mention.anchor]
    for word in islice(document.ancestors(mention.anchor), _STEPS):
        if word.lower in _ANSWERED:
            break
        words.append(word)
    near = [*words, *(child for word in words for child in document.children(word, *_PARTS))]
    near += [part for word in near if word.lower == "in" for part in document.children(word, "pobj")]
    return any(_is_answer(document, word) for word in near)


def _is_answer(document: Document, word: Token) -> bool:
    is_struck = word.lemma in word_set("strike back") and any(c.lower == "back" for c in document.children(word))
    return is_struck or word.lemma in word_set("answer")


def _as_its_verb_says(document: Document, mention: MeasureMention) -> MeasureMention:
    """The mention, as raised or lowered where its verb means nothing else; the model may take a cut for a removal."""
    anchor = mention.anchor
    verb = document.head(anchor) if anchor.dep in _ARGUMENTS else anchor
    said = trade_actions(verb.lemma)
    is_free = any(rate.percent == 0 for rate in mention.rates)
    is_cause = anchor.dep == "nsubj" and document.child(verb, "dobj") is not None  # the duty cuts earnings
    if verb.pos != "VERB" or is_cause or len(said) != 1 or is_free or FAMILY[mention.measure] != "duty":
        return mention
    (action,) = said
    if mention.action in _MISTAKEN.get(action, ()):
        return replace(mention, action=action, act=verb, action_from="verb")
    return mention
