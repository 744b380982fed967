"""Writes docs/performance.md: `python3 dev.py run --dev python tools/performance.py [--sizes N …] [TEXT…]`.

First one core compared with other tools, by tools/benchmark.py, on the files TEXT (articles, or gold that contains its
texts). Then builds of corpora of N articles of 600 words, made from our own gold articles: with one process and two,
an addition of ten, and Ray, with the seconds of each step and the peak memory of a process. docs/performance.svg plots
the rate by size of the corpus and number of processes.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools")]

from corpora import write_jsonl  # noqa: E402
from runs import run  # noqa: E402

from broadsheet.reading.sample import sample_path  # noqa: E402

WORDS = 600
ADDED = 10
ROUNDS = 7
FIRST_TABLE = {
    "python -c 'import broadsheet; broadsheet.extract(\"ARTICLE\")'": [
        "-c",
        "import broadsheet, sys; broadsheet.extract(sys.argv[1])",
    ],
    "broadsheet build ARTICLE": ["-m", "broadsheet", "build", "--quiet", "--force", "--out", "package"],
}
"""The displayed form of each command, and its arguments before the article."""
STEPS = ("reading", "extracting", "finding", "writing", "validating")


class Clock:
    """Measures the time of each step and prints nothing."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._doing, self._since = "", time.perf_counter()

    def warn(self, problem: str) -> None:
        """Ignores a warning."""

    def step(self, doing: str) -> None:
        """Starts the next step."""
        self._next(doing.split()[0])

    def count(self, done: int, total: int, doing: str, did: str) -> None:
        """Starts a step that begins without a call of :meth:`step`."""
        if doing != self._doing:
            self._next(doing)

    def rate(self, doing: str, done: int, total: int | None) -> None:
        """Ignores the number done."""

    def end(self) -> dict[str, float]:
        """Returns the seconds of each step."""
        self._next("")
        return self.seconds

    def _next(self, doing: str) -> None:
        now = time.perf_counter()
        if self._doing:
            self.seconds[self._doing] = self.seconds.get(self._doing, 0.0) + now - self._since
        self._doing, self._since = doing, now


@dataclass(frozen=True)
class Build:
    """The cost of a build.

    Attributes:
        articles: Articles of the corpus.
        what: What was measured.
        jobs: Number of processes.
        seconds: Total seconds, from before the first import in the main process.
        steps: Seconds of each step.
        memory: Peak MB of the main process, and of a worker.
        rows: Rows of all tables.
        extracted: Articles that were extracted.
    """

    articles: int
    what: str
    jobs: int
    seconds: float
    steps: dict[str, float]
    memory: tuple[float, float]
    rows: int
    extracted: int

    @property
    def rate(self) -> float:
        """Words a second over the whole build."""
        return self.extracted * WORDS / self.seconds


def measured(source: Path, out: Path, what: str, articles: int, jobs: int, *, add: bool = False) -> Build:
    """Builds in a separate process."""
    words = [sys.executable, __file__, "--one", str(source), str(out), str(jobs), what, str(int(add))]
    begin = time.perf_counter()
    result = json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout.splitlines()[-1])
    seconds = time.perf_counter() - begin
    memory = (result["memory"][0], result["memory"][1])
    return Build(articles, what, jobs, seconds, result["steps"], memory, result["rows"], result["extracted"])


def one(source: str, out: str, jobs: str, what: str, add: str) -> None:
    """Builds, and prints the cost."""
    options: dict[str, Any] = {"jobs": int(jobs), "add": add == "1"}
    if what == "Ray":
        from broadsheet.corpus.ray_engine import RayEngine

        options["engine"] = RayEngine(None, int(jobs))
    clock = Clock()
    outcome = run(Path(source), Path(out), progress=clock, **options)
    kilobytes = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    result = {
        "steps": clock.end(),
        "memory": [k / 1024 for k in kilobytes],
        "rows": sum(outcome.rows.values()),
        "extracted": outcome.extracted,
    }
    print(json.dumps(result))


def builds(sizes: list[int]) -> list[Build]:
    """All builds."""
    found = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in sizes:
            source = write_jsonl(folder / f"{size}.jsonl", size, words=WORDS)
            for jobs in (1, 2) if size == sizes[0] or size <= 1_000 else (2,):
                out = folder / f"{size}-{jobs}"
                found.append(measured(source, out, "build", size, jobs))
                say(found[-1])
        out = folder / f"{sizes[-1]}-2"
        more = write_jsonl(folder / "more.jsonl", ADDED, words=WORDS, first=sizes[-1])
        found.append(measured(more, out, f"{ADDED} added", sizes[-1] + ADDED, 2, add=True))
        say(found[-1])
        source = folder / f"{sizes[0]}.jsonl"
        with contextlib.suppress(ImportError):
            import ray  # noqa: F401

            found.append(measured(source, folder / "ray", "Ray", sizes[0], 2))
            say(found[-1])
    return found


def say(build: Build) -> None:
    """Prints progress."""
    print(f"{build.what}, {build.articles:,} articles, {build.jobs} processes: {build.seconds:.1f} s", file=sys.stderr)


