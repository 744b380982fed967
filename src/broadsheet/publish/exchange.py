"""Puts a folder of files in place so that a reader sees the old ones or the new ones, never a mixture.

The new folder is written beside the target and exchanged with it in one step (``renameat2`` with ``RENAME_EXCHANGE``
on Linux). Elsewhere two renames do it, and if the process dies between them the next call puts the old folder back.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@contextlib.contextmanager
def placed(target: Path) -> Iterator[Path]:
    """A path of the target's name to write a file or folder at; it takes the target's place when the block ends well.

    Raises:
        InputError: If it cannot be written (full disk, no permission); the old state is then as it was.
    """
    final = target.resolve()
    with _written(target):
        final.parent.mkdir(parents=True, exist_ok=True)
        with _locked(final.parent):
            repair(target)
            beside, old = _beside(target)
            try:
                beside.mkdir()
                new = beside / final.name
                yield new
                _sync_all(new)
                _place(new, final, old)
                _sync(final.parent)
            finally:
                for leftover in (beside, old):
                    shutil.rmtree(leftover, ignore_errors=True)


def _place(new: Path, final: Path, old: Path) -> None:
    if new.is_file() or not final.exists():
        new.replace(final)
    elif not _exchange(new, final):
        final.rename(old)
        new.rename(final)


def replace_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Makes ``target`` a folder that holds exactly ``files`` (path inside to content).

    Raises:
        InputError: If it cannot be written (full disk, no permission); the old folder is then as it was.
    """
    with placed(target) as new:
        for path, content in files.items():
            _write(new / path, content)


def replace_files(target: Path, files: Mapping[str, bytes]) -> None:
    """Writes ``files`` into a folder that holds others too, one by one, in their order.

    Each file is replaced in one step; should the process die in between, a second run completes the work.

    Raises:
        InputError: If one cannot be written; it is then as it was.
    """
    with _written(target):
        for path, content in files.items():
            final = target / path
            if final.is_file() and final.read_bytes() == content:
                continue
            new = final.with_name(f".{final.name}.new")
            try:
                _write(new, content)
                new.replace(final)
            finally:
                new.unlink(missing_ok=True)


def repair(target: Path) -> None:
    """Undoes what a killed run left beside ``target``: a half-written folder goes, a folder set aside comes back."""
    new, old = _beside(target)
    if old.is_dir() and not target.exists():
        old.rename(target)
    for leftover in (new, old):
        if leftover.exists():
            shutil.rmtree(leftover)


def _beside(target: Path) -> tuple[Path, Path]:
    resolved = target.resolve()
    return resolved.with_name(f".{resolved.name}.new"), resolved.with_name(f".{resolved.name}.old")


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_all(root: Path) -> None:
    """Makes a file, or a folder with all that it holds, durable."""
    _sync(root)
    for folder, _, files in os.walk(root):
        for path in (*(Path(folder, name) for name in files), Path(folder)):
            _sync(path)


def _sync(path: Path) -> None:
    """Makes content or names durable; not every system lets a folder be opened."""
    with contextlib.suppress(OSError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _exchange(one: Path, other: Path) -> bool:
    """Swaps two folders in one step; ``False`` where the system or the file system cannot."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    status: int = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return status == 0


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keeps two runs from writing beside the same target at once; systems without ``fcntl`` go without."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextlib.contextmanager
def _written(target: Path) -> Iterator[None]:
    """Turns what the system says into what a user can mend."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            problem, mend = "the disk is full", "make room or name another folder with --out; nothing was changed"
        elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            problem, mend = "no permission to write there", "name another folder with --out"
        else:
            problem, mend = (error.strerror or str(error)).lower(), "name another folder with --out"
        raise InputError(str(target), problem, mend) from error
