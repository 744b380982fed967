"""Level 1: checks the cells of the CSV against the Table Schema: constraints, keys and foreign keys.

The base suites state the same rules, and the same code evaluates them. Frictionless takes about fifty times as long;
it serves as the cross-check (``validation.table_schema``).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from broadsheet.quality.validation.columns import lost
from broadsheet.quality.validation.report import KEPT_FAILURES, Check, Level
from broadsheet.quality.validation.statements import is_cell, statement
from broadsheet.quality.validation.vectors import failing
from broadsheet.tables.expectations import base_suite
from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from broadsheet.quality.validation.columns import Columns, Frames
    from broadsheet.quality.validation.csv_tables import CsvTable
    from broadsheet.quality.validation.report import Findings
    from broadsheet.tables.schema import Field, TableSchema


def check_constraints(
    findings: Findings,
    tables: Mapping[str, CsvTable],
    frames: Frames,
    read: Collection[str],
    names: Sequence[str] = TABLES,
) -> None:
    """Reports each cell that breaks the schema.

    Args:
        findings: Receives the failures.
        tables: The tables as text.
        frames: The same tables, typed.
        read: Names of the tables whose CSV could be read. The others serve only as link targets.
        names: The tables to check.
    """
    for name in names:
        schema = schemas()[name]
        checks = schema_checks(findings, schema)
        if name not in read:
            continue
        columns = frames.columns(name)
        for expectation in base_suite(schema)["expectations"]:  # type: ignore[attr-defined]
            rule, named = expectation["meta"]["rule"], _columns_of(expectation)
            if rule != "columns" and columns.rows and all(column in columns for column in named):
                positions = failing(expectation, columns)
                assert isinstance(positions, list)
                if rule == "required":  # a cell of the wrong type is not empty
                    mistyped = tables[name].mistyped.get(named[0], frozenset())
                    positions = [position for position in positions if position not in mistyped]
                describe = partial(_violation, expectation, columns)
                _fail(findings, checks[rule, ", ".join(named)], tables[name], positions, describe)
        for link in schema.foreign_keys:
            target = frames.columns(link.target_table)
            if link.column in columns and link.target_column in target:
                positions = lost(columns, link.column, target, link.target_column)
                no_row = f"{link.target_table} has no row with this {link.target_column}"
                describe = partial(_unlinked, columns, link.column, no_row)
                _fail(findings, checks["foreign_key", link.column], tables[name], positions, describe)


def _columns_of(expectation: Mapping[str, Any]) -> list[str]:
    kwargs = expectation["kwargs"]
    return [kwargs["column"]] if "column" in kwargs else list(kwargs["column_list"])


def _violation(expectation: Mapping[str, Any], columns: Columns, position: int) -> str:
    return statement(dict(expectation), lambda name: columns[name][position].as_py())


def _unlinked(columns: Columns, column: str, no_row: str, position: int) -> str:
    return f"{is_cell(column, columns[column][position].as_py())}, but {no_row}"


def _fail(
    findings: Findings, check: Check, table: CsvTable, positions: Sequence[int], describe: Callable[[int], str]
) -> None:
    findings.fail_unnamed(check, len(positions[KEPT_FAILURES:]))
    for position in positions[:KEPT_FAILURES]:
        value = table.cell(check.column, position) if check.column in table.columns else None
        findings.fail(check, table.key(position), value, describe(position))


def schema_checks(findings: Findings, schema: TableSchema) -> dict[tuple[str, str], Check]:
    """Maps rule and column to the check, for every rule of the schema."""

    def note(rule: str, description: str, *columns: str) -> None:
        check = findings.check(Level.TABLE_SCHEMA, schema.name, rule, description, columns)
        checks[rule, check.column] = check

    checks: dict[tuple[str, str], Check] = {}
    for field in schema.fields:
        for rule, description in _said(field):
            note(rule, description, field.name)
    if len(key := schema.primary_key) > 1:
        note("primary_key", f"no two rows have the same {', '.join(key)}", *key)
    for link in schema.foreign_keys:
        note("foreign_key", f"{link.column} is the {link.target_column} of a row of {link.target_table}", link.column)
    return checks


def _said(field: Field) -> Iterator[tuple[str, str]]:
    """Yields the name and description of each rule of a column."""
    yield "type", f"{field.name} is of type {field.type}"
    if field.required:
        yield "required", f"{field.name} is never empty"
    if field.unique:
        yield "unique", f"no two rows have the same {field.name}"
    if field.pattern is not None:
        yield "pattern", f"{field.name} has the form {field.pattern}"
    if field.enum:
        yield "enum", f"{field.name} is one of {', '.join(field.enum)}"
    if field.minimum is not None or field.maximum is not None:
        limits = [f"at least {field.minimum}"] * (field.minimum is not None)
        limits += [f"at most {field.maximum}"] * (field.maximum is not None)
        yield "bounds", f"{field.name} is {' and '.join(limits)}"
    if field.min_length is not None:
        yield "length", f"{field.name} has at least {field.min_length} character{'s' * (field.min_length != 1)}"
