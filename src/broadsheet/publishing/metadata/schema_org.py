"""A package as a ``Dataset`` of https://schema.org, in JSON-LD: what search engines of datasets read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.publishing.metadata.facts import Facts, File, Source
    from broadsheet.reading.credits import Contributor, Licence

CONTEXT = {"@vocab": "https://schema.org/"}
"""All terms are schema.org's. Unlike the context that is published there, this needs no network to be read."""


def schema_org(facts: Facts) -> dict[str, Any]:
    """The content of ``metadata/schema-org.jsonld``."""
    return {
        "@context": CONTEXT,
        "@id": facts.urn,
        **dataset(facts),
        "variableMeasured": [
            {"@type": "PropertyValue", "name": f"{table}.{field.name}", "description": field.description}
            for table, schema in schemas().items()
            for field in schema.fields
        ],
        "distribution": [_download(file) for file in facts.files],
    }


def dataset(facts: Facts) -> dict[str, Any]:
    """The properties that schema.org and Croissant write alike."""
    days = sorted(source.day for source in facts.sources if source.day)
    return {
        "@type": "Dataset",
        "name": facts.title,
        "alternateName": facts.name,
        "description": facts.description,
        "identifier": facts.urn,
        "version": facts.version,
        **({"datePublished": facts.day} if facts.day else {}),
        **({"temporalCoverage": "/".join(dict.fromkeys((days[0], days[-1])))} if days else {}),
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "keywords": list(facts.keywords),
        **_some("license", [licence(entry) for entry in facts.licences]),
        **_some("creator", [party(entry) for entry in facts.parties]),
        **_some("publisher", [party(entry) for entry in facts.publishers]),
        "measurementTechnique": facts.made_by,
        **({"copyrightNotice": facts.source_rights} if facts.source_rights else {}),
        "isBasedOn": [article(source) for source in facts.sources],
    }


def licence(entry: Licence) -> dict[str, Any]:
    """A licence with its address."""
    return {"@type": "CreativeWork", "name": entry.label, **({"url": entry.url} if entry.url else {})}


def party(entry: Contributor) -> dict[str, Any]:
    """A person or body."""
    told = {"givenName": entry.given, "familyName": entry.family, "sameAs" if entry.orcid else "url": entry.url}
    return {"@type": entry.kind, "name": entry.name, **_given(told)}


def article(source: Source) -> dict[str, Any]:
    """An article that the tables were made from."""
    publisher = {"@type": "Organization", "name": source.publisher} if source.publisher else None
    told = {"url": source.url, "datePublished": source.day, "publisher": publisher, "identifier": source.text_hash}
    return {"@type": "NewsArticle", "headline": source.title, **_given(told)}


def _download(file: File) -> dict[str, Any]:
    rows = {"@type": "QuantitativeValue", "value": file.rows, "unitText": "rows"} if file.rows is not None else None
    return {
        "@type": "DataDownload",
        "name": file.title,
        **_given({"description": file.description}),
        "contentUrl": f"../{file.path}",
        "encodingFormat": file.media_type,
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
        **_given({"size": rows}),
    }


def _some(name: str, listed: list[dict[str, Any]]) -> dict[str, Any]:
    return {name: listed} if listed else {}


def _given(told: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in told.items() if value is not None}
