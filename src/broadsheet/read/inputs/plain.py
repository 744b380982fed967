"""Articles as plain text: one a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.read.decode import decode
from broadsheet.read.inputs.assemble import article
from broadsheet.read.metadata import Metadata

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.read.inputs.results import Found, Reject
    from broadsheet.read.inputs.source import Source


def read(source: Source) -> Iterator[Found | Reject]:
    """The article of a text; its first line is the headline, unless the user says otherwise."""
    text = decode(source.whole(source.limits.article_bytes), place=source.place, encoding=source.encoding)
    yield article(source, source.place, text, Metadata(), titled=False)
