"""Splits paragraphs into stretches and tokens, in linear time for any content."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from broadsheet.base.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

_CHUNK = 20_000
_BREAK = re.compile(r" (?=[^ ])")
_UNBROKEN = 300
"""The most code points without a blank to give the tokenizer at once. It removes marks one by one, so its time is
quadratic in their number. Only an address may be longer, no word of any language is.
"""
_LONG = re.compile(rf"\S{{{_UNBROKEN + 1},}}")
_OPENERS = (
    "The|An?|This|That|These|Those|He|She|It|They|We|I|You|His|Her|Its|Their|Our|My|There|But|And|So|If|As|When|While|"
    "After|Before|Since|In|On|At|For|To|With|By|From|Under|Mr|Mrs|Ms|Dr"
)
_LAST_LETTER = re.compile(rf"(?<![\w.&'’-])(?:[A-Z](?=\. (?:{_OPENERS})\b(?!\.))|(?<=\b[Oo]n )X(?=\. [A-Z\"“‘']))")
"""A capital that ends a sentence (*World War I. The*) and is no initial: what opens a sentence follows it, or it is the
platform X (*wrote on X. Norway*)."""


def chunks(text: str, paragraph: Span) -> Iterator[Span]:
    """The paragraph, or stretches of it of about ``_CHUNK`` code points that end with a sentence, else with a word."""
    start = paragraph.start
    while paragraph.end - start > _CHUNK:
        breaks = list(_BREAK.finditer(text, start + _CHUNK // 2, start + _CHUNK))
        closed = [m for m in breaks if text[m.start() - 1] in ".!?"]
        if breaks:
            chosen = (closed or breaks)[-1]
            end, following = chosen.start(), chosen.end()
        else:
            end = following = start + _CHUNK
        yield Span(start, end)
        start = following
    yield Span(start, paragraph.end)


def tokenized(nlp: Language, text: str) -> Doc:
    """The tokens of a text, in linear time even if blanks are rare."""
    from spacy.tokens import Doc

    cuts = [0, *sorted({*_cuts(text), *(found.end() for found in _LAST_LETTER.finditer(text))}), len(text)]
    docs = [nlp.make_doc(text[first:last]) for first, last in pairwise(cuts)]
    if len(docs) == 1:
        return docs[0]
    joined = Doc.from_docs(docs, ensure_whitespace=False)
    for place in accumulate(map(len, docs[:-1])):
        joined[place].is_sent_start = None  # a stretch need not begin with a sentence
    return joined


def _cuts(text: str) -> Iterator[int]:
    """Offsets at which to split stretches without a blank: not inside a word or number."""
    for run in _LONG.finditer(text):
        place = run.start() + _UNBROKEN
        while place < run.end():
            if text[place - 1].isalnum() and text[place].isalnum():
                place += 1
            else:
                yield place
                place += _UNBROKEN
