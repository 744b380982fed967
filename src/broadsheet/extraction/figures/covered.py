"""Finds the measure whose covered trade a sum is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.found import Rule, rule
from broadsheet.reference.trade import measures_named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.figures.sightings import AmountMention
    from broadsheet.tables.rows import TariffRow

_CLAUSES = frozenset({"ROOT", "ccomp", "relcl", "advcl", "acl", "parataxis"})
_UNSPECIFIC = frozenset({"sanction", "countermeasure"})
"""Measures of no kind of their own."""


def covering(
    document: Document, tariffs: Sequence[TariffRow], mention: AmountMention
) -> tuple[str | None, Rule | None]:
    """The key of the row whose covered trade a sum is, if a measure governs it, and the rule.

    The row is one that has the sum in its clause, else one in its sentence.
    """
    measure = _measure_over(document, document.tokens[mention.head]) if tariffs else None
    if measure is None:
        return None, None
    span, sentence = mention.amount.span, document.sentences[mention.sentence].span
    where, around = "clause", [r for r in tariffs if r.char_start <= span.start and span.end <= r.char_end]
    if not around:
        where, around = "sentence", [r for r in tariffs if sentence.start < r.char_end and r.char_start < sentence.end]
    if not around:
        return None, None
    shortest = min(around, key=lambda r: (r.char_end - r.char_start, r.char_start, r.tariff_id))
    return shortest.tariff_id, rule(f"financial_figures.tariff_id.{where}", word=measure.span)


def _measure_over(document: Document, token: Token) -> Token | None:
    """The measure that applies to goods or a sum: tariffs on 5 billion dollars of imports, the imposition of them."""
    for head in document.ancestors(token):
        if _is_measure(head):
            return head
        if token.dep == "prep" and token.lower in ("on", "against", "over", "for"):
            for child in document.children(head, "dobj", "nsubjpass", "prep"):
                named = document.child(child, "pobj") if child.lower == "of" else child
                if named is not None and _is_measure(named):
                    return named
        if head.pos == "VERB" and head.dep in _CLAUSES:
            return None
        token = head
    return None


def _is_measure(token: Token) -> bool:
    return token.lemma in _UNSPECIFIC or bool(measures_named(token.text))
