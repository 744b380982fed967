"""A package in Croissant 1.1 (https://docs.mlcommons.org/croissant), which describes its Parquet files as records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from broadsheet.publishing.metadata.citation import cite
from broadsheet.publishing.metadata.schema_org import dataset
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Mapping

    from broadsheet.publishing.metadata.facts import Facts, File
    from broadsheet.tables.schema import Field, ForeignKey, TableSchema

VERSION = "http://mlcommons.org/croissant/1.1"
PARQUET = "application/x-parquet"
"""Croissant's loaders do not know the registered media type, ``application/vnd.apache.parquet``."""

CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The context of the specification, and ``xsd``."""

_TYPES: dict[str, str | list[str]] = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    # Croissant has no exact decimals: loaders use the first type, the second describes the file.
    "number": ["sc:Float", "xsd:decimal"],
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}


def croissant(facts: Facts, descriptor: Mapping[str, Any]) -> dict[str, Any]:
    """The content of ``metadata/croissant.json``.

    Args:
        facts: The parsed descriptor.
        descriptor: The descriptor itself, for the citation.
    """
    return {
        "@context": CONTEXT,
        **dataset(facts),
        "conformsTo": VERSION,
        "citeAs": cite(descriptor, form="bibtex"),
        "distribution": [_file_object(table, file) for table, file in facts.parquet.items()],
        "recordSet": [_record_set(schema) for schema in schemas().values()],
    }


def _file_object(table: str, file: File) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": f"{table}.parquet",
        "name": f"{table}.parquet",
        "description": file.title,
        "contentUrl": f"../{file.path}",
        "contentSize": f"{file.size} B",
        "encodingFormat": PARQUET,
        "sha256": file.sha256,
    }


def _record_set(schema: TableSchema) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": schema.name,
        "name": schema.name,
        "description": schema.description,
        "key": [{"@id": f"{schema.name}/{column}"} for column in schema.primary_key],
        "field": [_field(schema, field) for field in _ordered(schema)],
    }


def _ordered(schema: TableSchema) -> list[Field]:
    """The columns in an order that the public loader can follow.

    The loader follows only the first link of a table, and fails if the target was loaded before and has links itself.
    So a column that links to a table without links comes first.
    """
    links = [key.column for key in schema.foreign_keys if not schemas()[key.target_table].foreign_keys]
    linked = [field.name for field in schema.fields if field.name in {key.column for key in schema.foreign_keys}]
    if not links or linked[0] in links:
        return list(schema.fields)
    return sorted(schema.fields, key=lambda field: field.name not in links)


def _field(schema: TableSchema, field: Field) -> dict[str, Any]:
    links = [_reference(schema, key) for key in schema.foreign_keys if key.column == field.name]
    return {
        "@type": "cr:Field",
        "@id": f"{schema.name}/{field.name}",
        "name": field.name,
        "description": field.description,
        "dataType": _TYPES[field.type],
        "source": _column(schema.name, field.name),
        **({"references": links[0]} if links else {}),
    }


def _reference(schema: TableSchema, key: ForeignKey) -> dict[str, Any]:
    if key.target_table == schema.name:
        # Through the file: the public loader would loop over a field of the same table.
        return _column(schema.name, key.target_column)
    return {"field": {"@id": f"{key.target_table}/{key.target_column}"}}


def _column(table: str, column: str) -> dict[str, Any]:
    return {"fileObject": {"@id": f"{table}.parquet"}, "extract": {"column": column}}
