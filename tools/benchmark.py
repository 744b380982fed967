"""Measures what a user waits for: `python3 dev.py run --dev python tools/benchmark.py [TEXT…]`.

TEXT is an article (`.txt`) or gold that contains its texts (`.jsonl`, `.jsonl.gz`); the sample by default.
Prints the seconds of `broadsheet --help` and of a cold `broadsheet build`, then words a second on one core: all tables
beside textacy's quotations alone, `find_amounts` beside quantulum3, `find_dates` beside dateparser. The other tools are
a development extra:

    python3 dev.py run --dev uv pip install --constraint requirements-dev.txt --no-build-isolation --editable ".[peers]"
"""

from __future__ import annotations

import os

# Before numpy is loaded, since it reads them only once: one core for each contestant.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ[variable] = "1"

import subprocess  # noqa: E402
import sys  # noqa: E402
import tempfile  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable, Sequence  # noqa: E402
from dataclasses import dataclass, field  # noqa: E402
from importlib import import_module  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import TYPE_CHECKING, Any  # noqa: E402

if TYPE_CHECKING:
    from broadsheet.reading import Article

TABLES = "--tables"
"""Option that prints only the tables."""

ROUNDS = 7
LARGE = 20_000
"""Number of words from which two rounds are enough."""

Job = Callable[[], object]


@dataclass
class Contest:
    """Jobs over the same texts, run in turn, so that a disturbance of the machine affects all of them."""

    what: str
    words: int
    jobs: dict[str, Job] = field(default_factory=dict)

    def run(self) -> None:
        """Prints words a second of each job, by the least processor time of its rounds, and the ratio to the last job.

        The last column is the first round, in which all words of the texts are new.
        """
        seconds: dict[str, list[float]] = {name: [] for name in self.jobs}
        for _ in range(2 if self.words > LARGE else ROUNDS):
            for name, job in self.jobs.items():
                begin = time.process_time()
                job()
                seconds[name].append(time.process_time() - begin)
        speeds = {name: self.words / max(min(times), 1e-9) for name, times in seconds.items()}
        print(f"\n{self.what}, {self.words:,} words")
        last = list(speeds.values())[-1]
        for name, speed in speeds.items():
            first = self.words / max(seconds[name][0], 1e-9)
            print(f"  {name:40} {speed:10,.0f} words/s {speed / last:7.2f} {first:12,.0f} at first")


def best(job: Job, rounds: int) -> float:
    """The least seconds of several rounds: the cost of the work without other load."""
    seconds = []
    for _ in range(rounds):
        begin = time.perf_counter()
        job()
        seconds.append(time.perf_counter() - begin)
    return min(seconds)


def command(*arguments: str) -> None:
    """Runs `broadsheet` in a separate process."""
    subprocess.run([sys.executable, "-m", "broadsheet", *arguments], check=True, capture_output=True)


def read_texts(paths: Sequence[str]) -> list[Article]:
    """The articles in the files, or the sample."""
    from broadsheet.quality.evaluation import read_gold
    from broadsheet.reading import read
    from broadsheet.reading.sample import sample_path

    articles = []
    for path in [Path(p) for p in paths] or [sample_path()]:
        if path.suffix == ".txt":
            articles.append(read(path))
        else:
            articles += [
                read(case["text"], published_on=case.get("published_on") or case.get("date"))
                for case in read_gold(path).cases
            ]
    return articles


def pass_alone(articles: Sequence[Article]) -> None:
    """Runs only the spaCy components over the same paragraphs."""
    from broadsheet.analysis.pipeline import load_model

    for article in articles:
        for _ in load_model().pipe(paragraphs(article), batch_size=64):
            pass


def all_tables(articles: Sequence[Article]) -> None:
    """Does the work of `extract`: one analysis, all parsers, the rows of all articles joined."""
    from broadsheet import Tables
    from broadsheet.analysis.pipeline import analyse
    from broadsheet.extraction.pipeline import parse
    from broadsheet.identity.joining import join

    Tables.from_rows(join([parse(analyse(article)) for article in articles], articles))


