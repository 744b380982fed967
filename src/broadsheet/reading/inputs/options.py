"""The user's options for inputs, and the bounds for hostile ones."""

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
"""The supported formats; each may also be compressed by gzip or Zstandard."""

_WRITTEN = 16
"""Bytes per code point, including JSON escapes or markup and a share of what surrounds the text."""

ROLES = ("text", "title", "published_on", "publisher", "authors", "url", "language")
"""The fields of an article that a column of a table, or a value of a JSON object, can have."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for inputs; what exceeds one is a reject.

    A plain text is read up to the bytes that ``characters`` can take; the other bounds are for markup, metadata and
    other articles around the text.

    Attributes:
        characters: Code points of the canonical text of one article, in any format.
        article_bytes: Bytes of one web page or one cell of a table.
        line_bytes: Bytes of a line of JSON Lines or a row of a table.
        document_bytes: Bytes of a JSON or XML document, which is read whole.
        expanded_bytes: Unpacked bytes of one file or archive.
        expansion: Ratio of unpacked to compressed size that a file over ``expansion_floor`` may have.
        expansion_floor: Unpacked bytes below which the ratio is not checked.
        elements: Elements of one page or XML document.
        depth: Nesting of elements in a page or XML document.
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
        """The bounds for articles of up to ``max_characters`` code points; the other bounds grow with it.

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
    """The user's options for inputs.

    Attributes:
        metadata: Metadata of every article; they take precedence over the document's.
        encoding: The encoding of text that is neither UTF-8 nor declared.
        columns: Role (one of :data:`ROLES`) to the name of a column, or to the dotted path of a JSON value.
        format: One of :data:`FORMATS`, instead of detecting it.
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
                raise InputError("columns", f"{role!r} is not a role of columns", f"the roles are {', '.join(ROLES)}")
        if self.format is not None and self.format not in FORMATS:
            raise InputError("format", f"{self.format!r} is not supported", f"the formats are {', '.join(FORMATS)}")
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
            "--encoding", f"{name!r} is not a known text encoding", "name one such as utf-8 or windows-1252"
        ) from error
