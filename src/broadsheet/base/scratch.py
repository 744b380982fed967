"""Temporary folders. If a run is killed, the next run removes them.

They are in one private folder per user in the system's temporary folder (``TMPDIR``), and each is locked while its
process runs: one without a lock belonged to a killed run.
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
except ImportError:  # Windows: folders of killed runs are not removed
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def scratch_folder() -> Iterator[Path]:
    """A temporary folder, removed when the block ends; those of killed runs are removed first.

    Raises:
        InputError: If it cannot be created: the disk is full, or another user has taken its name.
    """
    base = Path(tempfile.gettempdir(), f"broadsheet-{os.getuid() if hasattr(os, 'getuid') else 'runs'}")
    try:
        base.mkdir(mode=0o700, exist_ok=True)
        _refuse_foreign(base)
        with _locked(base):
            _sweep(base)
            folder = Path(tempfile.mkdtemp(prefix="run-", dir=base))
            lock = _lock(folder)
            # Writing a package locks its parent folder, which must not be this one.
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
    """Refuses a folder that others can write to: their files must not be mistaken for ours."""
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
    """Locks a folder until the handle is closed; None if another process has locked it."""
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
    """Lets one run at a time sweep, so that none sees a folder before it is locked."""
    if fcntl is None:
        yield
        return
    handle = os.open(base, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
