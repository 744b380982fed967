"""The Table Schemas, and what must agree with them."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date
from decimal import Decimal
from types import NoneType, UnionType
from typing import get_args, get_type_hints

import pytest

from broadsheet.base.days import FIRST_DAY, LAST_DAY
from broadsheet.tables import rows
from broadsheet.tables.rows import ROW_TYPES
from broadsheet.tables.schema import TABLES, Field, schema, schemas

CELL_TYPES = {"string": str, "integer": int, "number": Decimal, "boolean": bool, "date": date}
HINTS = {"date": date, "Decimal": Decimal}

FIELDS = [pytest.param(name, field, id=f"{name}.{field.name}") for name in TABLES for field in schema(name).fields]


@pytest.mark.parametrize("name", TABLES)
def test_rows_have_the_columns_of_the_schema(name: str) -> None:
    """A row's dataclass has the columns of its schema, in order."""
    assert tuple(f.name for f in fields(ROW_TYPES[name])) == schema(name).columns


@pytest.mark.parametrize("name", TABLES)
def test_rows_have_the_types_of_the_schema(name: str) -> None:
    """A row's dataclass allows null where the schema does, and the Python type that the column's type asks for."""
    hints = get_type_hints(ROW_TYPES[name], vars(rows) | HINTS)
    for field in schema(name).fields:
        hint = hints[field.name]
        allowed = set(get_args(hint)) if isinstance(hint, UnionType) else {hint}
        assert (NoneType in allowed) is not field.required, field.name
        assert allowed - {NoneType} == {CELL_TYPES[field.type]}, field.name


@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_every_column_is_described(name: str, field: Field) -> None:
    """Each column has a title, a sentence that says what it means, and an example that its own rules allow."""
    assert field.title
    assert field.description.endswith(".")
    example = str(field.example)
    if field.pattern:
        assert re.fullmatch(field.pattern, example)
    if field.enum:
        assert example in field.enum
    if field.type == "date":
        assert date.fromisoformat(example)


@pytest.mark.parametrize("name", TABLES)
def test_links_lead_to_keys(name: str) -> None:
    """A foreign key names one column, and that is the primary key of a table."""
    for key in schema(name).foreign_keys:
        assert key.column in schema(name).columns
        assert schema(key.target_table).primary_key == (key.target_column,)


def test_columns_that_name_an_article_link_to_it() -> None:
    """Every table with an article's key links to `articles`."""
    for name, table in schemas().items():
        if "article_id" in table.columns and name != "articles":
            assert ("article_id", "articles") in {(k.column, k.target_table) for k in table.foreign_keys}, name


def test_unknown_table() -> None:
    """A table that does not exist is an error, not an empty schema."""
    with pytest.raises(KeyError):
        schema("quotations")


def test_days_have_the_bounds_that_readers_and_parsers_know() -> None:
    """What the code takes for the first and the last day of a table is what the schemas say."""
    days = [field for name in TABLES for field in schema(name).fields if field.type == "date"]
    assert {(day.minimum, day.maximum) for day in days} == {(str(FIRST_DAY), str(LAST_DAY))}
