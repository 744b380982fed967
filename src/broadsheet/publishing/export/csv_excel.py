"""CSV files that Excel opens directly: a byte order mark, CRLF, and an apostrophe before apparent formulas.

They are not the canonical data: a text cell may differ from the package's by that apostrophe. Numbers and dates are
never changed, so a negative number stays one.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from broadsheet.publishing.export.spreadsheet import safe_text
from broadsheet.tables.cells import cell_text
from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet.publishing.export.run import Source

README = """\
{title}

These CSV files are for spreadsheets and are not the canonical data: they begin with a byte order mark, and a text cell
that a spreadsheet would read as a formula (it begins with = + - @ or a control character), a number or a date has an
apostrophe before it. The canonical files are data/*.csv and data/*.parquet of the package, whose checksums are in its
datapackage.json.
"""

FILES = frozenset({"README.txt", *(f"{name}.not-canonical.csv" for name in TABLES)})
"""The files of such a folder."""
ERRORS: tuple[type[Exception], ...] = ()


def write(source: Source, path: Path) -> None:
    """Writes a folder with one file per table, and a README."""
    (path / "README.txt").write_bytes(README.format(title=source.title).encode("utf-8"))
    for name in TABLES:
        texts = {field.name for field in schemas()[name].fields if field.type == "string"}
        with (path / f"{name}.not-canonical.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerow(schemas()[name].columns)
            for batch in source.batches(name):
                columns = []
                for column, cells in zip(batch.schema.names, batch.columns, strict=True):
                    written = map(cell_text, cells.to_pylist())
                    columns.append(map(safe_text, written) if column in texts else written)
                writer.writerows(zip(*columns, strict=True))
