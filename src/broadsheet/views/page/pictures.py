"""The pictures of a package as data for its page: specifications, and the rows that they draw."""

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
class PagePicture:
    """A picture on a page."""

    picture: Picture

    @property
    def name(self) -> str:
        """Its name."""
        return self.picture.name

    def head(self) -> dict[str, Any]:
        """The part that is read at startup: the description, and the specification for a light and a dark page."""
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

    def data(self) -> dict[str, Any]:
        """The rows that it draws, by data set."""
        return {name: _frame(rows) for name, rows in self.picture.data.items()}


def pictures(sheets: Mapping[str, Sheet]) -> tuple[PagePicture, ...]:
    """The pictures of the tables, without rows that lack a required cell, as a broken package may have."""
    from broadsheet.tables.frames import TableSet
    from broadsheet.views.plot import pictures as drawn

    tables = TableSet.from_arrow({name: _complete(sheet) for name, sheet in sheets.items()})
    return tuple(map(PagePicture, drawn(tables)))


def _complete(sheet: Sheet) -> pa.Table:
    """The rows of a table that have all required cells."""
    from broadsheet.tables.schema import schemas

    rows = sheet.typed
    for field in schemas()[sheet.name].fields:
        if field.required and rows.column(field.name).null_count:
            rows = rows.filter(rows.column(field.name).is_valid())
    return rows


def without_addresses(spec: Any) -> Any:
    """A specification without ``$schema``, the URL that gives the version of Vega's language."""
    if isinstance(spec, dict):
        return {key: without_addresses(value) for key, value in spec.items() if key != "$schema"}
    return [without_addresses(value) for value in spec] if isinstance(spec, list) else spec


def _frame(rows: pd.DataFrame) -> dict[str, Any]:
    return frame({str(name): [_plain(cell) for cell in rows[name]] for name in rows}, len(rows))


def _plain(cell: Any) -> Any:
    """A cell as JSON: string, number, boolean or null; days in ISO 8601."""
    if cell is None or type(cell).__name__ in ("NAType", "NaTType"):
        return None
    if hasattr(cell, "item"):  # a NumPy scalar
        cell = cell.item()
    if isinstance(cell, Decimal):
        cell = int(cell) if cell == cell.to_integral_value() and abs(cell) < 2**53 else float(cell)
    if isinstance(cell, float):
        return cell if isfinite(cell) else None
    return cell if isinstance(cell, str | int | bool) else str(cell)
