"""Gathers the data of a page: tables, validation report, corrections, and the given articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError
from broadsheet.publishing.package import CURATION, DESCRIPTOR
from broadsheet.quality.validation.files import MOST_BYTES_OF_JSON, UnreadableError, read_inside
from broadsheet.quality.validation.package import Settings, validate_package
from broadsheet.quality.validation.report import KEPT_FAILURES
from broadsheet.quality.validation.structure import listed_curation, read_descriptor
from broadsheet.reading.preference import preference
from broadsheet.views.page.curated import CuratedRow, curated_rows
from broadsheet.views.page.problems import Problem, problems
from broadsheet.views.page.sheets import Sheet, read_sheets

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet.quality.validation import Report
    from broadsheet.quality.validation.partitions.sources import Sources
    from broadsheet.reading import Article


@dataclass(frozen=True, slots=True)
class PageData:
    """The data of a page.

    Attributes:
        descriptor: The content of ``datapackage.json``.
        checksum: SHA-256 of that file in hex digits.
        sheets: Table name to table, in the order of the data model.
        report: The validation report.
        articles: ``article_id`` to the article, of those whose text was given.
        strangers: Number of given articles that are not in the package.
        problems: The rows without a valid span.
        curated: The corrections.
    """

    descriptor: Mapping[str, Any]
    checksum: str
    sheets: Mapping[str, Sheet]
    report: Report
    articles: Mapping[str, Article]
    strangers: int
    problems: tuple[Problem, ...]
    curated: tuple[CuratedRow, ...]


def gather(package: Path, sources: Sources = (), settings: Settings | None = None) -> PageData:
    """Reads and validates a package.

    Args:
        package: The folder that holds its ``datapackage.json``.
        sources: Articles to show, in any order, or a mapping or function from ``article_id`` to the article.
        settings: How to validate the package.

    Raises:
        InputError: If the folder does not hold a Broadsheet package.
    """
    descriptor = read_descriptor(package)
    sheets = read_sheets(package, descriptor)
    given, strangers = _given(sources, sheets["articles"])
    report = validate_package(package, given, settings)
    articles = _by_key(given, sheets["articles"])
    lengths = {key: article.n_characters for key, article in articles.items()}
    return PageData(
        descriptor,
        _checksum(package),
        sheets,
        report,
        articles,
        strangers,
        problems(sheets, report, lengths),
        curated_rows(_curation(package, descriptor), sheets),
    )


def _given(sources: Sources, known: Sheet) -> tuple[tuple[Article, ...], int]:
    """The given articles of the package, each text once and sorted, and the number of others.

    The sources are read once, and few of the others are kept in memory: a dump may have millions.
    """
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
        if key not in kept or preference(article) < preference(kept[key]):
            kept[key] = article
        if len(others) > 2 * KEPT_FAILURES:
            others = {key: others[key] for key in sorted(others)[:KEPT_FAILURES]}
    # If none belongs to the package, validation has to see the others to report that.
    held = own or {key: others[key] for key in sorted(others)[:KEPT_FAILURES]}
    return tuple(held[key] for key in sorted(held)), len(strangers)


def _by_key(given: Iterable[Article], known: Sheet) -> dict[str, Article]:
    """The articles by the keys of their texts in the table."""
    by_hash = {article.text_sha256: article for article in given}
    pairs = zip(known.texts("article_id"), known.texts("text_sha256"), strict=True)
    return {key: by_hash[digest] for key, digest in pairs if key and digest in by_hash}


def _checksum(package: Path) -> str:
    try:
        return sha256(read_inside(package, DESCRIPTOR, MOST_BYTES_OF_JSON)).hexdigest()
    except UnreadableError as error:
        raise InputError(str(package / DESCRIPTOR), str(error), "try again") from error


def _curation(package: Path, descriptor: Mapping[str, Any]) -> str:
    """The text of the listed corrections; empty if there are none or they cannot be read."""
    if not listed_curation(descriptor):
        return ""
    try:
        return read_inside(package, CURATION, MOST_BYTES_OF_JSON).decode("utf-8", "replace")
    except UnreadableError:
        return ""
