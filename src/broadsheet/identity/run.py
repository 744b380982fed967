"""Resolves local actors, in memory for small builds and in buckets on disk for corpora, with the same result."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from broadsheet.identity.local import LocalActor, in_order
from broadsheet.identity.naming import clashes, named
from broadsheet.identity.shuffle import InMemory, OnDisk, Shuffle, buckets_of, read_arrow, write_arrow
from broadsheet.identity.signatures import signed
from broadsheet.identity.steps import full_names, short_names, split_by_article, states
from broadsheet.identity.table import to_table
from broadsheet.tables.arrow import arrow_schema
from broadsheet.tables.rows import ActorRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    import pyarrow as pa


_HELD = 32
"""Batches whose states are kept in memory before they are summed."""


@dataclass(frozen=True, slots=True)
class Identities:
    """The identities of the actors of some articles.

    Attributes:
        ids: Article key and local actor id to the id across all articles.
        actors: The rows of ``actors``, sorted by id.
    """

    ids: Mapping[tuple[str, str], str]
    actors: tuple[ActorRow, ...]

    def of_article(self, article_id: str, local_ids: Iterable[str]) -> dict[str, str]:
        """Local to global id of an article's actors, where they differ."""
        changes = {local: self.ids[article_id, local] for local in local_ids}
        return {local: actor for local, actor in changes.items() if local != actor}


@cache
def mapping_schema() -> pa.Schema:
    """The Arrow schema of the mapping from the actors of each article to the actors of all articles."""
    import pyarrow as pa

    text = pa.string()
    return pa.schema(
        [
            pa.field("article_id", text, nullable=False),
            pa.field("local_id", text, nullable=False),
            pa.field("actor_id", text, nullable=False),
            pa.field("name", text, nullable=False),
            pa.field("kind", text, nullable=False),
            pa.field("country_code", text),
            pa.field("wikidata_id", text),
        ]
    )


def resolve(actors: Iterable[LocalActor]) -> Identities:
    """Resolves the actors of several articles in memory.

    Args:
        actors: The actors of every article, in any order; each article only once.
    """
    mapping: dict[tuple[str, str], str] = {}
    rows: dict[str, ActorRow] = {}
    ordered = in_order(actors)
    if not ordered:
        return Identities({}, ())
    for mapped, found in _resolved([to_table(ordered)], lambda _name, _column: InMemory()):
        keys = zip(mapped.column("article_id").to_pylist(), mapped.column("local_id").to_pylist(), strict=True)
        mapping.update(zip(keys, mapped.column("actor_id").to_pylist(), strict=True))
        for row in found.to_pylist():
            rows[row["actor_id"]] = ActorRow(**row)
    return Identities(mapping, tuple(rows[key] for key in sorted(rows)))


@dataclass(frozen=True, slots=True)
class Resolved:
    """The result of :func:`resolve_stream` on disk.

    Attributes:
        folder: The folder of the result.
        n_actors: Number of actors.
    """

    folder: Path
    n_actors: int

    def mapping(self, part: int) -> pa.Table:
        """The mapping of the articles of a part, sorted by article and local id; may be empty."""
        return _part(self.folder / "mapping", part, mapping_schema())

    def actors(self, part: int) -> pa.Table:
        """The rows of ``actors`` of a part, sorted by id; may be empty."""
        return _part(self.folder / "actors", part, arrow_schema("actors"))


def _part(folder: Path, part: int, schema: pa.Schema) -> pa.Table:
    path = folder / f"part-{part:04}.arrow"
    return read_arrow(path) if path.exists() else schema.empty_table()


