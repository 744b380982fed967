"""Divides a corpus into the parts of its package, and reads the rows of a part from the blocks."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from broadsheet.corpus.blocks import block_schema, id_range, read_columns
from broadsheet.publishing.layout import n_parts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pyarrow as pa

_DIGITS = 16


@dataclass(frozen=True, slots=True)
class CorpusPart:
    """A part's articles (columns ``article_id`` and ``fingerprint``), by id, and the blocks that may hold them."""

    number: int
    articles: pa.Table
    blocks: tuple[Path, ...]


def divide(articles: pa.Table, blocks: Sequence[Path]) -> tuple[CorpusPart, ...]:
    """Divides articles, sorted by ``article_id``, into as many parts as the layout sets for their number."""
    count = n_parts(articles.num_rows)
    ids = articles.column("article_id").to_pylist()
    edges = [bisect_left(ids, f"art_{number * (16**_DIGITS // count):016x}") for number in range(count)] + [len(ids)]
    ranges = [(*id_range(path), path) for path in blocks]
    parts = []
    for number, (first, last) in enumerate(pairwise(edges)):
        mine = articles.slice(first, last - first).select(["article_id", "fingerprint"]).combine_chunks()
        low, high = (ids[first][4:], ids[last - 1][4:]) if last > first else ("g", "")
        near = tuple(path for least, most, path in ranges if least <= high and most >= low)
        parts.append(CorpusPart(number, mine, near))
    return tuple(parts)


def read_blocks(part: CorpusPart, columns: list[str] | None = None) -> pa.Table:
    """The block rows of a part's articles, by ``article_id``: all columns, or the keys and the named ones."""
    import pyarrow as pa
    import pyarrow.compute as pc

    names = ["article_id", "fingerprint", *columns] if columns is not None else block_schema().names
    wanted = part.articles.column("fingerprint").combine_chunks()
    found = []
    for path in part.blocks:
        table = read_columns(path, names)
        found.append(table.filter(pc.is_in(table.column("fingerprint"), value_set=wanted)))
    if not found:
        return pa.schema([block_schema().field(name) for name in names]).empty_table()
    joined = pa.concat_tables(found)
    order = pc.sort_indices(joined, sort_keys=[("article_id", "ascending")])
    ids = joined.column("article_id").take(order).to_pylist()
    # An article that was extracted twice has the same rows twice.
    first = [at for at, (one, before) in enumerate(zip(ids, [None, *ids[:-1]], strict=True)) if one != before]
    return joined.take(order.take(pa.array(first, pa.int64()))).combine_chunks()
