"""Reads and checks a file of corrections."""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError
from broadsheet.base.span import Span
from broadsheet.curation.cells import Cell, parse_cell
from broadsheet.curation.corrections import CURATED, Action, Correction, Curation, settable
from broadsheet.reading.files import read_bytes
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_KEYS = ("table", "row", "action", "reason", "span", "article", "set", "was", "evidence", "inferred")
_FIX = "see docs/curating.md for the format"


def read_curation(path: Path) -> Curation:
    """Reads a file of corrections.

    Raises:
        InputError: If the file cannot be read, or an entry is invalid.
    """
    try:
        text = read_bytes(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(str(path), f"is not UTF-8 at byte {error.start}", "save it as UTF-8") from error
    return parse_curation(text, str(path))


def parse_curation(text: str, place: str) -> Curation:
    """Parses the TOML text of a file of corrections.

    Args:
        text: The text.
        place: Where it comes from, for errors.

    Raises:
        InputError: If it is not TOML, or an entry is invalid.
    """
    try:
        content = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(place, f"is not TOML ({error})", _FIX) from error
    _refuse_unknown(content, ("correction",), place)
    entries = content.get("correction", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise InputError(place, "has a `correction` that is not a list of tables", "write [[correction]] before each")
    corrections = tuple(_correction(entry, f"{place}: correction {n}") for n, entry in enumerate(entries, start=1))
    _refuse_repeated(corrections)
    return Curation(corrections, text)


def _correction(entry: Mapping[str, Any], place: str) -> Correction:
    _refuse_unknown(entry, _KEYS, place)
    table = _one_of(entry, "table", CURATED, place)
    action = Action(_one_of(entry, "action", tuple(Action), place))
    key = _key(table, entry.get("row"), place)
    place = f"{place} ({table} {'/'.join(key)})"
    cells = _cells(table, entry.get("set", {}), f"{place}, set")
    was = _cells(table, entry.get("was", {}), f"{place}, was")
    if action is Action.CHANGE and (not cells or cells.keys() != was.keys()):
        raise InputError(place, "does not have `set` and `was` for the same columns", "give both for each column")
    if action is Action.DROP and (cells or was):
        raise InputError(place, "drops a row and sets its cells", "leave out `set` and `was`")
    if action is Action.ADD and was:
        raise InputError(place, "adds a row and has `was`", "leave out `was`")
    evidence = entry.get("evidence", {})
    if not isinstance(evidence, dict) or not evidence.keys() <= cells.keys():
        raise InputError(f"{place}, evidence", "is not for columns that are set", "name those under `set` alone")
    inferred = entry.get("inferred", [])
    if not isinstance(inferred, list) or not all(column in cells for column in inferred):
        raise InputError(f"{place}, inferred", "is not a list of columns that are set", "name those under `set` alone")
    return Correction(
        table=table,
        key=key,
        action=action,
        reason=_text(entry.get("reason"), f"{place}, reason"),
        span=_span(entry.get("span"), f"{place}, span"),
        article_id=_text(entry["article"], f"{place}, article") if "article" in entry else None,
        cells=cells,
        was=was,
        evidence={column: _span(value, f"{place}, evidence.{column}") for column, value in evidence.items()},
        inferred=tuple(inferred),
        place=place,
    )


def _refuse_unknown(entry: Mapping[str, Any], keys: Iterable[str], place: str) -> None:
    keys = tuple(keys)
    for key in entry:
        if key not in keys:
            near = get_close_matches(key, keys, n=1)
            fix = f"did you mean {near[0]}?" if near else f"the keys are {', '.join(keys)}"
            raise InputError(place, f"has an unknown key {key!r}", fix)


def _one_of(entry: Mapping[str, Any], key: str, values: tuple[str, ...], place: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or value not in values:
        problem = "is missing" if value is None else f"cannot be {value!r}"
        raise InputError(f"{place}, {key}", problem, f"write one of {', '.join(values)}")
    return value


def _key(table: str, value: object, place: str) -> tuple[str, ...]:
    names = schemas()[table].primary_key
    parts = tuple(value.split("/")) if isinstance(value, str) else ()
    if len(parts) != len(names) or not all(parts):
        raise InputError(f"{place}, row", "is not a key of that table", f"write {'/'.join(names)}")
    return parts


def _cells(table: str, values: object, place: str) -> dict[str, Cell]:
    if not isinstance(values, dict):
        raise InputError(place, "is not a table of columns", "write set.COLUMN = value")
    _refuse_unknown(values, settable(table), place)
    fields = schemas()[table]
    return {column: parse_cell(fields.field(column), value, place) for column, value in values.items()}


def _text(value: object, place: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise InputError(place, "is missing or not a text", "write it in quotation marks")
    return value


def _span(value: object, place: str) -> Span:
    match value:
        case [int(start), int(end)] if 0 <= start < end and not isinstance(start, bool):
            return Span(start, end)
    raise InputError(place, "is not a span", "write [START, END], in code points of the canonical text")


def _refuse_repeated(corrections: Iterable[Correction]) -> None:
    """Refuses two corrections of one row, as their order would matter."""
    seen: dict[tuple[str, str], str] = {}
    for correction in corrections:
        row = (correction.table, correction.row_id)
        if row in seen:
            raise InputError(correction.place, f"is the second correction of its row, after {seen[row]}", "merge them")
        seen[row] = correction.place
