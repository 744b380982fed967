"""The extent of a speaker's noun phrase: with titles, without relative clauses and other additions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document, Token

_BEFORE = frozenset({"det", "amod", "compound", "nmod", "nummod", "poss", "predet", "quantmod", "case"})
_TIES = frozenset({"of", "for", "from", "at", "in", "with", "by", "on", "to"})
_LONGEST = 12
_DASHES = frozenset({"-", "--", "—", "–"})
_STOPS = frozenset({",", ";", ":", "(", "-", "–", "—"})


def noun_phrase(document: Document, place: int) -> tuple[int, int]:
    """First and last (exclusive) token of the noun phrase whose head is at ``place``.

    It includes determiners, titles and adjectives before the head. After a common noun it also includes prepositional
    phrases of possession or origin, and the name that follows (*the delegation's leader, Vera Ostin*).
    It excludes relative clauses, ages, party labels and descriptions after a name.
    """
    tokens = document.tokens
    head = tokens[place]
    if head.pos == "PRON":
        return place, place + 1
    first, last = _opening(document, head), place + 1
    while last + 1 < len(tokens) and head.pos == "NOUN" and _is_hyphen(document, tokens[last]):
        last += 2  # secretary-general
    if head.pos != "PROPN" or not head.ent:
        last = _tail(document, head, last)
    # A dateline, which the parser may take for part of the name.
    dashes = (t.i for t in tokens[first:place] if t.text in _DASHES and not _is_hyphen(document, t))
    first = max(dashes, default=first - 1) + 1
    while first < place and tokens[first].pos in {"PUNCT", "CCONJ"}:
        first += 1
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
            last = next((t.i for t in document.tokens[left:right] if _is_stop(document, t)), right)
        elif child.dep == "appos" and child.pos == "PROPN" and left - last <= (child.ent == "PERSON"):
            return child.i + 1
        else:
            break
    return last


def _is_stop(document: Document, token: Token) -> bool:
    """Whether a token of a prepositional phrase begins a relative clause or another addition."""
    return (token.text in _STOPS and not _is_hyphen(document, token)) or token.tag == "WDT"
