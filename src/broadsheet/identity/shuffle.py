"""Shuffles: divide the rows of tables into buckets by a column, in memory or in files."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Protocol
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pyarrow as pa

_BUFFERED = 16 << 20
"""Bytes of rows that are buffered before they are written."""


class Shuffle(Protocol):
    """Collects rows and returns them bucket by bucket; the order within a bucket is undefined."""

    def add(self, table: pa.Table) -> None:
        """Adds rows."""

    def numbers(self) -> list[int]:
        """The numbers of the buckets that have rows."""

    def take(self, number: int) -> pa.Table | None:
        """Removes and returns the rows of a bucket; None if it has none."""


def buckets_of(shuffle: Shuffle) -> Iterator[tuple[int, pa.Table]]:
    """Yields number and rows of each bucket."""
    for number in shuffle.numbers():
        rows = shuffle.take(number)
        if rows is not None:
            yield number, rows


def bucket_by(buckets: int) -> Callable[[str], int]:
    """A function that maps a text to one of a number of buckets, the same in every run."""
    return lambda text: crc32(text.encode()) % buckets


class InMemory:
    """A shuffle of one bucket."""

    def __init__(self) -> None:
        self._tables: list[pa.Table] = []

    def add(self, table: pa.Table) -> None:
        """Adds rows."""
        if table.num_rows:
            self._tables.append(table)

    def numbers(self) -> list[int]:
        """The one bucket, if there are rows."""
        return [0] if self._tables else []

    def take(self, number: int) -> pa.Table | None:
        """All rows."""
        import pyarrow as pa

        tables, self._tables = self._tables if number == 0 else [], []
        return pa.concat_tables(tables) if tables else None


class OnDisk:
    """A shuffle in compressed Arrow files.

    Args:
        folder: The folder of the files; emptied first.
        column: The text column that determines the bucket.
        buckets: Number of buckets.
        place: Maps a text to the number of its bucket; a checksum if None.
    """

    def __init__(self, folder: Path, column: str, buckets: int, place: Callable[[str], int] | None = None) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self._folder = folder
        self._column = column
        self._place = place or bucket_by(buckets)
        self._held: dict[int, list[pa.Table]] = {}
        self._bytes = 0
        self._files: dict[int, list[Path]] = {}

    def add(self, table: pa.Table) -> None:
        """Adds rows."""
        import numpy as np
        import pyarrow as pa

        if not table.num_rows:
            return
        texts = table.column(self._column).combine_chunks().dictionary_encode()
        numbers = np.array([self._place(text) for text in texts.dictionary.to_pylist()], dtype=np.int64)
        number = numbers[texts.indices.to_numpy(zero_copy_only=False)]
        order = np.argsort(number, kind="stable")
        ordered = table.take(pa.array(order))
        found, starts = np.unique(number[order], return_index=True)
        ends = [*starts[1:], len(number)]
        for bucket, start, end in zip(found.tolist(), starts.tolist(), ends, strict=True):
            self._held.setdefault(bucket, []).append(ordered.slice(start, int(end) - start))
        self._bytes += ordered.nbytes
        if self._bytes > _BUFFERED:
            self._write()

    def _write(self) -> None:
        import pyarrow as pa

        for bucket, tables in self._held.items():
            files = self._files.setdefault(bucket, [])
            path = self._folder / f"{bucket:05}-{len(files):05}.arrow"
            write_arrow(pa.concat_tables(tables), path)
            files.append(path)
        self._held, self._bytes = {}, 0

    def numbers(self) -> list[int]:
        """The numbers of the buckets that have rows."""
        self._write()
        return sorted(self._files)

    def take(self, number: int) -> pa.Table | None:
        """Returns the rows of a bucket, and deletes its files."""
        import pyarrow as pa

        self._write()
        paths = self._files.pop(number, [])
        if not paths:
            return None
        rows = pa.concat_tables([read_arrow(path) for path in paths])
        for path in paths:
            path.unlink()
        return rows


def write_arrow(table: pa.Table, path: Path) -> None:
    """Writes a table to an Arrow file, compressed with Zstandard."""
    import pyarrow as pa

    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema, options=options) as writer:
        writer.write_table(table)


def read_arrow(path: Path) -> pa.Table:
    """Reads a table from :func:`write_arrow`."""
    import pyarrow as pa

    with pa.OSFile(str(path), "rb") as source:
        return pa.ipc.open_file(source).read_all()
