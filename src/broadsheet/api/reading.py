"""Reads articles from any input: files, folders, patterns, dumps, crawls, tables in memory, texts."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from glob import iglob
from typing import TYPE_CHECKING, Protocol, TypeAlias, overload

from broadsheet.base.coerce import StrPath, as_path, check_date, optional
from broadsheet.base.errors import InputError
from broadsheet.base.limit import MAX_CHARACTERS
from broadsheet.reading import Article, Metadata, metadata
from broadsheet.reading import read as read_one
from broadsheet.reading.inputs import (
    Found,
    InputOptions,
    Limits,
    Reject,
    is_named_text,
    is_table,
    read_table,
    read_unit,
    units,
)
from broadsheet.reading.preference import preference

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    import pandas as pd


class ArrowTable(Protocol):
    """A table of Arrow, or of a library that exports Arrow streams (polars, DuckDB)."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The rows, by Arrow's PyCapsule interface."""


OneSource: TypeAlias = "Article | StrPath | pd.DataFrame | ArrowTable"
Source: TypeAlias = "OneSource | Iterable[OneSource]"

_SIGNS = frozenset("*?[")
"""Characters that make a name a pattern."""
_SHOWN = 60
"""The most characters of a text that an error shows."""


@dataclass(frozen=True, slots=True, repr=False)
class Articles(Sequence[Article]):
    """The articles that were read, in order, and the inputs that could not be read.

    Attributes:
        articles: The articles, each text once.
        rejects: Inputs that could not be read as an article: place, problem and fix of each.
        duplicates: Place and ``article_id`` of each repeated text.
        places: ``article_id`` to the place where it was found, for articles that were not named one by one.

    Example:
        >>> articles = read("news/")
        >>> len(articles), articles[0].title
        (1, 'Peru answers on copper')
        >>> articles.rejects[0].place
        'news/empty.html'
    """

    articles: tuple[Article, ...] = ()
    rejects: tuple[Reject, ...] = ()
    duplicates: tuple[tuple[str, str], ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.articles)

    @overload
    def __getitem__(self, at: int) -> Article: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Article]: ...

    def __getitem__(self, at: int | slice) -> Article | Sequence[Article]:
        """An article, or a slice of them."""
        return self.articles[at]

    def __repr__(self) -> str:
        counts = f"{len(self)} articles, {len(self.rejects)} rejects, {len(self.duplicates)} duplicates"
        return f"<Articles: {counts}>"


def read(
    source: Source | None = None,
    *,
    text: str | Iterable[str] | None = None,
    published_on: date | str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    authors: str | Sequence[str] | None = None,
    url: str | None = None,
    language: str | None = None,
    columns: Mapping[str, str] | None = None,
    format: str | None = None,  # noqa: A002 - the name of the option
    encoding: str | None = None,
    max_characters: int = MAX_CHARACTERS,
) -> Articles:
    r"""Reads articles.

    Args:
        source: One or more inputs: a path as ``str`` or ``Path`` (file, folder, or pattern such as ``"news/*.html"``;
            plain text, HTML, JSON Lines, CSV, Parquet, WARC and the other formats of ``docs/inputs.md``), a pandas or
            Arrow table with one article per row, or an :class:`Article`, whose metadata the options below replace.
        text: The text of one or more articles, instead of ``source``.
        published_on: Day of publication, a date or ``YYYY-MM-DD``. Like the other metadata, it applies to every article
            and takes precedence over a document or a sidecar ``ARTICLE.toml``.
        title: The headline, if it is not the first line; for a single article only.
        publisher: Who published it.
        authors: A byline, or several.
        url: Its address; for a single article only.
        language: BCP 47 tag of English, such as ``en-CA``.
        columns: For tables and JSON, the column of each field: ``{"text": "body", "title": "head.line"}``.
        format: Format of the files; detected by default.
        encoding: Encoding of the files, if it is neither UTF-8 nor declared.
        max_characters: The most code points that an article may have.

    Returns:
        The articles. Unreadable parts of folders, dumps and tables are in :attr:`Articles.rejects`.

    Raises:
        InputError: If a source does not exist, a named plain text file cannot be read, or an option is wrong.

    Example:
        >>> read("copper.txt", published_on="2024-05-17")[0].published_on
        datetime.date(2024, 5, 17)
        >>> frame = pd.DataFrame({"body": ["Talks open\n\nThe ministers met in Oslo on Monday.", None]})
        >>> articles = read(frame, columns={"text": "body"})
        >>> articles[0].title, articles.rejects[0].place
        ('Talks open', 'DataFrame:row 2')
        >>> read(text="Talks open\n\nNorway's minister met her Danish counterpart.\n")
        <Articles: 1 articles, 0 rejects, 0 duplicates>
    """
    if (source is None) == (text is None):
        raise InputError("source", "takes a source or a text", "pass either a source or text=…")
    given = article_metadata(published_on, title, publisher, authors, url, language)
    options = InputOptions(given, encoding, dict(columns or {}), format, Limits.of(max_characters))
    reader = _Reader(options)
    if text is not None:
        texts = [text] if isinstance(text, str) else list(text)
        reader.refuse_several(texts)
        for number, one in enumerate(texts, 1):
            reader.name(_text(one), f"text {number}")
    else:
        sources = _listed(source)
        reader.refuse_several(sources)
        for number, item in enumerate(sources, 1):
            reader.add(item, number)
    return reader.articles()


