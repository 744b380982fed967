"""Checks gold against its form: types, enumerations and spans."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from broadsheet.quality.evaluation.forms import FORMS, Field, Form, Section
from broadsheet.quality.evaluation.participants import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator


def _is_day(value: object) -> bool:
    if not isinstance(value, str) or len(value) != len("2000-01-01"):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_span(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_count, value)) and value[0] < value[1]


def _list_of(check: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, list) and all(map(check, value))


def _is_text(value: object) -> bool:
    return isinstance(value, str)


TYPES: Mapping[str, tuple[Callable[[object], bool], str]] = {
    "text": (_is_text, "a text"),
    "name": (lambda v: _is_text(v) and v != "", "the `name` of an actor"),
    "texts": (_list_of(_is_text), "a list of texts"),
    "names": (_list_of(_is_text), "a list of names of actors"),
    "code": (lambda v: isinstance(v, str) and len(v) == 3 and v.isalpha() and v.isupper(), "a code of three letters"),
    "unit": (lambda v: _is_text(v) and v != "", "a currency of ISO 4217 or `percent` and the like"),
    "day": (_is_day, "a day, YYYY-MM-DD"),
    "days": (_list_of(lambda v: isinstance(v, list) and len(v) == 2), "a list of pairs of days"),
    "number": (_is_number, "a number"),
    "numbers": (_list_of(_is_number), "a list of numbers"),
    "nth": (lambda v: _is_count(v) and v != 0, "a whole number from 1"),
    "offset": (_is_count, "an offset: a whole number from 0"),
    "spans": (_list_of(_is_span), "a list of [start, end]"),
    "flag": (lambda v: isinstance(v, bool), "true or false"),
}
"""Maps each type name to its check and its description."""


def problems(form: Form, case: Mapping[str, Any]) -> Iterator[tuple[str, object, str]]:
    """Yields the problems of a case: path of the field, its row, and the problem."""
    for section in FORMS[form].sections:
        content = case if not section.name else case.get(section.name)
        if content is None and section.name not in case and section.required:
            yield section.name, case, "is missing"
        elif content is None and section.required:
            yield section.name, case, "is null"
        elif content is not None:
            yield from _section_problems(section, content, case)
    if form in ("quotes", "figures"):
        yield from _span_problems("quotes" if form == "quotes" else "gold", case)


def _section_problems(section: Section, content: object, case: object) -> Iterator[tuple[str, object, str]]:
    if not section.many or not section.name:
        rows: list[object] = [content]
    elif isinstance(content, list):
        rows = content
    else:
        yield section.name, case, "is not a list"
        return
    for number, row in enumerate(rows):
        place = f"{section.name}[{number}]" if section.many and section.name else section.name
        if not isinstance(row, Mapping):
            yield place, case, "is not a JSON object"
            continue
        for field in section.fields:
            for name, problem in _field_problems(field, row):
                yield f"{place}.{name}".lstrip("."), row, problem


def _field_problems(field: Field, row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if field.name not in row:
        if field.printed and ("char_start" in row or "char_end" in row):
            yield from _offset_problems(row)
        elif field.required:
            yield field.name, "is missing"
        return
    check, words = TYPES[field.type]
    enum = field.enum()
    others = row.get(f"{field.name}_alt", [])
    allowed = [(field.name, row[field.name]), *((f"{field.name}_alt", v) for v in _listed(others, field))]
    for name, value in allowed:
        if value is None:
            if field.required and not field.null and name == field.name:
                yield name, "is null"
        elif not check(value):
            yield name, f"is {value!r:.60}, not {words}"
        elif enum and value not in enum:
            yield name, f"is {value!r}, not one of {', '.join(enum)}"


def _offset_problems(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in ("char_start", "char_end"):
        if name not in row:
            yield name, "is missing"
    start, end = row.get("char_start"), row.get("char_end")
    if _is_count(start) and _is_count(end) and not row["char_start"] < row["char_end"]:
        yield "char_end", "is not after char_start"


def _listed(others: object, field: Field) -> list[Any]:
    """Returns the alternative values as a list; for a field whose values are lists, each alternative is a list."""
    if field.type == "names":
        return alternatives(others)
    if not isinstance(others, list) or field.type == "texts":
        return [others] if others != [] else []
    return others


def _span_problems(section: str, case: Mapping[str, Any]) -> Iterator[tuple[str, object, str]]:
    """Yields spans outside the text, and printed texts that differ from the text at their span."""
    text, rows = case.get("text"), case.get(section)
    if not isinstance(text, str) or not isinstance(rows, list):
        return
    for number, row in enumerate(rows):
        if not isinstance(row, Mapping) or not _is_span([row.get("start"), row.get("end")]):
            if isinstance(row, Mapping) and _is_count(row.get("start")) and _is_count(row.get("end")):
                yield f"{section}[{number}].end", row, "is not behind start"
        elif row["end"] > len(text):
            yield f"{section}[{number}].end", row, f"is {row['end']}, but the text ends at {len(text)}"
        elif section == "gold" and row.get("text") != text[row["start"] : row["end"]]:
            yield f"{section}[{number}].text", row, f"is not the text at {row['start']} to {row['end']}"
