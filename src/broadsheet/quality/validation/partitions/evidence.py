"""Distributes the evidence of actors to the parts of the articles that it points into.

A package stores it with the actors, since a row of ``actors`` covers all articles. It can only be checked against the
text in the part that has the article.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from broadsheet.quality.validation.partitions.keys import parts_of_articles
from broadsheet.tables.arrow import arrow_schema

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

_AT_ONCE = 500_000
"""Number of rows to hold in memory before sorting them by part and writing them."""


class Scatter:
    """Takes evidence in any order and writes files that are each sorted by part."""

    def __init__(self, folder: Path, parts: int) -> None:
        folder.mkdir()
        self._folder, self._parts = folder, parts
        self._held: list[pa.Table] = []
        self._rows = self._runs = 0

    def add(self, evidence: pa.Table) -> None:
        """Adds rows. Rows without a valid article key go to part 0, which reports them."""
        import pyarrow as pa

        # Files differ in whether a column may be null.
        self._held.append(pa.Table.from_arrays(evidence.columns, schema=_schema()))
        self._rows += evidence.num_rows
        if self._rows >= _AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Writes the held rows."""
        import numpy as np
        import pyarrow as pa

        if not self._rows:
            return
        table = pa.concat_tables(self._held).combine_chunks()
        parts = np.maximum(parts_of_articles(_one(table.column("article_id")), self._parts), 0)
        order = np.argsort(parts, kind="stable")
        ordered = table.take(pa.array(order)).combine_chunks()
        path = str(self._folder / f"{self._runs}.arrow")
        with pa.OSFile(path, "wb") as file, pa.ipc.new_file(file, ordered.schema) as writer:
            writer.write_table(ordered)
        bounds = np.searchsorted(parts[order], np.arange(self._parts + 1))
        np.save(self._folder / f"{self._runs}.npy", bounds)
        self._runs += 1
        self._held, self._rows = [], 0


def scattered(folder: Path, number: int) -> pa.Table:
    """Returns the evidence of actors that points into the articles of a part."""
    import pyarrow as pa

    runs = [table.slice(bounds[number], bounds[number + 1] - bounds[number]) for table, bounds in open_runs(folder)]
    return pa.concat_tables([_schema().empty_table(), *runs])


def _schema() -> pa.Schema:
    import pyarrow as pa

    return pa.schema([(field.name, field.type) for field in arrow_schema("evidence")])


@cache
def open_runs(folder: Path) -> list[tuple[pa.Table, Any]]:
    """Opens the evidence files in a folder, each with the offsets of the parts in it."""
    import numpy as np
    import pyarrow as pa

    found = []
    for path in sorted(folder.glob("*.arrow"), key=lambda path: int(path.stem)):
        with pa.memory_map(str(path)) as file:
            found.append((pa.ipc.open_file(file).read_all(), np.load(path.with_suffix(".npy"))))
    return found


def _one(column: pa.ChunkedArray) -> pa.Array:
    import pyarrow as pa

    return pa.concat_arrays([pa.array([], column.type), *column.chunks])
