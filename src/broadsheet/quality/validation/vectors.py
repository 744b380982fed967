"""Evaluates expectations on Arrow columns, with the same results as Great Expectations but without importing it.

Importing that library takes longer than a whole validation. The suites keep its JSON format, and it still runs every
expectation whose type, argument or condition is unknown here (:func:`is_known`). A test runs both on the same tables.

The semantics are the library's: nulls pass unless the expectation is about nulls; rows that do not meet the condition
are skipped; if rows must be unique, every duplicate fails, including the first.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from broadsheet.quality.validation.columns import as_mask, positions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pyarrow as pa

    from broadsheet.quality.validation.columns import Columns

Json = dict[str, Any]
Outcome = dict[int, tuple[list[int], str]]
"""Number of the expectation to the positions of the failing rows and the reason why it could not be run, if any."""


class UnknownError(Exception):
    """An expectation cannot be evaluated here."""


def is_known(expectation: Json) -> bool:
    """Whether this module knows the type, every argument and every form of condition of an expectation."""
    known = _KINDS.get(expectation.get("type", ""))
    kwargs = expectation.get("kwargs")
    if known is None or not isinstance(kwargs, dict) or not set(expectation) <= _PARTS:
        return False
    if expectation.get("severity", "critical") not in ("critical", "warning", "info"):
        return False
    if not isinstance(expectation.get("meta") or {}, dict):
        return False
    if not known.needed <= set(kwargs) <= known.needed | known.optional | {"row_condition"}:
        return False
    if not all(_FORMS[name](value) for name, value in kwargs.items()):
        return False
    if known.limited and kwargs.get("min_value") is None and kwargs.get("max_value") is None:
        return False
    return not known.ignored or kwargs.get("ignore_row_if", known.ignored[0]) in known.ignored


def failing(expectation: Json, columns: Columns) -> list[int] | bool:
    """The positions of the rows that fail an expectation; for one on the whole table, whether it fails.

    Raises:
        UnknownError: If the expectation is unknown, or its arguments do not fit the type of a column.
    """
    import pyarrow as pa

    if not is_known(expectation):
        raise UnknownError(str(expectation.get("type")))
    kind, kwargs = _KINDS[expectation["type"]], expectation["kwargs"]
    place = f"{expectation['type']} {json.dumps(kwargs, sort_keys=True)}"
    if place not in columns.found:
        try:
            wrong = kind.wrong(kwargs, columns, None if kind.of_table else looked_at(kwargs, columns))
        except (pa.ArrowException, TypeError, ValueError, ArithmeticError) as error:
            raise UnknownError(str(error)) from error
        columns.found[place] = wrong if isinstance(wrong, bool) else positions(wrong)
    return columns.found[place]


def looked_at(kwargs: Json, columns: Columns) -> Any:
    """A mask of the rows that an expectation applies to; None for all."""
    condition, ignored = kwargs.get("row_condition"), kwargs.get("ignore_row_if")
    mask = _holds(condition, columns) if condition is not None else None
    names = kwargs.get("column_list") or [kwargs[name] for name in ("column_A", "column_B") if name in kwargs]
    if not names:
        return mask
    nulls = [as_mask(columns[name].is_null()) for name in names]
    match ignored or ("both_values_are_missing" if "column_A" in kwargs else "all_values_are_missing"):
        case "either_value_is_missing" | "any_value_is_missing":
            kept = ~_any(nulls)
        case "both_values_are_missing" | "all_values_are_missing":
            kept = ~_all(nulls)
        case _:
            return mask
    return kept if mask is None else mask & kept


def _any(masks: Sequence[Any]) -> Any:
    result = masks[0]
    for mask in masks[1:]:
        result = result | mask
    return result


def _all(masks: Sequence[Any]) -> Any:
    result = masks[0]
    for mask in masks[1:]:
        result = result & mask
    return result


def _scalar(value: object, like: pa.DataType) -> pa.Scalar:
    """Converts a value of a suite to the type of the column that it is compared with.

    Raises:
        UnknownError: If the types cannot be compared.
    """
    import pyarrow as pa

    if pa.types.is_date(like) and isinstance(value, str):
        return pa.scalar(date.fromisoformat(value), like)
    if pa.types.is_boolean(like) != isinstance(value, bool):
        raise UnknownError(f"{value!r} is not of the column's type")
    text = pa.types.is_string(like) or pa.types.is_large_string(like)
    if text != isinstance(value, str) or not isinstance(value, str | int):
        raise UnknownError(f"{value!r} is not of the column's type")
    return pa.scalar(value, like) if text or pa.types.is_boolean(like) else pa.scalar(value)


def _values(values: Sequence[object], like: pa.DataType) -> pa.Array:
    import pyarrow as pa

    return pa.array([_scalar(value, like).as_py() for value in values], like)


def _holds(condition: Json, columns: Columns) -> Any:
    """A mask of the rows that meet a condition. A null meets only "is null" and "!="."""
    import pyarrow.compute as pc

    if condition["type"] == "and":
        return _all([_holds(part, columns) for part in condition["conditions"]])
    column = columns[condition["column"]["name"]]
    if condition["type"] == "nullity":
        return as_mask(column.is_null()) == condition["is_null"]
    operator, parameter = condition["operator"], condition["parameter"]
    if operator == "IN":
        return as_mask(pc.is_in(column, _values(parameter, column.type)))
    compare = {"==": pc.equal, "!=": pc.not_equal}[operator]
    return as_mask(compare(column, _scalar(parameter, column.type)), null=operator == "!=")


def _within(rows: Any, wrong: Any) -> Any:
    return wrong if rows is None else rows & wrong


def _null(kwargs: Json, columns: Columns, rows: Any) -> Any:
    return _within(rows, as_mask(columns[kwargs["column"]].is_valid()))


def _not_null(kwargs: Json, columns: Columns, rows: Any) -> Any:
    return _within(rows, as_mask(columns[kwargs["column"]].is_null()))


def _unique(kwargs: Json, columns: Columns, rows: Any) -> Any:
    column = columns[kwargs["column"]]
    looked = as_mask(column.is_valid()) if rows is None else rows & as_mask(column.is_valid())
    return _alike([column], looked)


def _compound(kwargs: Json, columns: Columns, rows: Any) -> Any:
    return _alike([columns[name] for name in kwargs["column_list"]], rows)


def _alike(columns: Sequence[pa.Array], rows: Any) -> Any:
    """A mask of the rows that equal another row in all columns; nulls are equal."""
    import numpy as np

    count = len(columns[0])
    codes = np.zeros(count, np.int64)
    for column in columns:
        encoded = column.dictionary_encode(null_encoding="encode")
        indices = encoded.indices.to_numpy(zero_copy_only=False)
        # Renumber the codes after each column so that the product fits in 64 bits.
        codes = codes * max(1, len(encoded.dictionary)) + indices
        if len(columns) > 1:
            codes = np.unique(codes, return_inverse=True)[1].reshape(-1)
    looked = np.ones(count, bool) if rows is None else rows
    if not looked.any():
        return np.zeros(count, bool)
    frequencies = np.bincount(codes[looked])
    return looked & (frequencies[np.minimum(codes, len(frequencies) - 1)] > 1)


def _in_set(kwargs: Json, columns: Columns, rows: Any) -> Any:
    import pyarrow.compute as pc

    column = columns[kwargs["column"]]
    inside = pc.is_in(column, _values(kwargs["value_set"], column.type))
    return _within(rows, as_mask(column.is_valid()) & ~as_mask(inside))


def _not_in_set(kwargs: Json, columns: Columns, rows: Any) -> Any:
    import pyarrow.compute as pc

    column = columns[kwargs["column"]]
    return _within(
        rows, as_mask(column.is_valid()) & as_mask(pc.is_in(column, _values(kwargs["value_set"], column.type)))
    )


def _between(kwargs: Json, columns: Columns, rows: Any) -> Any:
    column = columns[kwargs["column"]]
    return _within(rows, _outside(column, kwargs))


def _lengths(kwargs: Json, columns: Columns, rows: Any) -> Any:
    import pyarrow.compute as pc

    return _within(rows, _outside(pc.utf8_length(columns[kwargs["column"]]), kwargs))


def _outside(column: pa.Array, kwargs: Json) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_boolean(column.type):
        raise UnknownError("truth values have no order")
    least, most = kwargs.get("min_value"), kwargs.get("max_value")
    limits = [pc.less(column, _scalar(least, column.type))] if least is not None else []
    limits += [pc.greater(column, _scalar(most, column.type))] if most is not None else []
    return _any([as_mask(limit) for limit in limits])


_ANY_ENGINE = re.compile(r"(?:\\[.Z]|[^\\($]|\((?!\?)|\(\?:)*")
"""Regular expressions with the same meaning in Python and RE2: no classes such as ``\\d``, no lookaround."""


def _matches(kwargs: Json, columns: Columns) -> tuple[Any, Any]:
    """Masks of the non-null cells and of the cells that match the regular expression (RE2, linear time)."""
    import pyarrow.compute as pc

    column = columns[kwargs["column"]]
    found = pc.match_substring_regex(column, kwargs["regex"].replace(r"\Z", r"\z"))
    return as_mask(column.is_valid()), as_mask(found)


def _match(kwargs: Json, columns: Columns, rows: Any) -> Any:
    given, found = _matches(kwargs, columns)
    return _within(rows, given & ~found)


def _not_match(kwargs: Json, columns: Columns, rows: Any) -> Any:
    given, found = _matches(kwargs, columns)
    return _within(rows, given & found)


def _pair(kwargs: Json, columns: Columns) -> tuple[pa.Array, pa.Array]:
    import pyarrow as pa

    one, other = columns[kwargs["column_A"]], columns[kwargs["column_B"]]
    kinds = (pa.types.is_string, pa.types.is_large_string), (pa.types.is_integer, pa.types.is_decimal)
    same = one.type == other.type or any(
        any(is_a(one.type) for is_a in group) and any(is_a(other.type) for is_a in group) for group in kinds
    )
    if not same:
        raise UnknownError(f"{one.type} and {other.type} cannot be compared")
    return one, other.cast(one.type) if pa.types.is_string(one.type) or pa.types.is_large_string(one.type) else other


def _greater(kwargs: Json, columns: Columns, rows: Any) -> Any:
    import pyarrow.compute as pc

    one, other = _pair(kwargs, columns)
    compare = pc.greater_equal if kwargs.get("or_equal") else pc.greater
    return _within(rows, ~as_mask(compare(one, other)))


def _equal(kwargs: Json, columns: Columns, rows: Any) -> Any:
    import pyarrow.compute as pc

    return _within(rows, ~as_mask(pc.equal(*_pair(kwargs, columns))))


def _distinct(kwargs: Json, columns: Columns, rows: Any) -> Any:
    import pyarrow.compute as pc

    members = [columns[name] for name in kwargs["column_list"]]
    if len({str(member.type) for member in members}) > 1:
        raise UnknownError("columns of several types")
    pairs = [(one, other) for place, one in enumerate(members) for other in members[:place]]
    return _within(rows, _any([as_mask(pc.equal(one, other)) for one, other in pairs]))


def _ordered_list(kwargs: Json, columns: Columns, _: Any) -> bool:
    return list(kwargs["column_list"]) != [name for name in columns.series if "__" not in name]  # without helpers


def _row_count(kwargs: Json, columns: Columns, _: Any) -> bool:
    return not is_between(columns.rows, kwargs)


def _filled(kwargs: Json, columns: Columns, rows: Any) -> bool:
    """Whether the share of non-null cells is outside the limits; False if there are no rows."""
    given = as_mask(columns[kwargs["column"]].is_valid())
    looked = given if rows is None else given[rows]
    return bool(len(looked)) and not is_between(float(looked.mean()), kwargs)


def is_between(number: float, kwargs: Json) -> bool:
    """Whether a number is within the limits of an expectation."""
    least, most = kwargs.get("min_value"), kwargs.get("max_value")
    return (least is None or least <= number) and (most is None or number <= most)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A type of expectation: the function that finds failing rows, and the arguments it accepts."""

    wrong: Callable[[Json, Columns, Any], Any]
    needed: frozenset[str]
    optional: frozenset[str] = frozenset()
    ignored: tuple[str, ...] = ()
    of_table: bool = False
    limited: bool = False


