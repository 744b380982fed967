"""Measures what a user waits for: `python3 dev.py run python tools/benchmark.py [ARTICLE…]`.

Prints the seconds of `broadsheet --help` and of a cold `broadsheet build` of one article, and, with the model loaded,
the time of the whole extraction beside that of the spaCy components alone, in the same run.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadsheet.read import Article

ROUNDS = 7


def best(job: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The least seconds of several rounds: what the work costs when nothing else disturbs it."""
    seconds = []
    for _ in range(rounds):
        begin = time.perf_counter()
        job()
        seconds.append(time.perf_counter() - begin)
    return min(seconds)


def command(*arguments: str) -> None:
    """Runs `broadsheet` in a process of its own."""
    subprocess.run([sys.executable, "-m", "broadsheet", *arguments], check=True, capture_output=True)


def pass_alone(articles: list[Article]) -> None:
    """The spaCy components over the same paragraphs, and nothing else."""
    from broadsheet.analyse.pipeline import load_model

    for article in articles:
        spans = [*([article.title_span] if article.title_span else []), *article.paragraphs]
        for _ in load_model().pipe([span.of(article.text) for span in spans], batch_size=64):
            pass


def main(paths: list[str]) -> None:
    """Prints the figures for the articles, or for the sample."""
    from broadsheet import extract, read
    from broadsheet.sample import sample_path

    sources = [Path(path) for path in paths] or [sample_path()]
    articles = [read(source) for source in sources]
    extract(articles)
    analysis, extraction = best(lambda: pass_alone(articles)), best(lambda: extract(articles))
    words = sum(article.n_words for article in articles)
    show("broadsheet --help", best(lambda: command("--help"), 5))
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "package")
        show("broadsheet build, one article", best(lambda: command("build", "--out", out, str(sources[0])), 3))
    show(f"spaCy components, {words:,} words", analysis, words)
    show("extraction, all tables", extraction, words)
    print(f"{'extraction / spaCy components':34} {extraction / analysis:7.2f}")


def show(what: str, seconds: float, words: int = 0) -> None:
    """Prints a line of figures."""
    print(f"{what:34} {seconds:7.3f} s" + (f" {words / seconds:9,.0f} words/s" if words else ""))


if __name__ == "__main__":
    main(sys.argv[1:])
