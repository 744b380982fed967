"""A package in DataCite's JSON, metadata schema 4.5 (https://schema.datacite.org), for archives that register DOIs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.publishing.metadata.facts import present
from broadsheet.reading.credits import ORCID

if TYPE_CHECKING:
    from broadsheet.publishing.metadata.facts import Facts, Source
    from broadsheet.reading.credits import Contributor, Licence

UNAVAILABLE = ":unav"
"""DataCite's standard value for a required property whose value is not available."""


def datacite(facts: Facts) -> dict[str, Any] | None:
    """The content of ``metadata/datacite.json``; None without a date, as a record must have a year."""
    if facts.day is None:
        return None
    checksums = "\n".join(f"SHA-256 of {file.path}: {file.sha256}" for file in facts.files)
    descriptions = [
        {"description": facts.description, "descriptionType": "Abstract", "lang": "en"},
        {"description": facts.made_by, "descriptionType": "TechnicalInfo", "lang": "en"},
    ]
    if facts.source_rights:
        descriptions.append({"description": facts.source_rights, "descriptionType": "Other", "lang": "en"})
    return present(
        {
            "creators": [_party(entry) for entry in facts.parties] or [{"name": UNAVAILABLE}],
            "titles": [{"title": facts.title, "lang": "en"}],
            "publisher": {"name": "; ".join(entry.name for entry in facts.publishers) or UNAVAILABLE},
            "publicationYear": facts.day[:4],
            "dates": [{"date": facts.day, "dateType": "Issued"}],
            "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Data package"},
            "version": facts.version,
            "language": "en",
            "subjects": [{"subject": word} for word in dict.fromkeys(facts.keywords)],
            "alternateIdentifiers": [{"alternateIdentifier": facts.urn, "alternateIdentifierType": "URN"}],
            "relatedItems": [_article(source) for source in facts.sources],
            "sizes": [f"{file.path}: {file.rows} rows, {file.size} bytes" for file in facts.csv.values()],
            "formats": list(dict.fromkeys(file.media_type for file in facts.files)),
            "rightsList": [_rights(entry) for entry in facts.licences] or None,
            "descriptions": [*descriptions, {"description": checksums, "descriptionType": "TechnicalInfo"}],
            "schemaVersion": "http://datacite.org/schema/kernel-4",
        }
    )


def _party(entry: Contributor) -> dict[str, Any]:
    if not entry.is_person:
        return {"name": entry.name, "nameType": "Organizational"}
    scheme = {"nameIdentifierScheme": "ORCID", "schemeUri": ORCID}
    return present(
        {
            "name": entry.name,
            "nameType": "Personal",
            "givenName": entry.given,
            "familyName": entry.family,
            "nameIdentifiers": [{"nameIdentifier": entry.orcid, **scheme}] if entry.orcid else None,
        }
    )


def _rights(entry: Licence) -> dict[str, Any]:
    cells = {"rights": entry.label, "rightsUri": entry.url, "rightsIdentifier": entry.name}
    scheme = {"rightsIdentifierScheme": "SPDX", "schemeUri": "https://spdx.org/licenses/"} if entry.name else {}
    return {**present(cells), **scheme}


def _article(source: Source) -> dict[str, Any]:
    identifier = {"relatedItemIdentifier": source.url, "relatedItemIdentifierType": "URL"} if source.url else None
    return present(
        {
            "relatedItemType": "Text",
            "relationType": "IsDerivedFrom",
            "titles": [{"title": source.title}],
            "relatedItemIdentifier": identifier,
            "publisher": source.publisher,
            "publicationYear": source.day[:4] if source.day else None,
        }
    )
