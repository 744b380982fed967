"""Tries validation on hostile packages: `python3 dev.py run --dev python tools/fuzz_packages.py [NUMBER] [SEED]`.

Each is a valid package that hypothesis spoilt in one to three ways (`tests/quality/validation/hostile.py`).
Validation has to end with a report or a clear error, to open nothing outside the package, to write nothing and to use
no network. Prints how many packages of which way were judged how, the slowest, and everything that went wrong.
"""

from __future__ import annotations

import contextlib
import faulthandler
import resource
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from quality.validation.hostile import damaged, judge, write
from quality.validation.test_hostile import ARTICLE, FILES

NUMBER = 2_000
MEMORY = 6 << 30
"""Maximum memory of the process, in bytes; a package that needs more is an undetected bomb."""


def main(number: int, start: int) -> int:
    """Runs the campaign; returns the exit code."""
    faulthandler.enable()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    verdicts: Counter[tuple[str, str]] = Counter()
    slowest: list[tuple[float, str]] = []
    faults: Counter[str] = Counter()

    @seed(start)
    @settings(max_examples=number, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def campaign(data: st.DataObject) -> None:
        damage = data.draw(damaged(FILES))
        with_source = data.draw(st.booleans())
        with tempfile.TemporaryDirectory() as place:
            folder, outside = Path(place) / "package", Path(place) / "outside"
            folder.mkdir()
            outside.mkdir()
            write(damage, folder, outside)
            try:
                verdict, seconds = judge(folder, outside, [ARTICLE] if with_source else [])
            except Exception as error:
                verdict, seconds = "FAULT", 0.0
                faults[f"{type(error).__name__}: {str(error)[:150]} ({', '.join(damage.ways)})"] += 1
        for way in set(damage.ways):
            verdicts[way, verdict] += 1
        verdicts["all", verdict] += 1
        slowest.append((seconds, ", ".join(damage.ways)))
        slowest.sort(reverse=True)
        del slowest[5:]

    with contextlib.suppress(KeyboardInterrupt):  # print the results so far
        campaign()
    kinds = ("valid", "invalid", "refused", "FAULT")
    print(f"{'way':14}" + "".join(f"{kind:>10}" for kind in kinds))
    for way in sorted({way for way, _ in verdicts}, key=lambda way: (way == "all", way)):
        print(f"{way:14}" + "".join(f"{verdicts[way, kind]:>10}" for kind in kinds))
    print("slowest: " + "; ".join(f"{seconds:.1f} s ({ways})" for seconds, ways in slowest))
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
    for fault, times in faults.most_common():
        print(f"{times} x {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    words = sys.argv[1:]
    sys.exit(main(int(words[0]) if words else NUMBER, int(words[1]) if len(words) > 1 else 0))
