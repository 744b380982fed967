"""The amounts of an article, located in its sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.extraction.amounts import find_amounts
from broadsheet.extraction.amounts.lexicon import lexicon

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.amounts import Amount

_LEADS = frozenset(
    {"about", "almost", "approximately", "around", "more", "nearly", "or", "over", "roughly", "some", "than"}
)
_REACH = 8
"""Tokens before an amount in which a word can compare it with the one before."""


@dataclass(frozen=True, slots=True)
class AmountMention:
    """An amount and its tokens.

    Attributes:
        amount: The result of the amount parser.
        first: Index of its first token.
        last: Index after its last token.
        head: Index of its head token in the sentence.
        sentence: Index of the sentence.
        in_title: Whether it is in the headline.
        of: For a conversion in brackets, index of the mention right before it that it converts; else None.
        than: Index of the mention before it with which the text compares it (missing forecasts of); else None.
    """

    amount: Amount
    first: int
    last: int
    head: int
    sentence: int
    in_title: bool
    of: int | None = None
    than: int | None = None


def sightings(document: Document, country: str | None = None) -> list[AmountMention]:
    """All amounts of the article, in reading order; ``country`` is the one whose dollars a bare dollar means."""
    article = document.article
    found: list[AmountMention] = []
    text = document.text
    for amount in find_amounts(text, language=article.language, country=country, max_characters=len(text)):
        first, last = document.range_of(amount.span)
        if first == last or (last < len(document.tokens) and document.tokens[last].text == "="):
            continue  # the one of an exchange rate: $1 = 0.92 euros
        head = _head(document, first, last)
        previous = len(found) - 1
        converts = bool(found) and _converts(document, found[-1], amount)
        if found and not converts and found[-1].of is not None:
            previous = found[-1].of
        compares = bool(found) and not converts and _compares(document, found[previous], amount, first)
        found.append(
            AmountMention(
                amount,
                first,
                last,
                head.i,
                head.sentence,
                document.in_title(head),
                previous if converts else None,
                previous if compares else None,
            )
        )
    return found


def _compares(document: Document, before: AmountMention, amount: Amount, first: int) -> bool:
    """Whether an amount is what the one before it is compared with: rose to 5 million from 3, missing forecasts."""
    if before.amount.unit != amount.unit or before.sentence != document.tokens[first].sentence:
        return False
    for token in reversed(document.tokens[max(before.last, first - _REACH) : first]):
        if lexicon().plays(token.lower, "comparison"):
            return True
        if token.pos in ("NOUN", "PROPN", "VERB", "AUX", "NUM"):
            return False
    return False


def _head(document: Document, first: int, last: int) -> Token:
    """The token that links the amount to its sentence: of those with a head outside, the one that governs most."""
    outer = [t for t in document.tokens[first:last] if t.head == t.i or not first <= t.head < last]
    spread = [(edges[1] - edges[0], t.i) for t in outer for edges in (document.edges(t),)]
    return document.tokens[max(spread)[1]] if spread else document.tokens[first]


def _converts(document: Document, before: AmountMention, amount: Amount) -> bool:
    """Whether an amount alone in brackets, after another amount of money, gives it in another currency."""
    one = before.amount
    if not (one.is_money and amount.is_money) or one.unit == amount.unit or amount.span.start - one.span.end > 60:
        return False
    # The unit of a price is between: $3 a barrel (2.80 euros).
    end = one.per_span.end if one.per_span is not None else one.span.end
    opening, bracket, words = document.text[end : amount.span.start].partition("(")
    closing = document.text[amount.span.end : amount.span.end + 40]
    return bool(bracket) and not opening.strip() and set(words.split()) <= _LEADS and closing.lstrip()[:1] == ")"
