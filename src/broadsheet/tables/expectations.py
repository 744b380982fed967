"""The base suites of Great Expectations, derived from the Table Schemas.

A suite is a JSON object as ``ExpectationSuite.to_json_dict()`` returns it and ``ExpectationSuite(**suite)`` accepts
it, made without importing the library. Each expectation has a ``description`` (the rule in plain words) and
``meta.rule``: the name of the rule, which the other levels of validation use for the same fact.

There are no expectations for types, because the library distinguishes few of our dtypes (the Arrow schema checks
them), nor for foreign keys, because an expectation takes seconds where a join takes milliseconds
(``quality.validation.links``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from broadsheet.tables.schema import Field, TableSchema

Json = dict[str, object]


def base_suite(table: TableSchema) -> Json:
    """The suite of the rules that a Table Schema states for its columns and key."""
    expectations = [
        _expectation(
            "expect_table_columns_to_match_ordered_list",
            {"column_list": list(table.columns)},
            "columns",
            "the columns are those of the schema, in its order",
        )
    ]
    for field in table.fields:
        expectations += _of_field(field)
    if len(table.primary_key) > 1:
        expectations.append(
            _expectation(
                "expect_compound_columns_to_be_unique",
                {"column_list": list(table.primary_key), "ignore_row_if": "never"},
                "primary_key",
                f"no two rows have the same {', '.join(table.primary_key)}",
            )
        )
    return {"name": f"{table.name}.base", "expectations": expectations, "meta": {}, "notes": None}


def _of_field(field: Field) -> list[Json]:
    result = []
    if field.required:
        result.append(
            _expectation(
                "expect_column_values_to_not_be_null",
                {"column": field.name},
                "required",
                f"{field.name} is never empty",
            )
        )
    if field.unique:
        result.append(
            _expectation(
                "expect_column_values_to_be_unique",
                {"column": field.name},
                "unique",
                f"no two rows have the same {field.name}",
            )
        )
    if field.pattern is not None:
        result.append(
            _expectation(
                # The library searches, and its `$` lets a line feed pass; the standard means the whole cell.
                "expect_column_values_to_match_regex",
                {"column": field.name, "regex": rf"^(?:{field.pattern})\Z"},
                "pattern",
                f"{field.name} has the form {field.pattern}",
            )
        )
    if field.enum:
        result.append(
            _expectation(
                "expect_column_values_to_be_in_set",
                {"column": field.name, "value_set": list(field.enum)},
                "enum",
                f"{field.name} is one of {', '.join(field.enum)}",
            )
        )
    if field.minimum is not None or field.maximum is not None:
        limits: Json = {}
        if field.minimum is not None:
            limits["min_value"] = field.minimum
        if field.maximum is not None:
            limits["max_value"] = field.maximum
        result.append(
            _expectation(
                "expect_column_values_to_be_between",
                {"column": field.name} | limits,
                "bounds",
                f"{field.name} is {_range(field.minimum, field.maximum)}",
            )
        )
    if field.min_length is not None:
        result.append(
            _expectation(
                "expect_column_value_lengths_to_be_between",
                {"column": field.name, "min_value": field.min_length},
                "length",
                f"{field.name} has at least {field.min_length} character{'s' * (field.min_length != 1)}",
            )
        )
    return result


def _range(least: object, most: object) -> str:
    if most is None:
        return f"at least {least}"
    if least is None:
        return f"at most {most}"
    return f"from {least} to {most}"


def _expectation(kind: str, kwargs: Json, rule: str, description: str) -> Json:
    return {
        "type": kind,
        "kwargs": kwargs,
        "severity": "critical",
        "description": description,
        "meta": {"rule": rule},
    }
