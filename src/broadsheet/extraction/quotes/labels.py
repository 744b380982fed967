"""Speakers that the layout names: a signature behind a dash, a label before a colon.

These constructions are sure where they occur and rare in running text, so rules decide them before the ranker is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.quotes.blocks import TURN
from broadsheet.extraction.quotes.candidates import Tie
from broadsheet.extraction.quotes.heads import DASHES
from broadsheet.extraction.quotes.scene import FREE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.analysis.document import Token
    from broadsheet.extraction.quotes.scene import Quoted, Scene

SIGNED = "signed"
LABELLED = "labelled"

_LONGEST_SIGNATURE = 18
_LONGEST_LABEL = 6
_MARKS = frozenset("“”„\"«»‘'‹`")
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def laid_out(scene: Scene, quote: Quoted) -> Tie | None:
    """The speaker that the layout names, if it does."""
    if quote.layout == TURN:
        return _turn(scene, quote)
    if scene.document.has_title and quote.paragraph == 0:
        return _headline_label(scene, quote) or _signature(scene, quote)
    return _label_before(scene, quote) or _signature(scene, quote)


def _turn(scene: Scene, quote: Quoted) -> Tie | None:
    """``OSTIN (in Norwegian): We shall see.`` in a transcript."""
    tokens = scene.document.tokens
    low, _ = scene.bounds[quote.paragraph]
    first = low
    while first < quote.inner_first and tokens[first].text[:1] in _MARKS:
        first += 1
    for i in range(first + 1, quote.inner_first):
        if tokens[i].text in {":", "("}:
            return Tie(i - 1, None, LABELLED)
    return None


def _headline_label(scene: Scene, quote: Quoted) -> Tie | None:
    """``Ostin: Port plan 'a gamble'``: the name before the colon says what a headline quotes behind it."""
    tokens = scene.document.tokens
    low, _ = scene.bounds[quote.paragraph]
    for i in range(low + 1, min(quote.first, low + _LONGEST_LABEL + 1)):
        if tokens[i].text == ":":
            name = tokens[low:i]
            return Tie(i - 1, None, LABELLED) if _is_name(name) else None
    return None


def _is_name(tokens: Sequence[Token]) -> bool:
    return all(t.pos == "PROPN" or t.text == "." for t in tokens) and any(
        t.ent in {"PERSON", "ORG", "NORP"} for t in tokens
    )


def _label_before(scene: Scene, quote: Quoted) -> Tie | None:
    """``Ostin: "We shall see."`` where nothing but the name stands before the colon in its paragraph."""
    tokens = scene.document.tokens
    low, _ = scene.bounds[quote.paragraph]
    colon = quote.first - 1
    if not low < colon <= low + _LONGEST_LABEL or tokens[colon].text != ":":
        return None
    name = tokens[low:colon]
    if _is_name(name):
        return Tie(colon - 1, None, LABELLED)
    return None


def _signature(scene: Scene, quote: Quoted) -> Tie | None:
    """A name behind a dash that ends the paragraph, or makes up the next one."""
    tokens = scene.document.tokens
    low, high = scene.bounds[quote.paragraph]
    first = quote.last
    if first >= high and quote.first == low and quote.paragraph + 1 < len(scene.bounds):
        first, high = scene.bounds[quote.paragraph + 1]
    while first < high and tokens[first].text in {".", ","}:
        first += 1
    if first >= high or tokens[first].text not in DASHES:
        return None
    last = first + 1
    while last < high and scene.quote_of[last] == FREE and last - first <= _LONGEST_SIGNATURE:
        if tokens[last].tag in _FINITE:
            return None
        last += 1
    if last < high and scene.quote_of[last] == FREE:
        return None
    name = first + 1
    while name < last and tokens[name].pos == "DET":
        name += 1
    if name >= last or tokens[name].pos != "PROPN" or not tokens[name].text[:1].isupper():
        return None
    end = name + 1
    while (
        end < last
        and tokens[end].text not in {",", ".", "(", ";", ":"} | DASHES
        and tokens[end].pos not in {"ADP", "PUNCT"}
        and tokens[end].tag != "POS"
    ):
        end += 1
    return Tie(end - 1, None, SIGNED)
