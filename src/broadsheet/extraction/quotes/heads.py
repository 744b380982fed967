"""Corrects the head of a speaker's noun phrase if the parser picks the wrong subject.

Newspaper sentences contain things that confuse a parser trained on other text: datelines, ages, party labels in
brackets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document, Token
    from broadsheet.extraction.quotes.quoted_document import QuotedDocument

DASHES = frozenset({"-", "--", "–", "—", "―", "---"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
ATTRIBUTIVE = frozenset({"compound", "nmod", "amod"})
"""Dependency labels of the words before the head of a noun phrase."""
RELATIVES = frozenset({"who", "which", "that", "whom"})

_DATELINE = 12
"""The most tokens in a dateline."""


def is_head(token: Token) -> bool:
    """Whether a token may head a noun phrase."""
    return token.pos in {"NOUN", "PROPN", "PRON"} and token.dep not in ATTRIBUTIVE


def corrected_head(quoted: QuotedDocument, place: int) -> int:
    """The token that names the speaker if the parser gives ``place``; usually the same."""
    return _after_dateline(quoted, _before_brackets(quoted.document, antecedent(quoted.document, place)))


def _before_brackets(document: Document, place: int) -> int:
    """The noun phrase before brackets, if the parser takes their content for the head: ``Lund (Lab.) said``."""
    for i in range(place, max(place - 5, 0), -1):
        if document.tokens[i].text == ")" and i < place:
            break
        if document.tokens[i].text in {"(", "["}:
            return i - 1 if document.tokens[i - 1].pos in NOMINAL else place
    return place


def _after_dateline(quoted: QuotedDocument, place: int) -> int:
    """The first noun phrase after a dateline, if the parser takes the dateline as subject: ``OSLO -- Lund said``."""
    tokens = quoted.document.tokens
    first, last = quoted.bounds[tokens[place].paragraph]
    if place - first > _DATELINE or not tokens[first].text.isupper() or len(tokens[first].text) < 3:
        return place
    dash = next((t.i for t in tokens[place + 1 : min(last, first + _DATELINE)] if t.text in DASHES), None)
    if dash is None:
        return place
    return next((t.i for t in tokens[dash + 1 : min(last, dash + 10)] if is_head(t)), place)


def antecedent(document: Document, place: int) -> int:
    """The noun phrase that a relative pronoun refers to: the nearest one before it."""
    tokens = document.tokens
    if tokens[place].lower not in RELATIVES or tokens[place].tag not in {"WP", "WDT"}:
        return place
    first = document.sentences[tokens[place].sentence].first
    for i in range(place - 1, max(first, place - 12) - 1, -1):
        if is_head(tokens[i]) and tokens[i].dep not in {"pobj", "poss"}:
            return i
    return place
