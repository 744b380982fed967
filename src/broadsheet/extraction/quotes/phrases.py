"""The noun phrase that names a speaker: the word that heads it, and how far it extends.

Newspaper sentences contain things that confuse a parser trained on other text: datelines, party labels in brackets.
"""

from __future__ import annotations

from dataclasses import dataclass
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

_BEFORE = frozenset({"det", "amod", "compound", "nmod", "nummod", "poss", "predet", "quantmod", "case"})
_TIES = frozenset({"of", "for", "from", "at", "in", "with", "by", "on", "to"})
_LONGEST = 12
_STOPS = frozenset({",", ";", ":", "(", "-", "–", "—"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A noun phrase, by its head (``source``), and what connects it to a quote: a ``cue`` word, if any, and ``how``.

    ``link`` is the index of the earlier quote whose speaker this is, if it is one.
    """

    source: int
    cue: int | None
    how: str
    link: int | None = None


def is_head(token: Token) -> bool:
    """Whether a token may head a noun phrase."""
    return token.pos in {"NOUN", "PROPN", "PRON"} and token.dep not in ATTRIBUTIVE


def corrected_head(quoted: QuotedDocument, place: int) -> int:
    """The token that names the speaker if the parser gives ``place``; usually the same."""
    return _after_dateline(quoted, antecedent(quoted.document, place))


def _after_dateline(quoted: QuotedDocument, place: int) -> int:
    """The first noun phrase after a dateline, if the parser takes the dateline as subject: ``OSLO -- Lund said``."""
    tokens = quoted.document.tokens
    first, last = quoted.bounds[tokens[place].paragraph]
    if not tokens[first].text.isupper() or len(tokens[first].text) < 3:
        return place
    dash = next((t.i for t in tokens[place + 1 : min(last, first + _DATELINE)] if t.text in DASHES), last)
    return next((t.i for t in tokens[dash + 1 : min(last, dash + 10)] if is_head(t)), place)


def antecedent(document: Document, place: int) -> int:
    """The noun phrase that a relative pronoun refers to: the nearest one before it."""
    tokens = document.tokens
    if tokens[place].lower not in RELATIVES or tokens[place].tag not in {"WP", "WDT"}:
        return place
    first = document.sentences[tokens[place].sentence].first
    verb = document.head(tokens[place])
    near = reversed(tokens[max(first, place - 12) : place])
    return next((t.i for t in near if is_head(t) and (t.i == verb.head or t.dep not in {"pobj", "poss"})), place)


def noun_phrase(document: Document, place: int) -> tuple[int, int]:
    """First and last (exclusive) token of the noun phrase whose head is at ``place``.

    It has determiners, titles and adjectives; after a common noun also prepositional phrases of possession or origin,
    and the name that follows. It has no relative clauses, ages, party labels and descriptions after a name.
    """
    tokens = document.tokens
    head = tokens[place]
    if head.pos == "PRON":
        return place, place + 1
    first, last = _opening(document, head), place + 1
    if head.pos != "PROPN" or not head.ent:
        last = _tail(document, head, last)
    # A dateline, which the parser may take for part of the name.
    dashes = (t.i for t in tokens[first:place] if t.text in DASHES and not _is_hyphen(document, t))
    first = max(dashes, default=first - 1) + 1
    return first, last


def _opening(document: Document, head: Token) -> int:
    """The first token of a noun phrase."""
    first = head.i
    for i in sorted((c for c in head.children if c < head.i), reverse=True):
        child = document.tokens[i]
        left, right = document.edges(child)
        part = (child.dep in _BEFORE and head.i - left <= _LONGEST) or _is_hyphen(document, child)
        if right != first or not part:
            break
        first = left
    return first


def _is_hyphen(document: Document, token: Token) -> bool:
    """Whether a token is the hyphen inside a word: ``Jong-dae``."""
    if token.text not in {"-", "‑"} or not 0 < token.i < len(document.tokens) - 1:
        return False
    return document.tokens[token.i - 1].end == token.start and document.tokens[token.i + 1].start == token.end


def _tail(document: Document, head: Token, last: int) -> int:
    """The end of a noun phrase, with what belongs to the noun and the name after it."""
    for child in document.children(head):
        left, right = document.edges(child)
        if child.i < last or child.text == ",":
            continue
        if child.dep == "prep" and left == last and child.lower in _TIES and right - left <= _LONGEST:
            stops = (t.i for t in document.tokens[left:right] if t.text in _STOPS and not _is_hyphen(document, t))
            last = next(stops, right)
        elif child.dep == "appos" and child.pos == "PROPN" and left - last <= (child.ent == "PERSON"):
            return child.i + 1
        else:
            break
    return last
