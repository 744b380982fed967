"""Speakers that the layout names, decided before the ranker: a signature after a dash, a label before a colon."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from broadsheet.extraction.quotes.blocks import TURN
from broadsheet.extraction.quotes.phrases import DASHES, Candidate
from broadsheet.extraction.quotes.quoted_document import FREE

if TYPE_CHECKING:
    from broadsheet.extraction.quotes.quoted_document import Quotation, QuotedDocument

SIGNED = "signed"
LABELLED = "labelled"
_LONGEST_LABEL = 6
_NAMES = frozenset({"PERSON", "ORG", "NORP"})


def layout_speaker(quoted: QuotedDocument, quote: Quotation) -> Candidate | None:
    """The speaker that the layout names, if any."""
    if quote.layout == TURN:
        return _turn(quoted, quote)
    return _label(quoted, quote) or _signature(quoted, quote)


def _turn(quoted: QuotedDocument, quote: Quotation) -> Candidate | None:
    """``OSTIN (in Norwegian): We shall see.`` in a transcript."""
    low, _ = quoted.bounds[quote.paragraph]
    label = quoted.document.tokens[low : quote.inner_first]
    end = next((token.i for token in label[1:] if token.text in {":", "("}), None)
    return Candidate(end - 1, None, LABELLED) if end is not None else None


def _label(quoted: QuotedDocument, quote: Quotation) -> Candidate | None:
    """The name that opens a paragraph: ``Ostin: "We shall see."``, or a headline's ``Ostin: Port plan 'a gamble'``."""
    tokens = quoted.document.tokens
    low, _ = quoted.bounds[quote.paragraph]
    places = range(low + 1, min(quote.first, low + _LONGEST_LABEL + 1))
    colon = next((i for i in places if tokens[i].text == ":"), None)
    if colon is None or not (colon == quote.first - 1 or quoted.document.in_title(tokens[colon])):
        return None
    name = tokens[low:colon]
    if not all(t.pos == "PROPN" or t.text == "." for t in name) or not {t.ent for t in name} & _NAMES:
        return None
    return Candidate(colon - 1, None, LABELLED)


def _signature(quoted: QuotedDocument, quote: Quotation) -> Candidate | None:
    """``"We shall see." — Ostin, Oslo``: the name after a dash, at the end of the paragraph."""
    tokens = quoted.document.tokens
    _, high = quoted.bounds[quote.paragraph]
    if quote.last >= high or tokens[quote.last].text not in DASHES:
        return None
    signature = takewhile(lambda t: quoted.quote_of[t.i] == FREE, tokens[quote.last + 1 : high])
    name = list(takewhile(lambda t: t.pos not in {"ADP", "PUNCT"} and t.tag != "POS", signature))
    if not name or name[0].pos != "PROPN" or not name[0].text[0].isupper():
        return None
    return Candidate(name[-1].i, None, SIGNED)
