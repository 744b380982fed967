"""Standard output and error, safe against closed pipes and encodings that lack a character."""

from __future__ import annotations

import contextlib
import errno
import io
import json
import logging
import os
import shutil
import sys
from typing import TYPE_CHECKING, TextIO

from broadsheet.base.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "broadsheet"
DEFAULT_WIDTH = 100
"""Columns of output that is not on a terminal."""
_PLAIN = str.maketrans({"…": "~", "→": "->", "«": '"', "»": '"', "–": "-", "’": "'"})
"""Replacements for our own characters that the encoding may lack."""


def prepare() -> None:
    """Lets characters that the terminal's encoding lacks be printed as ``?``."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def log_steps() -> None:
    """Logs the steps of Broadsheet's modules to standard error."""
    logger = logging.getLogger(NAME)
    logger.setLevel(logging.INFO)
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(name)s: %(message)s"))
    logger.handlers = [handler]


def is_verbose() -> bool:
    """Whether steps are logged to standard error, which leaves no room for a progress bar."""
    return logging.getLogger(NAME).isEnabledFor(logging.INFO)


def is_unicode() -> bool:
    """Whether standard output can show every character."""
    return (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")


def terminal_width() -> int:
    """Columns of the terminal, or the variable ``COLUMNS``; :data:`DEFAULT_WIDTH` in a pipe."""
    return shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns


def is_terminal(stream: TextIO) -> bool:
    """Whether the stream is a terminal that can move its cursor."""
    return stream.isatty() and os.environ.get("TERM", "") not in ("", "dumb")


def is_styled() -> bool:
    """Whether standard output is a terminal whose user wants colours."""
    return is_terminal(sys.stdout) and not os.environ.get("NO_COLOR")


def say(text: str) -> None:
    """Prints ``text`` on standard output; a closed pipe is not an error.

    Raises:
        InputError: If it cannot be written, for example on a full disk.
    """
    with _guarded():
        print(text if is_unicode() else text.translate(_PLAIN))


def say_json(content: object) -> None:
    """Prints ``content`` as JSON on standard output.

    Raises:
        InputError: As :func:`say`.
    """
    say(json.dumps(content, indent=2, ensure_ascii=not is_unicode()))


def flush() -> None:
    """Flushes standard output.

    Raises:
        InputError: As :func:`say`.
    """
    with _guarded():
        sys.stdout.flush()


def complain(problem: str) -> None:
    """Prints one line on standard error, after the name of the command."""
    # If standard error is closed, there is nowhere to report it.
    with contextlib.suppress(OSError, ValueError):
        print(f"{NAME}: {' '.join(problem.split())}", file=sys.stderr, flush=True)


@contextlib.contextmanager
def _guarded() -> Iterator[None]:
    """Turns a failure to write to standard output into an error that names the fix."""
    try:
        yield
    except OSError as error:
        _discard_output()
        if error.errno in (errno.EPIPE, errno.EINVAL):  # a closed pipe; Windows says EINVAL
            return
        problem = "the disk is full" if error.errno == errno.ENOSPC else (error.strerror or str(error)).lower()
        raise InputError("standard output", f"cannot be written ({problem})", "send it elsewhere") from error


def _discard_output() -> None:
    """Discards buffered output: at exit, Python would try to write it again and report an error."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
