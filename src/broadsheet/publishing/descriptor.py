"""The ``datapackage.json`` of a package, after https://datapackage.org/standard/data-package/ (version 2)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from broadsheet.publishing.metadata.facts import licences, parties
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from broadsheet.reading.credits import Contributor, Licence

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
SOURCE_RIGHTS = "The articles themselves are not part of the package; copyright in them stays with their publishers."
LICENSED = "The license covers the tables: facts, and the words that they quote. "
# In full, so that no reader has to guess it from the first lines.
CSV_DIALECT = {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True}
KEYWORDS = ["news", "quotes", "event data", "tariffs", "trade", "PLOVER"]

LISTING = "files"
"""The key below ``broadsheet`` in ``datapackage.json``: path of every other file of the package to its hash."""

SEMVER = re.compile(
    r"(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})(-[0-9A-Za-z.-]{1,64})?(\+[0-9A-Za-z.-]{1,64})?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class PackageInfo:
    """What a package says of itself.

    Attributes:
        name: A slug.
        version: Semantic version of the data (https://semver.org).
        created: Day of creation; ``None`` takes the latest day of publication of the articles, if there is one.
        title: Its title; ``None`` takes the title of the article where there is only one, else ``default_title``.
        creators: Who made it, most important first; none by default.
        license: What its tables may be used under; none by default.
        description: What is in it; ``None`` takes a neutral sentence.
        default_title: The title where there is no other, such as the name of the folder that the articles are in;
            ``None`` takes a neutral one.
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
        """What the ``datapackage.json`` with that content says.

        Raises:
            InputError: If a licence or a contributor does not have the form of the standard.
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
        """The file ``path`` with that content."""
        return cls(path, len(content), sha256(content).hexdigest())


@dataclass(frozen=True, slots=True)
class ArticleSource:
    """What the package says of an article that it was made from."""

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
        info: Name, version and day of creation.
        files: Path to file, for the CSV and the Parquet of every table, and for the corrections where there are any.
        rows: Table name to its number of rows.
        sources: The articles.
        extractor: Version of this package that made the tables.
        model: Name and version of the language model, where known.
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
    """What a package of any layout says of itself before it names its files.

    Args:
        info: What is known of the package.
        hashes: SHA-256 of the package's files, in the order of the resources.
        n_articles: How many articles the tables were made from.
        latest: The latest day of publication among them.
        extractor: Version of this package that made the tables.
        title: The title of the article, where there is only one.
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
        told = {"name": info.license.name, "title": info.license.title, "path": info.license.url}
        content["licenses"] = [_given(told)]
    if info.creators:
        content["contributors"] = [_contributor(creator) for creator in info.creators]
    return content


def _description(articles: str, extractor: str) -> str:
    return (
        "Actors, mentions, roles, quotes, events with participants, tariffs and financial figures, extracted from "
        f"{articles} with broadsheet {extractor}. Each cell is traceable to the characters of the article that say it."
    )


def _contributor(entry: Contributor) -> dict[str, Any]:
    told = {"title": entry.name, "givenName": entry.given, "familyName": entry.family, "path": entry.url}
    return {**_given(told), "roles": list(entry.roles or ("creator",))}


def _given(told: Mapping[str, str | None]) -> dict[str, str]:
    return {key: value for key, value in told.items() if value is not None}


def made_by(extractor: str, model: tuple[str, str] | None, *, licensed: bool) -> dict[str, Any]:
    """What a package says of what made it.

    Args:
        extractor: Version of this package.
        model: Name and version of the language model, where known.
        licensed: Whether the package has a licence.
    """
    return {
        "extractor": extractor,
        "extractorLicense": "Apache-2.0",
        "sourceRights": (LICENSED if licensed else "") + SOURCE_RIGHTS,
        **({"model": {"name": model[0], "version": model[1]}} if model else {}),
    }


def _source(source: ArticleSource) -> dict[str, str]:
    entry = {"title": source.title or source.article_id}
    if source.url:
        entry["path"] = source.url
    if source.publisher:
        entry["publisher"] = source.publisher
    if source.published_on:
        entry["publishedOn"] = source.published_on.isoformat()
    return {**entry, "textHash": f"sha256:{source.text_sha256}"}


def _resources(table: str, files: Mapping[str, PublishedFile], rows: int) -> list[dict[str, Any]]:
    """The CSV as a table, the Parquet as a file: Frictionless 5 takes sizes and hashes of Parquet tables wrongly."""
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
    """The resource of the corrections that were applied to the tables."""
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
