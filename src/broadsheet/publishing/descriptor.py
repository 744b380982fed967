"""The ``datapackage.json`` of a package: https://datapackage.org/standard/data-package/ (version 2)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from broadsheet.publishing.metadata.facts import licences, parties, present
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from broadsheet.reading.credits import Contributor, Licence

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
SOURCE_RIGHTS = "The articles themselves are not part of the package; copyright in them stays with their publishers."
LICENSED = "The license covers the tables: facts, and the words that they quote. "
# Stated in full, so that readers need not guess it.
CSV_DIALECT = {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True}
KEYWORDS = ["news", "quotes", "event data", "tariffs", "trade", "PLOVER"]

LISTING = "files"
"""The key below ``broadsheet`` in ``datapackage.json``: path of every other file of the package to its hash."""

SEMVER = re.compile(
    r"(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})(-[0-9A-Za-z.-]{1,64})?(\+[0-9A-Za-z.-]{1,64})?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class PackageInfo:
    """The properties of a package that its author chooses.

    Attributes:
        name: A slug.
        version: Semantic version of the data (https://semver.org).
        created: Date of creation; if None, the latest publication date of the articles, if any.
        title: Its title; if None, that of the article if there is only one, else ``default_title``.
        creators: Who made it, most important first.
        license: The licence of its tables.
        description: What it contains; a generic sentence if None.
        default_title: The fallback title, such as the name of the articles' folder; a generic one if None.
    """

    name: str = "broadsheet"
    version: str = "0.1.0"
    created: date | None = None
    title: str | None = None
    creators: tuple[Contributor, ...] = ()
    license: Licence | None = None
    description: str | None = None
    default_title: str | None = None

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> PackageInfo:
        """The properties in the content of a ``datapackage.json``.

        Raises:
            InputError: If a licence or contributor does not follow the standard.
        """
        created = content.get("created")
        found = licences(content)
        return cls(
            str(content.get("name")),
            str(content.get("version")),
            date.fromisoformat(created[:10]) if isinstance(created, str) else None,
            content.get("title"),
            parties(content),
            found[0] if found else None,
            content.get("description"),
        )


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file of a package: its path inside, its size in bytes and its SHA-256."""

    path: str
    size: int
    sha256: str

    @classmethod
    def of(cls, path: str, content: bytes) -> PublishedFile:
        """The file ``path`` with the given content."""
        return cls(path, len(content), sha256(content).hexdigest())


@dataclass(frozen=True, slots=True)
class ArticleSource:
    """A source article as the package describes it."""

    article_id: str
    title: str | None
    publisher: str | None
    url: str | None
    published_on: date | None
    text_sha256: str


def hash_of(content: bytes) -> str:
    """The hash of a file as the Data Package standard writes it: ``sha256:`` and 64 hexadecimal digits."""
    return f"sha256:{sha256(content).hexdigest()}"


def descriptor(
    info: PackageInfo,
    files: Mapping[str, PublishedFile],
    rows: Mapping[str, int],
    sources: list[ArticleSource],
    *,
    extractor: str,
    model: tuple[str, str] | None,
) -> dict[str, Any]:
    """The content of ``datapackage.json``.

    Args:
        info: Name, version and date of creation.
        files: Path to file, for the CSV and Parquet of every table, and for the corrections, if any.
        rows: Table name to number of rows.
        sources: The articles.
        extractor: Version of Broadsheet that extracted the tables.
        model: Name and version of the language model, if known.
    """
    dates = [source.published_on for source in sources if source.published_on is not None]
    hashes = [file.sha256 for file in files.values()]
    title = sources[0].title if len(sources) == 1 else None
    content = properties(info, hashes, len(sources), max(dates, default=None), extractor=extractor, title=title)
    content["sources"] = [_source(source) for source in sources]
    content["broadsheet"] = made_by(extractor, model, licensed=info.license is not None)
    content["resources"] = [
        *(r for table in schemas() for r in _resources(table, files, rows[table])),
        *(corrections(file) for path, file in files.items() if path.endswith(".toml")),
    ]
    return content


def properties(
    info: PackageInfo,
    hashes: Iterable[str],
    n_articles: int,
    latest: date | None,
    *,
    extractor: str,
    title: str | None = None,
) -> dict[str, Any]:
    """The properties that packages of both layouts share, without sources and resources.

    Args:
        info: The author's choices.
        hashes: SHA-256 of the package's files, in the order of the resources.
        n_articles: Number of articles.
        latest: The latest publication date among them.
        extractor: Version of Broadsheet that extracted the tables.
        title: The title of the article, if there is only one.
    """
    created = info.created or latest
    articles = "one news article" if n_articles == 1 else f"{n_articles:,} news articles"
    content: dict[str, Any] = {
        "$schema": PROFILE,
        "name": info.name,
        "id": str(uuid5(NAMESPACE_URL, json.dumps([info.name, info.version, *hashes]))),
        "title": info.title or title or info.default_title or f"Tables of {articles}",
        "description": info.description or _description(articles, extractor),
        "version": info.version,
    }
    if created is not None:
        content["created"] = f"{created.isoformat()}T00:00:00Z"
    content["keywords"] = KEYWORDS
    if info.license is not None:
        licence = {"name": info.license.name, "title": info.license.title, "path": info.license.url}
        content["licenses"] = [present(licence)]
    if info.creators:
        content["contributors"] = [_contributor(creator) for creator in info.creators]
    return content


def _description(articles: str, extractor: str) -> str:
    return (
        "Actors, mentions, roles, quotes, events with participants, tariffs and financial figures, extracted from "
        f"{articles} with broadsheet {extractor}. Each cell is traceable to the characters of the article that say it."
    )


def _contributor(entry: Contributor) -> dict[str, Any]:
    names = {"title": entry.name, "givenName": entry.given, "familyName": entry.family, "path": entry.url}
    return {**present(names), "roles": list(entry.roles or ("creator",))}


def made_by(extractor: str, model: tuple[str, str] | None, *, licensed: bool) -> dict[str, Any]:
    """The ``broadsheet`` property: the program that made the package.

    Args:
        extractor: Version of Broadsheet.
        model: Name and version of the language model, if known.
        licensed: Whether the package has a licence.
    """
    return {
        "extractor": extractor,
        "extractorLicense": "Apache-2.0",
        "sourceRights": (LICENSED if licensed else "") + SOURCE_RIGHTS,
        **({"model": {"name": model[0], "version": model[1]}} if model else {}),
    }


def _source(source: ArticleSource) -> dict[str, str]:
    return present(
        {
            "title": source.title or source.article_id,
            "path": source.url or None,
            "publisher": source.publisher or None,
            "publishedOn": source.published_on.isoformat() if source.published_on else None,
            "textHash": f"sha256:{source.text_sha256}",
        }
    )


def _resources(table: str, files: Mapping[str, PublishedFile], rows: int) -> list[dict[str, Any]]:
    """The CSV as a table and the Parquet as a file: Frictionless 5 misreads sizes and hashes of Parquet tables."""
    schema = schemas()[table]
    csv, parquet = files[f"data/{table}.csv"], files[f"data/{table}.parquet"]
    return [
        {
            "name": table,
            "title": schema.title,
            "description": schema.description,
            "type": "table",
            "path": csv.path,
            "scheme": "file",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "dialect": CSV_DIALECT,
            "bytes": csv.size,
            "hash": f"sha256:{csv.sha256}",
            "rows": rows,
            "schema": f"schemas/{table}.json",
        },
        {
            "name": f"{table}-parquet",
            "title": f"{schema.title} (Parquet)",
            "type": "file",
            "path": parquet.path,
            "scheme": "file",
            "format": "parquet",
            "mediatype": "application/vnd.apache.parquet",
            "bytes": parquet.size,
            "hash": f"sha256:{parquet.sha256}",
        },
    ]


def corrections(file: PublishedFile) -> dict[str, Any]:
    """The resource that describes the applied corrections."""
    return {
        "name": "curation",
        "title": "Corrections",
        "description": "What a curator changed in the extracted tables, each with its reason and its span.",
        "type": "file",
        "path": file.path,
        "scheme": "file",
        "format": "toml",
        "mediatype": "application/toml",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }
