"""Operators that damage one cell: its presence, type, form, value or characters."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from broadsheet.quality.mutation.damage import Damage, Mutant, Operator, Reach, columns, key_at, put, shuffled
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from random import Random

    import pyarrow as pa

    from broadsheet.quality.mutation.damage import Draft
    from broadsheet.tables.schema import Field

KEEP = object()
"""Returned by a change that does not apply to the cell."""

_SPAN = frozenset({"char_start", "char_end"})


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell and the context that a change may use."""

    table: str
    field: Field
    value: Any
    row: Mapping[str, Any]
    tables: Mapping[str, pa.Table]
    random: Random

    @property
    def is_key(self) -> bool:
        """Whether the cell is part of the primary key."""
        return self.field.name in schemas()[self.table].primary_key

    @property
    def target(self) -> tuple[str, str] | None:
        """Table and column that its foreign key refers to; None if it has no foreign key."""
        links = [k for k in schemas()[self.table].foreign_keys if k.column == self.field.name]
        return (links[0].target_table, links[0].target_column) if links else None

    @property
    def is_text(self) -> bool:
        """Whether the cell is free text."""
        field = self.field
        return (
            isinstance(self.value, str)
            and not (field.enum or field.pattern or self.target or self.is_key)
            and field.type == "string"
        )

    def others(self) -> list[Any]:
        """Returns other values allowed in the cell: from its enumeration, its target column or its own column."""
        if self.field.enum:
            values: set[Any] = {*self.field.enum}
        else:
            table, column = self.target or (self.table, self.field.name)
            values = {*self.tables[table].column(column).to_pylist()}
        return sorted(values - {None, self.value}, key=str)

    def another(self) -> Any:
        """Returns a random value of :meth:`others`; ``KEEP`` if there is none."""
        others = self.others()
        return self.random.choice(others) if others else KEEP


def _operator(name: str, says: str, reach: Reach, change: Callable[[Cell], Any]) -> Operator:
    def make(table: str, column: str) -> Callable[[Draft, Random], Damage | None]:
        def damage(draft: Draft, random: Random) -> Damage | None:
            before, field = draft.tables[table], schemas()[table].field(column)
            rows = before.to_pylist()
            for position in shuffled(len(rows), random):
                cell = Cell(table, field, rows[position][column], rows[position], draft.tables, random)
                after = change(cell)
                if after is KEEP or (type(after) is type(cell.value) and after == cell.value):
                    continue
                changed = put(before, column, {position: after})
                return Damage({table: changed}, key=key_at(table, changed, position))
            return None

        return damage

    def aims(operator: Operator, _: Draft) -> Iterator[Mutant]:
        return (Mutant(operator, table, column, make(table, column)) for table, column in columns())

    return Operator(name, says, reach, aims)


def _emptied(cell: Cell) -> Any:
    return None if cell.field.required and cell.value is not None else KEEP


def _optional_emptied(cell: Cell) -> Any:
    return None if not cell.field.required and cell.value is not None else KEEP


def _optional_filled(cell: Cell) -> Any:
    if cell.field.required or cell.value is not None:
        return KEEP
    other = cell.another()
    if other is not KEEP:
        return other
    made = {"date": date(2024, 3, 9), "integer": 7, "number": Decimal("12.5"), "boolean": True}
    text = {"wikidata_id": "Q42", "hs_chapter": "17", "url": "https://example.org/a", "per": "barrel"}
    return made.get(cell.field.type, KEEP if cell.target else text.get(cell.field.name, cell.field.example))


def _wrong_type(cell: Cell) -> Any:
    return "some words" if cell.field.type != "string" and cell.value is not None else KEEP


def _outside_enum(cell: Cell) -> Any:
    return f"{cell.value}X" if cell.field.enum and cell.value is not None else KEEP


def _other_enum(cell: Cell) -> Any:
    return cell.another() if cell.field.enum and cell.value is not None else KEEP


def _breaks_pattern(cell: Cell) -> Any:
    return f"!{cell.value}" if cell.field.pattern and cell.value is not None else KEEP


