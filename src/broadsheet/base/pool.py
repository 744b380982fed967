"""Worker processes that may crash: each task is done once, or reported as failed.

Workers are spawned, so they inherit nothing from the parent, and exit when the parent does.
"""

from __future__ import annotations

import os
import signal
import threading
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import connection, get_context, parent_process
from typing import TYPE_CHECKING, Final, Generic, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 2
"""Tasks handed out per worker: one in progress and one waiting."""

_END: Final = object()
_TRIES = 2
"""A task that was in progress at this many crashes is tried alone, as many times."""


@dataclass(frozen=True, slots=True)
class Died(Generic[T]):
    """A task that crashed its worker even when tried alone."""

    task: T


def workers() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_tasks(work: Callable[[T], R], tasks: Iterable[T], jobs: int) -> Iterator[tuple[T, R | Died[T]]]:
    """Does the tasks in ``jobs`` processes (in this one if ``jobs`` is 1), yielding results as they come.

    Args:
        work: A function of a module. What it raises is raised here.
        tasks: Taken lazily, as workers become free.
        jobs: Number of processes.

    Yields:
        A task and its result. If a worker dies (out of memory, a crash in a library), the tasks in progress are tried
        again; one that no worker survives comes as :class:`Died`.
    """
    if jobs <= 1:
        for task in tasks:
            yield task, work(task)
        return
    source = iter(tasks)
    waiting: list[tuple[T, int]] = []
    while True:
        fallen = yield from _until_a_death(work, source, waiting, jobs)
        if fallen is None:
            return
        waiting = []
        for task, deaths in fallen:
            if deaths < _TRIES:
                waiting.append((task, deaths))
            else:
                yield task, _alone(work, task)


def _until_a_death(
    work: Callable[[T], R], source: Iterator[T], waiting: list[tuple[T, int]], jobs: int
) -> Generator[tuple[T, R | Died[T]], None, list[tuple[T, int]] | None]:
    """Runs tasks until all are done (returns None) or a worker dies (returns unfinished tasks with their deaths)."""
    running: dict[Future[R], tuple[T, int]] = {}
    pool = _pool(jobs)
    try:
        while True:
            while len(running) < jobs * _AHEAD:
                if not waiting:
                    following = next(source, _END)
                    if following is _END:
                        break
                    waiting.append((cast("T", following), 0))
                # A pool that is already broken refuses the task, which must then still be waiting.
                future = pool.submit(work, waiting[0][0])
                running[future] = waiting.pop(0)
            if not running:
                return None
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                result = future.result()
                yield running.pop(future)[0], result
    except BrokenProcessPool:
        done = [future for future in running if _is_done(future)]
        for future in done:
            yield running.pop(future)[0], future.result()
        return [*((task, deaths + 1) for task, deaths in running.values()), *waiting]
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _is_done(future: Future[R]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _alone(work: Callable[[T], R], task: T) -> R | Died[T]:
    """The result of a task that runs alone: the crash may be the first of its own, and may come from outside."""
    for _ in range(_TRIES):
        with _pool(1) as pool:
            try:
                return pool.submit(work, task).result()
            except BrokenProcessPool:
                continue
    return Died(task)


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_watch_parent)


def _watch_parent() -> None:
    """Ends this worker when its parent dies; otherwise it would wait on its task pipe, which it holds open itself."""
    # The parent handles interrupts and abandons the work.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
