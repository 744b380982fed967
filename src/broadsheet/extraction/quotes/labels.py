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
_LONGEST_LABEL = 18
_TOPICS = frozenset({"on", "about"})
_CLAUSE = frozenset({"VERB", "AUX", "PRON"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
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
    """The name that opens a paragraph: ``Ostin, Port Hall (Oslo): "We shall see."``, ``Ostin: Plan 'a gamble'``."""
    tokens = quoted.document.tokens
    low, _ = quoted.bounds[quote.paragraph]
    places = range(low + 1, min(quote.first, low + _LONGEST_LABEL + 1))
    colon = next((i for i in places if tokens[i].text == ":"), None)
    if colon is None or not (colon == quote.first - 1 or quoted.document.in_title(tokens[colon])):
        return None
    label = tokens[low:colon]
    if label[0].lower in _TOPICS:
        return _introduced(quoted, low) if all(t.dep not in _SUBJECTS for t in label) else None
    name = [*takewhile(lambda t: t.pos == "PROPN" or t.text == "." or t.ent in _NAMES, label)]
    if any(t.pos in _CLAUSE for t in label) or not {t.ent for t in name} & _NAMES:
        return None
    return Candidate(name[-1].i, None, LABELLED)


def _introduced(quoted: QuotedDocument, low: int) -> Candidate | None:
    """Whom the paragraph before a list of topics names as the speaker: ``Ostin then spoke:``, ``On fees: "No."``."""
    tokens = quoted.document.tokens
    ends = (last for first, last in quoted.bounds if last <= low and tokens[first].lower not in _TOPICS)
    last = max(ends, default=0)
    first = quoted.document.sentence_of(tokens[last - 1]).first
    subject = next((t for t in tokens[first:last] if t.dep in _SUBJECTS and t.pos == "PROPN"), None)
    return Candidate(subject.i, None, LABELLED) if subject is not None and tokens[last - 1].text == ":" else None


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
