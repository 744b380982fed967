"""Puts files in place so that a reader sees the old ones or the new ones, never a mixture.

A folder of its own is written beside the target and exchanged with it in one step (``renameat2`` with
``RENAME_EXCHANGE`` on Linux). Elsewhere two renames do it, and if the process dies between them the next call puts the
old folder back.

Files among those of others (a repository's) cannot be exchanged in one step. They are all written first, with copies of
the old ones; then a journal is named, the new ones are moved in, and the journal is named away. Whoever reads a package
where a journal stands puts the old files back first, so that a run that died in between has changed nothing.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import json
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
_JOURNAL = ".broadsheet-journal"
"""Folder that stands in the target as long as files are moved into it."""
_DRAFT = ".broadsheet-draft"
"""The same folder before and behind that time."""
_NEW, _OLD, _AGAIN, _HELD = "new", "old", "again", "held.json"
"""In it: the new files, those that they replace, one that is put back, and which of them there were."""


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
    """Writes ``files`` into a folder that holds others too: all of them or none.

    Raises:
        InputError: If one cannot be written; all are then as they were.
    """
    with _written(target):
        target.mkdir(parents=True, exist_ok=True)
        with _locked(target):
            _undo(target)
            changed = {path: content for path, content in files.items() if _content(target / path) != content}
            if not changed:
                return
            draft = target / _DRAFT
            try:
                _draft(draft, target, changed)
                draft.rename(target / _JOURNAL)
                for path in changed:
                    (target / path).parent.mkdir(parents=True, exist_ok=True)
                    (target / _JOURNAL / _NEW / path).replace(target / path)
                for folder in {(target / path).parent for path in changed}:
                    _sync(folder)
                (target / _JOURNAL).rename(draft)
                _sync(target)
            finally:
                _undo(target)


def recover(target: Path) -> None:
    """Puts back what a run that died while it wrote a package or its corrections has changed.

    Raises:
        InputError: If it cannot be put back.
    """
    old = _beside(target)[1]
    if old.is_dir() and not target.exists():
        with _written(target), _locked(old.parent):
            repair(target)
    for folder in (target, target / "data"):
        if any((folder / name).is_dir() for name in (_JOURNAL, _DRAFT)):
            # A run that is alive has the lock until it has removed them.
            with _written(folder), _locked(folder):
                _undo(folder)


def _draft(draft: Path, target: Path, changed: Mapping[str, bytes]) -> None:
    """Writes the new files, copies of those that they replace, and what to put back."""
    held: dict[str, bool] = {}
    for path, content in changed.items():
        _write(draft / _NEW / path, content)
        old = _content(target / path)
        held[path] = old is not None
        if old is not None:
            _write(draft / _OLD / path, old)
    _write(draft / _HELD, json.dumps(held).encode("utf-8"))
    _sync_all(draft)


def _undo(target: Path) -> None:
    """Puts the old files back where a journal stands, and removes it; done twice, it does the same."""
    journal, draft = target / _JOURNAL, target / _DRAFT
    if journal.is_dir():
        # What an earlier attempt to put back has left.
        shutil.rmtree(draft, ignore_errors=True)
        for path, old in json.loads((journal / _HELD).read_bytes()).items():
            if old:
                again = journal / _AGAIN
                _write(again, (journal / _OLD / path).read_bytes())
                again.replace(target / path)
            else:
                (target / path).unlink(missing_ok=True)
        journal.rename(draft)
    if draft.is_dir():
        shutil.rmtree(draft)


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


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
