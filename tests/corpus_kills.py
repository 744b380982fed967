"""Kills a corpus build at random moments, resumes it, and checks the result each time.

The build runs as for a user, in a separate process group. SIGKILL goes to the whole group, as when a machine stops, or
to the parent alone, whose workers must then end by themselves.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from runs import content

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random


@dataclass
class Kills:
    """A build that is killed repeatedly.

    Attributes:
        source: Its input.
        out: Its output.
        expected: The files of an undisturbed build.
        seconds: Duration of the undisturbed build.
        killed: Number of kills so far.
        faults: Descriptions of the faults.
    """

    source: Path
    out: Path
    expected: dict[str, bytes]
    seconds: float
    killed: int = 0
    faults: list[str] = field(default_factory=list)

    def until_done(self, random: Random, times: int) -> None:
        """Builds, is killed ``times`` times at random moments, and finally finishes."""
        died = 0
        while died < times:
            process = start(self.source, self.out)
            with suppress(subprocess.TimeoutExpired):
                process.wait(random.uniform(0.05, self.seconds))
            if process.poll() is not None:
                # The build finished before the kill: delete the result and start again.
                self._judge("at its end")
                clear(self.out)
                continue
            if random.random() < 0.5:
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
            process.wait()
            died += 1
            self.killed += 1
            if self.out.exists():
                self._judge(f"behind kill {self.killed}")
        code = start(self.source, self.out).wait()
        if code != 0:
            self.faults.append(f"behind kill {self.killed} it ended with {code}")
        self._judge("at its end")

    def _judge(self, when: str) -> None:
        found = content(self.out)
        if found != self.expected:
            wrong = sorted(name for name in {*found, *self.expected} if found.get(name) != self.expected.get(name))
            self.faults.append(f"{when} these files were other: {', '.join(wrong[:5])}")


def start(source: Path, out: Path) -> subprocess.Popen[bytes]:
    """Starts a build in a separate process group."""
    words = [sys.executable, "-m", "broadsheet", "build", str(source), "--layout", "partitioned", "--out", str(out)]
    deadline = time.monotonic() + 60
    while True:
        process = subprocess.Popen([*words, "--quiet", "--jobs", "2"], start_new_session=True, stderr=subprocess.PIPE)
        # A parent that was killed alone may leave workers for a moment; its lock is free at once.
        time.sleep(0.02)
        if process.poll() is None or time.monotonic() > deadline:
            return process


def undisturbed(source: Path, out: Path) -> Kills:
    """Builds once undisturbed, for comparison.

    Raises:
        RuntimeError: If that fails.
    """
    begin = time.monotonic()
    process = start(source, out)
    _, told = process.communicate()
    if process.returncode != 0:
        raise RuntimeError(told.decode(errors="replace"))
    seconds = time.monotonic() - begin
    expected = content(out)
    clear(out)
    return Kills(source, out, expected, seconds)


def clear(out: Path) -> None:
    """Deletes the package and the work folder."""
    import shutil

    for folder in (out, out.with_name(f"{out.name}.work")):
        shutil.rmtree(folder, ignore_errors=True)