def _limits(kind: Callable[[Json, Columns, Any], Any], *needed: str, of_table: bool = False) -> _Kind:
    return _Kind(kind, frozenset(needed), frozenset({"min_value", "max_value"}), of_table=of_table, limited=True)


_COLUMN = frozenset({"column"})
_PAIR = ("both_values_are_missing", "either_value_is_missing", "neither")
_LIST = ("all_values_are_missing", "any_value_is_missing", "never")

_KINDS = {
    "expect_column_pair_values_a_to_be_greater_than_b": _Kind(
        _greater, frozenset({"column_A", "column_B"}), frozenset({"or_equal", "ignore_row_if"}), _PAIR
    ),
    "expect_column_pair_values_to_be_equal": _Kind(
        _equal, frozenset({"column_A", "column_B"}), frozenset({"ignore_row_if"}), _PAIR
    ),
    "expect_column_proportion_of_non_null_values_to_be_between": _limits(_filled, "column"),
    "expect_column_value_lengths_to_be_between": _limits(_lengths, "column"),
    "expect_column_values_to_be_between": _limits(_between, "column"),
    "expect_column_values_to_be_in_set": _Kind(_in_set, _COLUMN | {"value_set"}),
    "expect_column_values_to_be_null": _Kind(_null, _COLUMN),
    "expect_column_values_to_be_unique": _Kind(_unique, _COLUMN),
    "expect_column_values_to_match_regex": _Kind(_match, _COLUMN | {"regex"}),
    "expect_column_values_to_not_be_in_set": _Kind(_not_in_set, _COLUMN | {"value_set"}),
    "expect_column_values_to_not_be_null": _Kind(_not_null, _COLUMN),
    "expect_column_values_to_not_match_regex": _Kind(_not_match, _COLUMN | {"regex"}),
    "expect_compound_columns_to_be_unique": _Kind(
        _compound, frozenset({"column_list"}), frozenset({"ignore_row_if"}), _LIST
    ),
    "expect_select_column_values_to_be_unique_within_record": _Kind(
        _distinct, frozenset({"column_list"}), frozenset({"ignore_row_if"}), _LIST
    ),
    "expect_table_columns_to_match_ordered_list": _Kind(_ordered_list, frozenset({"column_list"}), of_table=True),
    "expect_table_row_count_to_be_between": _limits(_row_count, of_table=True),
}

