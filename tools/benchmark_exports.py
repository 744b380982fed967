"""Measures every export: `python3 dev.py run --dev python tools/benchmark_exports.py [--rows N] [--to FORM]`.

Writes a package with N mentions and N pieces of evidence in all (row groups of 100,000), and exports it in a process of
its own for each form. Prints a line a form with the peak of resident memory, and what Python takes with its libraries.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from hard import write_hard_package

from broadsheet.tables.arrow import arrow_schema

GROUP = 100_000
FORMS = ("duckdb", "sqlite", "hyper", "postgres", "csv-excel", "xlsx")


def grow(package: Path, table: str, rows: int) -> None:
    """Writes a table with a number of rows, one row group at a time."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    target = arrow_schema(table)
    path = package / "data" / f"{table}.parquet"
    first = pq.read_table(path).cast(target).slice(0, 1).to_pylist()[0]
    key = "mention_id" if table == "mentions" else "row_id"
    with pq.ParquetWriter(path, target) as writer:
        for start in range(0, rows, GROUP):
            count = min(GROUP, rows - start)
            columns = {name: [value] * count for name, value in first.items()}
            columns[key] = [f"men_{number:016x}" for number in range(start, start + count)]
            writer.write_table(pa.table(columns, schema=target))


def main() -> None:
    """Prints the measurements."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--to", action="append", choices=FORMS, help="this form alone; repeat it for several")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="broadsheet-exports-") as name:
        package = write_hard_package(Path(name) / "package")
        for table in ("mentions", "evidence"):
            grow(package, table, options.rows // 2)
        print("| form | seconds | peak MB | of its engine |\n|---|---:|---:|---:|")
        for form in options.to or FORMS:
            command = [sys.executable, __file__, "--child", form, str(package), str(Path(name) / f"out.{form}")]
            begin = time.perf_counter()
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            print(f"| `{form}` | {time.perf_counter() - begin:.0f} | {done.stdout.strip()} |", flush=True)


def child(form: str, package: str, out: str) -> None:
    """Exports, and prints the peak memory of this process and of the engine that it started."""
    from broadsheet.publishing.export import export

    export(Path(package), form, Path(out))
    # Not ru_maxrss: a process inherits it from its parent.
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    own, engine = int(line.split()[1]) // 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{own} | {engine}" if engine else f"{own} | ")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(*sys.argv[2:])
    else:
        main()
