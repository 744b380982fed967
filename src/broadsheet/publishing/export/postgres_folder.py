"""A folder to load into PostgreSQL with ``psql``: ``load.sql``, and a CSV file a table as COPY reads it.

An unquoted empty cell is null, and every text is quoted, so that an empty text would stay one.
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
"""What such a folder holds."""
ERRORS: tuple[type[Exception], ...] = ()
README = """\
{title}

Loads into PostgreSQL 12 or newer, in one transaction, from within this folder:

    psql -d DATABASE -f load.sql

The tables come into the schema "{schema}", which is made; tables of an earlier load are replaced.
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
    """A cell as COPY reads it in CSV."""
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
