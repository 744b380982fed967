"""How the ids of actors changed since the previous build: merged, split or renamed."""

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
"""Old id, new id, ``merged``, ``split`` or ``renamed``, and number of articles."""


def renames(pairs: Iterable[tuple[pa.Table, pa.Table]], folder: Path | None = None) -> list[Rename]:
    """Compares the actor ids of two builds.

    An actor that became several is ``split``: there is a row for each new one, including the one that keeps the id. An
    actor that was combined with another is ``merged``, unless it keeps its id. An actor with a new id is ``renamed``.
    Added articles, and actors that are in no old article, have no row.

    Args:
        pairs: The old and the new mapping of the same articles, as tables of
            :func:`~broadsheet.identity.run.mapping_schema`; articles in only one of them are ignored.
        folder: A working folder, for corpora whose actors do not fit into memory; it is deleted at the end.

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
        changed = rows.append_column("n_old", n_old).filter(pc.or_(differs, pc.greater(rows.column("n_new"), 1)))
        for row in changed.to_pylist():
            change = "split" if row["n_new"] > 1 else "merged" if row["n_old"] > 1 else "renamed"
            found.append((row["old_id"], row["new_id"], change, row["n_articles_sum"]))
    if folder is not None:
        shutil.rmtree(folder)
    return sorted(found)


def _changes(old: pa.Table, new: pa.Table) -> pa.Table:
    """``old_id``, ``new_id`` and ``n_articles`` of the actors in both mappings."""
    keys = ["article_id", "local_id"]
    before = old.select([*keys, "actor_id"]).rename_columns([*keys, "old_id"])
    after = new.select([*keys, "actor_id"]).rename_columns([*keys, "new_id"])
    both = before.join(after, keys, join_type="inner")
    counted = both.group_by(["old_id", "new_id"]).aggregate([("article_id", "count")])
    return counted.rename_columns(["old_id", "new_id", "n_articles"])
