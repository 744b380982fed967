"""Says on standard error what is being done: one changing line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from typing import TYPE_CHECKING

from broadsheet.cli.streams import NAME, complain, is_unicode

if TYPE_CHECKING:
    from types import TracebackType

BAR_WIDTH = 24
_LINES = 10
"""How many lines the articles of one build take at most where they cannot share one."""
_REFRESH, _PATIENCE = 0.2, 30.0
"""Seconds between two states of a line, and between two lines."""
_CLEAR = "\r\x1b[K"


class Progress:
    """What is being done; a context, so that the line is gone when it is left."""

    def __init__(self, *, quiet: bool) -> None:
        self._stream = None if quiet else sys.stderr
        self._since = self._told = time.monotonic()
        self._live = not quiet and sys.stderr.isatty() and os.environ.get("TERM", "") not in ("", "dumb")

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live:
            self._write(_CLEAR)

    def step(self, doing: str) -> None:
        """Says what begins."""
        self._since = self._told = time.monotonic()
        self._write(f"{_CLEAR}{doing} …" if self._live else f"{NAME}: {doing}\n")

    def warn(self, problem: str) -> None:
        """Says what is wrong on a line of its own, also where progress is not shown."""
        self.done()
        complain(problem)

    def done(self) -> None:
        """Takes the line away, where there is one."""
        if self._live:
            self._write(_CLEAR)

    def scored(self, done: int, total: int) -> None:
        """Says how many of the cases are scored."""
        self.count(done, total, "scoring", "scored")

    def tried(self, done: int, total: int) -> None:
        """Says how many of the damaged copies are tried."""
        self.count(done, total, "trying", "tried")

    def count(self, done: int, total: int, doing: str = "extracting", did: str = "extracted") -> None:
        """Says how many of the articles are done."""
        if self._live:
            self._write(f"{_CLEAR}{doing} {self._bar(done, total)}{done} of {total}")
        elif done == total or (done and done % -(-total // _LINES) == 0):
            self._write(f"{NAME}: {did} {done} of {total}\n")

    def rate(self, doing: str, done: int, total: int | None) -> None:
        """Says how many articles are done, how many that is a second, and how long the rest will take.

        Where lines cannot be replaced there is one at the most each half minute, and one at the end.
        """
        now = time.monotonic()
        if done != total and now - self._told < (_REFRESH if self._live else _PATIENCE):
            return
        self._told = now
        speed = done / max(now - self._since, 1e-3)
        of = f" of {total:,}" if total is not None else ""
        left = f", {duration((total - done) / speed)} left" if total is not None and done and done != total else ""
        text = f"{doing} {self._bar(done, total)}{done:,}{of} articles, {speed:.3g} a second{left}"
        self._write(f"{_CLEAR}{text}" if self._live else f"{NAME}: {text}\n")

    def _bar(self, done: int, total: int | None) -> str:
        if not self._live or not total:
            return ""
        full, empty = ("█", "░") if is_unicode(sys.stderr) else ("#", "-")
        filled = BAR_WIDTH * done // total
        return f"{full * filled}{empty * (BAR_WIDTH - filled)} "

    def _write(self, text: str) -> None:
        if self._stream is not None:
            with contextlib.suppress(OSError, ValueError):
                self._stream.write(text)
                self._stream.flush()


def duration(seconds: float) -> str:
    """A time as people say it: ``40 s``, ``12 min``, ``3 h 20 min``, ``2 d 4 h``."""
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    if minutes < 90:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {minutes} min"
    return f"{hours // 24} d {hours % 24} h"
