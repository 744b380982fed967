"""Measures how the cost of a job grows with the size of its input, without a clock.

``steps`` counts the lines of Python that a job executes: the same in every run, on any machine, under any load. It does
not count work inside C functions (a regular expression, a copy of a string). ``processor_time`` does; tests compare it
at sizes so far apart that machine load cannot make linear work look quadratic.
"""

from __future__ import annotations

import gc
import math
import sys
import time
from typing import TYPE_CHECKING

from conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Any

LINEAR = 1.25
"""Exponent of growth in steps below which a job is linear: n log n over a factor of 4 from 1,000 stays below 1.15."""

BELOW_QUADRATIC = 1.6
"""Exponent of growth below which a job is not quadratic: for processor time, and for work that is not linear."""

SMALLEST = 0.02
"""Seconds of processor time below which a measurement is noise."""

OURS = str(ROOT / "src")


def steps(job: Callable[[], object]) -> int:
    """Number of lines of this package that a job executes."""
    count = 0
    before = sys.gettrace()

    def on_line(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += 1
        return on_line

    def on_call(frame: FrameType, event: str, argument: Any) -> Any:
        if before is not None:
            before(frame, event, argument)  # type: ignore[arg-type]
        return on_line(frame, event, argument) if frame.f_code.co_filename.startswith(OURS) else None

    sys.settrace(on_call)
    try:
        job()
    finally:
        sys.settrace(before)
    return count


def processor_time(job: Callable[[], object], rounds: int = 2) -> float:
    """The least processor time of several rounds in seconds, without garbage collection."""
    taken = []
    gc.disable()
    try:
        for _ in range(rounds):
            begin = time.process_time()
            job()
            taken.append(time.process_time() - begin)
    finally:
        gc.enable()
    return max(min(taken), SMALLEST)


def exponent(cost: Callable[[int], float], small: int, large: int) -> float:
    """The exponent of a cost's growth from a small input to a large one: 1 if it is linear."""
    return math.log(cost(large) / cost(small)) / math.log(large / small)
