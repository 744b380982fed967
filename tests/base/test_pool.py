"""Processes that die, and tasks that are done all the same."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest

from broadsheet.base.errors import InputError
from broadsheet.base.pool import Died, run_tasks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def square(number: int) -> int:
    """A task without faults."""
    return number * number


def refuse(wrong: int, number: int) -> int:
    """A task that raises what a user did wrong, at one number."""
    if number == wrong:
        raise InputError(f"task {number}", "is wrong", "fix it")
    return number


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


@pytest.mark.parametrize("jobs", [1, 2])
def test_errors_of_users_come_through(jobs: int) -> None:
    """What a task raises reaches the caller with place, problem and fix."""
    with pytest.raises(InputError, match="task 1: is wrong; fix it") as caught:
        list(run_tasks(partial(refuse, 1), range(3), jobs))
    assert caught.value.fix == "fix it"


def test_one_fatal_task_costs_itself_alone() -> None:
    """A task that kills every process is told of; all others are done."""
    results = dict(run_tasks(partial(die_on, 7), range(12), 2))
    assert results.pop(7) == Died(7)
    assert results == {number: number for number in range(12) if number != 7}


def die_thrice(folder: Path, number: int) -> int:
    """A task that kills its process the first three times that it is done."""
    with (folder / str(number)).open("a+", encoding="utf-8") as marks:
        marks.write("x")
        marks.seek(0)
        if len(marks.read()) <= 3:
            marks.flush()
            os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_a_crash_alone_may_come_from_outside(tmp_path: Path) -> None:
    """A task that was beside two crashes, and crashes the first time that it runs alone, is tried once more."""
    assert list(run_tasks(partial(die_thrice, tmp_path), [0], 2)) == [(0, 0)]


def test_what_dies_by_chance_is_done_again(tmp_path: Path) -> None:
    """A process that is killed from outside costs nothing."""
    assert dict(run_tasks(partial(die_once, tmp_path), range(7), 2)) == {number: number for number in range(7)}


def test_a_pool_that_breaks_before_it_takes_a_task_loses_none(tmp_path: Path) -> None:
    """A worker that dies while the next task is being found does not take that task with it."""

    def slow() -> Iterator[int]:
        yield 0
        # By now the worker of the first task has died, and the pool refuses the second.
        time.sleep(3)
        yield 1

    assert dict(run_tasks(partial(die_once, tmp_path), slow(), 2)) == {0: 0, 1: 1}


ORPHANS = """
import time
from functools import partial
from broadsheet.base.pool import run_tasks

if __name__ == "__main__":
    for task, result in run_tasks(partial(time.sleep), [0, 3600, 3600], 2):
        print("started", flush=True)
"""


def test_workers_end_with_their_parent(tmp_path: Path) -> None:
    """When the parent is killed, no worker stays behind."""
    script = tmp_path / "orphans.py"
    script.write_text(ORPHANS, encoding="utf-8")
    parent = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    assert parent.stdout.readline() == b"started\n"
    parent.kill()
    # The workers share its standard output, which ends when the last of them does; by themselves they would sleep on.
    assert parent.communicate(timeout=600)[0] == b""
