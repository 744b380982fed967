"""Says on standard error what is being done: one changing line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

from broadsheet.cli.streams import NAME, is_unicode

if TYPE_CHECKING:
    from types import TracebackType

BAR_WIDTH = 24
_LINES = 10
"""How many lines the articles of one build take at most where they cannot share one."""
_CLEAR = "\r\x1b[K"


class Progress:
    """What is being done; a context, so that the line is gone when it is left."""

    def __init__(self, *, quiet: bool) -> None:
        self._stream = None if quiet else sys.stderr
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
        self._write(f"{_CLEAR}{doing} …" if self._live else f"{NAME}: {doing}\n")

    def scored(self, done: int, total: int) -> None:
        """Says how many of the cases are scored."""
        self.count(done, total, "scoring", "scored")

    def tried(self, done: int, total: int) -> None:
        """Says how many of the damaged copies are tried."""
        self.count(done, total, "trying", "tried")

    def count(self, done: int, total: int, doing: str = "extracting", did: str = "extracted") -> None:
        """Says how many of the articles are done."""
        if self._live:
            full, empty = ("█", "░") if is_unicode(sys.stderr) else ("#", "-")
            filled = BAR_WIDTH * done // total
            self._write(f"{_CLEAR}{doing} {full * filled}{empty * (BAR_WIDTH - filled)} {done} of {total}")
        elif done == total or (done and done % -(-total // _LINES) == 0):
            self._write(f"{NAME}: {did} {done} of {total}\n")

    def _write(self, text: str) -> None:
        if self._stream is not None:
            with contextlib.suppress(OSError, ValueError):
                self._stream.write(text)
                self._stream.flush()
