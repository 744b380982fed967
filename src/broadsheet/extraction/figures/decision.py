"""Whether an amount is a figure, of which kind, who pays and who is paid, by the scores of the encoder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from broadsheet.extraction.figures.kinds import KINDS, PAID, PRICED, RATES, SUMS
from broadsheet.extraction.figures.sides import Party, arranged
from broadsheet.reference import mapping

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from broadsheet.analysis.document import Document
    from broadsheet.base.span import Span
    from broadsheet.extraction.amounts import Amount
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.figures.sightings import AmountMention
    from broadsheet.extraction.links import Link
    from broadsheet.extraction.meaning import Meaning

    Ranked = tuple[tuple[int, float], tuple[int, float]]

GATE = -1.5
"""By how much the score of the best kind must exceed that of no figure; chosen on the development articles."""

_IN_SIZE = frozenset({"expand", "grow", "shrink"})
"""Verbs of change by which a company changes itself, and not its share price."""
_WORTH = frozenset({"priced", "valued", "worth"})

PARTY = -0.5
"""The least score of a payer or payee."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the models decide about an amount.

    Attributes:
        kind: Its kind.
        score: By how much the score of the kind exceeds that of no figure.
        second: The second best kind.
        behind: By how much that of the second does.
        why: The word that governs the amount.
        payer: Who pays; None if no one does.
        payee: Who is paid.
        n_candidates: Number of actors considered for either.
        like: The amount with which this one is compared, whose decision it has; None if it has its own.
    """

    kind: str
    score: float
    second: str
    behind: float
    why: Span
    payer: Party | None
    payee: Party | None
    n_candidates: int
    like: Span | None = None


def decide(
    document: Document, cast: EntityIndex, meaning: Meaning, mentions: Sequence[AmountMention]
) -> Iterator[Decision | None]:
    """The decision on each amount; None for one that is no figure."""
    if not mentions:
        return
    scores = meaning.phrase_scores("fig", [(mention.first, mention.last) for mention in mentions])
    margins = scores[:, 1:] - scores[:, :1]
    barred = [
        _barred(m.amount) | _barred_by_subject(document, cast, m) | _barred_as_limit(document, m) for m in mentions
    ]
    ranks = [_ranked(*pair) for pair in zip(margins, barred, strict=True)]
    asked = [
        (m.first, best + 1, meaning.actors_near(m.first) if own[best] > GATE and _has_sides(m, best) else ())
        for m, own, (best, _) in zip(mentions, margins, ranks, strict=True)
    ]
    links = meaning.links.each("rfig", asked)
    for mention, own, (best, second), near in zip(mentions, margins.tolist(), ranks, links, strict=True):
        chosen = own[best] > GATE
        yield _decision(document, cast, mention, ((best, own[best]), (second, own[second])), near) if chosen else None


def _ranked(margins: NDArray[np.float64], barred: frozenset[str]) -> tuple[int, int]:
    """The best and the second best kind of an amount, of those that it can be of."""
    best, second, *_ = (k for k in np.argsort(-margins, kind="stable").tolist() if KINDS[k] not in barred)
    return best, second


def _has_sides(mention: AmountMention, kind: int) -> bool:
    """Whether someone pays an amount of a kind."""
    return mention.amount.is_money and KINDS[kind] in PAID


def _decision(
    document: Document, cast: EntityIndex, mention: AmountMention, ranked: Ranked, links: Sequence[Link]
) -> Decision:
    """The decision on an amount of the ``ranked`` kinds, best and second best with their scores."""
    (best, score), (second, behind) = ranked
    payer = payee = None
    if _has_sides(mention, best):
        sides: list[list[Party]] = [[], []]
        for link in links:
            part = int(np.argmax(link.scores))
            named = cast.at(link.phrase[part].first)
            if named is not None and link.scores[part] > PARTY:
                sides[part].append(Party(named, link.scores[part]))
        payer, payee = (max(side, key=lambda p: p.score, default=None) for side in sides)
        payer, payee = arranged(document, cast, mention.head, KINDS[best], (payer, payee))
    return Decision(
        KINDS[best],
        score,
        KINDS[second],
        behind,
        _governor(document, mention),
        payer,
        payee,
        len(links),
    )


def _barred(amount: Amount) -> frozenset[str]:
    """The kinds that an amount cannot be of: percentages are no sums, nor is what one share or one barrel costs."""
    if not amount.is_money:
        return SUMS
    return RATES | SUMS | {"trade"} if amount.per in PRICED else RATES


def _barred_by_subject(document: Document, cast: EntityIndex, mention: AmountMention) -> frozenset[str]:
    """Growth, where a company itself rises or falls by a percentage, which is its share price: Almeda sank 33%."""
    verb = next((t for t in document.ancestors(document.tokens[mention.head]) if t.pos in ("VERB", "AUX")), None)
    moves = verb is not None and (verb.lemma == "be" or mapping("change_words", "by_itself").get(verb.lower) == "yes")
    if verb is None or mention.amount.is_money or not moves or verb.lemma in _IN_SIZE:
        return frozenset()
    subject = document.subject(verb)
    named = cast.at(subject.i) if subject is not None else None
    company = named is not None and cast.kind_of(named.actor_id) == "organization"
    return frozenset({"growth"}) if company else frozenset()


def _barred_as_limit(document: Document, mention: AmountMention) -> frozenset[str]:
    """Trade, where an amount is the most that one thing may be worth: parcels valued under $800."""
    near, amount = mention.amount.approximation_span, mention.amount
    first = mention.first if near is None else min(mention.first, document.range_of(near)[0])
    limits = amount.approximation == "at_most" and first > 0 and document.tokens[first - 1].lower in _WORTH
    return frozenset({"trade"}) if limits else frozenset()


def _governor(document: Document, mention: AmountMention) -> Span:
    """The noun or verb that the amount depends on, else the amount."""
    for token in document.ancestors(document.tokens[mention.head]):
        if token.pos in ("NOUN", "PROPN", "VERB") and not mention.first <= token.i < mention.last:
            return token.span
    return mention.amount.span
