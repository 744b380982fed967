"""Attacks every command with hostile packages: `python3 dev.py run python tools/attack_packages.py [NUMBER] [SEED]`.

Each of NUMBER packages, of either layout, is made hostile in one to three ways (`tests/attacks.py`): forged journals,
links, pipes, paths that lead outside. Every command that takes a package runs over it in a process of its own, and has
to end within seconds with 0, 1 or 2 and no traceback, to leave all outside its outputs as it was, and the package too,
unless it writes there. Prints how the commands ended for each way, and every finding; ends with 1 if there was one.
`tools/fuzz_packages.py` damages what is in the files and tries validation alone.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
import warnings
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from attacks import ATTACKS, LAYOUTS, hostile, judge, made, readers, warm_up, writers


def main() -> int:
    """Runs the campaign; returns the exit code."""
    warnings.filterwarnings("ignore", message=".*use of fork.*")
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("number", nargs="?", type=int, default=100, help="how many packages (default: 100)")
    parser.add_argument("seed", nargs="?", type=int, default=0, help="what the choices follow from (default: 0)")
    options = parser.parse_args()
    ended: Counter[tuple[str, object]] = Counter()
    findings: list[str] = []
    begin = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = str(Path(folder, "state"))
        warm_up(made(Path(folder, "warm"), "package"))
        for number in range(options.number):
            random = Random(f"{options.seed} {number}")  # noqa: S311 - choices, no secrets
            ways = random.sample(sorted(ATTACKS), random.randint(1, 3))
            place = hostile(Path(folder, str(number)), random.choice(sorted(LAYOUTS)), ways, random)
            runs = [(name, run, True) for name, run in readers(place).items()]
            runs += [(name, run, False) for name, run in writers(place).items()]
            for name, run, reads in runs:
                verdict = judge(run, place, reads=reads)
                for way in ways:
                    ended[way, verdict.code] += 1
                if verdict.fault:
                    findings.append(f"package {number} ({', '.join(ways)}), {name}: {verdict.fault}")
                    print(findings[-1], flush=True)
    print(f"{'way':12}" + "".join(f"{code!s:>9}" for code in (0, 1, 2, "other")))
    for way in sorted(ATTACKS):
        known = [ended[way, code] for code in (0, 1, 2)]
        other = sum(count for (name, _), count in ended.items() if name == way) - sum(known)
        print(f"{way:12}" + "".join(f"{count:>9,}" for count in (*known, other)))
    print(f"{options.number} packages, {len(findings)} findings, {time.monotonic() - begin:.0f} s")
    return int(bool(findings))


if __name__ == "__main__":
    sys.exit(main())