def _below(cell: Cell) -> Any:
    limit = cell.field.minimum
    if limit is None or cell.value is None:
        return KEEP
    if isinstance(limit, str):
        return date.fromisoformat(limit) - timedelta(1) if limit > "0001-01-01" else KEEP
    return type(cell.value)(limit - 1)


def _above(cell: Cell) -> Any:
    limit = cell.field.maximum
    if limit is None or cell.value is None:
        return KEEP
    if isinstance(limit, str):
        return date.fromisoformat(limit) + timedelta(1) if limit < "9999-12-31" else KEEP
    return type(cell.value)(limit + 1)


def _other_link(cell: Cell) -> Any:
    return cell.another() if cell.target and cell.value is not None and not cell.is_key else KEEP


def _dangling(cell: Cell) -> Any:
    if cell.target is None or not isinstance(cell.value, str):
        return KEEP
    last = cell.value[-1]
    return cell.value[:-1] + ("0" if last != "0" else "1") if "_" in cell.value[:4] else _unused(cell)


def _unused(cell: Cell) -> str:
    used = {cell.value, *cell.others()}
    candidates = ("ZWE", "VUT", "TUV") if str(cell.value).isupper() else ("nobody-here",)
    return next(value for value in candidates if value not in used)


def _own_row(cell: Cell) -> Any:
    """Returns a self-reference that points to its own row."""
    if cell.target is None or cell.target[0] != cell.table or cell.is_key:
        return KEEP
    own = cell.row[cell.target[1]]
    return own if cell.value not in (None, own) else KEEP


def _self_reference(cell: Cell) -> Any:
    if cell.target is None or cell.target[0] != cell.table or cell.is_key:
        return KEEP
    return cell.another()


def _decimal(change: Callable[[Decimal], Decimal]) -> Callable[[Cell], Any]:
    def changed(cell: Cell) -> Any:
        if not isinstance(cell.value, Decimal):
            return KEEP
        return change(cell.value).quantize(Decimal("0.0001"))

    return changed


def _fraction(cell: Cell) -> Any:
    rate = "percent" in cell.field.name or cell.row.get("unit") == "percent"
    return (cell.value / 100).quantize(Decimal("0.0001")) if rate and isinstance(cell.value, Decimal) else KEEP


def _currency(cell: Cell) -> Any:
    if cell.field.name != "unit":
        return KEEP
    return "EUR" if cell.value == "USD" else "USD"


def _date(change: Callable[[date], date | None]) -> Callable[[Cell], Any]:
    def changed(cell: Cell) -> Any:
        after = change(cell.value) if isinstance(cell.value, date) else None
        return KEEP if after is None else after

    return changed


def _month_and_day(day: date) -> date | None:
    return date(day.year, day.day, day.month) if day.day <= 12 and day.day != day.month else None


def _next_year(day: date) -> date | None:
    return None if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)


def _end_first(cell: Cell) -> Any:
    start = cell.row.get({"date_end": "date_start", "ended_on": "effective_on"}.get(cell.field.name, ""))
    if start is None or cell.value is None:
        return KEEP
    return start - timedelta(400)


def _off_by_one(cell: Cell) -> Any:
    counts = cell.field.type == "integer" and cell.field.name not in _SPAN
    return cell.value + 1 if counts and cell.value is not None else KEEP


def _flipped(cell: Cell) -> Any:
    return not cell.value if isinstance(cell.value, bool) else KEEP


def _text(change: Callable[[str], str]) -> Callable[[Cell], Any]:
    return lambda cell: change(cell.value) if cell.is_text else KEEP


def _last_word(text: str) -> str:
    return re.sub(r"\w+(\W*)$", r"otherwise\1", text)


def _mojibake(text: str) -> str:
    return text.encode("utf-8").decode("cp1252", errors="ignore")


def _homoglyph(text: str) -> str:
    return text.translate(str.maketrans("aeo", "\u0430\u0435\u043e"))


def _quotation_marks(text: str) -> str:
    return text.translate(str.maketrans("‘’“”", "''\"\""))


