"""Kills a job at a file operation, or at a moment, and checks what is left.

A step is any operation of a process in a folder whose effect would outlast it: opening a file to write, writing (half
of it, and all), syncing, making a folder, renaming, exchanging, removing. The job runs in a fork of this process, so
that its imports are loaded once, and dies by SIGKILL: none of its handlers run.
"""

from __future__ import annotations

import io
import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadsheet.publishing import exchange

if TYPE_CHECKING:
    from collections.abc import Callable

EVENTS = {"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "sqlite3.connect"}
"""Python's audit events for such steps, raised before the step."""


def steps(job: Callable[[], object], folder: Path) -> int:
    """Number of steps of a complete run of a job in a folder.

    Raises:
        RuntimeError: If it failed.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        _in_child(job, folder, 0, lambda count: os.write(writer, str(count).encode()))
    os.close(writer)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reader) as said:
        text = said.read()
    if status:
        raise RuntimeError(f"the job ended with {status}")
    return int(text)


def killed_at(job: Callable[[], object], folder: Path, step: int) -> bool:
    """Runs a job and kills it at its ``step``-th step, from 1; returns whether it got that far."""
    child = os.fork()
    if child == 0:
        _in_child(job, folder, step, lambda count: None)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def killed_after(job: Callable[[], object], seconds: float) -> bool:
    """Runs a job and kills it after a time; returns whether it ran that long."""
    child = os.fork()
    if child == 0:
        _in_child(job, None, 0, lambda count: None)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _in_child(job: Callable[[], object], folder: Path | None, last: int, done: Callable[[int], object]) -> None:
    """Runs the job in the fork, and exits without the cleanup of the parent."""
    code = 1
    try:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        # The notes of writes are outside the folder, but count as steps.
        watched = tuple(str(place) for place in (folder, os.environ.get("XDG_STATE_HOME")) if place)
        count = _Count(watched, last)
        if folder is not None:
            count.hook()
        job()
        count.ended = True
        done(count.steps)
        code = 0
    finally:
        os._exit(code)


class _Count:
    """Counts the steps in a folder, and kills the process at one of them."""

    def __init__(self, folders: tuple[str, ...], last: int) -> None:
        self.folders = folders
        self.last = last
        self.steps = 0
        self.ended = False

    def step(self, path: object) -> None:
        """Called before a step at a path."""
        if self.ended or not str(path).startswith(self.folders):
            return
        self.steps += 1
        if self.steps == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def hook(self) -> None:
        """Starts counting; this cannot be undone, but a fork does not need that."""
        sys.addaudithook(self._audited)
        sync, swap, opened = os.fsync, exchange._exchange, io.open

        def counted_sync(handle: Any) -> None:
            self.step(Path(f"/proc/self/fd/{handle}").readlink())
            sync(handle)

        def counted_swap(one: Path, other: Path) -> bool:
            self.step(other)
            swapped = swap(one, other)
            self.step(other)
            return swapped

        def counted_open(file: Any, mode: str = "r", *more: Any, **named: Any) -> Any:
            stream = opened(file, mode, *more, **named)
            return _Writer(stream, self) if mode in ("wb", "w") and str(file).startswith(self.folders) else stream

        os.fsync = counted_sync  # type: ignore[assignment]
        exchange._exchange, io.open = counted_swap, counted_open

    def _audited(self, event: str, details: tuple[Any, ...]) -> None:
        if event in EVENTS and (event != "open" or _writes(details)):
            first = details[0]
            self.step(os.fsdecode(first) if isinstance(first, str | bytes | os.PathLike) else "")


def _writes(details: tuple[Any, ...]) -> bool:
    flags = details[2]
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))


class _Writer:
    """A file that can be interrupted when half of a piece is written."""

    def __init__(self, stream: Any, count: _Count) -> None:
        self._stream = stream
        self._count = count

    def write(self, piece: Any) -> int:
        half = len(piece) // 2
        self._count.step(self._stream.name)
        self._stream.write(piece[:half])
        self._stream.flush()
        self._count.step(self._stream.name)
        self._stream.write(piece[half:])
        return len(piece)

    def writelines(self, pieces: Any) -> None:
        for piece in pieces:
            self._stream.write(piece)

    def __enter__(self) -> _Writer:
        return self

    def __exit__(self, *error: object) -> None:
        self._stream.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)
