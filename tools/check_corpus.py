"""Extracts and validates a folder of texts: `python3 dev.py run python tools/check_corpus.py FOLDER [--sample N]`.

Each text is extracted by itself, with its metadata from the catalogue, and its tables are validated against it. Prints
the number of texts, each crash with its type and place, and each invalid table and dropped row with its rule; exit code
1 if a text crashed or its tables are invalid. It prints names and counts, never words of a text. `--results FILE` keeps
a line per text and skips the texts that the file already has, so that an interrupted run resumes.

The catalogue is a file of JSON lines with `name` (that of the text's file), `published_on` and `publisher`.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import time
import traceback
from argparse import ArgumentParser
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

MOST_PROCESSES = 2
SHOWN = 5
"""The most texts to name for each rule."""

Result = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Text:
    """A text to check, with its metadata from the catalogue."""

    path: str
    published_on: str | None = None
    publisher: str | None = None

    @property
    def name(self) -> str:
        """The name of the file without its ending."""
        return Path(self.path).stem


def texts_of(folder: Path, catalogue: Path | None, sample: int | None = None, seed: int = 1) -> list[Text]:
    """The texts of a folder by name, or a seeded sample of them."""
    known: dict[str, Mapping[str, Any]] = {}
    if catalogue is not None:
        lines = catalogue.read_text(encoding="utf-8").splitlines()
        known = {entry["name"]: entry for entry in map(json.loads, lines)}
    texts = [
        Text(str(path), *(known.get(path.stem, {}).get(key) for key in ("published_on", "publisher")))
        for path in sorted(folder.glob("*.txt"))
    ]
    return sorted(random.Random(seed).sample(texts, min(sample, len(texts))), key=str) if sample else texts  # noqa: S311


def check(text: Text) -> Result:
    """The result for one text: a crash, or its number of rows, dropped rows and broken rules."""
    from broadsheet.analysis.pipeline import DEFAULT_MODEL, analyse, model_version
    from broadsheet.extraction.pipeline import parse
    from broadsheet.identity.joining import join
    from broadsheet.quality.valid_rows import valid_tables
    from broadsheet.quality.validation import validate_tables
    from broadsheet.reading import read
    from broadsheet.tables.frames import TableSet

    start = time.process_time()
    result: Result = {"name": text.name, "crash": None, "rows": 0, "dropped": [], "broken": []}
    try:
        article = read(Path(text.path), published_on=text.published_on, publisher=text.publisher)
        parsed, model = [parse(analyse(article))], model_version(DEFAULT_MODEL)
        tables = TableSet.from_rows(join(parsed, [article]), model)
        report = validate_tables(tables, [article])
        if not report.valid:  # otherwise extraction has nothing to drop
            tables = valid_tables(parsed, [article], model)
            report = validate_tables(tables, [article])
    except Exception as error:
        result["crash"] = f"{type(error).__name__} at {place_of(error)}"
    else:
        result["dropped"] = [[row.table, row.rule, row.column] for row in tables.dropped]
        result["rows"] = sum(len(tables[name]) for name in tables)
        result["broken"] = [[f.table, f.rule, f.column] for f in report.errors]
    return {**result, "seconds": round(time.process_time() - start, 3)}


def place_of(error: BaseException) -> str:
    """Where in the package an exception was raised: ``FILE:LINE``."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "broadsheet" in Path(frame.filename).parts] or frames
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno}"


def check_all(texts: Sequence[Text], processes: int, results: Path | None = None) -> Iterator[Result]:
    """Checks texts in several processes, and saves each result as it arrives."""
    known = _known(results)
    yield from (known[text.name] for text in texts if text.name in known)
    pending = [text for text in texts if text.name not in known]
    context = multiprocessing.get_context("spawn")
    with context.Pool(min(processes, MOST_PROCESSES)) as pool:
        for result in pool.imap_unordered(check, pending, chunksize=4):
            if results is not None:
                with results.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(result) + "\n")
            yield result


def _known(results: Path | None) -> dict[str, Result]:
    if results is None or not results.is_file():
        return {}
    lines = results.read_text(encoding="utf-8").splitlines()
    return {result["name"]: result for result in map(json.loads, lines)}


def summary(results: Iterable[Result]) -> tuple[str, bool]:
    """The printed summary of a run, and whether all is well."""
    found = sorted(results, key=lambda result: str(result["name"]))
    crashed = [result for result in found if result["crash"]]
    invalid = [result for result in found if result["broken"]]
    dropped = [result for result in found if result["dropped"]]
    counts = (
        f"{len(found):,} texts, {sum(r['rows'] for r in found):,} rows: {len(crashed)} crashes, "
        f"{len(invalid)} texts with invalid tables, {sum(len(r['dropped']) for r in found)} rows dropped in "
        f"{len(dropped)} texts; {sum(r['seconds'] for r in found):,.0f} s of CPU time"
    )
    lines = [counts, *(f"crash: {result['name']}: {result['crash']}" for result in crashed)]
    lines += [*_by_rule("invalid", "broken", invalid), *_by_rule("dropped", "dropped", dropped)]
    return "\n".join(lines), not crashed and not invalid


def _by_rule(label: str, key: str, results: Sequence[Result]) -> Iterator[str]:
    """A line per broken rule: how often, and in which texts."""
    times: Counter[tuple[str, ...]] = Counter()
    names: dict[tuple[str, ...], dict[str, None]] = {}
    for result in results:
        for broken in map(tuple, result[key]):
            times[broken] += 1
            names.setdefault(broken, {})[result["name"]] = None
    for (table, rule, column), count in times.most_common():
        where = list(names[table, rule, column])
        more = f" and {len(where) - SHOWN} more" if len(where) > SHOWN else ""
        yield f"{label}: {table}.{column} {rule}: {count} in {', '.join(where[:SHOWN])}{more}"


def main() -> int:
    """Runs the check that the arguments describe."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--catalogue", type=Path)
    parser.add_argument("--sample", type=int, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--processes", type=int, default=MOST_PROCESSES, metavar="N")
    parser.add_argument("--results", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    texts = texts_of(arguments.folder, arguments.catalogue, arguments.sample, arguments.seed)
    text, is_good = summary(check_all(texts, arguments.processes, arguments.results))
    print(text)
    return 0 if is_good and texts else 1


if __name__ == "__main__":
    raise SystemExit(main())
