"""Last step of a run: writes the files of a partitioned package from blocks and identities.

A part depends on its articles and the identities of their actors alone, so parts are written in parallel, each in the
memory that a few thousand articles take.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from shutil import rmtree
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.base.pool import Died, run_tasks
from broadsheet.corpus.blocks import ACTORS_EVIDENCE, CONTENT, LOCAL_ACTORS, rows_in
from broadsheet.corpus.division import read_blocks
from broadsheet.extraction.corpus import actor_columns
from broadsheet.publishing.layout import bucket_of
from broadsheet.publishing.partitioned import PublishedPart
from broadsheet.publishing.partitioned import write_part as publish_part
from broadsheet.reference.geography import countries
from broadsheet.tables.arrow import arrow_schema, arrow_table
from broadsheet.tables.rows import EventRow
from broadsheet.tables.schema import schemas
from broadsheet.tables.summary import summarise

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pyarrow as pa

    from broadsheet.corpus.division import CorpusPart
    from broadsheet.corpus.job import CorpusJob, Progress
    from broadsheet.identity import Resolved

_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Target:
    """Where parts are written, and the data that they share.

    Attributes:
        parts: The number of parts.
        resolved: The identities of the actors.
        package: The folder of the package.
        scratch: The folder in which parts store the evidence of actors for the buckets.
        csv: Whether to write CSV too.
    """

    parts: int
    resolved: Resolved
    package: Path
    scratch: Path
    csv: bool


@dataclass(frozen=True, slots=True)
class WrittenPart:
    """The files that were written, and the codes of countries in their rows."""

    files: tuple[PublishedPart, ...]
    countries: frozenset[str]


def write_parts(
    parts: Sequence[CorpusPart], resolved: Resolved, package: Path, scratch: Path, job: CorpusJob, progress: Progress
) -> list[PublishedPart]:
    """Writes all parts of all tables, in parallel."""
    evidence = scratch / "evidence"
    rmtree(evidence, ignore_errors=True)
    evidence.mkdir(parents=True)
    total, done = 2 * len(parts), 0
    progress.count(done, total, "writing", "written")
    jobs = job.jobs if len(parts) > 1 else 1
    target = Target(len(parts), resolved, package, evidence, job.csv)
    files: list[PublishedPart] = []
    codes: set[str] = set()
    # Buckets need the output of all parts.
    for results in (
        run_tasks(partial(write_part, target), parts, jobs),
        run_tasks(partial(write_bucket, target), range(len(parts)), jobs),
    ):
        for _, written in results:
            if isinstance(written, Died):
                problem = "a process that wrote part of it died (out of memory?)"
                raise InputError(str(job.out), problem, "give it more memory, or fewer --jobs")
            files += written.files
            codes |= written.countries
            done += 1
            progress.count(done, total, "writing", "written")
    used = arrow_table("countries", [row for code, row in sorted(countries().items()) if code in codes])
    files += publish_part(package, "countries", 0, used, csv=job.csv)
    return files


def write_part(target: Target, part: CorpusPart) -> WrittenPart:
    """Writes the files of a part; runs in its own process."""
    import pyarrow as pa

    block = read_blocks(part)
    known = _ActorIds.of(target.resolved.mapping(part.number))
    tables = {}
    for name in CONTENT:
        table = rows_in(block, name)
        for column in actor_columns(name):
            at = table.schema.get_field_index(column)
            table = table.set_column(at, column, known.actors(table.column("article_id"), table.column(column)))
        tables[name] = table
    tables["events"] = _with_summaries(tables["events"], tables["event_participants"], known)
    files = []
    for name in CONTENT:
        files += publish_part(target.package, name, part.number, published(name, tables[name]), csv=target.csv)
    evidence = known.supported(rows_in(block, ACTORS_EVIDENCE), rows_in(block, LOCAL_ACTORS))
    buckets = pa.array([bucket_of(row, target.parts) for row in evidence.column("row_id").to_pylist()], pa.int32())
    path = target.scratch / f"{part.number:06}.arrow"
    _write_buckets(evidence.append_column("bucket", buckets), path, target.parts)
    return WrittenPart(tuple(files), _country_codes(tables))


def write_bucket(target: Target, number: int) -> WrittenPart:
    """Writes a bucket of actors with their evidence; runs in its own process."""
    import pyarrow as pa
    import pyarrow.compute as pc

    actors = published("actors", target.resolved.actors(number))
    files = publish_part(target.package, "actors", number, actors, csv=target.csv)
    evidence = pa.concat_tables([_read_bucket(path, number) for path in sorted(target.scratch.glob("*.arrow"))])
    order = [(name, "ascending") for name in ("row_id", "column_name", "char_start", "article_id")]
    evidence = evidence.sort_by(order).combine_chunks()
    if evidence.num_rows > 1:
        # If two articles name an actor at the same offset, only the first by id is kept.
        same = None
        for name in ("row_id", "column_name", "char_start"):
            cells = evidence.column(name).combine_chunks()
            equal = pc.equal(cells.slice(1), cells.slice(0, len(cells) - 1))
            same = equal if same is None else pc.and_(same, equal)
        evidence = evidence.filter(pa.concat_arrays([pa.array([True]), pc.invert(same)]))
    evidence = published("evidence", evidence)
    files += publish_part(target.package, "evidence", number, evidence, csv=target.csv, actors=True)
    return WrittenPart(tuple(files), _country_codes({"actors": actors}))


def published(name: str, table: pa.Table) -> pa.Table:
    """The table with the columns, types and notes of its published schema."""
    import pyarrow as pa

    schema = arrow_schema(name)
    return pa.Table.from_arrays([table.column(f.name).combine_chunks().cast(f.type) for f in schema], schema=schema)


@dataclass(frozen=True, slots=True)
class _ActorIds:
    """The identities of the local actors of a part.

    Attributes:
        keys: Article and local id of each, joined.
        rows: Its ``actor_id``, and the ``name``, ``kind``, ``country_code`` and ``wikidata_id`` of the joined actor.
    """

    keys: pa.Array
    rows: pa.Table

    @classmethod
    def of(cls, mapping: pa.Table) -> _ActorIds:
        return cls(_keys(mapping.column("article_id"), mapping.column("local_id")), mapping.combine_chunks())

    def positions(self, article_ids: pa.ChunkedArray, local_ids: pa.ChunkedArray) -> pa.Array:
        """The row of each local actor; null if there is none."""
        import pyarrow.compute as pc

        return pc.index_in(_keys(article_ids, local_ids), value_set=self.keys)

    def actors(self, article_ids: pa.ChunkedArray, local_ids: pa.ChunkedArray) -> pa.Array:
        """The ids of the joined actors, for local ones."""
        return self._column("actor_id").take(self.positions(article_ids, local_ids))

    def names(self) -> dict[str, str]:
        """Actor id to name."""
        return dict(zip(self._column("actor_id").to_pylist(), self._column("name").to_pylist(), strict=True))

    def supported(self, evidence: pa.Table, local: pa.Table) -> pa.Table:
        """The evidence of actors under their joined ids, without cells in which the joined row differs."""
        import pyarrow as pa
        import pyarrow.compute as pc

        local_keys = _keys(local.column("article_id"), local.column("actor_id"))
        at = pc.index_in(_keys(evidence.column("article_id"), evidence.column("row_id")), value_set=local_keys)
        joined = self.positions(evidence.column("article_id"), evidence.column("row_id"))
        holds = pa.array([True] * evidence.num_rows, pa.bool_())
        for column in ("name", "kind", "country_code", "wikidata_id"):
            own = local.column(column).combine_chunks().take(at)
            same = pc.fill_null(pc.equal(own, self._column(column).take(joined)), False)
            other = pc.not_equal(evidence.column("column_name").combine_chunks(), column)
            holds = pc.and_(holds, pc.or_(other, same))
        ids = self._column("actor_id").take(joined)
        return evidence.set_column(evidence.schema.get_field_index("row_id"), "row_id", ids).filter(holds)

    def _column(self, name: str) -> pa.Array:
        import pyarrow as pa

        column = self.rows.column(name)
        return column.combine_chunks() if column.num_chunks else pa.array([], column.type)


def _keys(article_ids: pa.ChunkedArray, local_ids: pa.ChunkedArray) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    keys = pc.binary_join_element_wise(article_ids.cast(pa.string()), local_ids.cast(pa.string()), _SEPARATOR)
    if isinstance(keys, pa.ChunkedArray):
        return keys.combine_chunks() if keys.num_chunks else pa.array([], pa.string())
    return keys


def _with_summaries(events: pa.Table, participants: pa.Table, known: _ActorIds) -> pa.Table:
    """The events, their summaries naming the joined actors."""
    import pyarrow as pa

    names = known.names()
    parts: dict[str, list[tuple[str, str]]] = {}
    for row in participants.select(["event_id", "actor_id", "role"]).to_pylist():
        parts.setdefault(row["event_id"], []).append((names[row["actor_id"]], row["role"]))
    summaries = [summarise(EventRow(**row), parts.get(row["event_id"], [])) for row in events.to_pylist()]
    return events.set_column(events.schema.get_field_index("summary"), "summary", pa.array(summaries, pa.string()))


def _country_codes(tables: dict[str, pa.Table]) -> frozenset[str]:
    """The country codes in some tables."""
    used: set[str] = set()
    for name, table in tables.items():
        for key in schemas()[name].foreign_keys:
            if key.target_table == "countries":
                used.update(table.column(key.column).unique().drop_null().to_pylist())
    return frozenset(used)


def _write_buckets(table: pa.Table, path: Path, parts: int) -> None:
    """Writes rows as one batch per bucket, so that a bucket can be read alone."""
    import pyarrow as pa

    ordered = table.sort_by("bucket").combine_chunks()
    buckets = ordered.column("bucket").to_numpy()
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        start = 0
        for bucket in range(parts):
            end = int(buckets.searchsorted(bucket + 1))
            batches = ordered.slice(start, end - start).to_batches()
            writer.write_batch(batches[0] if batches else pa.RecordBatch.from_pylist([], table.schema))
            start = end


def _read_bucket(path: Path, number: int) -> pa.Table:
    import pyarrow as pa

    with pa.memory_map(str(path)) as source:
        return pa.Table.from_batches([pa.ipc.open_file(source).get_batch(number)])
