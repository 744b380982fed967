"""Describes what is wrong with a row that fails an expectation: its cells, and how they contradict the rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from broadsheet.quality.validation.helpers import MARK, columns_of, in_words
from broadsheet.quality.validation.report import shown
from broadsheet.quality.validation.vectors import is_known

if TYPE_CHECKING:
    from collections.abc import Sequence

Json = dict[str, Any]
Cell = Callable[[str], object]
"""A function from column name to the cell of a row."""

MOST_CHARACTERS = 80
"""Maximum length of a value in a sentence; longer values are cut."""


def statement(expectation: Json, cell: Cell) -> str:
    """Describes what is wrong with a row.

    Args:
        expectation: The expectation that the row fails.
        cell: Returns the cell of the row in a column.
    """
    kwargs = expectation["kwargs"]
    state = _STATEMENTS[expectation["type"]] if is_known(expectation) else _facts
    text = state(kwargs, cell)
    condition = kwargs.get("row_condition")
    if state is _facts or _is_hidden(kwargs):
        return f"{text}; expected: {expectation.get('description') or expectation['type']}"
    if isinstance(condition, dict) and (given := _given(condition, cell)):
        return f"{text}, while {' and '.join(given)}"
    return text


def is_cell(column: str, value: object) -> str:
    """A column and its cell, in words."""
    return f"{in_words(column)} is {quoted(value)}"


def quoted(value: object) -> str:
    """A cell as written in a sentence."""
    text = shown(value)
    if text is None:
        return "empty"
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…"


def not_one_of(value: object, allowed: Sequence[object]) -> str:
    """States that a value is not an allowed one, and suggests the closest allowed value."""
    names = [quoted(one) for one in allowed]
    near = get_close_matches(quoted(value).lower(), names, 1)
    said = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
    return f"not {said}" + (f" (did you mean {near[0]}?)" if near and len(names) > 1 else "")


def _facts(kwargs: Json, cell: Cell) -> str:
    return " and ".join(is_cell(name, cell(name)) for name in sorted(columns_of(kwargs)))


def _is_hidden(kwargs: Json) -> bool:
    """Whether the value of a helper column means nothing to a reader, because it must only be true or non-null."""
    column = str(kwargs.get("column"))
    return column in _FOUND or (kwargs.get("value_set") == [True] and MARK in column)


_FOUND = frozenset({"row_id__table", "column_name__cell"})
"""Helper columns that are null if something was not found."""


def _given(condition: Json, cell: Cell) -> list[str]:
    names = sorted(columns_of(condition))
    return [is_cell(name, cell(name)) for name in names if _is_own(name) or quoted(cell(name)) not in ("true", "false")]


def _greater(kwargs: Json, cell: Cell) -> str:
    low, high = kwargs["column_A"], kwargs["column_B"]
    if _is_own(high) and not _is_own(low):
        return f"{is_cell(high, cell(high))}, {_beyond(high, cell(high), after=True)} {_of(low, cell(low))}"
    if cell(low) == cell(high):
        return f"{is_cell(low, cell(low))}, the same as {in_words(high)}"
    return f"{is_cell(low, cell(low))}, {_beyond(low, cell(low), after=False)} {_of(high, cell(high))}"


def _is_own(column: str) -> bool:
    return MARK not in column


def _of(column: str, value: object) -> str:
    return f"{in_words(column)} {quoted(value)}"


def _beyond(column: str, value: object, *, after: bool) -> str:
    if isinstance(value, date) or column in ("char_start", "char_end"):
        return "after" if after else "before"
    return "more than" if after else "less than"


def _equal(kwargs: Json, cell: Cell) -> str:
    one, other = kwargs["column_A"], kwargs["column_B"]
    if _is_own(other) and not _is_own(one):
        one, other = other, one
    return f"{is_cell(one, cell(one))}, but {is_cell(other, cell(other))}"


def _null(kwargs: Json, cell: Cell) -> str:
    return f"{is_cell(kwargs['column'], cell(kwargs['column']))}, not empty"


def _not_null(kwargs: Json, cell: Cell) -> str:
    if _is_hidden(kwargs):
        column = kwargs["column"].partition(MARK)[0]
        return is_cell(column, cell(column))
    return f"{in_words(kwargs['column'])} is empty"


def _unique(kwargs: Json, cell: Cell) -> str:
    return f"{is_cell(kwargs['column'], cell(kwargs['column']))}, as in another row"


def _compound(kwargs: Json, cell: Cell) -> str:
    given = [f"{name} {quoted(cell(name))}" for name in kwargs["column_list"] if shown(cell(name)) is not None]
    return f"another row has the same {', '.join(given)}"


def _distinct(kwargs: Json, cell: Cell) -> str:
    names = kwargs["column_list"]
    return f"{' and '.join(map(in_words, names))} are both {quoted(cell(names[0]))}"


def _in_set(kwargs: Json, cell: Cell) -> str:
    value = cell(kwargs["column"])
    if _is_hidden(kwargs):
        column = kwargs["column"].partition(MARK)[0]
        return is_cell(column, cell(column))
    return f"{is_cell(kwargs['column'], value)}, {not_one_of(value, kwargs['value_set'])}"


def _not_in_set(kwargs: Json, cell: Cell) -> str:
    return f"{is_cell(kwargs['column'], cell(kwargs['column']))}, which is not allowed"


def _match(kwargs: Json, cell: Cell) -> str:
    form = kwargs["regex"].removeprefix("^").removesuffix(r"\Z").removeprefix("(?:").removesuffix(")")
    return f"{is_cell(kwargs['column'], cell(kwargs['column']))}, not of the form {form}"


def _not_match(kwargs: Json, cell: Cell) -> str:
    return f"{is_cell(kwargs['column'], cell(kwargs['column']))}, which has {kwargs['regex']} in it"


def _between(kwargs: Json, cell: Cell) -> str:
    value = cell(kwargs["column"])
    return f"{is_cell(kwargs['column'], value)}, {outside(value, kwargs)}"


def _lengths(kwargs: Json, cell: Cell) -> str:
    length = len(str(cell(kwargs["column"])))
    return f"{in_words(kwargs['column'])} has {length} characters, {outside(length, kwargs)}"


def outside(value: object, kwargs: Json) -> str:
    """States which limit a value exceeds."""
    least, most = kwargs.get("min_value"), kwargs.get("max_value")
    compared: Any = value.isoformat() if isinstance(value, date) else value
    return f"below the minimum {least}" if least is not None and compared < least else f"above the maximum {most}"


_STATEMENTS: dict[str, Callable[[Json, Cell], str]] = {
    "expect_column_pair_values_a_to_be_greater_than_b": _greater,
    "expect_column_pair_values_to_be_equal": _equal,
    "expect_column_value_lengths_to_be_between": _lengths,
    "expect_column_values_to_be_between": _between,
    "expect_column_values_to_be_in_set": _in_set,
    "expect_column_values_to_be_null": _null,
    "expect_column_values_to_be_unique": _unique,
    "expect_column_values_to_match_regex": _match,
    "expect_column_values_to_not_be_in_set": _not_in_set,
    "expect_column_values_to_not_be_null": _not_null,
    "expect_column_values_to_not_match_regex": _not_match,
    "expect_compound_columns_to_be_unique": _compound,
    "expect_select_column_values_to_be_unique_within_record": _distinct,
}
"""Expectation type to the function that describes a failure."""
