"""Articles as plain text, one per file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.base.limit import most_bytes, too_many_bytes
from broadsheet.reading.decode import decode
from broadsheet.reading.files import read_up_to
from broadsheet.reading.inputs.assemble import article
from broadsheet.reading.metadata import Metadata

if TYPE_CHECKING:
    from collections.abc import Iterator

    from broadsheet.reading.inputs.results import Found, Reject
    from broadsheet.reading.inputs.source import Source


def read(source: Source) -> Iterator[Found | Reject]:
    """The article of a text; its first line is the headline, unless the user gives another."""
    text = decode(_data(source), place=source.place, encoding=source.encoding)
    yield article(source, source.place, text, Metadata(), titled=False)


def _data(source: Source) -> bytes:
    limit = source.limits.characters
    size = source.path.stat().st_size if source.path is not None else 0
    if size > (most := most_bytes(limit)):
        raise too_many_bytes(source.place, size, limit, known=True)
    data = read_up_to(source.stream, most + 1)
    if len(data) > most:
        raise too_many_bytes(source.place, most, limit, known=False)
    return data
