"""Gathers what a page shows: the tables of a package, the verdict on it, its corrections, and the articles at hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from broadsheet.errors import InputError
from broadsheet.page.curated import Curated, curated
from broadsheet.page.problems import Problem, problems
from broadsheet.page.sheets import Sheet, read_sheets
from broadsheet.publish.layout import is_partitioned
from broadsheet.publish.package import CURATION, DESCRIPTOR
from broadsheet.validate.files import MOST_BYTES_OF_JSON, UnreadableError, read_inside
from broadsheet.validate.package import Settings, validate_package
from broadsheet.validate.structure import listed_curation, read_descriptor

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet.read import Article
    from broadsheet.validate import Report
    from broadsheet.validate.partitions.sources import Sources


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
    report = validate_package(package, given, settings)
    articles, strangers = _matched(given, sheets["articles"])
    lengths = {key: article.n_characters for key, article in articles.items()}
    return PageData(
        descriptor,
        _checksum(package),
        sheets,
        report,
        articles,
        strangers,
        problems(sheets, report, lengths),
        curated(_curation(package, descriptor), sheets),
    )


def _given(sources: Sources, articles: Sheet) -> tuple[Article, ...]:
    """The articles, each once, in an order that does not hang on theirs."""
    if isinstance(sources, Mapping) or callable(sources):
        find = sources.get if isinstance(sources, Mapping) else sources
        found = (find(key) for key in articles.texts("article_id"))
        sources = [article for article in found if article is not None]
    by_key: dict[str, Article] = {}
    for article in sorted(sources, key=_worth):
        by_key[article.article_id] = article
    return tuple(by_key[key] for key in sorted(by_key))


def _worth(article: Article) -> tuple[int, str]:
    """Of two with one text, the one of which most is known comes last."""
    said = (article.title, article.publisher, article.authors, article.url, article.published_on, article.language)
    return sum(map(bool, said)), repr(said)


def _matched(given: Iterable[Article], articles: Sheet) -> tuple[dict[str, Article], int]:
    """The articles by the keys that the table has for their texts, and how many are none of the table's."""
    by_hash = {article.text_sha256: article for article in given}
    pairs = list(zip(articles.texts("article_id"), articles.texts("text_sha256"), strict=True))
    matched = {key: by_hash[digest] for key, digest in pairs if key and digest in by_hash}
    return matched, len(by_hash.keys() - {digest for _, digest in pairs})


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


def is_corpus(descriptor: Mapping[str, Any]) -> bool:
    """Whether a package is partitioned."""
    return is_partitioned(descriptor)