_PARTS = frozenset({"type", "kwargs", "meta", "description", "severity", "id", "notes", "rendered_content"})


def _is_limit(value: object) -> bool:
    return isinstance(value, int | float | str) and not isinstance(value, bool)


def _is_set(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, str | int) for v in value)


def _is_list(value: object) -> bool:
    return isinstance(value, list) and len(value) > 1 and all(isinstance(v, str) for v in value)


def _is_regex(value: object) -> bool:
    if not isinstance(value, str) or not _ANY_ENGINE.fullmatch(value) or "{," in value:
        return False
    return problem_of_regex(value) is None


def problem_of_regex(pattern: str) -> str | None:
    """Why a regular expression cannot be used; None if it can."""
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        re.compile(pattern)
        if _ANY_ENGINE.fullmatch(pattern) and "{," not in pattern:
            pc.match_substring_regex(pa.array([""]), pattern.replace(r"\Z", r"\z"))
    except (re.error, RecursionError, OverflowError, pa.ArrowException) as error:
        return " ".join(str(error).split())[:200] or type(error).__name__
    return None


def _is_condition(value: object) -> bool:
    match value:
        case {"type": "and", "conditions": [_, *_] as parts, **rest}:
            return not rest and all(_is_condition(part) for part in parts)
        case {"type": "nullity", "column": {"name": str()}, "is_null": bool(), **rest}:
            return not rest
        case {"type": "comparison", "column": {"name": str()}, "operator": "IN", "parameter": list() as values, **rest}:
            return not rest and _is_set(values)
        case {"type": "comparison", "column": {"name": str()}, "operator": operator, "parameter": given, **rest}:
            return not rest and operator in ("==", "!=") and isinstance(given, str | int)
    return False


_FORMS: dict[str, Callable[[object], bool]] = {
    "column": lambda value: isinstance(value, str),
    "column_A": lambda value: isinstance(value, str),
    "column_B": lambda value: isinstance(value, str),
    "column_list": _is_list,
    "ignore_row_if": lambda value: isinstance(value, str),
    "max_value": _is_limit,
    "min_value": _is_limit,
    "or_equal": lambda value: isinstance(value, bool),
    "regex": _is_regex,
    "row_condition": _is_condition,
    "value_set": _is_set,
}
