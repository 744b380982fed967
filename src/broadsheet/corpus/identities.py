"""Who is who in a corpus: from the blocks to ids of actors, and what has changed of them since the last run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.corpus.blocks import LOCAL_ACTORS, flat
from broadsheet.corpus.division import read_blocks
from broadsheet.corpus.sealed import remove, said_of, seal, to_disk
from broadsheet.identity import resolve_stream
from broadsheet.publishing.layout import bucket_of, part_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa

    from broadsheet.corpus.division import Division
    from broadsheet.identity import Resolved


def identify(division: Division, folder: Path) -> Resolved:
    """Decides who is who over a corpus, in memory that a part of it takes.

    Args:
        division: The corpus.
        folder: Where to work; what is found is kept there.
    """
    return resolve_stream(
        _local_actors(division),
        folder,
        buckets=division.parts,
        part_of=lambda article_id: part_of(article_id, division.parts),
        actor_part_of=lambda actor_id: bucket_of(actor_id, division.parts),
    )


def keep(resolved: Resolved, parts: int, ids: Path) -> None:
    """Keeps who is who, for the next run to compare; what a run before has kept goes."""
    mapping = resolved.folder / "mapping"
    mapping.mkdir(exist_ok=True)
    seal(mapping, parts)
    remove(ids)
    mapping.rename(ids)
    to_disk(ids.parent)


def pairs_of(resolved: Resolved, parts: int, ids: Path) -> Iterator[tuple[pa.Table, pa.Table]]:
    """Who was who in the last run, and who is who now, for some articles at a time; nothing where no run was before."""
    import pyarrow as pa

    from broadsheet.identity.shuffle import read_arrow

    before = said_of(ids)
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
    """The parts of a finer division that make a part of a coarser one."""
    each = fine // coarse
    return range(number * each, (number + 1) * each)


def _local_actors(division: Division) -> Iterator[pa.Table]:
    for share in division.shares:
        block = read_blocks(share, [LOCAL_ACTORS])
        if block.num_rows:
            yield flat(block, LOCAL_ACTORS)
