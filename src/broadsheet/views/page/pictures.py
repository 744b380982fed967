"""The pictures of a package as a page carries them: what to draw, and the rows that it is drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Any

from broadsheet.views.page.packing import frame

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    import pyarrow as pa

    from broadsheet.views.page.sheets import Sheet
    from broadsheet.views.plot import Picture


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture."""

    picture: Picture

    @property
    def name(self) -> str:
        """Its name."""
        return self.picture.name

    def told(self) -> dict[str, Any]:
        """What is read at once: what it is, and its specification for a bright and a dark page."""
        picture = self.picture
        return {
            "name": picture.name,
            "title": picture.title,
            "about": picture.about,
            "table": picture.table,
            "answers": dict(picture.answers),
            "spec": without_addresses(picture.spec()),
            "dark": without_addresses(picture.spec(dark=True)),
            "placing": without_addresses(picture.placing) if picture.placing is not None else None,
        }

    def packed(self) -> dict[str, Any]:
        """The rows that it is drawn from, by data set."""
        return {name: _frame(rows) for name, rows in self.picture.data.items()}


def pictures(sheets: Mapping[str, Sheet]) -> tuple[Shown, ...]:
    """The pictures of the tables. A row of a broken package that lacks what no row may lack has no mark in them."""
    from broadsheet.tables.frames import TableSet
    from broadsheet.views.plot import pictures as drawn

    tables = TableSet.from_arrow({name: _complete(sheet) for name, sheet in sheets.items()})
    return tuple(map(Shown, drawn(tables)))


def _complete(sheet: Sheet) -> pa.Table:
    """The rows of a table that have all cells that must be given."""
    from broadsheet.tables.schema import schemas

    rows = sheet.typed
    for field in schemas()[sheet.name].fields:
        if field.required and rows.column(field.name).null_count:
            rows = rows.filter(rows.column(field.name).is_valid())
    return rows


def without_addresses(spec: Any) -> Any:
    """A specification without ``$schema``, the address by which Vega tells the version of its language."""
    if isinstance(spec, dict):
        return {key: without_addresses(value) for key, value in spec.items() if key != "$schema"}
    return [without_addresses(value) for value in spec] if isinstance(spec, list) else spec


def _frame(rows: pd.DataFrame) -> dict[str, Any]:
    return frame({str(name): [_plain(cell) for cell in rows[name]] for name in rows}, len(rows))


def _plain(cell: Any) -> Any:
    """A cell as JSON has it: text, number, truth or null; days as ISO 8601 writes them."""
    if cell is None or type(cell).__name__ in ("NAType", "NaTType"):
        return None
    if hasattr(cell, "item"):  # a number of numpy
        cell = cell.item()
    if isinstance(cell, Decimal):
        cell = int(cell) if cell == cell.to_integral_value() and abs(cell) < 2**53 else float(cell)
    if isinstance(cell, float):
        return cell if isfinite(cell) else None
    return cell if isinstance(cell, str | int | bool) else str(cell)
