"""The names of goods, as the table has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from broadsheet.extraction.tariffs import goods
from broadsheet.extraction.tariffs.lexicon import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.analysis.document import Document, Token
    from broadsheet.base.span import Span
    from broadsheet.extraction.entity_index import EntityIndex

_LEFT = frozenset({"compound", "amod", "nmod", "nummod", "punct", "cc", "conj", "quantmod", "advmod", "npadvmod"})
_SKIPPED = frozenset({"DT", "PRP$", "CD", "PDT", "POS", "WP$"})
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
    words = _modifiers(document, cast, head)
    joints = [k for k, w in enumerate(words) if w.tag == "CC" or w.text == ","]
    generic = goods.singular(head.lower) in word_set("generic") | word_set("flow")
    last = words[joints[-1] + 1 :] if joints else words
    if joints and last and (generic or goods.known([*(w.lower for w in last), head.lower]) is not None):
        start = 0
        for joint in (*joints, len(words)):
            if part := _named([*words[start:joint], head]):
                yield Product(part, document.span(words[start].i if start < joint else head.i, head.i + 1), True)
            start = joint + 1
        return
    kept = last if joints else words
    if name := _named([*kept, head]):
        yield Product(name, document.span(kept[0].i if kept else head.i, head.i + 1))


def _modifiers(document: Document, cast: EntityIndex, head: Token) -> list[Token]:
    """The words before a noun that belong to its name."""
    out: list[Token] = []
    place = head.i - 1
    sentence = document.sentences[head.sentence]
    while place >= sentence.first and len(out) < _LONGEST:
        word = document.tokens[place]
        if not _belongs(document, word, head) or cast.state_of(place, place + 1) or cast.at(place) is not None:
            break
        out.append(word)
        place -= 1
    out.reverse()
    while out and (out[0].tag in _SKIPPED or out[0].pos == "PUNCT" or out[0].tag == "CC" or _spare(out[0])):
        out.pop(0)
    return out


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


def _spare(word: Token) -> bool:
    return word.lower in word_set("spare") or word.lower in ("foreign", "imported", "overseas", "domestic")


def _named(words: Sequence[Token]) -> str | None:
    """The words as one name in lower case; None for goods in general."""
    kept = [w for w in words if w.tag not in _SKIPPED and w.tag != "CC" and not _spare(w)]
    while kept and kept[0].pos == "PUNCT":
        kept = kept[1:]
    if len(kept) > 1 and goods.singular(kept[-1].lower) in word_set("flow"):
        kept = kept[:-1]  # steel imports
    general = word_set("generic") | word_set("flow") | {"item", "product", "thing"}
    if not kept or all(goods.singular(w.lower) in general for w in kept):
        return None
    out = ""
    for word in kept:
        glued = out.endswith("-") or word.text in ("-", "–", "'s", "’s") or not out
        out += ("" if glued else " ") + ("-" if word.text == "–" else word.lower)
    return out.strip("- ") or None
