"""Processes that die, and tasks that are done all the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from broadsheet.errors import InputError
from broadsheet.pool import Died, run_tasks


def square(number: int) -> int:
    """A task without faults."""
    return number * number


def refuse(number: int) -> int:
    """A task that raises what a user did wrong."""
    raise InputError(f"task {number}", "is wrong", "mend it")


def die_on(fatal: int, number: int) -> int:
    """A task that kills its process at one number."""
    if number == fatal:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def die_once(folder: Path, number: int) -> int:
    """A task that kills its process the first time that it is done."""
    mark = folder / str(number)
    if number % 3 == 0 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_task_is_done_once(jobs: int) -> None:
    """However many processes there are, each task has its result."""
    assert dict(run_tasks(square, range(20), jobs)) == {number: number * number for number in range(20)}


def test_errors_of_users_come_through() -> None:
    """What a task raises reaches the caller with place, problem and mend."""
    with pytest.raises(InputError, match="task 0: is wrong; mend it") as caught:
        list(run_tasks(refuse, range(3), 2))
    assert caught.value.mend == "mend it"


def test_one_fatal_task_costs_itself_alone() -> None:
    """A task that kills every process is told of; all others are done."""
    results = dict(run_tasks(partial(die_on, 7), range(12), 2))
    assert results.pop(7) == Died(7)
    assert results == {number: number for number in range(12) if number != 7}


def test_what_dies_by_chance_is_done_again(tmp_path: Path) -> None:
    """A process that is killed from outside costs nothing."""
    assert dict(run_tasks(partial(die_once, tmp_path), range(7), 2)) == {number: number for number in range(7)}


ORPHANS = """
import time
from functools import partial
from broadsheet.pool import run_tasks

if __name__ == "__main__":
    for task, result in run_tasks(partial(time.sleep), [0.01, 60, 60], 2):
        print("started", flush=True)
"""


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are counted by /proc, which this system has not")
def test_workers_end_with_their_parent(tmp_path: Path) -> None:
    """When the parent is killed, no worker stays behind."""
    script = tmp_path / "orphans.py"
    script.write_text(ORPHANS, encoding="utf-8")
    parent = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    assert parent.stdout.readline() == b"started\n"
    workers = _children(parent.pid)
    assert workers
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]


def _children(pid: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(status.parent.name))
    return found
