"""Measures validation of partitioned packages: `python3 dev.py run python tools/benchmark_partitions.py [ROWS …]`.

An article of ours is copied until all tables together have ROWS rows (default: 100,000 and 1,000,000), every copy with
keys of its own, its countries shared by all. Prints seconds and the greatest memory, each run in a process of its own:
validation in a stream, in one process and in two, with the greatest memory of one of them; and beside it what reading
all tables into memory and checking them there takes.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pyarrow as pa

    from broadsheet.publishing.partitioned import PublishedPart

ROWS = (100_000, 1_000_000)
MOST_IN_MEMORY = 20_000_000
"""Larger packages are not read into memory at once."""

ARTICLE = Path(__file__).parents[1] / "tests" / "articles" / "brazil-argentina-wire.txt"

WAYS = {
    "in a stream, one process": "validate_package(folder, (), Settings())",
    "in a stream, two processes": "validate_package(folder, (), Settings(jobs=2))",
    "all in memory": "validate_tables(read_package(folder))",
}
"""The measurements."""

_MEASURE = """\
import json, resource, sys, time
from pathlib import Path
from broadsheet.publishing import read_package
from broadsheet.quality.validation.package import Settings, validate_package, validate_tables
if __name__ == "__main__":
    folder = Path(sys.argv[1])
    begin = time.perf_counter()
    report = {way}
    seconds = time.perf_counter() - begin
    # Not the usual counter, which begins with what the parent had.
    lines = Path("/proc/self/status").read_text().splitlines()
    own = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    others = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(json.dumps([seconds, max(own, others) / 1024, report.valid, sum(report.rows.values())]))
"""


class Corpus:
    """Copies of one article as a partitioned package."""

    def __init__(self, rows: int) -> None:
        from broadsheet import extract
        from broadsheet.publishing.layout import n_parts, part_of
        from broadsheet.tables.keys import article_key
        from broadsheet.tables.schema import TABLES

        tables = extract(ARTICLE)
        self.once = {name: tables.arrow(name).to_pylist() for name in TABLES}
        self.nations = {row["actor_id"] for row in self.once["actors"] if row["kind"] == "country"}
        self.copies = max(1, rows // sum(map(len, self.once.values())))
        self.parts = n_parts(self.copies)
        self.model = tables.model
        self.members: dict[int, list[int]] = defaultdict(list)
        for copy in range(self.copies):
            self.members[part_of(article_key(_digest(str(copy))), self.parts)].append(copy)

    def cell(self, value: object, column: str, copy: int) -> object:
        """A cell of a copy: keys are changed, countries are shared."""
        from broadsheet.tables.keys import article_key

        if not isinstance(value, str):
            return value
        if column == "article_id":
            return article_key(_digest(str(copy)))
        if column == "text_sha256":
            return _digest(str(copy))
        if not column.endswith("_id") or column == "wikidata_id":
            return value
        if "_" not in value:
            return value if value in self.nations else f"{value}-{copy}"
        prefix = value.partition("_")[0]
        return article_key(_digest(str(copy))) if prefix == "art" else f"{prefix}_{_digest(f'{value}{copy}')[:16]}"

    def rows(self, table: str, copies: Iterable[int], once: Iterable[Mapping[str, object]]) -> pa.Table:
        """The rows of a table for some of the copies."""
        import pyarrow as pa

        from broadsheet.tables.arrow import arrow_schema

        schema, kept = arrow_schema(table), list(once)
        columns = {name: [self.cell(row[name], name, copy) for copy in copies for row in kept] for name in schema.names}
        return pa.table(columns, schema=schema)

    def write(self, folder: Path) -> None:
        """Writes the package."""
        from broadsheet.publishing import PackageInfo
        from broadsheet.publishing.layout import OF_ARTICLES
        from broadsheet.publishing.partitioned import write_descriptor, write_part

        files: list[PublishedPart] = []
        of_actors = [row for row in self.once["evidence"] if "_" not in row["row_id"]]
        for number in range(self.parts):
            for table in OF_ARTICLES:
                once = [row for row in self.once[table] if table != "evidence" or "_" in row["row_id"]]
                files += write_part(folder, table, number, self.rows(table, self.members[number], once))
        files += self._actors(folder, of_actors)
        files += write_part(folder, "countries", 0, self.rows("countries", [0], self.once["countries"]))
        write_descriptor(folder, PackageInfo(), files, parts=self.parts, model=self.model)

    def _actors(self, folder: Path, of_actors: list[Mapping[str, object]]) -> Iterable[PublishedPart]:
        """The actors of all copies by bucket, with their evidence; a country has that of the first copy."""
        from broadsheet.publishing.layout import bucket_of
        from broadsheet.publishing.partitioned import write_part

        buckets: dict[int, list[tuple[int, Mapping[str, object]]]] = defaultdict(list)
        for row in self.once["actors"]:
            for copy in range(1 if row["actor_id"] in self.nations else self.copies):
                buckets[bucket_of(str(self.cell(row["actor_id"], "actor_id", copy)), self.parts)].append((copy, row))
        for number in range(self.parts):
            actors, evidence = [self.rows("actors", [], ())], [self.rows("evidence", [], ())]
            by_copy: dict[int, list[Mapping[str, object]]] = defaultdict(list)
            for copy, row in buckets[number]:
                shared = row["actor_id"] in self.nations
                times = self.copies if shared else 1
                by_copy[copy].append({**row, "n_mentions": int(str(row["n_mentions"])) * times})
            for copy, rows in by_copy.items():
                actors.append(self.rows("actors", [copy], rows))
                ids = {row["actor_id"] for row in rows}
                evidence.append(self.rows("evidence", [copy], [row for row in of_actors if row["row_id"] in ids]))
            yield from write_part(folder, "actors", number, _joined(actors))
            yield from write_part(folder, "evidence", number, _joined(evidence), actors=True)


def _joined(tables: list[pa.Table]) -> pa.Table:
    import pyarrow as pa

    return pa.concat_tables(tables).combine_chunks()


def _digest(what: str) -> str:
    return sha256(what.encode()).hexdigest()


def main(sizes: Iterable[int]) -> None:
    """Prints the figures."""
    for rows in sizes:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "package"
            folder.mkdir()
            corpus = Corpus(rows)
            corpus.write(folder)
            size = sum(path.stat().st_size for path in (folder / "data").rglob("*.parquet")) / 1e6
            print(f"{corpus.copies:,} articles in {corpus.parts} parts, {size:.0f} MB of Parquet")
            print(f"{'':30}{'seconds':>10}{'peak, MB':>10}")
            for name, way in WAYS.items():
                if name == "all in memory" and rows > MOST_IN_MEMORY:
                    continue
                words = [sys.executable, "-c", _MEASURE.replace("{way}", way), str(folder)]
                if "two" in name:  # a spawned process reads its module from a file
                    script = Path(place) / "measure.py"
                    script.write_text(_MEASURE.replace("{way}", way), encoding="utf-8")
                    words = [sys.executable, str(script), str(folder)]
                done = subprocess.run(words, check=True, capture_output=True, text=True)
                seconds, peak, valid, number = json.loads(done.stdout.splitlines()[-1])
                print(f"{name:30}{seconds:10.1f}{peak:10,.0f}   {number:,} rows{'' if valid else ' (not valid!)'}")


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or ROWS)