PACKAGE, SOURCE = Reach.PACKAGE, Reach.SOURCE

OPERATORS = (
    _operator("required_emptied", "a required cell is empty", PACKAGE, _emptied),
    _operator("optional_emptied", "a cell that may be empty is", SOURCE, _optional_emptied),
    _operator("optional_filled", "an empty cell has a value", SOURCE, _optional_filled),
    _operator("wrong_type", "words in a column of numbers, dates or truth values", PACKAGE, _wrong_type),
    _operator("outside_enum", "a word that is not of the list", PACKAGE, _outside_enum),
    _operator("other_enum", "another word of the list", SOURCE, _other_enum),
    _operator("breaks_pattern", "a text of another form", PACKAGE, _breaks_pattern),
    _operator("below_minimum", "a value below the least", PACKAGE, _below),
    _operator("above_maximum", "a value above the greatest", PACKAGE, _above),
    _operator(
        "other_link", "a foreign key to another row that exists: another speaker, payer, imposer", SOURCE, _other_link
    ),
    _operator("dangling_link", "a foreign key to no row", PACKAGE, _dangling),
    _operator("own_row", "a self reference to its own row", SOURCE, _own_row),
    _operator("self_reference", "a self reference to another row", SOURCE, _self_reference),
    _operator("times_1000", "a number a thousand times as large", SOURCE, _decimal(lambda n: n * 1000)),
    _operator("negated", "a number with another sign", SOURCE, _decimal(lambda n: -n)),
    _operator(
        "last_digit", "a number that is one ten-thousandth more", SOURCE, _decimal(lambda n: n + Decimal("0.0001"))
    ),
    _operator("digits_rounded", "a number rounded to one digit", SOURCE, _decimal(lambda n: Decimal(f"{n:.0e}"))),
    _operator("fraction", "a percentage as a fraction", SOURCE, _fraction),
    _operator("other_currency", "another currency", SOURCE, _currency),
    _operator("next_day", "a date a day later", SOURCE, _date(lambda day: day + timedelta(1))),
    _operator("month_and_day", "a date with month and day swapped", SOURCE, _date(_month_and_day)),
    _operator("next_year", "a date a year later", SOURCE, _date(_next_year)),
    _operator("end_before_start", "an end before its start", PACKAGE, _end_first),
    _operator("off_by_one", "a count or place in order one higher", SOURCE, _off_by_one),
    _operator("flipped", "a truth value turned", SOURCE, _flipped),
    _operator("last_word", "another last word in a text", SOURCE, _text(_last_word)),
    _operator("other_case", "a text in capitals, or small letters", SOURCE, _text(str.swapcase)),
    _operator("cut_text", "a text without its last character", SOURCE, _text(lambda text: text[:-1])),
    _operator("mojibake", "UTF-8 read as Windows-1252", SOURCE, _text(_mojibake)),
    _operator("homoglyphs", "Cyrillic letters that look like the Latin ones", SOURCE, _text(_homoglyph)),
    _operator("straight_marks", "straight quotation marks for curly ones", SOURCE, _text(_quotation_marks)),
    _operator(
        "no_break_space", "a no-break space for a blank", PACKAGE, _text(lambda text: text.replace(" ", "\u00a0", 1))
    ),
    _operator(
        "decomposed", "letters decomposed (NFD)", PACKAGE, _text(lambda text: unicodedata.normalize("NFD", text))
    ),
    _operator("invisible", "a zero-width space in a text", PACKAGE, _text(lambda text: text[:1] + "\u200b" + text[1:])),
    _operator(
        "byte_order_mark_in_cell", "a byte order mark before a text", PACKAGE, _text(lambda text: "\ufeff" + text)
    ),
    _operator("blank_at_end", "a blank behind a text", PACKAGE, _text(lambda text: text + " ")),
    _operator("line_feed", "a line feed in a text", PACKAGE, _text(lambda text: text + "\n")),
    _operator(
        "control_character", "a NUL-like control character in a text", PACKAGE, _text(lambda text: text + "\x01")
    ),
)
