"""Assembles an article from the parts of a document: the headline on the first line, then the body."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.base.limit import check_length, most_bytes
from broadsheet.reading.article import from_text
from broadsheet.reading.canonical import canonical, comparable, tidy
from broadsheet.reading.inputs.results import Found, Reject

if TYPE_CHECKING:
    from broadsheet.reading.inputs.source import Source
    from broadsheet.reading.metadata import Metadata


def article(source: Source, place: str, body: str, stated: Metadata, *, titled: bool) -> Found | Reject:
    """Makes an article, or a reject, from a body and the metadata that the document states.

    Args:
        source: The input; the user's metadata take precedence over the document's.
        place: The place in the source.
        body: The text as found, with or without the headline as its first line.
        stated: The metadata that the document states.
        titled: Whether the format has a place for the headline. If so, a document without one has no headline, and the
            first line of the body is not taken for it.
    """
    known = source.given.over(stated)
    if titled and known.title is None:
        known = replace(known, title="")
    try:
        if len(body) > most_bytes(source.limits.characters):
            check_length(body, place, source.limits.characters)
        # Leave the headline out: its length must not decide whether the body is hard-wrapped.
        text = canonical(body)
        if known.title and comparable(text.partition("\n")[0]) != comparable(known.title):
            text = f"{tidy(known.title)}\n\n{text}"
        return Found(place, from_text(text, known, place, source.limits.characters))
    except InputError as error:
        return Reject.of(error)