def article_metadata(
    published_on: date | str | None,
    title: str | None,
    publisher: str | None,
    authors: str | Sequence[str] | None,
    url: str | None,
    language: str | None,
) -> Metadata:
    """The metadata in the arguments, which apply to every article.

    Raises:
        InputError: If a value is wrong.
    """
    return Metadata(
        optional(check_date, published_on, "published_on"),
        optional(metadata.check_title, title, "title"),
        optional(metadata.check_text, publisher, "publisher"),
        optional(metadata.check_authors, authors, "authors"),
        optional(metadata.check_url, url, "url"),
        optional(metadata.check_language, language, "language"),
    )


class _Reader:
    """Collects the articles, each text once."""

    def __init__(self, options: InputOptions) -> None:
        self._options = options
        self._named: dict[str, tuple[str, Article]] = {}
        self._found: dict[str, tuple[str, Article]] = {}
        self._rejects: list[Reject] = []
        self._duplicates: list[tuple[str, str]] = []

    def refuse_several(self, sources: Sequence[object]) -> None:
        """Refuses options that belong to one article if there are several sources."""
        for option in ("title", "url"):
            if len(sources) > 1 and getattr(self._options.metadata, option):
                raise InputError(option, f"is given for {len(sources)} articles", "say it in the sidecar of each")

    def add(self, source: object, number: int) -> None:
        """Reads a source."""
        if isinstance(source, Article):
            self.name(source, f"source {number}")
        elif isinstance(source, (str, os.PathLike)):
            self._path(source)
        elif is_table(source):
            self._take(read_table(source, self._options))
        else:
            fix = "pass a path, an Article, a table, or several of these; a text goes into text=…"
            raise InputError(f"source {number}", f"is of type {type(source).__name__}", fix)

    def name(self, source: str | Path | Article, place: str) -> None:
        """Reads one article that must be valid.

        Raises:
            InputError: If it is not, or was given before.
        """
        given = self._options.metadata
        article = read_one(
            source,
            published_on=given.published_on,
            title=given.title,
            publisher=given.publisher,
            authors=given.authors,
            url=given.url,
            language=given.language,
            encoding=self._options.encoding,
            max_characters=self._options.limits.characters,
        )
        if article.article_id in self._named:
            first, _ = self._named[article.article_id]
            problem = "is named twice" if place == first else f"is the same article as {first}"
            raise InputError(place, problem, "name each article once")
        self._named[article.article_id] = place, article

    def _path(self, source: StrPath) -> None:
        if isinstance(source, str):
            _refuse_text(source)
        path = as_path(source, "source")
        if is_named_text(path) and not self._options.format and not self._options.columns:
            self.name(path, str(path))
            return
        for unit in units([path], self._options):
            self._take([unit] if isinstance(unit, Reject) else read_unit(unit, self._options))

    def _take(self, found: Iterable[Found | Reject]) -> None:
        for item in found:
            if isinstance(item, Reject):
                self._rejects.append(item)
                continue
            key = item.article.article_id
            before = self._found.get(key)
            if before is None:
                self._found[key] = item.place, item.article
                continue
            best, other = sorted([before, (item.place, item.article)], key=lambda found: preference(found[1]))
            self._found[key] = best
            self._duplicates.append((other[0], key))

    def articles(self) -> Articles:
        """Everything that was read."""
        again = [(place, key) for key, (place, _) in self._found.items() if key in self._named]
        found = {key: item for key, item in self._found.items() if key not in self._named}
        return Articles(
            tuple(article for _, article in (*self._named.values(), *found.values())),
            tuple(self._rejects),
            (*self._duplicates, *again),
            {key: place for key, (place, _) in found.items()},
        )


def _listed(source: object) -> list[object]:
    """The sources as a list."""
    if isinstance(source, (Article, str, os.PathLike)) or is_table(source) or not isinstance(source, Iterable):
        return [source]
    return list(source)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise InputError("text", f"is of type {type(value).__name__}", "pass a str, or several")
    return value


def _refuse_text(source: str) -> None:
    """Refuses a ``str`` that names no file: it is a text, or a wrong name.

    Raises:
        InputError: If it names none.
    """
    if source == "-" or os.path.lexists(source):
        return
    is_pattern = _SIGNS.intersection(source) and "\n" not in source and "\0" not in source
    if not is_pattern or next(iglob(source, recursive=True), None) is None:  # noqa: PTH207 - it may be absolute
        shown = source if len(source) <= _SHOWN else f"{source[:_SHOWN]}…"
        raise InputError(repr(shown), "names no file", "check the name; pass a text as text=…")
