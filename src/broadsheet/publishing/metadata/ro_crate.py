"""A package as a Research Object Crate 1.2 (https://w3id.org/ro/crate/1.2): files, creators and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from broadsheet.publishing.metadata.facts import present
from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from broadsheet.publishing.metadata.facts import Facts, File, Source
    from broadsheet.reading.credits import Contributor, Licence

VERSION = "https://w3id.org/ro/crate/1.2"
CONTEXT = [
    f"{VERSION}/context",
    {"sha256": "http://schema.org/sha256", "copyrightNotice": "http://schema.org/copyrightNotice"},
]
_DESCRIPTOR = "datapackage.json"
_EXTRACTOR = "#broadsheet"
_EXTRACTION = "#extraction"


def ro_crate(facts: Facts, others: Iterable[str]) -> dict[str, Any]:
    """The content of ``ro-crate-metadata.json``.

    Args:
        facts: The parsed descriptor.
        others: Paths of the package's other metadata files.
    """
    tables = {file.path: table for table, file in facts.csv.items()}
    files = [
        *(_file(file, tables.get(file.path)) for file in facts.files),
        *(_description(f"schemas/{table}.json", f"Schema of {schemas()[table].title}") for table in TABLES),
        _description(_DESCRIPTOR, "Data package descriptor"),
        *(_description(path, "The same in another form") for path in others),
    ]
    code = _code_licence(facts)
    publishers = dict.fromkeys(source.publisher for source in facts.sources if source.publisher)
    papers = {name: f"#newspaper-{number}" for number, name in enumerate(publishers, start=1)}
    graph = [
        {
            "@id": "ro-crate-metadata.json",
            "@type": "CreativeWork",
            "conformsTo": {"@id": VERSION},
            "about": {"@id": "./"},
        },
        _root(facts, [file["@id"] for file in files]),
        *files,
        *(_licence(entry) for entry in facts.licences),
        *code,
        *(_party(number, entry) for number, entry in enumerate(facts.parties, start=1)),
        *({"@id": identifier, "@type": "Organization", "name": name} for name, identifier in papers.items()),
        *(_article(number, source, papers) for number, source in enumerate(facts.sources, start=1)),
        {
            "@id": _EXTRACTOR,
            "@type": "SoftwareApplication",
            "name": "broadsheet",
            "description": facts.made_by,
            "softwareVersion": facts.extractor,
            **({"license": _to(code[0]["@id"])} if code else {}),
        },
        {
            "@id": _EXTRACTION,
            "@type": "CreateAction",
            "name": "Extraction of the tables from the articles",
            "instrument": _to(_EXTRACTOR),
            "object": [_to(f"#article-{number}") for number in range(1, len(facts.sources) + 1)],
            "result": _to("./"),
        },
    ]
    return {"@context": CONTEXT, "@graph": graph}


def _root(facts: Facts, parts: list[str]) -> dict[str, Any]:
    ids = {entry: _party_id(number, entry) for number, entry in enumerate(facts.parties, start=1)}
    return present(
        {
            "@id": "./",
            "@type": "Dataset",
            "name": facts.title,
            "alternateName": facts.name,
            "description": facts.description,
            "identifier": facts.urn,
            "version": facts.version,
            "datePublished": facts.day or None,
            "keywords": ", ".join(facts.keywords),
            "license": _links(map(_licence_id, facts.licences)),
            "copyrightNotice": facts.source_rights or None,
            "author": _links(ids[entry] for entry in facts.parties),
            "publisher": _links(ids[entry] for entry in facts.publishers),
            "mentions": _to(_EXTRACTION),
            "hasPart": [_to(part) for part in parts],
        }
    )


def _file(file: File, table: str | None) -> dict[str, Any]:
    return present(
        {
            "@id": quote(file.path),
            "@type": "File",
            "name": file.title,
            "description": file.description,
            "size": f"{file.rows} rows" if file.rows is not None else None,
            "encodingFormat": file.media_type,
            "contentSize": str(file.size),
            "sha256": file.sha256,
            "conformsTo": _to(f"schemas/{table}.json") if table is not None else None,
        }
    )


def _description(path: str, name: str) -> dict[str, Any]:
    kind = "application/ld+json" if path.endswith(".jsonld") else "application/json"
    return {"@id": quote(path), "@type": "File", "name": name, "encodingFormat": kind}


def _licence_id(entry: Licence) -> str:
    return entry.url or f"#license-{quote(entry.label)}"


def _licence(entry: Licence) -> dict[str, Any]:
    cells = {"@id": _licence_id(entry), "@type": "CreativeWork", "name": entry.label, "identifier": entry.name or None}
    return present(cells)


def _code_licence(facts: Facts) -> list[dict[str, Any]]:
    """The licence of the program, which differs from that of the tables."""
    name = facts.code_licence
    if name is None:
        return []
    identifier = f"https://spdx.org/licenses/{quote(name)}"
    return [{"@id": identifier, "@type": "CreativeWork", "name": f"{name}, of the program alone", "identifier": name}]


def _party_id(number: int, entry: Contributor) -> str:
    """The ORCID iD, as the specification recommends, or a number."""
    return entry.orcid or f"#party-{number}"


def _party(number: int, entry: Contributor) -> dict[str, Any]:
    url = None if entry.orcid else entry.url
    cells = {"givenName": entry.given, "familyName": entry.family, "url": url}
    return {"@id": _party_id(number, entry), "@type": entry.kind, "name": entry.name, **present(cells)}


def _article(number: int, source: Source, papers: Mapping[str, str]) -> dict[str, Any]:
    cells = {
        "url": source.url,
        "datePublished": source.day,
        "publisher": _to(papers[source.publisher]) if source.publisher else None,
        "identifier": source.text_hash,
    }
    return {"@id": f"#article-{number}", "@type": "NewsArticle", "name": source.title, **present(cells)}


def _links(identifiers: Iterable[str]) -> list[dict[str, str]] | None:
    return [_to(identifier) for identifier in identifiers] or None


def _to(identifier: str) -> dict[str, str]:
    return {"@id": identifier}
