"""Table Schemas, read from ``schemas/``, the only place where columns are declared.

Everything else is derived from them: ``tables.arrow``, ``tables.frames`` (pandas),
``tables.expectations`` (Great Expectations), ``tables.dictionary`` (the data dictionary) and ``publishing.descriptor``.
The standard: https://datapackage.org/standard/table-schema/ (version 2).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from broadsheet.base.shipped import shipped
from broadsheet.tables.rows import ROW_TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLES: tuple[str, ...] = tuple(ROW_TYPES)
"""The names of the tables, in the order of the data model."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column.

    Attributes:
        name: Its name.
        title: Its name for people.
        description: What its cells mean.
        type: Type of the Table Schema standard.
        example: An example of a cell.
        required: Whether no cell may be null.
        unique: Whether no two cells may be equal.
        pattern: Regular expression that each text must match from end to end.
        enum: The texts that are allowed.
        minimum: Least number, or first day in ISO 8601.
        maximum: Greatest number, or last day in ISO 8601.
        min_length: Least number of characters of a text.
        decimal: Precision and scale of an exact decimal.
    """

    name: str
    title: str
    description: str
    type: str
    example: object
    required: bool = False
    unique: bool = False
    pattern: str | None = None
    enum: tuple[str, ...] = ()
    minimum: int | str | None = None
    maximum: int | str | None = None
    min_length: int | None = None
    decimal: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A link: each cell of ``column`` is null or occurs in ``target_column`` of ``target_table``."""

    column: str
    target_table: str
    target_column: str


@dataclass(frozen=True, slots=True)
class TableSchema:
    """A table: its columns in order, its key and its links. ``descriptor`` is the JSON that it was read from."""

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    descriptor: Mapping[str, Any]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """The column of that name.

        Raises:
            KeyError: If there is none.
        """
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)


@cache
def schema(table: str) -> TableSchema:
    """The schema of a table.

    Raises:
        KeyError: If there is no table of that name.
    """
    if table not in ROW_TYPES:
        raise KeyError(table)
    path = shipped("schemas") / f"{table}.json"
    return parse_schema(json.loads(path.read_text(encoding="utf-8")))


@cache
def schemas() -> Mapping[str, TableSchema]:
    """All schemas by table, in the order of the data model."""
    return MappingProxyType({table: schema(table) for table in TABLES})


def parse_schema(descriptor: Mapping[str, Any]) -> TableSchema:
    """A schema from the JSON of one of our ``schemas/*.json``.

    Raises:
        KeyError: If a property that ours must have is missing.
    """
    name = descriptor["name"]
    return TableSchema(
        name=name,
        title=descriptor["title"],
        description=descriptor["description"],
        fields=tuple(_parse_field(field) for field in descriptor["fields"]),
        primary_key=tuple(descriptor["primaryKey"]),
        foreign_keys=tuple(
            ForeignKey(key["fields"][0], key["reference"].get("resource", name), key["reference"]["fields"][0])
            for key in descriptor.get("foreignKeys", ())
        ),
        descriptor=descriptor,
    )


def _parse_field(descriptor: Mapping[str, Any]) -> Field:
    constraints = descriptor.get("constraints", {})
    precision = descriptor.get("decimalPrecision")
    return Field(
        name=descriptor["name"],
        title=descriptor["title"],
        description=descriptor["description"],
        type=descriptor["type"],
        example=descriptor["example"],
        required=constraints.get("required", False),
        unique=constraints.get("unique", False),
        pattern=constraints.get("pattern"),
        enum=tuple(constraints.get("enum", ())),
        minimum=constraints.get("minimum"),
        maximum=constraints.get("maximum"),
        min_length=constraints.get("minLength"),
        decimal=(precision, descriptor["decimalScale"]) if precision is not None else None,
    )
