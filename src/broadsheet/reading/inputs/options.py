"""What a user says of the inputs, and the bounds that a hostile input meets."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.base.limit import MAX_CHARACTERS, check_max_characters
from broadsheet.reading.metadata import Metadata

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMATS = ("text", "html", "jsonl", "json", "csv", "tsv", "parquet", "ninjs", "newsml", "nitf", "warc", "zip", "tar")
"""The formats that are read; each may also be packed by gzip or Zstandard."""

_WRITTEN = 16
"""Bytes that a code point may take with the escapes of JSON or markup, and its share of what stands around it."""

ROLES = ("text", "title", "published_on", "publisher", "authors", "url", "language")
"""What a column of a table, or a value of a JSON object, can say of an article."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of what is read; what passes one is a reject.

    A plain text is read up to the bytes that ``characters`` can take; the other bounds are for what stands around the
    text of an article: markup, metadata, and other articles.

    Attributes:
        characters: Of the canonical text of one article, in code points, whatever its format.
        article_bytes: Of one web page or one cell of a table.
        line_bytes: Of a line of JSON Lines, a record of a table, a header of a WARC record.
        document_bytes: Of what is read whole: a JSON document, an XML document.
        expanded_bytes: Of one file or archive once unpacked.
        expansion: How many times its packed size a file may unpack to, from ``expansion_floor`` bytes on.
        expansion_floor: Unpacked bytes up to which the ratio is not looked at.
        elements: Of one page or XML document.
        depth: Elements of a page or an XML document inside one another.
    """

    characters: int = MAX_CHARACTERS
    article_bytes: int = 10 << 20
    line_bytes: int = 16 << 20
    document_bytes: int = 32 << 20
    expanded_bytes: int = 1 << 40
    expansion: int = 200
    expansion_floor: int = 32 << 20
    elements: int = 20_000
    depth: int = 250

    @classmethod
    def of(cls, max_characters: int) -> Limits:
        """The bounds for articles of up to so many code points: the others grow with them.

        Raises:
            InputError: If it is not a whole number above 0.
        """
        most = _WRITTEN * check_max_characters(max_characters)
        default = cls()
        return cls(
            characters=max_characters,
            article_bytes=max(default.article_bytes, most),
            line_bytes=max(default.line_bytes, most),
            document_bytes=max(default.document_bytes, most),
        )


@dataclass(frozen=True, slots=True)
class InputOptions:
    """What was said of the inputs, all of it optional.

    Attributes:
        metadata: What holds for every article, whatever the document says; a title or an address can be one
            article's alone.
        encoding: The encoding of text, where it is neither UTF-8 nor declared.
        columns: Role (one of :data:`ROLES`) to the name of a column, or to the dotted path of a JSON value.
        format: One of :data:`FORMATS`, not to be told from the content.
        limits: The bounds.

    Raises:
        InputError: If a role or the format is unknown.
    """

    metadata: Metadata = field(default_factory=Metadata)
    encoding: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    format: str | None = None
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        for role in self.columns:
            if role not in ROLES:
                raise InputError("columns", f"{role!r} is no role of a column", f"the roles are {', '.join(ROLES)}")
        if self.format is not None and self.format not in FORMATS:
            raise InputError("format", f"{self.format!r} is not read", f"the formats are {', '.join(FORMATS)}")
        if self.encoding is not None:
            _check_encoding(self.encoding)

    def __reduce__(self) -> tuple[type[InputOptions], tuple[object, ...]]:
        columns = dict(self.columns) if isinstance(self.columns, MappingProxyType) else self.columns
        return InputOptions, (self.metadata, self.encoding, columns, self.format, self.limits)


def _check_encoding(name: str) -> None:
    try:
        "".encode(name)
    except (LookupError, ValueError) as error:
        raise InputError(
            "--encoding", f"no text encoding is called {name!r}", "name one such as utf-8 or windows-1252"
        ) from error