def paragraphs(article: Article) -> list[str]:
    """The title, if there is one, and the paragraphs."""
    spans = [*([article.title_span] if article.title_span else []), *article.paragraphs]
    return [span.of(article.text) for span in spans]


class Quotations:
    """textacy's direct quotations, from the same model; its exceptions are counted."""

    def __init__(self) -> None:
        import spacy

        from broadsheet.analysis.pipeline import DEFAULT_MODEL

        self.nlp = spacy.load(DEFAULT_MODEL)
        self.find: Any = import_module("textacy.extract.triples").direct_quotations
        self.raised = 0

    def over(self, texts: Sequence[str]) -> None:
        """Analyses each text and finds quotations."""
        self.raised = 0
        for text in texts:
            try:
                list(self.find(self.nlp(text)))
            except ValueError:
                self.raised += 1


def peer(name: str) -> Any:
    """A module of another tool; None, with a message, if it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        print(f"  ({name.split('.')[0]} is not installed: see tools/benchmark.py)")
        return None


def compare_tables(articles: Sequence[Article]) -> None:
    """Compares all tables with quotations alone."""
    from broadsheet.analysis.pipeline import load_model

    wholes = [article.text for article in articles]
    alone = [text for article in articles for text in paragraphs(article)]
    words = sum(len(text.split()) for text in wholes)
    tables = Contest("Tables against quotations alone", words)
    # Before the contest, so that no job pays for it; the peers load theirs beforehand, too.
    load_model()
    tables.jobs["broadsheet, all tables"] = lambda: all_tables(articles)
    tables.jobs["spaCy components"] = lambda: pass_alone(articles)
    quotations = Quotations() if peer("textacy.extract.triples") else None
    if quotations:
        tables.jobs["textacy, quotations, whole texts"] = lambda: quotations.over(wholes)
        tables.jobs["textacy, quotations, by paragraph"] = lambda: quotations.over(alone)
    tables.run()
    if quotations:
        quotations.over(wholes)
        print(f"  (textacy raises an error in {quotations.raised} of {len(wholes)} whole texts", end="")
        quotations.over(alone)
        print(f" and {quotations.raised} of {len(alone)} paragraphs)")


def compare_finders(articles: Sequence[Article]) -> None:
    """Compares amounts and dates with other finders."""
    from broadsheet import find_amounts, find_dates

    pieces = [(text, article.published_on) for article in articles for text in paragraphs(article)]
    alone = [text for text, _ in pieces]
    words = sum(len(article.text.split()) for article in articles)
    amounts = Contest("Amounts, by paragraph", words)
    amounts.jobs["broadsheet.find_amounts"] = lambda: [find_amounts(text) for text in alone]
    if quantulum := peer("quantulum3.parser"):
        # Its classifier is a pickle of another scikit-learn version; without it quantulum3 is also faster.
        import_module("quantulum3.disambiguate").clf.USE_CLF = False
        amounts.jobs["quantulum3"] = lambda: [quantulum.parse(text) for text in alone]
    amounts.run()

    dates = Contest("Dates, by paragraph", words)
    dates.jobs["broadsheet.find_dates"] = lambda: [find_dates(text, published_on=day) for text, day in pieces]
    if dateparser := peer("dateparser.search"):
        dates.jobs["dateparser"] = lambda: [dateparser.search_dates(text, languages=["en"]) for text in alone]
    dates.run()


def main(paths: Sequence[str]) -> None:
    """Prints the figures for the texts, or for the sample."""
    from broadsheet.reading.sample import sample_path

    # Before the process is bound to a core: it chooses its kernels when it is loaded, and where it sees a single core,
    # it leaves out those for matrices of bytes (AMX), which other processes have.
    import_module("onnxruntime")
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    if paths[:1] == [TABLES]:
        compare_tables(read_texts(paths[1:]))
        return
    print(f"broadsheet --help               {best(lambda: command('--help'), 5):7.3f} s")
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "package")
        seconds = best(lambda: command("build", "--out", out, str(sample_path())), 3)
    print(f"broadsheet build, one article   {seconds:7.3f} s")
    articles = read_texts(paths)
    compare_tables(articles)
    compare_finders(articles)


if __name__ == "__main__":
    main(sys.argv[1:])
