"""The CSV files of a package in the W3C's Metadata Vocabulary for Tabular Data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.publishing.metadata.facts import present
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from broadsheet.publishing.metadata.facts import Facts, File
    from broadsheet.tables.schema import Field, TableSchema

CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": "en"}]
_TYPES = {"string": "string", "integer": "integer", "number": "decimal", "boolean": "boolean", "date": "date"}
_DIALECT = {
    "encoding": "utf-8",
    "lineTerminators": ["\n"],
    "delimiter": ",",
    "quoteChar": '"',
    "doubleQuote": True,
    "header": True,
}


def csvw(facts: Facts) -> dict[str, Any]:
    """The content of ``metadata/csvw.json``: tables with types, keys and links.

    See https://www.w3.org/TR/tabular-metadata.
    """
    return present(
        {
            "@context": CONTEXT,
            "@type": "TableGroup",
            "@id": facts.urn,
            "dc:title": facts.title,
            "dc:description": facts.description,
            "dc:identifier": facts.urn,
            "schema:version": facts.version,
            "dc:issued": facts.day or None,
            "dc:creator": [party.name for party in facts.parties] or None,
            "dc:publisher": [party.name for party in facts.publishers] or None,
            "dc:license": [{"@id": e.url} if e.url else e.label for e in facts.licences] or None,
            "dc:rights": facts.source_rights or None,
            "dc:provenance": facts.made_by,
            "dc:subject": list(facts.keywords),
            "dialect": _DIALECT,
            "tables": [_table(facts, schema, facts.csv[table]) for table, schema in schemas().items()],
        }
    )


def _table(facts: Facts, schema: TableSchema, file: File) -> dict[str, Any]:
    return {
        "url": f"../{file.path}",
        "dc:title": file.title,
        "dc:description": schema.description,
        "dc:extent": f"{file.rows} rows, {file.size} bytes",
        "schema:sha256": file.sha256,
        "tableSchema": {
            "columns": [_column(field) for field in schema.fields],
            "primaryKey": list(schema.primary_key),
            "foreignKeys": [
                {
                    "columnReference": [key.column],
                    "reference": {
                        "resource": f"../{facts.csv[key.target_table].path}",
                        "columnReference": [key.target_column],
                    },
                }
                for key in schema.foreign_keys
            ],
        },
    }


def _column(field: Field) -> dict[str, Any]:
    datatype: dict[str, Any] = {"base": _TYPES[field.type]}
    # The vocabulary has no enumerations; a pattern does the same.
    if pattern := field.pattern or "|".join(field.enum):
        datatype["format"] = pattern
    bounds = {"minimum": field.minimum, "maximum": field.maximum, "minLength": field.min_length}
    datatype |= present(bounds)
    return {
        "name": field.name,
        # As in the header line of the file: readers warn if it lacks a title.
        "titles": field.name,
        "dc:title": field.title,
        "dc:description": field.description,
        "datatype": datatype,
        **({"required": True} if field.required else {}),
    }
