"""A folder to load into PostgreSQL with ``psql``: ``load.sql``, and one CSV file per table for COPY.

Every text is quoted, so an empty text differs from null, which is an unquoted empty cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.publishing.export.postgres import columns_of, schema_name, statements_after, statements_before
from broadsheet.tables.cells import cell_text
from broadsheet.tables.schema import TABLES, schemas

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet.publishing.export.run import Source

SCRIPT = "load.sql"
FILES = frozenset({SCRIPT, "README.txt", *(f"{name}.csv" for name in TABLES)})
"""The files of such a folder."""
ERRORS: tuple[type[Exception], ...] = ()
README = """\
{title}

Loads into PostgreSQL 12 or newer, in one transaction, from within this folder:

    psql -d DATABASE -f load.sql

The tables are created in the schema "{schema}"; tables of an earlier load are replaced.
"""


def write(source: Source, path: Path) -> None:
    """Writes the folder."""
    (path / "README.txt").write_text(
        README.format(title=source.title, schema=schema_name(source)), encoding="utf-8", newline="\n"
    )
    (path / SCRIPT).write_text(_script(source), encoding="utf-8", newline="\n")
    for name in TABLES:
        with (path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            file.write(",".join(schemas()[name].columns) + "\n")
            for batch in source.batches(name):
                rows = zip(*(map(_copied, column.to_pylist()) for column in batch.columns), strict=True)
                file.writelines(",".join(row) + "\n" for row in rows)


def _copied(value: object) -> str:
    """A cell in the CSV format of COPY."""
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    return cell_text(value)


def _script(source: Source) -> str:
    copies = [
        rf"\copy {columns_of(name)} FROM '{name}.csv' WITH (FORMAT csv, HEADER true, ENCODING 'UTF8')"
        for name in TABLES
    ]
    lines = [
        r"\set ON_ERROR_STOP on",
        "SET client_encoding TO 'UTF8';",
        "BEGIN;",
        *(f"{statement};" for statement in statements_before(source)),
        *copies,
        *(f"{statement};" for statement in statements_after()),
        "COMMIT;",
    ]
    return "\n".join(lines) + "\n"
