"""Speakers that the layout names: a signature after a dash, a label before a colon.

These constructions are reliable and rare in running text, so rules decide them before the ranker runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.extraction.quotes.blocks import TURN
from broadsheet.extraction.quotes.candidates import Candidate
from broadsheet.extraction.quotes.heads import DASHES
from broadsheet.extraction.quotes.quoted_document import FREE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadsheet.analysis.document import Token
    from broadsheet.extraction.quotes.quoted_document import Quotation, QuotedDocument

SIGNED = "signed"
LABELLED = "labelled"

_LONGEST_SIGNATURE = 18
_LONGEST_LABEL = 6
_MARKS = frozenset("“”„\"«»‘'‹`")
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def layout_speaker(quoted: QuotedDocument, quote: Quotation) -> Candidate | None:
    """The speaker that the layout names, if any."""
    if quote.layout == TURN:
        return _turn(quoted, quote)
    if quoted.document.has_title and quote.paragraph == 0:
        return _headline_label(quoted, quote) or _signature(quoted, quote)
    return _label_before(quoted, quote) or _signature(quoted, quote)


def _turn(quoted: QuotedDocument, quote: Quotation) -> Candidate | None:
    """``OSTIN (in Norwegian): We shall see.`` in a transcript."""
    tokens = quoted.document.tokens
    low, _ = quoted.bounds[quote.paragraph]
    first = low
    while first < quote.inner_first and tokens[first].text[:1] in _MARKS:
        first += 1
    for i in range(first + 1, quote.inner_first):
        if tokens[i].text in {":", "("}:
            return Candidate(i - 1, None, LABELLED)
    return None


def _headline_label(quoted: QuotedDocument, quote: Quotation) -> Candidate | None:
    """``Ostin: Port plan 'a gamble'``: in a headline, the name before the colon is the speaker of what follows."""
    tokens = quoted.document.tokens
    low, _ = quoted.bounds[quote.paragraph]
    for i in range(low + 1, min(quote.first, low + _LONGEST_LABEL + 1)):
        if tokens[i].text == ":":
            name = tokens[low:i]
            return Candidate(i - 1, None, LABELLED) if _is_name(name) else None
    return None


def _is_name(tokens: Sequence[Token]) -> bool:
    return all(t.pos == "PROPN" or t.text == "." for t in tokens) and any(
        t.ent in {"PERSON", "ORG", "NORP"} for t in tokens
    )


def _label_before(quoted: QuotedDocument, quote: Quotation) -> Candidate | None:
    """``Ostin: "We shall see."`` if the name alone comes before the colon in its paragraph."""
    tokens = quoted.document.tokens
    low, _ = quoted.bounds[quote.paragraph]
    colon = quote.first - 1
    if not low < colon <= low + _LONGEST_LABEL or tokens[colon].text != ":":
        return None
    name = tokens[low:colon]
    if _is_name(name):
        return Candidate(colon - 1, None, LABELLED)
    return None


def _signature(quoted: QuotedDocument, quote: Quotation) -> Candidate | None:
    """A name after a dash, at the end of the paragraph or as the whole next one."""
    tokens = quoted.document.tokens
    low, high = quoted.bounds[quote.paragraph]
    first = quote.last
    if first >= high and quote.first == low and quote.paragraph + 1 < len(quoted.bounds):
        first, high = quoted.bounds[quote.paragraph + 1]
    while first < high and tokens[first].text in {".", ","}:
        first += 1
    if first >= high or tokens[first].text not in DASHES:
        return None
    last = first + 1
    while last < high and quoted.quote_of[last] == FREE and last - first <= _LONGEST_SIGNATURE:
        if tokens[last].tag in _FINITE:
            return None
        last += 1
    if last < high and quoted.quote_of[last] == FREE:
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
    return Candidate(end - 1, None, SIGNED)
