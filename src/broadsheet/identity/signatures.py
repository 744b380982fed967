"""Local actors as rows with a signature of all compared attributes, and the block in which they are compared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from broadsheet.identity.profile import FIELD, FIELDS, ITEM, PART, Profile, read_signature

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

STATE = "country "
"""Prefix of the blocks of states."""
_CONTROLS = "[\x1d-\x1f]"


@lru_cache(50_000)
def block_of(signature: str) -> tuple[str, bool]:
    """The block in which an actor is compared with others, and whether it has only a short form.

    Full names of persons are compared by family name, bodies by the words of their name, and short forms with full
    names that have the same lookup key.
    """
    profile = read_signature(signature + FIELD)
    if profile.kind == "country":
        return f"{STATE}{profile.slug}", False
    if profile.kind == "person":
        return f"person {profile.person.family}", profile.person.is_short
    return f"body {profile.body.key}", profile.body.is_short


def profiles_of(rows: pa.Table) -> dict[str, list[Profile]]:
    """The profiles of rows, by block: one for each signature, with counts over its articles."""
    grouped = rows.group_by(["block", "signature"]).aggregate(
        [("article_id", "count"), ("article_id", "min"), ("n_mentions", "sum"), ("day", "min"), ("day", "max")]
    )
    out: dict[str, list[Profile]] = {}
    names = ("block", "signature", "article_id_count", "article_id_min", "n_mentions_sum", "day_min", "day_max")
    for block, signature, articles, least, mentions, first, last in zip(
        *(grouped.column(name).to_pylist() for name in names), strict=True
    ):
        period = (first, last) if first is not None else None
        out.setdefault(block, []).append(read_signature(signature, articles, mentions, period, least))
    return out


@dataclass(frozen=True, slots=True)
class Signed:
    """Local actors as rows of ``block``, ``signature``, ``article_id``, ``local_id``, ``n_mentions`` and ``day``.

    Attributes:
        states: States, identified by their codes.
        full: Persons and bodies with full names.
        short: Persons and bodies with only a short form.
    """

    states: pa.Table
    full: pa.Table
    short: pa.Table


def signed(actors: pa.Table) -> Signed:
    """Adds signature and block to local actors.

    The signature of a short form ends with the year, as its meaning changes over time.

    Args:
        actors: A table of :func:`broadsheet.identity.table.local_schema`.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    actors = actors.combine_chunks()
    plain = ("kind", "actor_id", "name", "country_code", "wikidata_id")
    cells = {name: _clean(actors.column(name).combine_chunks()) for name in plain}
    cells["stated"] = pc.if_else(actors.column("country_is_stated").combine_chunks(), "1", "")
    cells["aliases"] = _listed(actors.column("aliases").combine_chunks(), _clean)
    cells["offices"] = _listed(actors.column("offices").combine_chunks(), _office_texts)
    signature = pc.binary_join_element_wise(*(cells[name] for name in FIELDS[:-1]), FIELD).dictionary_encode()
    blocks = [block_of(text) for text in signature.dictionary.to_pylist()]
    codes = signature.indices
    short = pa.array([is_short for _, is_short in blocks], pa.bool_()).take(codes)
    published = actors.column("published_on").combine_chunks()
    year = pc.if_else(short, pc.fill_null(pc.year(published).cast(pa.string()), ""), "")
    rows = pa.table(
        {
            "block": pa.array([block for block, _ in blocks], pa.string()).take(codes),
            "signature": pc.binary_join_element_wise(signature.dictionary.take(codes), year, FIELD),
            "article_id": actors.column("article_id"),
            "local_id": actors.column("actor_id"),
            "n_mentions": actors.column("n_mentions"),
            "day": published.cast(pa.int32()),
        }
    )
    state = pc.starts_with(rows.column("block"), STATE)
    return Signed(rows.filter(state), rows.filter(pc.invert(pc.or_(state, short))), rows.filter(short))


def _clean(texts: pa.Array) -> pa.Array:
    """The texts with separators replaced by spaces, and null by the empty text."""
    import pyarrow.compute as pc

    return pc.replace_substring_regex(pc.fill_null(texts, ""), _CONTROLS, " ")


def _office_texts(offices: pa.StructArray) -> pa.Array:
    import pyarrow.compute as pc

    names = ("title", "organization_id", "country_code", "tenure")
    return pc.binary_join_element_wise(*(_clean(pc.struct_field(offices, name)) for name in names), PART)


def _listed(lists: pa.ListArray, write: Callable[[pa.Array], pa.Array]) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    flat = write(lists.flatten())
    lengths = pc.fill_null(pc.list_value_length(lists), 0)
    offsets = pa.concat_arrays([pa.array([0], pa.int32()), pc.cumulative_sum(lengths).cast(pa.int32())])
    return pc.binary_join(pa.ListArray.from_arrays(offsets, flat), ITEM)
