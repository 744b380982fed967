"""Loads the tables into a PostgreSQL database in one transaction: readers see the old tables or the new ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg

from broadsheet.base.errors import InputError
from broadsheet.publishing.export.postgres import columns_of, schema_name, statements_after, statements_before
from broadsheet.publishing.export.relations import load_order

if TYPE_CHECKING:
    from broadsheet.publishing.export.run import Source

ERRORS = (psycopg.IntegrityError, psycopg.DataError)
"""Raised if the package is invalid."""


def load(source: Source, url: str) -> str:
    """Replaces the package's tables in a database.

    Args:
        source: The package.
        url: Address of the database as libpq takes it: ``postgresql://user@host/name`` or ``host=… dbname=…``.

    Returns:
        Where they are, without the password.

    Raises:
        InputError: If the database cannot be reached or reports an error.
    """
    try:
        connection = psycopg.connect(url, client_encoding="UTF8")
    except psycopg.Error as error:
        # The first line names host and reason, never the password.
        reason = (str(error).strip() or "no answer").splitlines()[0]
        raise InputError("--database", f"cannot be reached ({reason})", "check the address and that it runs") from error
    info = connection.info
    place = f"schema {schema_name(source)} of database {info.dbname} at {info.host}:{info.port}"
    try:
        with connection:
            _replace(source, connection)
    except ERRORS:
        raise
    except psycopg.Error as error:
        reason = " ".join(str(error).split())
        raise InputError("--database", f"refuses ({reason})", "fix it there; nothing was changed") from error
    return place


def _replace(source: Source, connection: psycopg.Connection) -> None:
    with connection.cursor() as cursor:
        for statement in statements_before(source):
            cursor.execute(statement.encode())
        for name in load_order():
            with cursor.copy(f"COPY {columns_of(name)} FROM STDIN".encode()) as copy:
                for batch in source.batches(name):
                    for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                        copy.write_row(row)
        for statement in statements_after():
            cursor.execute(statement.encode())
