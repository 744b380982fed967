#!/usr/bin/env python3
"""Compares the scores of `broadsheet evaluate` with those of another scorer of the same gold, measure by measure.

python3 dev.py run python tools/compare_scores.py SCORER.py PACKAGE GOLD.json…

SCORER.py is called as `SCORER.py PACKAGE GOLD.json… --json OUT` and writes, for each measure, the numbers of right
(`tp`), given (`pred`) and expected rows (`gold`). Exit code 1 if a measure that both have differs.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.publishing import read_package
from broadsheet.quality.evaluation import evaluate, read_gold

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str]) -> int:
    """Prints a line for each measure that differs, and how many agree.

    Returns:
        1 if one differs, else 0.
    """
    if len(arguments) < 3:
        raise SystemExit(__doc__)
    scorer, package, *gold = arguments
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "scores.json"
        command = [sys.executable, scorer, package, *gold, "--json", str(out)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        theirs = {
            measure: (row["tp"], row["pred"], row["gold"])
            for measure, row in json.loads(out.read_text(encoding="utf-8")).items()
        }
    counts = evaluate([read_gold(Path(path)) for path in gold], read_package(Path(package))).scores["articles"].counts
    ours = {measure: (count.right, count.given, count.asked) for measure, count in counts.items()}
    both = [measure for measure in theirs if measure in ours or any(theirs[measure])]
    differing = [measure for measure in both if ours.get(measure) != theirs[measure]]
    for measure in differing:
        print(f"{measure}: {ours.get(measure)} here, {theirs[measure]} there")
    print(f"{len(both) - len(differing)} of {len(both)} measures agree over {len(gold)} articles")
    return bool(differing)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
