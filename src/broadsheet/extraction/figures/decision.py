"""Whether an amount is a figure, of which kind, who pays and who is paid, by the scores of the encoder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from broadsheet.extraction.figures.kinds import KINDS, PAID, PRICED, RATES, SUMS
from broadsheet.extraction.figures.sides import Party, arranged

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document
    from broadsheet.base.span import Span
    from broadsheet.extraction.amounts import Amount
    from broadsheet.extraction.entity_index import EntityIndex
    from broadsheet.extraction.figures.sightings import AmountMention
    from broadsheet.extraction.meaning import Meaning

GATE = -1.5
"""By how much the score of the best kind must exceed that of no figure; chosen on the development articles."""

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
    """

    kind: str
    score: float
    second: str
    behind: float
    why: Span
    payer: Party | None
    payee: Party | None
    n_candidates: int


def decide(document: Document, cast: EntityIndex, meaning: Meaning, mention: AmountMention) -> Decision | None:
    """The decision on an amount; None if it is no figure."""
    scores = meaning.phrase_scores("fig", [(mention.first, mention.last)])[0]
    margins = scores[1:] - scores[0]
    barred = _barred(mention.amount)
    ranked = [int(k) for k in np.argsort(-margins, kind="stable") if KINDS[int(k)] not in barred]
    best, second = ranked[:2]
    if margins[best] <= GATE:
        return None
    payer = payee = None
    links = []
    if mention.amount.is_money and KINDS[best] in PAID:
        links = meaning.links("rfig", mention.first, best + 1, meaning.actors_near(mention.first))
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
        float(margins[best]),
        KINDS[second],
        float(margins[second]),
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


def _governor(document: Document, mention: AmountMention) -> Span:
    """The noun or verb that the amount depends on, else the amount."""
    for token in document.ancestors(document.tokens[mention.head]):
        if token.pos in ("NOUN", "PROPN", "VERB") and not mention.first <= token.i < mention.last:
            return token.span
    return mention.amount.span
