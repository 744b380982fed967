"""Temporary folders that a killed run does not leave behind for good.

All of a user's are in one private folder below the system's temporary one (``TMPDIR``), and each is locked while its
process lives. So whatever is in there without a lock belonged to a run that was killed, and the next run removes it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.base.safe_files import unwritable

try:
    import fcntl
except ImportError:  # Windows: folders of killed runs stay
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def scratch_folder() -> Iterator[Path]:
    """A temporary folder, removed when the block ends; those of killed runs are removed first.

    Raises:
        InputError: If there can be none: the disk is full, or another user has taken its name.
    """
    base = Path(tempfile.gettempdir(), f"broadsheet-{os.getuid() if hasattr(os, 'getuid') else 'runs'}")
    try:
        base.mkdir(mode=0o700, exist_ok=True)
        _refuse_foreign(base)
        with _locked(base):
            _sweep(base)
            folder = Path(tempfile.mkdtemp(prefix="run-", dir=base))
            lock = _lock(folder)
            # Whoever writes a package in it locks the folder that the package is in, which must not be this one.
            inner = folder / "files"
            inner.mkdir()
    except OSError as error:
        raise unwritable(base, error, "TMPDIR") from error
    try:
        yield inner
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def _refuse_foreign(base: Path) -> None:
    """Refuses a folder that others can write to: what they put there must not be taken for ours."""
    status = base.lstat()
    if not stat.S_ISDIR(status.st_mode) or (
        hasattr(os, "getuid") and (status.st_uid != os.getuid() or status.st_mode & 0o022)
    ):
        raise InputError(str(base), "is not a private folder of yours", "remove it, or name another folder in TMPDIR")


def _sweep(base: Path) -> None:
    """Removes the folders that no process has locked; a link is never followed."""
    for folder in base.iterdir():
        if fcntl is None or folder.is_symlink() or not folder.is_dir():
            continue
        lock = _lock(folder)
        if lock is not None:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(lock)


def _lock(folder: Path) -> int | None:
    """Locks a folder until the handle is closed; None if a process has it."""
    if fcntl is None:
        return None
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


@contextlib.contextmanager
def _locked(base: Path) -> Iterator[None]:
    """Only one run at a time sweeps: a folder is never seen between its making and its lock."""
    if fcntl is None:
        yield
        return
    handle = os.open(base, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
