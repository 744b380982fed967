"""The last step of a run: blocks and identities to the files of a partitioned package.

A part is made of its articles and of who their actors are, and of nothing else. So parts are made side by side, each in
memory that a few thousand articles take.
"""

from __future__ import annotations

from dataclasses import dataclass
from shutil import rmtree
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.base.pool import Died, run_tasks
from broadsheet.corpus.blocks import ACTORS_EVIDENCE, CONTENT, LOCAL_ACTORS, flat
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
    from pathlib import Path

    import pyarrow as pa

    from broadsheet.corpus.division import Division, Share
    from broadsheet.corpus.run import CorpusJob, Progress
    from broadsheet.identity import Resolved

_BETWEEN = "\x1f"


@dataclass(frozen=True, slots=True)
class PartTask:
    """A part to be made.

    Attributes:
        share: Its articles, and where to find them.
        parts: How many parts there are.
        resolved: Who is who.
        package: Folder to write it into.
        scratch: Folder for what the buckets of actors need of it.
        csv: Whether it is written as CSV too.
    """

    share: Share
    parts: int
    resolved: Resolved
    package: Path
    scratch: Path
    csv: bool


@dataclass(frozen=True, slots=True)
class BucketTask:
    """A bucket of actors to be made, with the evidence that the parts have of them."""

    number: int
    parts: int
    resolved: Resolved
    package: Path
    scratch: Path
    csv: bool


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: files, and the codes of countries that the rows use."""

    files: tuple[PublishedPart, ...]
    countries: frozenset[str]


def write_parts(
    division: Division, resolved: Resolved, package: Path, scratch: Path, job: CorpusJob, progress: Progress
) -> list[PublishedPart]:
    """Writes all parts of all tables, side by side."""
    of_parts = scratch / "evidence"
    rmtree(of_parts, ignore_errors=True)
    of_parts.mkdir(parents=True)
    total, done = 2 * division.parts, 0
    progress.count(done, total, "writing", "written")
    jobs = job.jobs if division.parts > 1 else 1
    files: list[PublishedPart] = []
    codes: set[str] = set()
    parts = (PartTask(share, division.parts, resolved, package, of_parts, job.csv) for share in division.shares)
    numbers = range(division.parts)
    buckets = (BucketTask(number, division.parts, resolved, package, of_parts, job.csv) for number in numbers)
    for results in (run_tasks(write_part, parts, jobs), run_tasks(write_bucket, buckets, jobs)):
        for _, written in results:
            if isinstance(written, Died):
                problem = "a process that wrote a part of it died (out of memory?)"
                raise InputError(str(job.out), problem, "give it more memory, or fewer --jobs")
            files += written.files
            codes |= written.countries
            done += 1
            progress.count(done, total, "writing", "written")
    used = arrow_table("countries", [row for code, row in sorted(countries().items()) if code in codes])
    files += publish_part(package, "countries", 0, used, csv=job.csv)
    return files


def write_part(task: PartTask) -> Written:
    """Makes the files of a part; in a process of its own."""
    import pyarrow as pa

    number = task.share.number
    block = read_blocks(task.share)
    known = _Known.of(task.resolved.mapping(number))
    tables = {}
    for name in CONTENT:
        table = flat(block, name)
        for column in actor_columns(name):
            place = table.schema.get_field_index(column)
            table = table.set_column(place, column, known.actors(table.column("article_id"), table.column(column)))
        tables[name] = table
    tables["events"] = _summarised(tables["events"], tables["event_participants"], known)
    files = []
    for name in CONTENT:
        files += publish_part(task.package, name, number, published(name, tables[name]), csv=task.csv)
    evidence = known.borne_out(flat(block, ACTORS_EVIDENCE), flat(block, LOCAL_ACTORS))
    buckets = pa.array([bucket_of(row, task.parts) for row in evidence.column("row_id").to_pylist()], pa.int32())
    _write_sorted(evidence.append_column("bucket", buckets), task.scratch / f"{number:06}.arrow", task.parts)
    return Written(tuple(files), _codes(tables))


def write_bucket(task: BucketTask) -> Written:
    """Makes the files of a bucket of actors; in a process of its own."""
    import pyarrow as pa
    import pyarrow.compute as pc

    actors = published("actors", task.resolved.actors(task.number))
    files = publish_part(task.package, "actors", task.number, actors, csv=task.csv)
    told = pa.concat_tables([_read_bucket(path, task.number) for path in sorted(task.scratch.glob("*.arrow"))])
    order = [(name, "ascending") for name in ("row_id", "column_name", "char_start", "article_id")]
    told = told.sort_by(order).combine_chunks()
    if told.num_rows > 1:
        # Two articles may name an actor at the same place: the lesser article stands for both.
        same = None
        for name in ("row_id", "column_name", "char_start"):
            cells = told.column(name).combine_chunks()
            equal = pc.equal(cells.slice(1), cells.slice(0, len(cells) - 1))
            same = equal if same is None else pc.and_(same, equal)
        told = told.filter(pa.concat_arrays([pa.array([True]), pc.invert(same)]))
    evidence = published("evidence", told)
    files += publish_part(task.package, "evidence", task.number, evidence, csv=task.csv, actors=True)
    return Written(tuple(files), _codes({"actors": actors}))


def published(name: str, table: pa.Table) -> pa.Table:
    """The table with the columns, types and notes of its published schema."""
    import pyarrow as pa

    schema = arrow_schema(name)
    return pa.Table.from_arrays([table.column(f.name).combine_chunks().cast(f.type) for f in schema], schema=schema)


@dataclass(frozen=True, slots=True)
class _Known:
    """Who the local actors of a part are.

    Attributes:
        keys: Article and local id of each, as one text.
        rows: What is known of each: ``actor_id``, and the ``name``, ``kind``, ``country_code`` and ``wikidata_id`` of
            the joined actor.
    """

    keys: pa.Array
    rows: pa.Table

    @classmethod
    def of(cls, mapping: pa.Table) -> _Known:
        return cls(_keys(mapping.column("article_id"), mapping.column("local_id")), mapping.combine_chunks())

    def places(self, article_ids: pa.ChunkedArray, local_ids: pa.ChunkedArray) -> pa.Array:
        """Where each local actor stands among the rows; null where there is none."""
        import pyarrow.compute as pc

        return pc.index_in(_keys(article_ids, local_ids), value_set=self.keys)

    def actors(self, article_ids: pa.ChunkedArray, local_ids: pa.ChunkedArray) -> pa.Array:
        """The actors' ids in the place of the local ones."""
        return self._column("actor_id").take(self.places(article_ids, local_ids))

    def names(self) -> dict[str, str]:
        """Actor id to name."""
        return dict(zip(self._column("actor_id").to_pylist(), self._column("name").to_pylist(), strict=True))

    def borne_out(self, evidence: pa.Table, local: pa.Table) -> pa.Table:
        """The evidence of actors' rows under their ids, without that of cells which the joined row has otherwise."""
        import pyarrow as pa
        import pyarrow.compute as pc

        local_keys = _keys(local.column("article_id"), local.column("actor_id"))
        at = pc.index_in(_keys(evidence.column("article_id"), evidence.column("row_id")), value_set=local_keys)
        joined = self.places(evidence.column("article_id"), evidence.column("row_id"))
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

    keys = pc.binary_join_element_wise(article_ids.cast(pa.string()), local_ids.cast(pa.string()), _BETWEEN)
    if isinstance(keys, pa.ChunkedArray):
        return keys.combine_chunks() if keys.num_chunks else pa.array([], pa.string())
    return keys


def _summarised(events: pa.Table, participants: pa.Table, known: _Known) -> pa.Table:
    """The events with summaries that name the joined actors."""
    import pyarrow as pa

    names = known.names()
    parts: dict[str, list[tuple[str, str]]] = {}
    for row in participants.select(["event_id", "actor_id", "role"]).to_pylist():
        parts.setdefault(row["event_id"], []).append((names[row["actor_id"]], row["role"]))
    told = [summarise(EventRow(**row), parts.get(row["event_id"], [])) for row in events.to_pylist()]
    return events.set_column(events.schema.get_field_index("summary"), "summary", pa.array(told, pa.string()))


def _codes(tables: dict[str, pa.Table]) -> frozenset[str]:
    """The codes of countries that some tables use."""
    used: set[str] = set()
    for name, table in tables.items():
        for key in schemas()[name].foreign_keys:
            if key.target_table == "countries":
                used.update(table.column(key.column).unique().drop_null().to_pylist())
    return frozenset(used)


def _write_sorted(table: pa.Table, path: Path, parts: int) -> None:
    """Writes rows as one batch a bucket, so that a bucket is found without reading the others."""
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

