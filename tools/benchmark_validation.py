"""Measures validation of a large package: `python3 dev.py run --dev python tools/benchmark_validation.py [ROWS]`.

The published dataset is copied until all tables together have ROWS rows (default: 100,000), every copy with keys of its
own. Prints seconds of processor time, each run in a process of its own so that it begins cold: `broadsheet validate`
without a source, and in the same run the libraries that say the same alone, Frictionless with its foreign keys over the
CSV, then Great Expectations with every suite under `validation/`, which has none. Start-up is measured separately.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"

import json
import subprocess
import sys
import tempfile
from collections import Counter
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

ROWS = 100_000
ROUNDS = 3

STARTING = "import pandas, pyarrow.compute, pyarrow.parquet"

JOBS = {
    "broadsheet validate": (
        "from broadsheet.quality.validation import validate_package",
        "validate_package(folder)",
    ),
    "Frictionless, with foreign keys": (
        "import frictionless",
        "frictionless.Package(str(folder / 'csv.json')).validate()",
    ),
    "Great Expectations, all suites": (
        (
            "from broadsheet.publishing.package import read_package\n"
            "from broadsheet.quality.validation import expectations, library, report"
        ),
        "expectations.check_expectations(report.Findings(()), read_package(folder).frames, engine=library.outcome)",
    ),
}
"""The measurements: import, and work."""

_MEASURE = """\
import json, resource, sys, time
from pathlib import Path
folder = Path(sys.argv[1])
begin = time.process_time()
{starting}
{load}
loaded = time.process_time()
result = {work}
done = time.process_time()
valid = getattr(result, "valid", True)
status = Path("/proc/self/status")  # the usual counter begins with what the parent had
lines = status.read_text().splitlines() if status.exists() else []
own = [int(line.split()[1]) for line in lines if line.startswith("VmHWM")]
peak = own[0] if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([loaded - begin, done - loaded, peak / 1024, valid]))
"""


def copies(rows: int) -> dict[str, pa.Table]:
    """The tables of the published dataset, repeated with new keys and in the order of a package."""
    import pyarrow as pa

    import broadsheet
    from broadsheet.tables.arrow import arrow_schema
    from broadsheet.tables.frames import to_arrow
    from broadsheet.tables.keys import article_key
    from broadsheet.tables.schema import TABLES, schemas

    once = {name: as_extracted(to_arrow(name, broadsheet.load(name))) for name in TABLES}
    made_by = key_makers(once)
    shared = once["countries"]
    people = once["actors"].select(["actor_id", "kind"]).to_pylist()
    nations = {row["actor_id"] for row in people if row["kind"] == "country"}  # one actor across all articles
    of_one = [sum(row["row_id"] in nations for row in once["evidence"].to_pylist()), len(nations), len(shared)]
    number = -(-(rows - sum(of_one)) // (sum(map(len, once.values())) - sum(of_one)))
    keys = {(name, table.primary_key[0]) for name, table in schemas().items() if len(table.primary_key) == 1}
    links = {
        (name, key.column): (key.target_table, key.target_column)
        for name, table in schemas().items()
        for key in table.foreign_keys
    }

    def cell(name: str, column: str, value: str | None, copy: int) -> str | None:
        target = links.get((name, column), (name, column))
        if value is None or target[0] == "countries":
            return value
        if target == ("articles", "article_id"):
            return article_key(digest(copy))
        if target == ("actors", "actor_id") or (target[1] == "row_id" and "_" not in value):
            return value if value in nations else f"{value}-{copy}"
        if column == "text_sha256":
            return digest(copy)
        if target in keys or column == "row_id":
            article = article_key(digest(copy))
            return article if value.startswith("art_") else made_by[value](article)
        return value

    first = article_key(sha256(b"0").hexdigest())

    def digest(what: object) -> str:
        return sha256(str(what).encode()).hexdigest()

    made = {"countries": shared}
    for name in TABLES:
        if name == "countries":
            continue
        columns = {}
        for field in arrow_schema(name):
            values = once[name][field.name].to_pylist()
            moved = pa.types.is_string(field.type)
            columns[field.name] = [cell(name, field.name, v, n) if moved else v for n in range(number) for v in values]
        table = pa.table(columns, schema=arrow_schema(name))
        if name == "actors":
            table = joined(table)
        made[name] = in_order(name, first_only(table, nations, first) if name == "evidence" else table)
    return made


def first_only(evidence: pa.Table, nations: set[str], first: str) -> pa.Table:
    """Evidence without that of countries after the first article: an actor of many articles has evidence once."""
    import pyarrow as pa
    import pyarrow.compute as pc

    shared = pc.is_in(evidence["row_id"], pa.array(sorted(nations)))
    return evidence.filter(pc.invert(pc.and_(shared, pc.not_equal(evidence["article_id"], first))))


def in_order(name: str, table: pa.Table) -> pa.Table:
    """The rows of a table in the order of a package."""
    from broadsheet.tables.schema import schemas

    placed = ("article_id", "char_start", "char_end") if name not in ("actors", "articles", "evidence") else ()
    order = [column for column in (*placed, *schemas()[name].primary_key) if column in table.column_names]
    return table.sort_by([(column, "ascending") for column in dict.fromkeys(order)])


def as_extracted(table: pa.Table) -> pa.Table:
    """The table with every row marked as extracted: the copies have no file of corrections."""
    import pyarrow as pa

    if "origin" not in table.column_names:
        return table
    place = table.schema.get_field_index("origin")
    return table.set_column(place, table.schema.field(place), pa.array(["extracted"] * len(table), pa.string()))


def key_makers(tables: dict[str, pa.Table]) -> dict[str, Callable[[str], str]]:
    """Key of a row to the function that makes the key of its copy in another article."""
    from broadsheet.base.span import Span
    from broadsheet.tables.keys import event_key, row_key, tariff_key

    triggers: dict[str, list[tuple[int, int]]] = {}
    for row in tables["evidence"].to_pylist():
        if row["column_name"] == "trigger":
            triggers.setdefault(row["row_id"], []).append((row["char_start"], row["char_end"]))
    made: dict[str, Callable[[str], str]] = {}
    taken: Counter[str] = Counter()
    for name in ("mentions", "actor_roles", "quotes", "events", "tariffs", "financial_figures"):
        for row in tables[name].to_pylist():
            key = next(iter(row.values()))
            span = Span(row["char_start"], row["char_end"])
            if name == "events":
                start, end = (end(edge) for end, edge in zip((min, max), zip(*triggers[key], strict=True), strict=True))
                make = partial(_event, event_key, span, row["type"], start, end)
            elif name == "tariffs":
                columns = ("imposer_code", "target_code", "product", "measure", "action", "applies_to_id")
                make = partial(_tariff, tariff_key, span, [row[column] for column in columns])
            else:
                make = partial(_placed, row_key, key[:3], span, key if name == "actor_roles" else None)
            number = taken[make("", 0)]
            taken[make("", 0)] += 1
            made[key] = partial(make, number=number)
    return made


def _event(make: Callable[..., str], span: Any, kind: str, start: int, end: int, article: str, number: int) -> str:
    return make(article, span, kind, start, end, number)


def _tariff(make: Callable[..., str], span: Any, seen: list[str | None], article: str, number: int) -> str:
    return make(article, span, seen, number)


def _placed(make: Callable[..., str], prefix: str, span: Any, more: str | None, article: str, number: int) -> str:
    return make(prefix, article, span, *([more] if more else []))


def joined(actors: pa.Table) -> pa.Table:
    """The actors; those of several copies once, with all their mentions."""
    import pyarrow as pa

    rows = {row["actor_id"]: row for row in reversed(actors.to_pylist())}
    seen = Counter(actors["actor_id"].to_pylist())
    for row in rows.values():
        row["n_mentions"] *= seen[row["actor_id"]]
    return pa.Table.from_pylist(list(rows.values()), schema=actors.schema)


def write(folder: Path, rows: int) -> dict[str, int]:
    """Writes the package, and next to its descriptor a second one with only the CSV, for Frictionless."""
    from broadsheet import Tables
    from broadsheet.publishing import write_package

    tables = Tables.from_arrow(copies(rows))
    write_package(tables, folder)
    content = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    content["resources"] = [resource for resource in content["resources"] if resource["format"] == "csv"]
    (folder / "csv.json").write_text(json.dumps(content), encoding="utf-8")
    return {name: len(frame) for name, frame in tables.frames.items()}


def measure(folder: Path, load: str, work: str) -> tuple[float, float, float, bool]:
    """Processor seconds to load and to work, peak memory in megabytes, and whether the package was found valid."""
    script = _MEASURE.format(starting=STARTING, load=load, work=work)
    done = subprocess.run([sys.executable, "-c", script, str(folder)], check=True, capture_output=True, text=True)
    loaded, worked, peak, valid = json.loads(done.stdout.splitlines()[-1])
    return loaded, worked, peak, valid


def main(rows: int) -> None:
    """Prints the figures."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "package"
        counts = write(folder, rows)
        size = sum(path.stat().st_size for path in (folder / "data").glob("*.csv")) / 1e6
        print(f"{sum(counts.values()):,} rows in {len(counts)} tables, {size:.1f} MB of CSV, one thread of numpy")
        print(f"{'':34}{'start, s':>10}{'work, s':>10}{'peak, MB':>10}")
        best: dict[str, float] = {}
        for name, (load, work) in JOBS.items():
            rounds = [measure(folder, load, work) for _ in range(ROUNDS if rows <= ROWS else 1)]
            loaded, worked, peak = (min(column) for column in list(zip(*rounds, strict=True))[:3])
            best[name] = worked
            remark = "" if all(valid for *_, valid in rounds) else "   (not valid!)"
            print(f"{name:34}{loaded:10.2f}{worked:10.2f}{peak:10,.0f}{remark}")
        ours, *others = best.values()
        print(f"{'both libraries':34}{'':10}{sum(others):10.2f}{'':10}   {sum(others) / ours:.1f} times ours")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
