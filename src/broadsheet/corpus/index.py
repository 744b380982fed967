"""The index of a corpus: the articles that are kept, their duplicates, and their near-duplicates.

One text is one article. If it was read with different metadata, the reading with the most metadata is kept, then the
earliest published, then the first by fingerprint: a choice that depends on the set of articles alone.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from broadsheet.corpus.articles import from_arrow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy as np
    import pyarrow as pa

    from broadsheet.corpus.duplicates import NearDuplicate
    from broadsheet.reading import Article

_COLUMNS = ("article_id", "fingerprint", "place", "n_known", "n_words", "published_on")


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """The articles of a corpus.

    Attributes:
        files: The files of the work folder that hold them.
        kept: Columns ``article_id``, ``fingerprint``, ``place``, ``n_words``, ``published_on``, and ``file`` and
            ``row``, which locate the text; by ``article_id``.
        repeated: Columns ``place`` and ``article_id`` of the duplicates, which are left out.
        near: The near-duplicates, which are kept.
    """

    files: tuple[Path, ...]
    kept: pa.Table
    repeated: pa.Table
    near: tuple[NearDuplicate, ...]

    def __len__(self) -> int:
        return int(self.kept.num_rows)


@dataclass(frozen=True, slots=True)
class Spool:
    """The articles of a corpus, each read on demand; it can be sent to another process."""

    index: Index

    def __len__(self) -> int:
        return len(self.index)

    def __iter__(self) -> Iterator[Article]:
        for row in range(len(self)):
            yield self._article(row)

    def __call__(self, article_id: str) -> Article | None:
        """The article of that id; None if there is none."""
        ids = _sorted_ids(self.index)
        row = int(ids.searchsorted(article_id.encode()))
        return self._article(row) if row < len(ids) and ids[row] == article_id.encode() else None

    def _article(self, row: int) -> Article:
        kept = self.index.kept
        path = self.index.files[kept.column("file")[row].as_py()]
        return next(from_arrow(open_articles(path).slice(kept.column("row")[row].as_py(), 1)))


@dataclass(frozen=True, slots=True)
class Subset:
    """Some articles of a corpus, by id."""

    spool: Spool
    article_ids: frozenset[str]

    def __call__(self, article_id: str) -> Article | None:
        """The article of that id; None if it is not one of them."""
        return self.spool(article_id) if article_id in self.article_ids else None


@lru_cache(maxsize=1)
def _sorted_ids(index: Index) -> np.ndarray:
    """The ids of an index, twenty bytes each."""
    import numpy as np

    return np.array(index.kept.column("article_id").to_pylist(), dtype="S20")


def make_index(files: Sequence[Path], scratch: Path | None = None) -> Index:
    """Indexes the articles in some files, with a few hundred bytes of memory per article.

    Args:
        files: Files of articles.
        scratch: Folder for the signatures, which stay on disk; it is emptied. None to skip near-duplicates.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    parts = []
    for number, path in enumerate(files):
        table = open_articles(path).select(_COLUMNS)
        rows = table.num_rows
        table = table.append_column("file", pa.array([number] * rows, pa.int32()))
        parts.append(table.append_column("row", pa.array(range(rows), pa.int32())))
    if not parts:
        parts = [_no_articles()]
    everything = pa.concat_tables(parts).combine_chunks()
    known = pc.negate(everything.column("n_known").cast(pa.int16()))
    order = pc.sort_indices(
        everything.set_column(everything.schema.get_field_index("n_known"), "n_known", known),
        sort_keys=[
            ("article_id", "ascending"),
            ("n_known", "ascending"),
            ("published_on", "ascending"),
            ("fingerprint", "ascending"),
            ("place", "ascending"),
        ],
    )
    ordered = everything.take(order)
    ids = ordered.column("article_id").combine_chunks()
    first = _firsts(ids)
    kept, again = ordered.filter(first), ordered.filter(pc.invert(first))
    near = _near(files, kept, scratch) if scratch is not None else ()
    return Index(tuple(files), kept.drop_columns(["n_known"]), again.select(["place", "article_id"]), near)


@lru_cache(maxsize=256)
def open_articles(path: Path) -> pa.Table:
    """The articles of a file; a column is read from disk when it is used."""
    import pyarrow as pa

    return pa.ipc.open_file(pa.memory_map(str(path))).read_all()


def _no_articles() -> pa.Table:
    import pyarrow as pa

    from broadsheet.corpus.articles import article_schema

    table = article_schema().empty_table().select(_COLUMNS)
    none = pa.array([], pa.int32())
    return table.append_column("file", none).append_column("row", none)


def _firsts(ids: pa.Array) -> pa.Array:
    """Whether each of the sorted ids differs from the one before."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if len(ids) == 0:
        return pa.array([], pa.bool_())
    changed = pc.not_equal(ids.slice(1), ids.slice(0, len(ids) - 1))
    return pa.concat_arrays([pa.array([True]), changed.combine_chunks() if hasattr(changed, "chunks") else changed])


def _near(files: Sequence[Path], kept: pa.Table, scratch: Path) -> tuple[NearDuplicate, ...]:
    """The near-duplicates; the signatures are put into a file in the order in which they are compared."""
    import numpy as np

    from broadsheet.corpus.duplicates import LENGTH, near_duplicates, ranks

    if kept.num_rows < 2:
        return ()
    columns = (kept.column(name).to_pylist() for name in ("article_id", "published_on", "n_words"))
    ids, published, sizes = columns
    order = ranks(ids, published, sizes)
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    try:
        signatures = np.memmap(scratch / "signatures", np.uint32, "w+", shape=(len(order), LENGTH))
        file, row = (kept.column(name).to_numpy() for name in ("file", "row"))
        for number, path in enumerate(files):
            here = np.flatnonzero(file == number)
            column = open_articles(path).column("signature").take(row[here]).combine_chunks()
            numbers = np.frombuffer(column.buffers()[1], np.uint32)[: len(here) * LENGTH]
            signatures[rank[here]] = numbers.reshape(-1, LENGTH)
        ranked = ([ids[i] for i in order], [published[i] for i in order], [sizes[i] for i in order])
        return tuple(near_duplicates(*ranked, signatures))
    finally:
        shutil.rmtree(scratch)
