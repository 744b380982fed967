"""Fuzzes the readers: `python3 dev.py run --dev python tools/fuzz_inputs.py [--inputs N] [--seed S]`.

Damages small files of every format, each from a seed of its own (`tests/reading/inputs/damage.py`); for every ten of
them writes a page of thousands of elements (`soup.py`); then reads inputs that are made to harm: bombs, entities,
nesting, endless lines. Each must give articles or rejects with reasons, within the bounds of time and memory. Prints
the counts, the worst time, the peak of memory and each fault with its seed, and ends with 1 if there is a fault.
`--keep SEED` writes the damaged input of a seed into the current folder instead.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

# The campaign looks for unexpected exceptions, not for rejects.
os.environ["BROADSHEET_DEFECTS"] = "raise"
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from reading.inputs.damage import SECRET, damaged, faults, hostile
from reading.inputs.soup import page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection

MOST_SECONDS = 20.0
"""Limit for one input."""
MOST_MEMORY = 700 << 20
"""Limit for the reading process, in bytes, including its libraries."""
BATCH = 200


@dataclass(slots=True)
class Tally:
    """The results of a campaign.

    Attributes:
        counts: Inputs, articles, rejects.
        faults: The faults, each with its input.
        slowest: The longest time, in seconds, and its input.
        peak: The most memory, in bytes, and the last input of its process.
    """

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")
    peak: tuple[int, str] = (0, "")

    def add(self, name: str, found: Sequence[str], articles: int, rejects: int, seconds: float) -> None:
        """Counts one input."""
        self.counts.update(inputs=1, articles=articles, rejects=rejects)
        self.faults += [f"{name}: {fault}" for fault in found]
        if seconds > MOST_SECONDS:
            self.faults.append(f"{name}: took {seconds:.1f} s")
        self.slowest = max(self.slowest, (seconds, name))


def _stop(*_: object) -> None:
    raise TimeoutError(f"not done in {3 * MOST_SECONDS:.0f} s")


def _peak() -> int:
    """Peak memory of this process, in bytes; the kernel's own count would start with the parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10


def _worker(pipe: Connection, seeds: Sequence[int], kind: str) -> None:
    """Reads the inputs of seeds, damaged ones or soups; sends each name first, to attribute a crash."""
    signal.signal(signal.SIGALRM, _stop)
    with TemporaryDirectory() as folder:
        for seed in seeds:
            name, kinds, data = damaged(seed) if kind == "damaged" else ("soup.html", "soup", page(seed))
            path = Path(folder) / name
            path.write_bytes(data)
            pipe.send(("begin", f"{seed} ({name}, {kinds})"))
            signal.setitimer(signal.ITIMER_REAL, 3 * MOST_SECONDS)
            start = time.perf_counter()
            found, articles, rejects = faults(path)
            seconds = time.perf_counter() - start
            signal.setitimer(signal.ITIMER_REAL, 0)
            path.unlink()
            pipe.send(("end", found, articles, rejects, seconds))
    pipe.send(("peak", _peak()))


def _harmful(pipe: Connection, name: str, data: bytes) -> None:
    """Reads one harmful input."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        del data
        signal.signal(signal.SIGALRM, _stop)
        signal.setitimer(signal.ITIMER_REAL, 3 * MOST_SECONDS)
        pipe.send(("begin", name))
        start = time.perf_counter()
        found, articles, rejects = faults(path)
        pipe.send(("end", found, articles, rejects, time.perf_counter() - start))
    pipe.send(("peak", _peak()))


def watch(tally: Tally, target: object, *arguments: object) -> int:
    """Runs a worker to its end and tallies its results.

    Returns:
        The number of inputs that it finished, plus one if it died.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=target, args=(there, *arguments))  # type: ignore[arg-type]
    process.start()
    there.close()
    name, done = "", 0
    try:
        while True:
            kind, *values = here.recv()
            if kind == "begin":
                name = values[0]
            elif kind == "end":
                tally.add(name, *values)
                done += 1
            else:
                tally.peak = max(tally.peak, (values[0], name))
                if values[0] > MOST_MEMORY:
                    tally.faults.append(f"{name}: {values[0] >> 20} MB of memory")
                break
    except EOFError:
        process.join()
        tally.faults.append(f"{name}: the process died ({process.exitcode})")
        done += 1
    process.join()
    return done


def main() -> int:
    """Runs the campaign that the arguments describe."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--inputs", type=int, default=2000, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="the first")
    parser.add_argument("--size", type=int, default=1024, metavar="MB", help="what the bombs unpack to")
    parser.add_argument("--keep", type=int, metavar="SEED")
    arguments = parser.parse_args()
    if arguments.keep is not None:
        name, kinds, data = damaged(arguments.keep)
        Path(name).write_bytes(data)
        print(f"{name}: {kinds}")
        return 0
    tallies = []
    for kind, number in (("damaged", arguments.inputs), ("soup", arguments.inputs // 10)):
        tallies.append(tally := Tally())
        at, end = arguments.seed, arguments.seed + number
        while at < end:
            at += watch(tally, _worker, range(at, min(at + BATCH, end)), kind)
        print(_line(kind, tally), flush=True)
    with TemporaryDirectory() as folder:
        secret = Path(folder) / "secret.txt"
        secret.write_text(SECRET)
        harmful = Tally()
        for name, data in hostile(secret, arguments.size << 20).items():
            watch(harmful, _harmful, name, data)
    print(_line("made to harm", harmful))
    faults_of_all = [fault for each in (*tallies, harmful) for fault in each.faults]
    print("\n".join(faults_of_all))
    return 1 if faults_of_all else 0


def _line(kind: str, tally: Tally) -> str:
    seconds, name = tally.slowest
    peak, last = tally.peak
    counts = ", ".join(f"{count} {what}" for what, count in tally.counts.items())
    return (
        f"{kind}: {counts}, {len(tally.faults)} faults; slowest {seconds:.2f} s ({name}), peak {peak >> 20} MB ({last})"
    )


if __name__ == "__main__":
    raise SystemExit(main())
