"""Kills jobs as they write: `python3 dev.py run --dev python tools/kill.py [--random N] [--job NAME]`.

Each job (build, release, correct, the exports) takes a package from an old state to a new one. It is killed (SIGKILL)
at each of its file operations, and at N random moments, divided among the jobs. A reader must then find the old or the
new state, and running the job again must give the new one. Prints a line per job; exit code 1 if one was broken.
The exports to Hyper and into PostgreSQL write in processes of their own; `tests/export` kills a load of PostgreSQL.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
import warnings
from argparse import ArgumentParser
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from jobs import JOBS, Job
from killing import killed_after, killed_at, steps


class Campaign:
    """A job that is killed repeatedly.

    Args:
        name: Its name.
        folder: An empty folder for it.
    """

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.job: Job = JOBS[name](folder)
        self.kept = folder / "kept"
        shutil.copytree(self.job.folder, self.kept)
        self.old = self.job.look()
        begin = time.perf_counter()
        self.steps = steps(self.job.run, self.job.folder)
        self.seconds = time.perf_counter() - begin
        self.new = self.job.look()
        self.found = {"old": 0, "new": 0, "broken": 0, "not completed": 0}

    def at_every_step(self) -> None:
        """Kills it at each step."""
        for step in range(1, self.steps + 1):
            self._restore()
            killed_at(self.job.run, self.job.folder, step)
            self._judge(f"step {step}")

    def at_random(self, random: Random, times: int) -> None:
        """Kills it at random moments."""
        for _ in range(times):
            killed = False
            while not killed:
                self._restore()
                seconds = random.uniform(0, self.seconds)
                killed = killed_after(self.job.run, seconds)
            self._judge(f"after {seconds:.4f} s")

    def _restore(self) -> None:
        shutil.rmtree(self.job.folder)
        shutil.copytree(self.kept, self.job.folder)

    def _judge(self, where: str) -> None:
        try:
            state = self.job.look()
        except Exception as error:
            state = error
        kind = "old" if state == self.old else "new" if state == self.new else "broken"
        self.found[kind] += 1
        if kind == "broken":
            print(f"{self.name}: broken by a kill at {where}: {state}")
        self.job.run()
        if self.job.look() != self.new:
            self.found["not completed"] += 1
            print(f"{self.name}: not completed after a kill at {where}")


def main() -> int:
    """Runs the campaign."""
    warnings.filterwarnings("ignore", message=".*use of fork.*")
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--random", type=int, default=200, metavar="N", help="random moments (default: 200)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--job", action="append", choices=list(JOBS), help="only this job; repeatable")
    options = parser.parse_args()
    names = options.job or list(JOBS)
    random = Random(options.seed)  # noqa: S311 - moments, no secrets
    broken = 0
    print("| job | steps | old after | new after | broken | random moments | old after | new after | broken |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    for number, name in enumerate(names):
        share = options.random // len(names) + (number < options.random % len(names))
        with tempfile.TemporaryDirectory(prefix="broadsheet-kill-") as folder:
            cells = [f"`{name}`"]
            campaign = Campaign(name, Path(folder))
            campaign.at_every_step()
            cells += [str(campaign.steps), *(str(campaign.found[kind]) for kind in ("old", "new", "broken"))]
            broken += campaign.found["broken"] + campaign.found["not completed"]
            campaign.found = dict.fromkeys(campaign.found, 0)
            campaign.at_random(random, share)
            cells += [str(share), *(str(campaign.found[kind]) for kind in ("old", "new", "broken"))]
            broken += campaign.found["broken"] + campaign.found["not completed"]
            print("| " + " | ".join(cells) + " |", flush=True)
    print(f"{broken} broken or not completed")
    return int(broken > 0)


if __name__ == "__main__":
    raise SystemExit(main())
