"""The resolution steps on a bucket of rows: full names, short forms, and actors that one article separates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadsheet.identity.bodies import announced_bodies, bodies_of
from broadsheet.identity.cluster import ISOLATED, STATE, Cluster, read_announced, sort_of
from broadsheet.identity.persons import announced_persons, persons_of
from broadsheet.identity.profile import FIELD, read_signature
from broadsheet.identity.short_forms import persons_left, short_bodies, short_persons
from broadsheet.identity.signatures import profiles_of

if TYPE_CHECKING:
    import pyarrow as pa

_Place = tuple[str, str, bool, bool]
"""Cluster key, its slug, whether it is isolated, whether a short form joined it."""


def full_names(rows: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Clusters the full names of a bucket.

    Returns:
        The members of the clusters, and their short forms: ``block`` and ``announced`` (JSON).
    """
    import pyarrow as pa

    places: dict[str, _Place] = {}
    blocks: list[str] = []
    packed: list[str] = []
    for profiles in profiles_of(rows).values():
        sort = sort_of(profiles[0].kind)
        for cluster in persons_of(profiles) if sort == "person" else bodies_of(profiles):
            _place(places, cluster)
            if cluster.is_isolated:
                continue
            announced = announced_persons(cluster) if sort == "person" else announced_bodies(cluster)
            for word, short_form in announced:
                blocks.append(f"{sort} {word}")
                packed.append(short_form.packed())
    announcements = {"block": pa.array(blocks, pa.string()), "announced": pa.array(packed, pa.string())}
    return _members(rows, places), pa.table(announcements)


def states(rows: pa.Table) -> pa.Table:
    """One member per signature of states, with the mentions of all its articles; slugs identify states."""
    import pyarrow as pa
    import pyarrow.compute as pc

    summed = rows.group_by(["local_id", "signature"]).aggregate([("article_id", "min"), ("n_mentions", "sum")])
    slugs = summed.column("local_id")
    return pa.table(
        {
            "base": slugs,
            "cluster": pc.binary_join_element_wise(STATE, slugs, ""),
            "joined": pa.array([False] * summed.num_rows, pa.bool_()),
            "signature": summed.column("signature"),
            "article_id": summed.column("article_id_min"),
            "local_id": slugs,
            "n_mentions": summed.column("n_mentions_sum"),
        }
    )


def short_names(rows: pa.Table, announced: pa.Table | None) -> pa.Table:
    """The members of a bucket of short forms, joined to the clusters that announce them or clustered themselves."""
    by_block: dict[str, list[str]] = {}
    if announced is not None:
        columns = (announced.column(name).to_pylist() for name in ("block", "announced"))
        for block, text in zip(*columns, strict=True):
            by_block.setdefault(block, []).append(text)
    places: dict[str, _Place] = {}
    for block, profiles in profiles_of(rows).items():
        full = [read_announced(text) for text in by_block.get(block, ())]
        is_person = profiles[0].kind == "person"
        joined = short_persons(profiles, full) if is_person else short_bodies(profiles, full)
        taken = set()
        for profile, found in joined:
            places[profile.signature] = (found.cluster, found.base, False, True)
            taken.add(profile.signature)
        left = [profile for profile in profiles if profile.signature not in taken]
        for cluster in (persons_left(left) if is_person else bodies_of(left)) if left else ():
            _place(places, cluster)
    return _members(rows, places)


def _place(places: dict[str, _Place], cluster: Cluster) -> None:
    for profile in cluster.profiles:
        places[profile.signature] = (cluster.key, cluster.base, cluster.is_isolated, False)


def _members(rows: pa.Table, places: dict[str, _Place]) -> pa.Table:
    """The rows with ``cluster``, ``base`` and ``joined`` instead of ``block``."""
    import pyarrow as pa
    import pyarrow.compute as pc

    signature = rows.column("signature").combine_chunks().dictionary_encode()
    codes = signature.indices
    found = [places[text] for text in signature.dictionary.to_pylist()]
    sorts = [sort_of(text.partition(FIELD)[0]) for text in signature.dictionary.to_pylist()]
    alone = pc.binary_join_element_wise(
        pa.array([f"{ISOLATED}{sort}" for sort in sorts], pa.string()).take(codes),
        rows.column("article_id"),
        rows.column("local_id"),
        "/",
    )
    apart = pa.array([place[2] for place in found], pa.bool_()).take(codes)
    return pa.table(
        {
            "base": pa.array([place[1] for place in found], pa.string()).take(codes),
            "cluster": pc.if_else(apart, alone, pa.array([place[0] for place in found], pa.string()).take(codes)),
            "joined": pa.array([place[3] for place in found], pa.bool_()).take(codes),
            "signature": rows.column("signature"),
            "article_id": rows.column("article_id"),
            "local_id": rows.column("local_id"),
            "n_mentions": rows.column("n_mentions"),
        }
    )


def split_by_article(members: pa.Table) -> pa.Table:
    """Splits clusters that contain two actors of one article.

    If an article has two actors, they are different: the one with a full name stays, else the first by id.

    Args:
        members: All members of some clusters.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    counts = members.group_by(["article_id", "cluster"]).aggregate([("local_id", "count")])
    twice = counts.filter(pc.greater(counts.column("local_id_count"), 1))
    if not twice.num_rows:
        return members
    pairs = set(zip(twice.column("article_id").to_pylist(), twice.column("cluster").to_pylist(), strict=True))
    near = pc.is_in(members.column("article_id"), value_set=twice.column("article_id").combine_chunks())
    rows: dict[tuple[str, str], list[tuple[bool, str, int]]] = {}
    for i in pc.indices_nonzero(near).to_pylist():
        pair = (members.column("article_id")[i].as_py(), members.column("cluster")[i].as_py())
        if pair in pairs:
            joined, local = members.column("joined")[i].as_py(), members.column("local_id")[i].as_py()
            rows.setdefault(pair, []).append((joined, local, i))
    clusters, bases = members.column("cluster").to_pylist(), members.column("base").to_pylist()
    for some in rows.values():
        for _, local, i in sorted(some)[1:]:
            clusters[i] = f"{clusters[i]}/{local}"
            bases[i] = read_signature(members.column("signature")[i].as_py()).base
    for name, cells in (("base", bases), ("cluster", clusters)):
        members = members.set_column(members.schema.get_field_index(name), name, pa.array(cells, pa.string()))
    return members
