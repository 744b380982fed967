"""The names of goods, as the table has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.reference import goods
from broadsheet.reference.trade import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.analysis.document import Document, Token
    from broadsheet.base.span import Span
    from broadsheet.extraction.entity_index import EntityIndex

_LEFT = frozenset({"compound", "amod", "nmod", "nummod", "punct", "cc", "conj", "quantmod", "advmod", "npadvmod"})
_SKIPPED = frozenset({"DT", "PRP$", "CC", "CD", "PDT", "POS", "WP$"})
_GENERAL = word_set("generic") | word_set("flow")
_LONGEST = 8
"""Words of a name that are looked at, from its head to the left."""


@dataclass(frozen=True, slots=True)
class Product:
    """Goods: the name in lower case and the characters that it is printed with."""

    name: str
    span: Span
    shared: bool = False


def products_of(document: Document, cast: EntityIndex, head: Token) -> Iterator[Product]:
    """The goods that a noun phrase names; several where parts share a head (*meat and dairy products*).

    Nothing is given for goods in general (*all products*, *Chinese imports*).
    """
    if is_party(cast, head.i):
        return
    words = _modifiers(document, cast, head)
    joints = [k for k, w in enumerate(words) if w.tag == "CC" or w.text == ","]
    last = words[joints[-1] + 1 :] if joints else words
    generic = goods.singular(head.lower) in _GENERAL
    if joints and last and (generic or goods.entry_of(" ".join(w.lower for w in (*last, head))) is not None):
        starts = [0, *(joint + 1 for joint in joints)]
        for start, stop in zip(starts, [*joints, len(words)], strict=True):
            part = [*words[start:stop], head]
            if name := _named(part):
                yield Product(name, document.span(part[0].i, head.i + 1), True)
    elif name := _named([*last, head]):
        yield Product(name, document.span(last[0].i if last else head.i, head.i + 1))


def is_party(cast: EntityIndex, place: int) -> bool:
    """Whether a token is part of the name of a person or body, which names no goods and no measure."""
    named = cast.at(place)
    return named is not None and cast.kind_of(named.actor_id) in ("person", "organization")


def _modifiers(document: Document, cast: EntityIndex, head: Token) -> list[Token]:
    """The words before a noun that belong to its name."""
    out: list[Token] = []
    sentence = document.sentences[head.sentence]
    for place in range(head.i - 1, max(sentence.first, head.i - _LONGEST) - 1, -1):
        word = document.tokens[place]
        if not _belongs(document, word, head) or cast.state_of(place, place + 1) or cast.at(place) is not None:
            break
        out.append(word)
    while out and (out[-1].tag in _SKIPPED or out[-1].pos == "PUNCT" or out[-1].lower in word_set("spare")):
        out.pop()
    return out[::-1]


def _belongs(document: Document, word: Token, head: Token) -> bool:
    """Whether a word hangs on a noun by modifiers alone."""
    if word.pos in ("VERB", "ADP", "AUX", "SCONJ", "PART") and word.dep not in ("amod", "compound"):
        return False
    for _ in range(4):
        if word.dep not in _LEFT:
            return False
        if word.head == head.i:
            return True
        word = document.tokens[word.head]
        if word.i > head.i:
            return False
    return False


def _named(words: Sequence[Token]) -> str | None:
    """The words as one name in lower case; None for goods in general."""
    kept = [w for w in words if w.tag not in _SKIPPED and w.lower not in word_set("spare")]
    if len(kept) > 1 and goods.singular(kept[-1].lower) in word_set("flow"):
        kept = kept[:-1]  # steel imports
    if all(goods.singular(w.lower) in _GENERAL for w in kept):
        return None
    out = ""
    for word in kept:
        glued = out.endswith("-") or word.text in ("-", "–", "'s", "’s")
        out += ("" if glued else " ") + word.lower.replace("–", "-")
    return out.strip("- ") or None
