"""A package in DataCite's JSON, metadata schema 4.5 (https://schema.datacite.org): what archives register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.reading.credits import ORCID

if TYPE_CHECKING:
    from broadsheet.publishing.metadata.facts import Facts, Source
    from broadsheet.reading.credits import Contributor, Licence


UNAVAILABLE = ":unav"
"""DataCite's standard value for a mandatory property of which the value is not available."""


def datacite(facts: Facts) -> dict[str, Any] | None:
    """The content of ``metadata/datacite.json``; None without a day, since a record must tell the year."""
    if facts.day is None:
        return None
    files = facts.files
    return {
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
        "formats": list(dict.fromkeys(file.media_type for file in files)),
        **({"rightsList": [_rights(entry) for entry in facts.licences]} if facts.licences else {}),
        "descriptions": [
            {"description": facts.description, "descriptionType": "Abstract", "lang": "en"},
            {"description": facts.made_by, "descriptionType": "TechnicalInfo", "lang": "en"},
            *(
                [{"description": facts.source_rights, "descriptionType": "Other", "lang": "en"}]
                if facts.source_rights
                else []
            ),
            {
                "description": "\n".join(f"SHA-256 of {file.path}: {file.sha256}" for file in files),
                "descriptionType": "TechnicalInfo",
            },
        ],
        "schemaVersion": "http://datacite.org/schema/kernel-4",
    }


def _party(entry: Contributor) -> dict[str, Any]:
    if not entry.is_person:
        return {"name": entry.name, "nameType": "Organizational"}
    names = {"givenName": entry.given, "familyName": entry.family}
    content: dict[str, Any] = {"name": entry.name, "nameType": "Personal"}
    content |= {key: value for key, value in names.items() if value is not None}
    if entry.orcid:
        scheme = {"nameIdentifierScheme": "ORCID", "schemeUri": ORCID}
        content["nameIdentifiers"] = [{"nameIdentifier": entry.orcid, **scheme}]
    return content


def _rights(entry: Licence) -> dict[str, Any]:
    told = {"rights": entry.label, "rightsUri": entry.url, "rightsIdentifier": entry.name}
    scheme = {"rightsIdentifierScheme": "SPDX", "schemeUri": "https://spdx.org/licenses/"} if entry.name else {}
    return {**{key: value for key, value in told.items() if value is not None}, **scheme}


def _article(source: Source) -> dict[str, Any]:
    return {
        "relatedItemType": "Text",
        "relationType": "IsDerivedFrom",
        "titles": [{"title": source.title}],
        **(
            {"relatedItemIdentifier": {"relatedItemIdentifier": source.url, "relatedItemIdentifierType": "URL"}}
            if source.url
            else {}
        ),
        **({"publisher": source.publisher} if source.publisher else {}),
        **({"publicationYear": source.day[:4]} if source.day else {}),
    }
