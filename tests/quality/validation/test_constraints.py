"""What the Table Schema says becomes checks, and what breaks it is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from broadsheet.publishing.formats import csv_bytes
from broadsheet.quality.validation.columns import Frames
from broadsheet.quality.validation.constraints import check_constraints, schema_checks
from broadsheet.quality.validation.csv_tables import read_csv
from broadsheet.quality.validation.report import KEPT_FAILURES, Findings, Level
from broadsheet.tables.frames import to_frame
from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet import Tables
    from broadsheet.tables.schema import Field


@pytest.mark.parametrize("name", TABLES)
def test_every_constraint_is_a_check(name: str) -> None:
    """Each constraint of a column, the key and each link is a check that names its columns."""
    schema = schemas()[name]
    findings = Findings(TABLES)
    checks = schema_checks(findings, schema)
    expected = {("type", field.name) for field in schema.fields}
    given: dict[str, Callable[[Field], bool]] = {
        "required": lambda field: field.required,
        "unique": lambda field: field.unique,
        "pattern": lambda field: field.pattern is not None,
        "enum": lambda field: bool(field.enum),
        "bounds": lambda field: field.minimum is not None or field.maximum is not None,
        "length": lambda field: field.min_length is not None,
    }
    expected |= {(rule, field.name) for rule, has in given.items() for field in schema.fields if has(field)}
    expected |= {("foreign_key", link.column) for link in schema.foreign_keys}
    expected |= {("primary_key", ", ".join(schema.primary_key))} if len(schema.primary_key) > 1 else set()
    assert set(checks) == expected
    for (rule, column), check in checks.items():
        assert (check.level, check.table, check.rule, check.column) == (Level.TABLE_SCHEMA, name, rule, column)
        assert all(part in check.description for part in check.columns)


def test_limits_are_told() -> None:
    """The description of a limit has its numbers."""
    checks = schema_checks(Findings(TABLES), schemas()["tariffs"])
    field = next(field for field in schemas()["tariffs"].fields if field.name == "rate_percent")
    description = checks["bounds", "rate_percent"].description
    assert str(field.minimum) in description
    assert str(field.maximum) in description


def test_failures_that_are_not_kept_are_counted(tables: Tables) -> None:
    """Of more failures than a report keeps, all are counted; each that is kept names its row and cell."""
    header, row, *_ = csv_bytes(tables.arrow("countries")).decode().splitlines()
    cells = dict(zip(header.split(","), row.split(","), strict=True))
    number = KEPT_FAILURES + 9
    rows = [",".join({**cells, "country_code": f"x{place}"}.values()) for place in range(number)]
    findings = Findings(TABLES)
    table = read_csv(findings, "countries", "\n".join([header, *rows, ""]).encode())
    frames = Frames({"countries": to_frame(table.table)})
    check_constraints(findings, {"countries": table}, frames, {"countries"}, ["countries"])
    report = findings.report()
    failed = {(check.rule, check.column): check.failed for check in report.checks if check.failed}
    assert failed == {("pattern", "country_code"): number, ("unique", "alpha_2"): number}
    kept = [(f.key, f.value) for f in report.failures if f.rule == "pattern"]
    assert kept == [(f"x{place}", f"x{place}") for place in range(KEPT_FAILURES)]


def test_a_table_that_could_not_be_read(tables: Tables) -> None:
    """Its checks are noted and nothing is said of its rows."""
    findings = Findings(TABLES)
    frames = Frames({**tables.frames, "quotes": tables["quotes"].assign(text=None)})
    csv = {name: read_csv(Findings(TABLES), name, csv_bytes(tables.arrow(name))) for name in TABLES}
    check_constraints(findings, csv, frames, set(), ["quotes"])
    report = findings.report()
    assert report.failures == ()
    assert {check.table for check in report.checks} == {"quotes"}
