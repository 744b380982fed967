"""Which articles of a corpus stand in which part of its package, and in which blocks their rows may be found."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from broadsheet.corpus.blocks import block_schema, columns_of, spans
from broadsheet.publishing.layout import n_parts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pyarrow as pa

_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Share:
    """A part's articles (columns ``article_id`` and ``fingerprint``), by id, and the blocks that may have them."""

    number: int
    articles: pa.Table
    blocks: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Division:
    """A corpus in parts."""

    shares: tuple[Share, ...]

    @property
    def parts(self) -> int:
        """How many parts there are."""
        return len(self.shares)


def divide(articles: pa.Table, blocks: Sequence[Path]) -> Division:
    """Divides articles, which come by ``article_id``, among as many parts as their number asks for."""
    parts = n_parts(articles.num_rows)
    ids = articles.column("article_id").to_pylist()
    edges = [bisect_left(ids, f"art_{number * (16**_DIGITS // parts):016x}") for number in range(parts)] + [len(ids)]
    named = [(*spans(path), path) for path in blocks]
    shares = []
    for number, (first, last) in enumerate(pairwise(edges)):
        mine = articles.slice(first, last - first).select(["article_id", "fingerprint"]).combine_chunks()
        low, high = (ids[first][4:], ids[last - 1][4:]) if last > first else ("g", "")
        shares.append(Share(number, mine, tuple(path for least, most, path in named if least <= high and most >= low)))
    return Division(tuple(shares))


def read_blocks(share: Share, columns: list[str] | None = None) -> pa.Table:
    """What the blocks have of the articles of a share, by ``article_id``: all columns, or some besides the keys."""
    import pyarrow as pa
    import pyarrow.compute as pc

    names = ["article_id", "fingerprint", *columns] if columns is not None else block_schema().names
    wanted = share.articles.column("fingerprint").combine_chunks()
    found = []
    for path in share.blocks:
        table = columns_of(path, names)
        found.append(table.filter(pc.is_in(table.column("fingerprint"), value_set=wanted)))
    if not found:
        return pa.schema([block_schema().field(name) for name in names]).empty_table()
    joined = pa.concat_tables(found)
    order = pc.sort_indices(joined, sort_keys=[("article_id", "ascending")])
    ids = joined.column("article_id").take(order).to_pylist()
    # What was extracted twice is the same twice.
    first = [place for place, (one, before) in enumerate(zip(ids, [None, *ids[:-1]], strict=True)) if one != before]
    return joined.take(order.take(pa.array(first, pa.int64()))).combine_chunks()
