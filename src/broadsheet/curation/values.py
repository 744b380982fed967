"""Checks a new value of a cell against the schema and the linked tables, and suggests what was meant."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.reference.geography import countries, country_names
from broadsheet.tables.cells import cell_text
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Iterable

    from broadsheet.curation.apply import Rows
    from broadsheet.tables.cells import Cell
    from broadsheet.tables.schema import Field


def check_cell(rows: Rows, table: str, column: str, cell: Cell) -> None:
    """Checks that a column can have a value.

    Args:
        rows: The rows of all tables.
        table: The table.
        column: The column.
        cell: The new value, of the column's type.

    Raises:
        InputError: If it breaks the schema, or refers to a missing row.
    """
    schema = schemas()[table]
    field = schema.field(column)
    place = f"--set {column}"
    if cell is None:
        if field.required:
            raise InputError(place, "cannot be empty", f"write {field.description[:1].lower()}{field.description[1:]}")
        return
    target = next((link.target_table for link in schema.foreign_keys if link.column == column), None)
    if target == "countries":
        _check_country(place, str(cell))
    elif target is not None and (str(cell),) not in rows[target]:
        raise InputError(place, f"{cell} is not a row of {target}", _suggest_row(rows, target, str(cell)))
    _check_constraints(field, place, cell)


def _check_constraints(field: Field, place: str, cell: Cell) -> None:
    text = cell_text(cell)
    if field.enum and text not in field.enum:
        raise InputError(place, f"cannot be {text}", _suggest(text, field.enum))
    if field.pattern is not None and not re.fullmatch(field.pattern, text):
        raise InputError(place, f"{text} does not match {field.pattern}", f"write it like {field.example}")
    if field.min_length is not None and len(text) < field.min_length:
        raise InputError(place, f"has {len(text)} characters", f"write at least {field.min_length}")
    value = text if isinstance(field.minimum or field.maximum, str) else cell
    if field.minimum is not None and value < field.minimum:  # type: ignore[operator]
        raise InputError(place, f"{text} is below the minimum {field.minimum}", f"write {field.minimum} or more")
    if field.maximum is not None and value > field.maximum:  # type: ignore[operator]
        raise InputError(place, f"{text} is above the maximum {field.maximum}", f"write {field.maximum} or less")


def _check_country(place: str, text: str) -> None:
    """Checks that a text is the code of a country."""
    if text in countries():
        return
    plain = text.strip().lower()
    by_name = {country.name.lower(): code for code, country in countries().items()}
    by_name |= {country.alpha_2.lower(): code for code, country in countries().items()}
    by_name |= {code.lower(): code for code in countries()}
    by_name |= {name: known.country_code for name, known in country_names().items()}
    near = [plain] if plain in by_name else get_close_matches(plain, by_name, 1)
    fix = f"use the code {by_name[near[0]]}" if near else "use a code of ISO 3166-1 alpha-3, such as GBR"
    raise InputError(place, f"{text} is not the code of a country", fix)


def _suggest_row(rows: Rows, target: str, text: str) -> str:
    """Suggests a row of another table by its key or name."""
    keys = ["/".join(key) for key in rows[target]]
    names = {str(getattr(row, "name", "")).lower(): "/".join(key) for key, row in rows[target].items()}
    if text.lower() in names:
        return f"use the key {names[text.lower()]}"
    near = get_close_matches(text, keys, 1) or [names[name] for name in get_close_matches(text.lower(), names, 1)]
    return f"did you mean {near[0]}?" if near else f"use a key of {target}"


def _suggest(text: str, allowed: Iterable[str]) -> str:
    values = list(allowed)
    near = get_close_matches(text.lower(), values, 1)
    return f"did you mean {near[0]}?" if near else f"write one of {', '.join(values)}"
