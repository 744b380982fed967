"""R's own ``read.csv`` on the package's CSV."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from typing import TYPE_CHECKING, Any

import needs
import pytest
from readers import wanted

from broadsheet.tables.schema import TABLES, schema

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = """\
kinds <- c(hs_chapter = "character", rate_is_additional = "logical", is_retaliation = "logical", published_on = "Date")
options(digits = 17)
for (name in commandArgs(trailingOnly = TRUE)) {
  named <- kinds[names(kinds) %in% names(read.csv(name, nrows = 1))]
  table <- read.csv(name, na.strings = "", encoding = "UTF-8", colClasses = named)
  for (column in names(table)) {
    cells <- table[[column]][!is.na(table[[column]])]
    said <- if (is.character(cells)) sum(nchar(cells)) else sum(as.numeric(cells))
    cat(name, column, class(table[[column]]), nrow(table), length(cells), format(said, scientific = TRUE), "\\n")
  }
}
"""
# Unless told, R takes true and false in lower case for texts, chapters for numbers, and days for texts.

KINDS = {
    "string": {"character"},
    "integer": {"integer"},
    "number": {"numeric", "integer"},
    "boolean": {"logical"},
    "date": {"character", "Date"},
}


@pytest.fixture(scope="session")
def rows_of_r(package: Path) -> dict[tuple[str, str], tuple[str, int, int, float]]:
    """Table and column to class, rows, cells that are not missing, and their sum: of numbers, or of characters."""
    command = [needs.program("Rscript"), "-e", SCRIPT, *(f"{name}.csv" for name in TABLES)]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, cwd=package / "data", capture_output=True, text=True, check=False, env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    told = [line.split() for line in done.stdout.splitlines()]
    return {
        (name.removesuffix(".csv"), column): (kind, int(rows), int(cells), float(total))
        for name, column, kind, rows, cells, total in told
    }


def test_read_csv(package: Path, rows_of_r: dict[tuple[str, str], tuple[str, int, int, float]]) -> None:
    """Base R has every row, every missing cell, the sums of numbers and the characters of texts."""
    for name, rows in wanted(package).items():
        for place, field in enumerate(schema(name).fields):
            cells = [row[place] for row in rows if row[place] is not None]
            kind, count, full, total = rows_of_r[name, field.name]
            assert (count, full) == (len(rows), len(cells))
            # A column of nothing has no type in a CSV.
            if cells:
                assert kind in KINDS[field.type]
                assert total == pytest.approx(sum(weight(cell, kind) for cell in cells), rel=1e-12)


def weight(cell: Any, kind: str) -> float:
    """What a cell adds to the sum: a day in R counts from 1970."""
    if isinstance(cell, date):
        return (cell - date(1970, 1, 1)).days if kind == "Date" else len(str(cell))
    return len(cell) if isinstance(cell, str) else float(cell)
