"""Level 1 cross-check: Frictionless checks the cells of the CSV against the Table Schema, with foreign keys.

Failures have the same rule names as in ``validation.constraints``. Frictionless gets our own schemas and the cells
that we read, never the package's descriptor or files. So it opens no path or URL, runs no pattern from the package,
and does not guess the dialect, which takes time quadratic in the length of a line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from broadsheet.quality.validation.constraints import schema_checks
from broadsheet.quality.validation.report import Check, Level
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from broadsheet.quality.validation.csv_tables import CsvTable
    from broadsheet.quality.validation.report import Findings
    from broadsheet.tables.schema import TableSchema

MOST_ERRORS = 100_000
"""Maximum number of errors requested from Frictionless."""

_RULES = {
    "required": "required",
    "unique": "unique",
    "pattern": "pattern",
    "enum": "enum",
    "minimum": "bounds",
    "maximum": "bounds",
    "minLength": "length",
}
"""Table Schema constraint to our rule name."""

_READ = ("name", "type", "constraints")
"""Field properties passed to Frictionless. It copies its input many times, so only these are passed."""

_CONSTRAINT = re.compile(r'constraint "(\w+)"')
_LINK = re.compile(r'for "([^"]*)"')


def check_table_schema(findings: Findings, tables: Mapping[str, CsvTable]) -> None:
    """Checks types, constraints, keys and foreign keys of all tables."""
    from frictionless import Package, Resource, Schema

    checks = {name: schema_checks(findings, schema) for name, schema in schemas().items()}
    package = Package(
        resources=[
            Resource(name=name, data=_rows(table), schema=Schema.from_descriptor(_descriptor(schemas()[name], tables)))
            for name, table in tables.items()
        ]
    )
    for task in package.validate(limit_errors=MOST_ERRORS).tasks:
        for error in task.errors:
            _report(findings, tables[task.name], checks[task.name], error)


def _rows(table: CsvTable) -> Callable[[], Iterator[tuple[str, ...]]]:
    def rows() -> Iterator[tuple[str, ...]]:
        yield table.columns
        yield from table.rows()

    return rows


def _descriptor(schema: TableSchema, tables: Mapping[str, CsvTable]) -> dict[str, Any]:
    """The schema without the columns missing from the CSV, which were reported when it was read."""
    columns = tables[schema.name].columns
    full = schema.descriptor
    descriptor = {
        "fields": [{k: field[k] for k in _READ if k in field} for field in full["fields"] if field["name"] in columns],
        "missingValues": full["missingValues"],
        "foreignKeys": [
            key
            for key, link in zip(full.get("foreignKeys", ()), schema.foreign_keys, strict=True)
            if link.column in columns and link.target_column in tables[link.target_table].columns
        ],
    }
    if set(schema.primary_key) <= set(columns):
        descriptor["primaryKey"] = full["primaryKey"]
    return descriptor


def _report(findings: Findings, table: CsvTable, checks: Mapping[tuple[str, str], Check], error: Any) -> None:
    number = getattr(error, "row_number", None)
    position = number - 2 if isinstance(number, int) and 2 <= number < len(table) + 2 else None
    key = table.key(position) if position is not None else ""
    column = getattr(error, "field_name", None) or ""
    match error.type:
        case "type-error":
            rule = "type"
        case "constraint-error":
            found = _CONSTRAINT.search(error.note)
            rule = _RULES.get(found.group(1), "constraint") if found else "constraint"
        case "unique-error":
            rule = "unique"
        case "primary-key":
            columns = schemas()[table.name].primary_key
            rule, column = ("primary_key" if len(columns) > 1 else "unique"), ", ".join(columns)
            if "None" in error.note:  # Frictionless reports a missing key as a duplicate
                rule, column = "required", columns[0]
        case "foreign-key":
            found = _LINK.search(error.note)
            rule, column = "foreign_key", found.group(1) if found else column
        case other:
            rule = other.replace("-", "_")
    check = checks.get((rule, column)) or findings.check(
        Level.TABLE_SCHEMA, table.name, rule, error.title or rule, [column] if column else []
    )
    value = None
    if position is not None and column in table.columns:
        value = table.cell(column, position)
    findings.fail(check, key, value, error.note)
