"""Fuzzes the pipeline: `python3 dev.py run --dev python tools/fuzz.py [--inputs N] [--seed S] [TEXT…]`.

Writes N texts, each from a seed of its own (`tests/texts.py`), and puts them through the whole pipeline: what is read
must give valid tables whose rows occur in the text, and a second run in the other order the same tables. Half the
sentences are those of the files TEXT, where some are named. Prints each fault with the seed, and ends with 1 if there
is one; an interrupt ends it early with the figures so far. `--show SEED` prints the text of a seed instead.
"""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser
from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from invariants import broken, invalid, unlike
from texts import DAYS, Writer

from broadsheet import InputError, extract
from broadsheet.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet import Article

BATCH = 100
"""Number of texts to validate together."""

_SENTENCE_END = re.compile(r"(?<=[.!?”\"])\s+|\n+")


def cuttings(files: Sequence[Path]) -> list[str]:
    """Approximate sentences of files."""
    return [s for file in files for s in _SENTENCE_END.split(file.read_text(encoding="utf-8")) if s.strip()]


def written(seed: int, sentences: Sequence[str]) -> Article | None:
    """The article of a seed; ``None`` if its text is rejected."""
    random = Random(seed)  # noqa: S311 - texts, not secrets
    text = Writer(random, sentences).text()
    try:
        return read(text, published_on=random.choice(DAYS))
    except InputError:
        return None


def faults(articles: Sequence[Article], rows: Counter[str]) -> list[str]:
    """The faults in the tables of the articles; also counts their rows."""
    try:
        tables = extract(articles)
        rows.update({name: len(tables[name]) for name in tables})
        again = extract(articles[::-1])
        return [*broken(tables, articles), *invalid(tables), *unlike(tables, again)]
    except Exception as error:
        return [f"{type(error).__name__}: {error}"]


def singly(batch: dict[int, Article], rows: Counter[str]) -> Iterator[tuple[int, str]]:
    """The faults of a batch, each with the seed of its text; -1 if they need several texts together."""
    together = faults(list(batch.values()), rows)
    if not together:
        return
    alone = [(seed, fault) for seed, article in batch.items() for fault in faults([article], Counter())]
    yield from alone or [(-1, fault) for fault in together]


def main() -> int:
    """Runs the campaign that the arguments describe."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("texts", nargs="*", type=Path, metavar="TEXT")
    parser.add_argument("--inputs", type=int, default=1000, metavar="N")
    parser.add_argument("--seed", type=int, default=1000, metavar="S", help="the first")
    parser.add_argument("--show", type=int, metavar="SEED")
    arguments = parser.parse_args()
    sentences = cuttings(arguments.texts)
    if arguments.show is not None:
        print(Writer(Random(arguments.show), sentences).text())  # noqa: S311
        return 0
    rows: Counter[str] = Counter()
    written_texts = read_texts = found = 0
    end = arguments.seed + arguments.inputs
    with suppress(KeyboardInterrupt):
        for first in range(arguments.seed, end, BATCH):
            seeds = range(first, min(first + BATCH, end))
            by_key = {article.article_id: (seed, article) for seed in seeds if (article := written(seed, sentences))}
            for seed, fault in singly(dict(by_key.values()), rows):
                found += 1
                print(f"{seed}: {fault}", flush=True)
            written_texts += len(seeds)
            read_texts += len(by_key)
    print(f"{written_texts} texts, {read_texts} read, {sum(rows.values())} rows, {found} faults")
    print(", ".join(f"{name} {count}" for name, count in rows.items()))
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
