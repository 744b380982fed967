"""Logs what a step did and how long it took, for ``--verbose``; it never affects an output."""

from __future__ import annotations

from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from logging import Logger


@contextmanager
def timed(log: Logger, message: str, *values: object) -> Iterator[None]:
    """Logs a message with its duration when the block ends, even if it fails.

    Args:
        log: The logger of the module.
        message: What the block does, with ``%`` placeholders.
        *values: What replaces the placeholders.
    """
    start = perf_counter()
    try:
        yield
    finally:
        log.info(f"{message}: %.2f s", *values, perf_counter() - start)