def table(found: list[Build]) -> str:
    """The builds as Markdown."""
    names = ["articles", "what", "processes", "seconds", *STEPS, "words/s", "MB directing", "MB a worker", "rows"]
    lines = [_line(names), _line(["---" if name == "what" else "---:" for name in names])]
    for b in found:
        steps = [f"{b.steps.get(step, 0):.1f}" for step in STEPS]
        rate = f"{b.rate:,.0f}" if b.what in ("build", "Ray") else ""
        worker = f"{b.memory[1]:,.0f}" if b.jobs > 1 and b.what != "Ray" else ""
        first = [f"{b.articles:,}", b.what, str(b.jobs), f"{b.seconds:.1f}"]
        lines.append(_line([*first, *steps, rate, f"{b.memory[0]:,.0f}", worker, f"{b.rows:,}"]))
    return "\n".join(lines)


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def draw(found: list[Build], path: Path) -> None:
    """Draws the rate against the size of the corpus, a line for each number of processes."""
    import altair as alt
    import pandas as pd

    whole = [b for b in found if b.what == "build"]
    rows = [{"articles": b.articles, "words a second": b.rate, "processes": str(b.jobs)} for b in whole]
    chart = (
        alt.Chart(pd.DataFrame(rows), width=420, height=260)
        .mark_line(point=True)
        .encode(
            x=alt.X("articles:Q", scale=alt.Scale(type="log"), title="articles of 600 words"),
            y=alt.Y("words a second:Q", scale=alt.Scale(zero=True)),
            color="processes:N",
        )
    )
    chart.save(path)


def contest(texts: list[str]) -> str:
    """The single-core figures, as printed by tools/benchmark.py."""
    words = [sys.executable, str(ROOT / "tools" / "benchmark.py"), "--tables", *texts]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    return done.stdout.strip()


def first_table(article: str) -> str:
    """The processor time of a new process that makes the tables of one article, as Markdown."""
    lines = [_line(["command", "seconds", "required", "target"]), _line(["---", "---:", "---:", "---:"])]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with tempfile.TemporaryDirectory() as folder:
        for shown, arguments in FIRST_TABLE.items():
            command = [sys.executable, *arguments, str(Path(article).resolve())]
            seconds = min(_processor_seconds(command, folder, environment) for _ in range(ROUNDS))
            lines.append(_line([f"`{shown}`", f"{seconds:.2f}", "2.0", "1.2"]))
    return "\n".join(lines)


def _processor_seconds(command: list[str], folder: str, environment: dict[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, cwd=folder, env=environment, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


PAGE = """# Performance

How fast the whole chain is, and what memory it takes. With the peers installed ([Benchmarks](benchmarks.md)), this
page is written whole by

```console
python3 dev.py run --dev python tools/performance.py {arguments}
```

## One core

All tables beside other tools' quotations, over the same texts in turn, by the least processor time of several rounds;
the last column is the speed as a multiple of the last line.

```
{contest}
```

The figures are from before matrix products became exact ([Reproducibility](reproducibility.md)). Exact products need
float64, at half the speed of float32; two rows of a convolution are therefore computed together, with four products in
place of six (Winograd's F(2, 3), which is exact where sums are). On an AMD EPYC with AVX-512 and much other work
running, the whole analysis of short articles took 1.55 times the processor time that it took in float32 (82 instead of
52 µs a word, the least of 15 rounds).

## The first table

The processor time (user and system) of a new process that makes the tables of one article, the least of {rounds} runs,
with bytecode compiled beforehand (`python -m compileall src`). `python tools/performance.py --first-table ARTICLE`
prints this table alone.

{first}

Other work on the two cores changes the figures: in two more series of seven runs, the least time of `build` was 1.77 s
and 2.40 s, each 4 % less than that of the version before, which ran in turn. Under heavy load it is over the required
2.0 s. Imports take more than half of it: spaCy 0.3 s, numpy and pyarrow 0.2 s, pandas 0.2 s, and Broadsheet's own
modules 0.3 s. Loading the model takes 0.2 s, validation 0.2 s.

## Whole corpora

Builds of partitioned packages from JSON Lines, articles of 600 words put together from our own gold articles; all
steps, validation against the articles included, and the start of every process. *Words/s* is of all of it together. An
article whose rows break a rule is left out, and then parts are written and validated once more.

{table}

![words a second against articles, by number of processes](performance.svg)

{scaling}
"""


def scaling(found: list[Build]) -> str:
    """The speed-up of two processes over one, for extraction and for all steps."""
    by = {(b.articles, b.jobs): b for b in found if b.what == "build"}
    size = max((articles for articles, jobs in by if jobs == 1), default=0)
    if not size or (size, 2) not in by:
        return ""
    single, double = by[size, 1], by[size, 2]
    alone = single.steps["extracting"] / double.steps["extracting"]
    largest = by[max(articles for articles, jobs in by if jobs == 2), 2]
    day = largest.extracted / largest.seconds * 86_400
    return (
        f"Of {size:,} articles, two processes extract {alone:.2f} times as fast as one, and all steps together take "
        f"{single.seconds / double.seconds:.2f} times less; the start of a worker, which loads the language model, "
        f"counts. At the rate of the largest corpus, a day of this machine's two cores is {day:,.0f} articles."
    )


def main() -> None:
    """Writes the page."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("texts", nargs="*", metavar="TEXT")
    parser.add_argument("--first-table", metavar="ARTICLE", help="measure only the first table, and print it")
    parser.add_argument("--sizes", nargs="+", type=int, default=[250, 1_000, 4_000], metavar="N")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "performance.md", metavar="FILE")
    arguments = parser.parse_args()
    if arguments.first_table:
        print(first_table(arguments.first_table))
        return
    figures = contest(arguments.texts)
    found = builds(sorted(arguments.sizes))
    with contextlib.redirect_stdout(io.StringIO()):
        draw(found, arguments.out.with_suffix(".svg"))
    texts = "TEXT" if arguments.texts else ""
    page = PAGE.format(
        arguments=texts,
        contest=figures,
        rounds=ROUNDS,
        first=first_table(arguments.texts[0] if arguments.texts else str(sample_path())),
        table=table(found),
        scaling=scaling(found),
    )
    arguments.out.write_text(page, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(*sys.argv[2:])
    else:
        main()
