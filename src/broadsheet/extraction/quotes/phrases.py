"""The extent of a speaker's noun phrase: with titles, without relative clauses and other additions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from broadsheet.analysis.document import Document, Token

_BEFORE = frozenset({"det", "amod", "compound", "nmod", "nummod", "poss", "predet", "quantmod", "case", "advmod"})
_TIES = frozenset({"of", "for", "from", "at", "in", "with", "by", "on", "to"})
_LONGEST = 12
_PEOPLE = frozenset({"PERSON"})


def noun_phrase(document: Document, place: int) -> tuple[int, int]:
    """First and last (exclusive) token of the noun phrase whose head is at ``place``.

    It includes determiners, titles and adjectives before the head. After a common noun it also includes prepositional
    phrases of possession or origin, and the name that follows (*the delegation's leader, Vera Ostin*).
    It excludes relative clauses, ages, party labels and descriptions after a name.
    """
    head = document.tokens[place]
    first, last = _opening(document, head), place + 1
    if head.pos == "PRON" or head.dep == "poss":
        return first, last
    last = _with_suffixes(document, head, last)
    while last + 1 < len(document.tokens) and head.pos == "NOUN" and _is_hyphen(document, document.tokens[last]):
        last += 2  # secretary-general
    if head.pos != "PROPN" or head.ent == "":
        last = _tail(document, head, last)
    return _without_dateline(document, head, first, last), last


def _opening(document: Document, head: Token) -> int:
    """The first token of a noun phrase."""
    first = place = head.i
    if head.pos == "PRON":
        return first
    for i in sorted((c for c in head.children if c < place), reverse=True):
        child = document.tokens[i]
        left, right = document.edges(child)
        if _is_hyphen(document, child) and right == first:
            first = left
            continue
        if child.dep not in _BEFORE or right != first or place - left > _LONGEST:
            break
        if child.dep == "advmod" and child.tag == "RB":
            break
        first = left
    return first


def _without_dateline(document: Document, head: Token, first: int, last: int) -> int:
    """The first token of a phrase after its dateline, which the parser may take for part of the name."""
    for i in range(first, head.i):
        if document.tokens[i].text in {"-", "--", "—", "–"} and not _is_hyphen(document, document.tokens[i]):
            first = i + 1
    while first < last - 1 and document.tokens[first].pos in {"PUNCT", "CCONJ", "SPACE"}:
        first += 1
    return first


def _is_hyphen(document: Document, token: Token) -> bool:
    """Whether a token is the hyphen inside a word: ``Jong-dae``."""
    if token.text not in {"-", "‑"} or not 0 < token.i < len(document.tokens) - 1:
        return False
    return document.tokens[token.i - 1].end == token.start and document.tokens[token.i + 1].start == token.end


def _with_suffixes(document: Document, head: Token, last: int) -> int:
    """The end of a name that continues after its head: ``Lund Jr.``."""
    tokens = document.tokens
    while (
        last < len(tokens)
        and head.ent in _PEOPLE
        and tokens[last].ent == head.ent
        and tokens[last].sentence == head.sentence
        and tokens[last].pos == "PROPN"
        and document.head(tokens[last]).i == head.i
    ):
        last += 1
    return last


def _tail(document: Document, head: Token, last: int) -> int:
    tokens = document.tokens
    for child in document.children(head):
        if child.i < last:
            continue
        left, right = document.edges(child)
        if child.dep == "prep" and left == last and child.lower in _TIES and right - left <= _LONGEST:
            last = _until_comma(document, left, right)
        elif (
            child.dep == "appos"
            and (child.ent in _PEOPLE or (child.pos == "PROPN" and left == last))
            and left - last <= 1
            and child.i - last < _LONGEST
        ):
            first = _without_dateline(document, child, _opening(document, child), child.i + 1)
            if first - last <= 1:
                return _with_suffixes(document, child, child.i + 1)
        elif child.dep == "punct" and child.text == ",":
            continue
        else:
            break
    if head.i < last - 1 and last < len(tokens) and tokens[last - 1].tag == "POS":
        last -= 1
    return last


def _until_comma(document: Document, first: int, last: int) -> int:
    """The end of a prepositional phrase, before any comma or clause."""
    for i in range(first, last):
        token = document.tokens[i]
        marks = token.text in {",", ";", ":", "(", "-", "–", "—"} and not _is_hyphen(document, token)
        if marks or token.dep in {"relcl", "acl"} or token.tag == "WDT":
            return i
    return last
