"""Puts an article together from what a format gave: the headline on the first line, then the body."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.base.limit import check_length, most_bytes
from broadsheet.reading.article import from_text
from broadsheet.reading.canonical import canonical, tidy
from broadsheet.reading.inputs.results import Found, Reject

if TYPE_CHECKING:
    from broadsheet.reading.inputs.source import Source
    from broadsheet.reading.metadata import Metadata

_STRAIGHT = str.maketrans("‘’“”", "''\"\"")


def article(source: Source, place: str, body: str, stated: Metadata, *, titled: bool) -> Found | Reject:
    """The article of a body and of what a document states, or why it is none.

    Args:
        source: Where it is from; what the user said of it wins over what the document states.
        place: Where in the source.
        body: The text as found. Its headline may stand on its first line, and is put there where it does not.
        stated: What the document says of the article.
        titled: Whether the format has a place for the headline: then a document that leaves it empty has none, and
            the first line of the body is no headline.
    """
    said = source.said.over(stated)
    if titled and said.title is None:
        said = replace(said, title="")
    try:
        # Before anything is made of it; blanks and marks that the canonical text leaves out may be most of it.
        if len(body) > most_bytes(source.limits.characters):
            check_length(body, place, source.limits.characters)
        # On its own, so that the length of the headline has no say in whether the body is hard-wrapped.
        text = canonical(body)
        if said.title and _key(text.partition("\n")[0]) != _key(said.title):
            text = f"{tidy(said.title)}\n\n{text}"
        return Found(place, from_text(text, said, place, source.limits.characters))
    except InputError as error:
        return Reject.of(error)


def _key(line: str) -> str:
    return tidy(line).translate(_STRAIGHT).casefold()
