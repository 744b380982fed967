"""What has become of the ids of actors since the build before: which were merged, split or renamed."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from broadsheet.identity.shuffle import InMemory, OnDisk, Shuffle, buckets_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pyarrow as pa

_BUCKETS = 64

Rename = tuple[str, str, str, int]
"""Old id, new id, ``merged`` ``split`` or ``renamed``, and in how many articles."""


def renames(pairs: Iterable[tuple[pa.Table, pa.Table]], folder: Path | None = None) -> list[Rename]:
    """Compares who was who with who is who.

    An id whose actor is several now is ``split``: there is a row for each of them, the one that keeps the id among
    them. An id whose actor is one with that of another id now is ``merged``, unless it stays. An id that is another now
    is ``renamed``. Articles that were added, and actors that are in none of the old articles, make no row.

    Args:
        pairs: The mapping of some articles in the build before, and that of the same articles now, in tables of
            :func:`~broadsheet.identity.run.mapping_schema`; articles that stand in one alone do not count.
        folder: Where to work on disk, for corpora whose actors do not fit into memory; deleted in the end.

    Returns:
        The rows, by old and new id.
    """
    import pyarrow.compute as pc

    def shuffle(name: str, column: str) -> Shuffle:
        return InMemory() if folder is None else OnDisk(folder / name, column, _BUCKETS)

    by_old = shuffle("old", "old_id")
    for old, new in pairs:
        by_old.add(_changes(old, new))
    by_new = shuffle("new", "new_id")
    for _, rows in buckets_of(by_old):
        summed = rows.group_by(["old_id", "new_id"]).aggregate([("n_articles", "sum")])
        counts = summed.group_by("old_id").aggregate([("new_id", "count")])
        place = pc.index_in(summed.column("old_id"), value_set=counts.column("old_id").combine_chunks())
        by_new.add(summed.append_column("n_new", counts.column("new_id_count").take(place)))
    found: list[Rename] = []
    for _, rows in buckets_of(by_new):
        counts = rows.group_by("new_id").aggregate([("old_id", "count")])
        place = pc.index_in(rows.column("new_id"), value_set=counts.column("new_id").combine_chunks())
        n_old = counts.column("old_id_count").take(place)
        differs = pc.not_equal(rows.column("old_id"), rows.column("new_id"))
        told = rows.append_column("n_old", n_old).filter(pc.or_(differs, pc.greater(rows.column("n_new"), 1)))
        for row in told.to_pylist():
            what = "split" if row["n_new"] > 1 else "merged" if row["n_old"] > 1 else "renamed"
            found.append((row["old_id"], row["new_id"], what, row["n_articles_sum"]))
    if folder is not None:
        shutil.rmtree(folder)
    return sorted(found)


def _changes(old: pa.Table, new: pa.Table) -> pa.Table:
    """``old_id``, ``new_id`` and ``n_articles``, of the actors that both mappings have."""
    keys = ["article_id", "local_id"]
    before = old.select([*keys, "actor_id"]).rename_columns([*keys, "old_id"])
    after = new.select([*keys, "actor_id"]).rename_columns([*keys, "new_id"])
    both = before.join(after, keys, join_type="inner")
    counted = both.group_by(["old_id", "new_id"]).aggregate([("article_id", "count")])
    return counted.rename_columns(["old_id", "new_id", "n_articles"])
