"""Measures that refer back: what the words for a measure leave out, from a sentence before."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs.drafts import UNDOING
from broadsheet.extraction.tariffs.lexicon import FAMILY
from broadsheet.reference.trade import names_measure, trade_actions

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.tariffs.mentions import MeasureMention

_VERBS = frozenset({"VERB", "AUX"})
_ARGUMENTS = ("nsubj", "nsubjpass", "dobj", "attr")
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "such", "both"})
_PRONOUNS = frozenset({"that", "those"})
_NARROWING = frozenset({"on", "for", "against", "of"})
_STARTED = frozenset({"impose", "raise", "lower"})
_SENTENCES, _FULL = 3, 60
"""How many sentences, and measures, before one are searched for what it refers to."""


def with_antecedents(
    document: Document, mentions: Sequence[MeasureMention], own_rates: Container[int]
) -> list[MeasureMention]:
    """The mentions in reading order, those that refer back (*the duties*, *they*) with the goods and targets meant.

    Those with a rate of one company do, too; ``own_rates`` is where such rates begin.
    """
    out: list[MeasureMention] = []
    for mention in mentions:
        is_own = any(rate.span.start in own_rates for rate in mention.rates)
        meant = _meant(out, mention, is_own=is_own) if is_own or _refers_back(document, mention) else []
        if meant:
            products = {p.name: p for m in meant for p in m.products}
            stays = mention.action == "maintain" and not mention.rates and meant[0].action in _STARTED
            mention = replace(
                mention,
                action=meant[0].action if stays else mention.action,
                imposers=mention.imposers or meant[0].imposers,
                targets=mention.targets or meant[0].targets,
                products=mention.products or tuple(products.values()),
            )
        if out and out[-1].anchor.sentence == mention.anchor.sentence and _is_elided(mention):
            mention = replace(mention, action=out[-1].action, act=out[-1].act, action_from="elided")
        head = _head_of_list(document, out, mention)
        out.append(replace(mention, statuses=head.statuses) if head is not None else mention)
    return out


def _head_of_list(
    document: Document, before: Sequence[MeasureMention], mention: MeasureMention
) -> MeasureMention | None:
    """The mention that heads the list of one, which has no verb of its own: plans for *a 5% duty* on A, *6%* on B."""
    if mention.anchor.pos in _VERBS:
        return None
    number = mention.anchor.sentence
    near = takewhile(lambda other: other.anchor.sentence == number, islice(reversed(before), _FULL))
    listed = {other.anchor.i: other for other in near if other.action == mention.action}
    above = takewhile(lambda token: token.pos not in _VERBS, islice(document.ancestors(mention.anchor), _FULL))
    return next((listed[token.i] for token in above if token.i in listed), None)


def _is_elided(mention: MeasureMention) -> bool:
    """Whether a mention leaves out what is done, and to what: and wheat 28 percent."""
    word = mention.anchor
    is_done = word.pos in ("VERB", "AUX", "ADJ") or trade_actions(word.lemma)
    return mention.act.i == word.i and bool(mention.rates) and not is_done and not names_measure(word.lemma)


def _meant(before: Sequence[MeasureMention], mention: MeasureMention, *, is_own: bool) -> list[MeasureMention]:
    """The mentions that one can refer to: those of the nearest sentence with one of its kind and imposer."""
    out: list[MeasureMention] = []
    for other in islice(reversed(before), _FULL):
        apart = mention.anchor.sentence - other.anchor.sentence
        if apart > _SENTENCES or (out and out[-1].anchor.sentence != other.anchor.sentence):
            break
        is_known = not mention.imposers or not other.imposers or mention.imposers[0].code == other.imposers[0].code
        alike = FAMILY[mention.measure] == FAMILY[other.measure] and is_known
        if alike and (other.products or (other.targets and not is_own)):
            out.append(other)
    return out[::-1]


def _refers_back(document: Document, mention: MeasureMention) -> bool:
    """Whether the words for a measure are a pronoun, or a definite noun that nothing narrows down."""
    anchor = mention.anchor
    if mention.action in UNDOING and not names_measure(anchor.lemma):
        undone = [noun for noun in document.children(anchor, "dobj", "nsubjpass") if names_measure(noun.lemma)]
        return not undone or any(_is_definite(document, noun) for noun in undone)
    verbs = [anchor, document.head(anchor)] if anchor.dep == "conj" else [anchor]
    nouns = [anchor] if anchor.pos == "NOUN" else [t for verb in verbs for t in document.children(verb, *_ARGUMENTS)]
    goods = (part for child in document.children(anchor, "prep") for part in document.children(child, "pobj"))
    return any(_is_definite(document, noun) for noun in nouns) or any(part.lower in _PRONOUNS for part in goods)


def _is_definite(document: Document, noun: Token) -> bool:
    if noun.tag in ("PRP", "DT"):
        return True
    children = list(document.children(noun))
    if not names_measure(noun.lemma) or not any(child.lower in _DEFINITE for child in children):
        return False
    parts = [part for child in children if child.lower in _NARROWING for part in document.children(child, "pobj")]
    return all(part.pos in ("NUM", "SYM") or part.lower in ("%", "percent", "cent") for part in parts)
