"""Kills corpus builds: `python3 dev.py run --dev python tools/kill_corpus.py [--articles N] [--kills K] [--seed S]`.

Builds a partitioned package of N articles once in peace. Then builds it again and again, each build killed five times
by SIGKILL at random moments, half of the times with all its workers, and taken up again, until K kills are together.
After each kill the package must be absent or whole, and at each end byte for byte that of the build in peace. Ends with
1 if it was not.
"""

from __future__ import annotations

import sys
import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from corpora import write_jsonl
from corpus_kills import clear, undisturbed

EACH = 5
"""Kills of one build."""


def main() -> int:
    """Runs the campaign that the arguments describe."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=2000, metavar="N")
    parser.add_argument("--words", type=int, default=120, metavar="W", help="words of an article")
    parser.add_argument("--kills", type=int, default=50, metavar="K")
    parser.add_argument("--seed", type=int, default=0, metavar="S")
    arguments = parser.parse_args()
    random = Random(arguments.seed)  # noqa: S311 - moments, not secrets
    with tempfile.TemporaryDirectory() as folder:
        source = write_jsonl(Path(folder) / "news.jsonl", arguments.articles, words=arguments.words)
        kills = undisturbed(source, Path(folder) / "package")
        print(f"{arguments.articles:,} articles in {kills.seconds:.0f} s in peace", flush=True)
        begin = time.monotonic()
        while kills.killed < arguments.kills:
            kills.until_done(random, min(EACH, arguments.kills - kills.killed))
            clear(kills.out)
            print(f"{kills.killed} kills, {len(kills.faults)} faults, {time.monotonic() - begin:.0f} s", flush=True)
    for fault in kills.faults:
        print(fault)
    return 1 if kills.faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
