"""An article: its canonical text and metadata."""

from __future__ import annotations

import hashlib
import logging
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.base.limit import MAX_CHARACTERS, check_length, check_max_characters, most_bytes, too_many_bytes
from broadsheet.base.span import Span
from broadsheet.reading import metadata as check
from broadsheet.reading.canonical import canonical, comparable, tidy
from broadsheet.reading.decode import decode
from broadsheet.reading.files import read_bytes
from broadsheet.reading.language import check_english
from broadsheet.reading.metadata import Metadata
from broadsheet.reading.sidecar import read_sidecar
from broadsheet.tables.keys import article_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

_log = logging.getLogger(__name__)

DEFAULT_LANGUAGE = "en"

_BREAK = "\n\n"
_LONGEST_PATH = 4096
_MARKUP = {"<!doctype": "HTML or XML", "<html": "HTML", "<?xml": "XML", "{\\rtf": "RTF", "%pdf-": "PDF"}


@dataclass(frozen=True, slots=True)
class Article:
    """A news article, ready to be analysed; :func:`read` makes one.

    Attributes:
        text: Canonical text.
        title: Headline, or None. If the text's first line is that headline and more follows, the line is not part of
            the body; case, spaces and the form of quotation marks make no difference.
        publisher: Who published it.
        authors: Bylines, in order.
        url: Its address.
        published_on: Day of publication.
        language: BCP 47 tag, ``en`` or finer.
        text_sha256: SHA-256 of the text in UTF-8, 64 hex digits.
        title_span: The first line if it is the title, else None.
        paragraphs: Paragraphs of the body, in order; every character is in one or in the title, except line ends and
            spaces at the start of a line.

    Raises:
        ValueError: If ``text`` is not in canonical form.

    Example:
        >>> article = read("copper.txt")[0]
        >>> article.title, article.published_on, len(article.paragraphs)
        ('Peru answers on copper', datetime.date(2024, 5, 17), 2)
    """

    text: str
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    published_on: date | None = None
    language: str = DEFAULT_LANGUAGE
    text_sha256: str = field(init=False, repr=False, compare=False)
    title_span: Span | None = field(init=False, repr=False, compare=False)
    paragraphs: tuple[Span, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if canonical(self.text) != self.text:
            raise ValueError("the text is not in canonical form")
        lines = _line_spans(self.text)
        has_title = (
            self.title is not None and len(lines) > 1 and comparable(self.title) == comparable(lines[0].of(self.text))
        )
        # Computed once: every key of the article's rows depends on it.
        object.__setattr__(self, "text_sha256", hashlib.sha256(self.text.encode()).hexdigest())
        object.__setattr__(self, "title_span", lines[0] if has_title else None)
        object.__setattr__(self, "paragraphs", lines[1:] if has_title else lines)

    @property
    def article_id(self) -> str:
        """Key of the article: ``art_`` and the first 16 hex digits of :attr:`text_sha256`."""
        return article_key(self.text_sha256)

    @property
    def n_characters(self) -> int:
        """Code points of the text, title and line ends included."""
        return len(self.text)

    @property
    def n_words(self) -> int:
        """Words of title and body, separated by white space."""
        return len(self.text.split())

    @property
    def n_paragraphs(self) -> int:
        """Paragraphs of the body."""
        return len(self.paragraphs)


def read(
    source: str | Path | Article,
    *,
    published_on: date | str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    authors: str | Sequence[str] | None = None,
    url: str | None = None,
    language: str | None = None,
    encoding: str | None = None,
    max_characters: int = MAX_CHARACTERS,
) -> Article:
    """Reads an article.

    Args:
        source: A text, the path of a file with one, or an article, whose metadata the options then replace. A sidecar
            ``NAME.toml`` next to ``NAME.txt`` may set the same options; options given here take precedence.
        published_on: Day of publication, a date or ``YYYY-MM-DD``. Without it, relative dates stay unresolved.
        title: Headline. Without it, if there are several paragraphs, the first is the headline. One that differs from
            the first line makes that line part of the body; the empty string means that there is no headline.
        publisher: Who published it.
        authors: A byline, several bylines separated by ``;``, or a sequence of bylines.
        url: Its address.
        language: BCP 47 tag, ``en`` if not given.
        encoding: Encoding of the file; by default that of its byte order mark, or UTF-8.
        max_characters: The most code points that the article may have; a longer one is rejected before it is fully
            read.

    Raises:
        InputError: If the source cannot be read, is empty, binary, too long, without a letter or not English, or if an
            option or a key of the sidecar is wrong.
    """
    check_max_characters(max_characters)
    given = Metadata(
        None if published_on is None else check.check_date(published_on, "published_on"),
        None if title is None else check.check_title(title, "title"),
        None if publisher is None else check.check_text(publisher, "publisher"),
        None if authors is None else check.check_authors(authors, "authors"),
        None if url is None else check.check_url(url, "url"),
        None if language is None else check.check_language(language, "language"),
    )
    if isinstance(source, Path):
        return _from_file(source, given, encoding, max_characters)
    if encoding is not None:
        raise InputError("encoding", "applies only to files", "leave it out, or pass a pathlib.Path")
    if isinstance(source, Article):
        known = Metadata(
            source.published_on, source.title, source.publisher, source.authors, source.url, source.language
        )
        check_length(source.text, source.title or source.article_id, max_characters)
        return _make(source.text, given.over(known))
    if isinstance(source, str):
        _refuse_path(source)
        return from_text(source, given, "text", max_characters)
    raise InputError("source", f"is of type {type(source).__name__}", "pass a str, a pathlib.Path or an Article")


def read_all(
    sources: Iterable[str | Path | Article],
    *,
    published_on: date | str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    authors: str | Sequence[str] | None = None,
    url: str | None = None,
    language: str | None = None,
    encoding: str | None = None,
    max_characters: int = MAX_CHARACTERS,
) -> tuple[Article, ...]:
    """Reads several articles, with the same options for all.

    Raises:
        InputError: As :func:`read`; if two sources have the same canonical text; or if ``title`` or ``url``, which
            belong to one article, is given for several.
    """
    listed = list(sources)
    for option, value in (("title", title), ("url", url)):
        if value and len(listed) > 1:
            raise InputError(option, f"is given for {len(listed)} articles", "state it in the sidecar of each")
    seen: dict[str, str] = {}
    articles = []
    for number, source in enumerate(listed, 1):
        article = read(
            source,
            published_on=published_on,
            title=title,
            publisher=publisher,
            authors=authors,
            url=url,
            language=language,
            encoding=encoding,
            max_characters=max_characters,
        )
        place = str(source) if isinstance(source, Path) else f"source {number}"
        first = seen.setdefault(article.article_id, place)
        if len(seen) < number:
            problem = "is named twice" if place == first else f"is the same article as {first}"
            raise InputError(place, problem, "name each article once")
        articles.append(article)
    _log.info("read %s articles of %s words", len(articles), sum(article.n_words for article in articles))
    return tuple(articles)


def _from_file(path: Path, given: Metadata, encoding: str | None, max_characters: int) -> Article:
    data = read_bytes(
        path,
        most_bytes(max_characters),
        lambda place, size: too_many_bytes(place, size, max_characters, known=True),
    )
    sidecar = read_sidecar(path)
    text = decode(data, place=str(path), encoding=encoding or sidecar.encoding)
    return from_text(text, given.over(sidecar.metadata), str(path), max_characters)


def from_text(raw: str, stated: Metadata, place: str, max_characters: int) -> Article:
    """Makes an article from a raw text.

    Args:
        raw: The text; its first line may be a headline.
        stated: The known metadata.
        place: The source of the text, for the error.
        max_characters: The most code points that its canonical text may have.

    Raises:
        InputError: If the text is too long, empty, markup, without a letter or not English.
    """
    # The canonical text leaves out some characters, so the raw text may be longer, up to this bound.
    if len(raw) > most_bytes(max_characters):
        check_length(raw, place, max_characters)
    start = raw[:200].lstrip("\ufeff \t\r\n").lower()
    if kind := next((name for opening, name in _MARKUP.items() if start.startswith(opening)), None):
        raise InputError(place, f"is {kind}, not plain text", "save the words of the article as a text file")
    try:
        raw.encode()
    except UnicodeEncodeError as error:
        raise InputError(
            place, f"a lone surrogate at code point {error.start}", "decode the text without surrogateescape"
        ) from error
    text = canonical(raw)
    check_length(text, place, max_characters)
    if not any(map(str.isalpha, text)):
        raise InputError(place, "has no letter in it" if tidy(raw) else "is empty", "give the text of an article")
    check_english(text, place)
    lines = _line_spans(text)
    detected = Metadata(title=lines[0].of(text).strip() if len(lines) > 1 else None)
    return _make(text, stated.over(detected))


def _make(text: str, stated: Metadata) -> Article:
    return Article(
        text,
        title=stated.title or None,
        publisher=stated.publisher,
        authors=stated.authors or (),
        url=stated.url,
        published_on=stated.published_on,
        language=stated.language or DEFAULT_LANGUAGE,
    )


def _refuse_path(source: str) -> None:
    """Refuses a text that is the name of a file: the user meant its content."""
    if len(source) > _LONGEST_PATH or "\n" in source or "\0" in source:
        return
    if os.path.isfile(source):  # noqa: PTH113 -- most texts are not valid paths
        raise InputError(repr(source), "is the name of a file", f"pass pathlib.Path({source!r}) to read it")


def _line_spans(text: str) -> tuple[Span, ...]:
    """The paragraphs of a canonical text, including the title."""
    spans = []
    start = 0
    for line in text[:-1].split(_BREAK):
        spans.append(Span(start + len(line) - len(line.lstrip(" ")), start + len(line)))
        start += len(line) + len(_BREAK)
    return tuple(spans)
