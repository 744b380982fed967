"""Blocks: the rows extracted from a batch of articles, with one row per article and a list column per table.

A block is a Parquet file in the work folder, written atomically. Its actors have ids that are local to their article;
:mod:`broadsheet.identity` replaces them once all articles are known.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, chain
from typing import TYPE_CHECKING

from broadsheet.corpus.sealed import checksum, commit
from broadsheet.extraction.corpus import unique_evidence
from broadsheet.extraction.evidence import evidence_rows
from broadsheet.tables.arrow import arrow_schema, arrow_table
from broadsheet.tables.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import pyarrow as pa

    from broadsheet.extraction.pipeline import ArticleTables
    from broadsheet.identity.local import LocalActor
    from broadsheet.tables.rows import EvidenceRow, Row

CONTENT = (
    "articles",
    "mentions",
    "actor_roles",
    "quotes",
    "events",
    "event_participants",
    "tariffs",
    "financial_figures",
    "evidence",
)
"""The tables whose rows belong to one article."""

ACTORS_EVIDENCE = "actors_evidence"
"""The evidence of local actors, kept apart because the joined actor decides which of it still holds."""

LOCAL_ACTORS = "local_actors"

_CHECKSUM_DIGITS = 32
"""Number of hex digits of the checksum in a block's name."""


@dataclass(frozen=True, slots=True)
class ExtractedArticle:
    """An article's tables, or why it has none."""

    article_id: str
    fingerprint: str
    place: str
    tables: ArticleTables | None
    actors: tuple[LocalActor, ...] = ()
    problem: str | None = None


@cache
def block_schema() -> pa.Schema:
    """Columns of a block; ``problem`` is null if the article could be parsed."""
    import pyarrow as pa

    from broadsheet.identity.table import local_schema

    def rows(schema: pa.Schema) -> pa.DataType:
        # Without the metadata and null flags of the published schemas, which parts add when they are written.
        return pa.list_(pa.struct([pa.field(f.name, f.type) for f in schema]))

    return pa.schema(
        [
            pa.field("article_id", pa.string()),
            pa.field("fingerprint", pa.string()),
            pa.field("place", pa.string()),
            pa.field("problem", pa.string()),
            *(pa.field(name, rows(arrow_schema(name))) for name in CONTENT),
            pa.field(ACTORS_EVIDENCE, rows(arrow_schema("evidence"))),
            pa.field(LOCAL_ACTORS, rows(local_schema())),
        ]
    )


def block_table(extracted: Sequence[ExtractedArticle]) -> pa.Table:
    """The block of some extracted articles."""
    import pyarrow as pa

    from broadsheet.identity.table import to_table

    rows: dict[str, list[list[Row]]] = {name: [] for name in CONTENT}
    evidence: list[list[EvidenceRow]] = []
    for one in extracted:
        of_article, of_actors = _rows(one.tables) if one.tables is not None else ({}, [])
        for name in CONTENT:
            rows[name].append(of_article.get(name, []))
        evidence.append(of_actors)
    actors = [one.actors for one in extracted]
    schema = block_schema()
    columns = {
        **{
            name: pa.array([getattr(one, name) for one in extracted], pa.string())
            for name in ("article_id", "fingerprint", "place", "problem")
        },
        **{name: _lists(arrow_table(name, chain.from_iterable(lists)), lists) for name, lists in rows.items()},
        ACTORS_EVIDENCE: _lists(arrow_table("evidence", chain.from_iterable(evidence)), evidence),
        LOCAL_ACTORS: _lists(to_table([*chain.from_iterable(actors)]), actors),
    }
    return pa.Table.from_arrays([columns[f.name].cast(f.type) for f in schema], schema=schema)


def _rows(tables: ArticleTables) -> tuple[dict[str, list[Row]], list[EvidenceRow]]:
    """The rows of each table of one article, and the evidence of its actors."""
    evidence: list[EvidenceRow] = []
    rows: dict[str, list[Row]] = {"event_participants": list(tables.participants)}
    of_actors: list[EvidenceRow] = []
    for name, found in tables.by_table().items():
        key = schemas()[name].primary_key[0]
        if name != "actors":
            rows[name] = [f.row for f in found]
        for f in found:
            (of_actors if name == "actors" else evidence).extend(
                evidence_rows(getattr(f.row, key), tables.article_id, f)
            )
    rows["evidence"] = list(unique_evidence(evidence))
    return rows, of_actors


def _lists(flat: pa.Table, lists: Iterable[Sequence[object]]) -> pa.ListArray:
    """The rows of a table as one list per article, as long as ``lists``."""
    import pyarrow as pa

    offsets = [0, *accumulate(map(len, lists))]
    arrays = [column.combine_chunks() for column in flat.columns]
    fields = [pa.field(f.name, f.type) for f in flat.schema]
    struct = pa.StructArray.from_arrays(arrays, fields=fields)
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), struct)


def write_block(table: pa.Table, folder: Path) -> Path:
    """Writes a block atomically, named by its first and last article id, a digest of its articles, and a checksum.

    Two blocks of the same articles get the same name, so a stray worker of an abandoned run adds no second one.
    """
    import hashlib

    import pyarrow.parquet as pq

    ids = table.column("article_id").to_pylist()
    digest = hashlib.sha256("\n".join(table.column("fingerprint").to_pylist()).encode()).hexdigest()[:16]
    name = f"{min(ids)[4:]}-{max(ids)[4:]}-{digest}"
    draft = folder / f".{name}.{os.getpid()}"
    pq.write_table(table, draft, compression="zstd")
    path = folder / f"{name}-{checksum(draft)[:_CHECKSUM_DIGITS]}.parquet"
    commit(draft, path)
    return path


def is_whole(path: Path) -> bool:
    """Whether a block is undamaged."""
    try:
        return path.stem.rpartition("-")[2] == checksum(path)[:_CHECKSUM_DIGITS]
    except OSError:
        return False


def id_range(path: Path) -> tuple[str, str]:
    """The digits of the first and last article id in a block, from its name."""
    first, last, _ = path.name.split("-", 2)
    return first, last


def read_columns(path: Path, columns: list[str] | None = None) -> pa.Table:
    """All or some columns of a Parquet file. Not ``pq.read_table``: it reads a folder name like ``a=b`` as a column."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        return file.read(columns)


def rows_in(block: pa.Table, column: str) -> pa.Table:
    """The rows in a list column of a block, as a table."""
    import pyarrow as pa

    nested = block.column(column).combine_chunks()
    if isinstance(nested, pa.ChunkedArray):
        nested = pa.concat_arrays(nested.chunks) if nested.num_chunks else pa.array([], nested.type)
    # flatten() skips values under nulls and outside slices.
    struct = nested.flatten()
    fields = list(struct.type)
    return pa.Table.from_arrays(struct.flatten(), names=[f.name for f in fields])
