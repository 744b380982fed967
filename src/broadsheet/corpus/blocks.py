"""Blocks: what was extracted from some articles, one row an article, the rows of each table in a list column.

A block is a Parquet file in the work folder, written whole or not at all. It holds what the parsers say of each article
by itself: actors under the article's own ids, which :mod:`broadsheet.identity` replaces once all articles are known.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from broadsheet.corpus.sealed import checksum, put
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
"""The evidence of local actors: kept apart, since only the joined actor tells which of it holds."""

LOCAL_ACTORS = "local_actors"

_CHECKED = 32
"""Hex digits of the checksum in a block's name."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """What came of one article: its tables, or why there are none."""

    article_id: str
    fingerprint: str
    place: str
    tables: ArticleTables | None
    actors: tuple[LocalActor, ...] = ()
    problem: str | None = None


@cache
def block_schema() -> pa.Schema:
    """Columns of a block; ``problem`` is null where the article could be parsed."""
    import pyarrow as pa

    from broadsheet.identity.table import local_schema

    def rows(schema: pa.Schema) -> pa.DataType:
        # Without the notes and null flags of the published schemas: they come back when parts are written.
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


def block_table(extracted: Sequence[Extracted]) -> pa.Table:
    """The block of what was extracted."""
    import pyarrow as pa

    from broadsheet.identity.table import to_table

    rows: dict[str, list[list[Row]]] = {name: [] for name in CONTENT}
    own: list[list[EvidenceRow]] = []
    actors: list[tuple[LocalActor, ...]] = []
    for one in extracted:
        told, of_actors = _rows(one.tables) if one.tables is not None else ({}, [])
        for name in CONTENT:
            rows[name].append(told.get(name, []))
        own.append(of_actors)
        actors.append(one.actors)
    schema = block_schema()
    columns = {
        "article_id": pa.array([one.article_id for one in extracted], pa.string()),
        "fingerprint": pa.array([one.fingerprint for one in extracted], pa.string()),
        "place": pa.array([one.place for one in extracted], pa.string()),
        "problem": pa.array([one.problem for one in extracted], pa.string()),
        **{
            name: _lists(arrow_table(name, (row for part in parts for row in part)), parts)
            for name, parts in rows.items()
        },
        ACTORS_EVIDENCE: _lists(arrow_table("evidence", (row for part in own for row in part)), own),
        LOCAL_ACTORS: _lists(to_table([actor for part in actors for actor in part]), actors),
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
            said = evidence_rows(getattr(f.row, key), tables.article_id, f)
            if name == "actors":
                of_actors += said
            else:
                evidence += said
    rows["evidence"] = list(unique_evidence(evidence))
    return rows, of_actors


def _lists(flat: pa.Table, parts: Iterable[Sequence[object]]) -> pa.ListArray:
    """The rows of a table as one list an article."""
    import pyarrow as pa

    offsets = [0]
    for part in parts:
        offsets.append(offsets[-1] + len(part))
    arrays = [column.combine_chunks() for column in flat.columns]
    fields = [pa.field(f.name, f.type) for f in flat.schema]
    struct = pa.StructArray.from_arrays(arrays, fields=fields)
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), struct)


def write_block(table: pa.Table, folder: Path) -> Path:
    """Writes a block, whole or not at all; its name begins with its least and its greatest article.

    Two blocks of the same articles have the same name: what a run that was given up still writes is no second one. The
    name ends with a checksum.
    """
    import hashlib

    import pyarrow.parquet as pq

    ids = table.column("article_id").to_pylist()
    digest = hashlib.sha256("\n".join(table.column("fingerprint").to_pylist()).encode()).hexdigest()[:16]
    name = f"{min(ids)[4:]}-{max(ids)[4:]}-{digest}"
    draft = folder / f".{name}.{os.getpid()}"
    pq.write_table(table, draft, compression="zstd")
    path = folder / f"{name}-{checksum(draft)[:_CHECKED]}.parquet"
    put(draft, path)
    return path


def is_whole(path: Path) -> bool:
    """Whether a block has the content that it was written with."""
    try:
        return path.stem.rpartition("-")[2] == checksum(path)[:_CHECKED]
    except OSError:
        return False


def spans(path: Path) -> tuple[str, str]:
    """The least and the greatest digits of the articles of a block, as its name says."""
    first, last, _ = path.name.split("-", 2)
    return first, last


def columns_of(path: Path, columns: list[str] | None = None) -> pa.Table:
    """A Parquet file, or some columns; not by its path, in which a folder's name would be taken for a column."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        return file.read(columns)


def flat(block: pa.Table, column: str) -> pa.Table:
    """The rows in a list column of a block, with a column each; of published tables with their published types."""
    import pyarrow as pa

    nested = block.column(column).combine_chunks()
    if isinstance(nested, pa.ChunkedArray):
        nested = pa.concat_arrays(nested.chunks) if nested.num_chunks else pa.array([], nested.type)
    # flatten() leaves out what lies under nulls and slices.
    struct = nested.flatten()
    fields = list(struct.type)
    return pa.Table.from_arrays(struct.flatten(), names=[f.name for f in fields])
