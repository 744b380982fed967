"""Gathers what a page shows: the tables of a package, the verdict on it, its corrections, and the articles at hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError
from broadsheet.publishing.package import CURATION, DESCRIPTOR
from broadsheet.quality.validation.files import MOST_BYTES_OF_JSON, UnreadableError, read_inside
from broadsheet.quality.validation.package import Settings, validate_package
from broadsheet.quality.validation.report import KEPT_FAILURES
from broadsheet.quality.validation.structure import listed_curation, read_descriptor
from broadsheet.views.page.curated import Curated, curated
from broadsheet.views.page.problems import Problem, problems
from broadsheet.views.page.sheets import Sheet, read_sheets

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet.quality.validation import Report
    from broadsheet.quality.validation.partitions.sources import Sources
    from broadsheet.reading import Article


@dataclass(frozen=True, slots=True)
class PageData:
    """All that a page shows of a package.

    Attributes:
        descriptor: The content of its ``datapackage.json``.
        checksum: SHA-256 of that file in hex digits.
        sheets: Table name to table, in the order of the data model.
        report: What validation found.
        articles: ``article_id`` to the article, of those whose text was given.
        strangers: How many of the given articles are none of the package's.
        problems: The rows without a place in their article.
        curated: The corrections that the package carries.
    """

    descriptor: Mapping[str, Any]
    checksum: str
    sheets: Mapping[str, Sheet]
    report: Report
    articles: Mapping[str, Article]
    strangers: int
    problems: tuple[Problem, ...]
    curated: tuple[Curated, ...]


def gather(package: Path, sources: Sources = (), settings: Settings | None = None) -> PageData:
    """Reads and validates a package.

    Args:
        package: The folder that holds its ``datapackage.json``.
        sources: Articles to show, in any order; as a mapping or a function, from ``article_id`` to the article.
        settings: How the package is validated.

    Raises:
        InputError: If the folder holds no package of ours.
    """
    descriptor = read_descriptor(package)
    sheets = read_sheets(package, descriptor)
    given = _given(sources, sheets["articles"])
    report = validate_package(package, given.articles, settings)
    articles = _by_key(given.articles, sheets["articles"])
    lengths = {key: article.n_characters for key, article in articles.items()}
    return PageData(
        descriptor,
        _checksum(package),
        sheets,
        report,
        articles,
        given.strangers,
        problems(sheets, report, lengths),
        curated(_curation(package, descriptor), sheets),
    )


@dataclass(frozen=True, slots=True)
class _Given:
    """The articles of the package that were given, each text once, in an order that does not hang on theirs.

    Others, ``strangers`` in number, are told of and left out: a folder or a dump may hold more than the package does,
    what the build rejected for instance.
    """

    articles: tuple[Article, ...]
    strangers: int


def _given(sources: Sources, known: Sheet) -> _Given:
    """Reads the sources once, and holds those of the package: a dump may have millions of others."""
    if isinstance(sources, Mapping) or callable(sources):
        find = sources.get if isinstance(sources, Mapping) else sources
        found = (find(key) for key in known.texts("article_id"))
        sources = [article for article in found if article is not None]
    hashes = set(known.texts("text_sha256"))
    own: dict[str, Article] = {}
    others: dict[str, Article] = {}
    strangers: set[str] = set()
    for article in sources:
        key = article.text_sha256
        if key not in hashes:
            strangers.add(key)
        kept = own if key in hashes else others
        if key not in kept or _worth(article) > _worth(kept[key]):
            kept[key] = article
        if len(others) > 2 * KEPT_FAILURES:
            others = {key: others[key] for key in sorted(others)[:KEPT_FAILURES]}
    # Where none belongs to the package, validation shall say that the texts are not those of its articles.
    held = own or {key: others[key] for key in sorted(others)[:KEPT_FAILURES]}
    return _Given(tuple(held[key] for key in sorted(held)), len(strangers))


def _worth(article: Article) -> tuple[int, int, str]:
    """Of two with one text, that of which most is known counts, then the earlier, as for a build."""
    said = (article.title, article.publisher, article.authors, article.url, article.published_on, article.language)
    day = article.published_on
    return sum(map(bool, said)), -day.toordinal() if day else -date.max.toordinal(), repr(said)


def _by_key(given: Iterable[Article], known: Sheet) -> dict[str, Article]:
    """The articles by the keys that the table has for their texts."""
    by_hash = {article.text_sha256: article for article in given}
    pairs = zip(known.texts("article_id"), known.texts("text_sha256"), strict=True)
    return {key: by_hash[digest] for key, digest in pairs if key and digest in by_hash}


def _checksum(package: Path) -> str:
    try:
        return sha256(read_inside(package, DESCRIPTOR, MOST_BYTES_OF_JSON)).hexdigest()
    except UnreadableError as error:
        raise InputError(str(package / DESCRIPTOR), str(error), "try again") from error


def _curation(package: Path, descriptor: Mapping[str, Any]) -> str:
    """The text of the corrections that the package lists; nothing where there are none, or they cannot be read."""
    if not listed_curation(descriptor):
        return ""
    try:
        return read_inside(package, CURATION, MOST_BYTES_OF_JSON).decode("utf-8", "replace")
    except UnreadableError:
        return ""
