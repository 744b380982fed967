"""Shows progress on standard error: one changing line on a terminal, separate lines elsewhere."""

from __future__ import annotations

import contextlib
import sys
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from broadsheet.cli.streams import NAME, complain, is_terminal, is_verbose

if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import Progress as Bar

_LINES = 10
"""The most lines per build, if they cannot replace each other."""
_REFRESH, _PATIENCE = 0.2, 30.0
"""Minimum seconds between two updates of a line, and between two lines."""


class Progress:
    """Shows the progress; a context that removes its line at the end."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._since = self._shown = time.monotonic()
        self._live = not quiet and not is_verbose() and is_terminal(sys.stderr)
        self._bar: Bar | None = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.done()

    def step(self, doing: str) -> None:
        """Reports the start of a step."""
        self._since = self._shown = time.monotonic()
        if self._live:
            self._show(doing, 0, None)
        else:
            self._line(doing)

    def warn(self, problem: str) -> None:
        """Reports a problem on a line of its own, even if progress is not shown."""
        self.done()
        complain(problem)

    def done(self) -> None:
        """Removes the line, if there is one."""
        bar, self._bar = self._bar, None
        if bar is not None:
            with contextlib.suppress(OSError, ValueError):
                bar.stop()

    def scored(self, done: int, total: int) -> None:
        """Reports how many cases are scored."""
        self.count(done, total, "scoring", "scored")

    def tried(self, done: int, total: int) -> None:
        """Reports how many of the corrupted copies are tried."""
        self.count(done, total, "trying", "tried")

    def count(self, done: int, total: int, doing: str = "extracting", did: str = "extracted") -> None:
        """Reports how many articles are done."""
        if self._live:
            self._show(doing, done, total)
        elif done == total or (done and done % -(-total // _LINES) == 0):
            self._line(f"{did} {done} of {total}")

    def rate(self, doing: str, done: int, total: int | None) -> None:
        """Reports how many articles are done, the articles per second, and the time left.

        If lines cannot be replaced, it prints at most one per half minute, and one at the end.
        """
        now = time.monotonic()
        if done != total and now - self._shown < (_REFRESH if self._live else _PATIENCE):
            return
        self._shown = now
        speed = done / max(now - self._since, 1e-3)
        of = f" of {total:,}" if total is not None else ""
        left = f", {timedelta(seconds=round((total - done) / speed))} left" if total and done and done != total else ""
        text = f"{done:,}{of} articles, {speed:.3g} a second{left}"
        if self._live:
            self._show(doing, done, total, text)
        else:
            self._line(f"{doing} {text}")

    def _show(self, doing: str, done: int, total: int | None, text: str | None = None) -> None:
        detail = text if text is not None else f"{done:,} of {total:,}" if total is not None else ""
        with contextlib.suppress(OSError, ValueError):
            bar = self._bar = self._bar or _bar()
            bar.update(bar.task_ids[0], description=doing, completed=done, total=total, detail=detail)
            bar.refresh()

    def _line(self, text: str) -> None:
        if not self._quiet:
            with contextlib.suppress(OSError, ValueError):
                print(f"{NAME}: {text}", file=sys.stderr, flush=True)


def _bar() -> Bar:
    """A line on the terminal, without a refresh thread, which would not survive a fork."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = TextColumn("{task.description}", markup=False), BarColumn(24), TextColumn("{task.fields[detail]}")
    console = Console(file=sys.stderr, legacy_windows=False)
    # Standard output and error are not redirected: other output is printed after the line is removed.
    bar = Bar(
        *columns, console=console, transient=True, auto_refresh=False, redirect_stdout=False, redirect_stderr=False
    )
    bar.add_task("", detail="")
    bar.start()
    return bar
