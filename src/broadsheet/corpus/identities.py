"""Resolves the actors of a corpus, and compares their ids with those of the last run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.corpus.blocks import LOCAL_ACTORS, rows_in
from broadsheet.corpus.division import read_blocks
from broadsheet.corpus.sealed import note_of, remove, seal, sync
from broadsheet.identity import resolve_stream
from broadsheet.publishing.layout import bucket_of, part_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import pyarrow as pa

    from broadsheet.corpus.division import CorpusPart
    from broadsheet.identity import Resolved


def identify(parts: Sequence[CorpusPart], folder: Path) -> Resolved:
    """Resolves the actors of a corpus, one part in memory at a time; the result is kept in ``folder``."""
    return resolve_stream(
        _local_actors(parts),
        folder,
        buckets=len(parts),
        part_of=lambda article_id: part_of(article_id, len(parts)),
        actor_part_of=lambda actor_id: bucket_of(actor_id, len(parts)),
    )


def keep(resolved: Resolved, parts: int, ids: Path) -> None:
    """Replaces the ids of the last run with these, for the next run to compare."""
    mapping = resolved.folder / "mapping"
    mapping.mkdir(exist_ok=True)
    seal(mapping, parts)
    remove(ids)
    mapping.rename(ids)
    sync(ids.parent)


def pairs_of(resolved: Resolved, parts: int, ids: Path) -> Iterator[tuple[pa.Table, pa.Table]]:
    """The old and the new ids of some articles at a time; nothing if there was no run before."""
    import pyarrow as pa

    from broadsheet.identity.shuffle import read_arrow

    before = note_of(ids)
    if not isinstance(before, int) or before < 1:
        return
    coarse = min(parts, before)
    for number in range(coarse):
        kept = [ids / f"part-{n:04}.arrow" for n in _within(number, coarse, before)]
        old = [read_arrow(path) for path in kept if path.is_file()]
        new = [resolved.mapping(n) for n in _within(number, coarse, parts)]
        if old:
            yield pa.concat_tables(old), pa.concat_tables(new)


def _within(number: int, coarse: int, fine: int) -> range:
    """The parts of a finer division that make up a part of a coarser one."""
    each = fine // coarse
    return range(number * each, (number + 1) * each)


def _local_actors(parts: Sequence[CorpusPart]) -> Iterator[pa.Table]:
    for part in parts:
        block = read_blocks(part, [LOCAL_ACTORS])
        if block.num_rows:
            yield rows_in(block, LOCAL_ACTORS)
