"""A package as a https://schema.org ``Dataset`` in JSON-LD, for dataset search engines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.publishing.metadata.facts import present
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from broadsheet.publishing.metadata.facts import Facts, File, Source
    from broadsheet.reading.credits import Contributor, Licence

CONTEXT = {"@vocab": "https://schema.org/"}
"""All terms are schema.org's. Unlike the context published there, this one can be read offline."""


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
    """The properties that schema.org and Croissant share."""
    days = sorted(source.day for source in facts.sources if source.day)
    return present(
        {
            "@type": "Dataset",
            "name": facts.title,
            "alternateName": facts.name,
            "description": facts.description,
            "identifier": facts.urn,
            "version": facts.version,
            "datePublished": facts.day or None,
            "temporalCoverage": "/".join(dict.fromkeys((days[0], days[-1]))) if days else None,
            "inLanguage": "en",
            "isAccessibleForFree": True,
            "keywords": list(facts.keywords),
            "license": [_licence(entry) for entry in facts.licences] or None,
            "creator": [_party(entry) for entry in facts.parties] or None,
            "publisher": [_party(entry) for entry in facts.publishers] or None,
            "measurementTechnique": facts.made_by,
            "copyrightNotice": facts.source_rights or None,
            "isBasedOn": [_article(source) for source in facts.sources],
        }
    )


def _licence(entry: Licence) -> dict[str, Any]:
    return {"@type": "CreativeWork", "name": entry.label, **present({"url": entry.url or None})}


def _party(entry: Contributor) -> dict[str, Any]:
    cells = {"givenName": entry.given, "familyName": entry.family, "sameAs" if entry.orcid else "url": entry.url}
    return {"@type": entry.kind, "name": entry.name, **present(cells)}


def _article(source: Source) -> dict[str, Any]:
    publisher = {"@type": "Organization", "name": source.publisher} if source.publisher else None
    cells = {"url": source.url, "datePublished": source.day, "publisher": publisher, "identifier": source.text_hash}
    return {"@type": "NewsArticle", "headline": source.title, **present(cells)}


def _download(file: File) -> dict[str, Any]:
    rows = {"@type": "QuantitativeValue", "value": file.rows, "unitText": "rows"} if file.rows is not None else None
    return present(
        {
            "@type": "DataDownload",
            "name": file.title,
            "description": file.description,
            "contentUrl": f"../{file.path}",
            "encodingFormat": file.media_type,
            "contentSize": f"{file.size} B",
            "sha256": file.sha256,
            "size": rows,
        }
    )