def resolve_stream(
    batches: Iterable[pa.Table],
    folder: Path,
    *,
    buckets: int,
    part_of: Callable[[str], int],
    actor_part_of: Callable[[str], int],
) -> Resolved:
    """Resolves the actors of a corpus, with one bucket in memory at a time.

    Args:
        batches: Tables of :func:`~broadsheet.identity.table.local_schema`, of any size and in any order.
        folder: The working and output folder; leftovers of an earlier run are deleted.
        buckets: Number of buckets that the actors are divided into. It affects memory, not the result.
        part_of: Maps the key of an article to the part of its mapping.
        actor_part_of: Maps the id of an actor to the part of its row.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shuffles = folder / "shuffles"

    def shuffle(name: str, column: str) -> Shuffle:
        return OnDisk(shuffles / name, column, buckets)

    mapping = OnDisk(shuffles / "mapping", "article_id", buckets, part_of)
    actors = OnDisk(shuffles / "actors", "actor_id", buckets, actor_part_of)
    for mapped, found in _resolved(batches, shuffle):
        mapping.add(mapped)
        actors.add(found)
    _write_parts(mapping, folder / "mapping", ["article_id", "local_id"])
    n_actors = _write_parts(actors, folder / "actors", ["actor_id"])
    shutil.rmtree(shuffles)
    return Resolved(folder, n_actors)


def _write_parts(rows: Shuffle, folder: Path, keys: list[str]) -> int:
    folder.mkdir()
    n = 0
    for part, table in buckets_of(rows):
        ordered = table.sort_by([(key, "ascending") for key in keys])
        write_arrow(ordered.combine_chunks(), folder / f"part-{part:04}.arrow")
        n += table.num_rows
    return n


def _resolved(
    batches: Iterable[pa.Table], shuffle: Callable[[str, str], Shuffle]
) -> Iterator[tuple[pa.Table, pa.Table]]:
    """Yields the mapping and the actors, bucket by bucket."""
    full, short = shuffle("full", "block"), shuffle("short", "block")
    of_states: list[pa.Table] = []
    for batch in batches:
        rows = signed(batch)
        full.add(rows.full)
        short.add(rows.short)
        of_states.append(states(rows.states))
        if len(of_states) > _HELD:
            of_states = [_summed(of_states)]
        yield _states_mapped(batch), arrow_schema("actors").empty_table()
    members, announced = shuffle("members", "base"), shuffle("announced", "block")
    for _, rows in buckets_of(full):
        placed, words = full_names(rows)
        members.add(placed)
        announced.add(words)
    for number, rows in buckets_of(short):
        members.add(short_names(rows, announced.take(number)))
    settled = shuffle("settled", "base")
    if of_states:
        settled.add(_summed(of_states))
    for _, rows in buckets_of(members):
        settled.add(split_by_article(rows))
    placed_rows, actors = shuffle("placed", "base"), shuffle("named", "base")
    ids = shuffle("ids", "actor_id")
    for _, rows in buckets_of(settled):
        placed, found = named(rows)
        placed_rows.add(placed)
        actors.add(found)
        ids.add(found.select(["actor_id", "cluster", "is_plain"]))
    changed: dict[str, str] = {}
    for _, rows in buckets_of(ids):
        columns = (rows.column(name).to_pylist() for name in ("actor_id", "cluster", "is_plain"))
        changed |= clashes(zip(*columns, strict=True))
    for number, found in buckets_of(actors):
        yield _mapped(placed_rows.take(number), found, changed)


def _states_mapped(actors: pa.Table) -> pa.Table:
    """The mapping of states: their ids are their slugs, which no other kind of actor gets."""
    import pyarrow.compute as pc

    names = ["article_id", "actor_id", "actor_id", *mapping_schema().names[3:]]
    found = actors.filter(pc.equal(actors.column("kind"), "country")).select(names)
    return found.rename_columns(mapping_schema().names).cast(mapping_schema())


def _summed(members: list[pa.Table]) -> pa.Table:
    """The members of states of all batches, summed by signature."""
    import pyarrow as pa

    rows = pa.concat_tables(members)
    summed = rows.group_by(["base", "cluster", "joined", "signature", "local_id"])
    added = summed.aggregate([("article_id", "min"), ("n_mentions", "sum")])
    return added.rename_columns({"article_id_min": "article_id", "n_mentions_sum": "n_mentions"}).select(
        rows.column_names
    )


def _mapped(placed: pa.Table | None, actors: pa.Table, changed: Mapping[str, str]) -> tuple[pa.Table, pa.Table]:
    """The mapping and the rows of ``actors`` of a bucket, unordered."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if changed:
        pairs = zip(actors.column("cluster").to_pylist(), actors.column("actor_id").to_pylist(), strict=True)
        ids = pa.array([changed.get(cluster, actor_id) for cluster, actor_id in pairs], pa.string())
        actors = actors.set_column(actors.schema.get_field_index("actor_id"), "actor_id", ids)
    target = arrow_schema("actors")
    origin = pa.array(["extracted"] * actors.num_rows, pa.string())
    columns = [origin if name == "origin" else actors.column(name) for name in target.names]
    if placed is None:
        return mapping_schema().empty_table(), pa.table(columns, target)
    place = pc.index_in(placed.column("cluster"), value_set=actors.column("cluster").combine_chunks())
    actor = actors.take(place)
    keys = {"article_id": placed.column("article_id"), "local_id": placed.column("local_id")}
    mapping = pa.table([*keys.values(), *(actor.column(name) for name in mapping_schema().names[2:])], mapping_schema())
    return mapping, pa.table(columns, target)
