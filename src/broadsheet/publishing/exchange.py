"""Replaces files so that a reader sees the old ones or the new ones, never a mixture.

A whole folder is written beside the target and exchanged with it in one step (``renameat2`` with ``RENAME_EXCHANGE`` on
Linux, two renames elsewhere).

Files in a folder that holds other files too (a repository) cannot be exchanged in one step. They are all written to a
draft folder first, with copies of the old ones; then the draft is renamed to a journal, the new files are moved in, and
the journal is renamed back. A reader that finds a journal refuses the package and changes nothing. The next command
that writes there restores the old files, if a note outside the folder (``publishing.journal``) proves that this program
made the journal.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import sys
import time
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.base.safe_files import inside, output_place, read_inside, unwritable
from broadsheet.publishing.journal import Note, begin, end, notes_of, sync

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_JOURNAL = ".broadsheet-journal"
"""Name prefix of the folder in the target while files are being moved; the token follows."""
_DRAFT = ".broadsheet-draft-"
"""Name prefix of that folder before and after the move."""
_NEW, _OLD, _AGAIN = "new", "old", "again"
"""Names in that folder: the new files, copies of the old ones, and a file that is being restored."""
_BESIDE, _ASIDE = ".broadsheet-new-", ".broadsheet-old-"
"""Names next to a target that is replaced as a whole: the new one, and the old one if they cannot be exchanged."""
_PATIENCE = 10.0
"""Seconds that a reader waits for a writer that is moving files."""


@contextlib.contextmanager
def placed(target: Path) -> Iterator[Path]:
    """Yields a path to write a file or folder to, which replaces the target when the block succeeds.

    Raises:
        InputError: If it cannot be written (full disk, no permission, a link); the target is then unchanged.
    """
    final = output_place(target)
    with _readable_errors(target):
        final.parent.mkdir(parents=True, exist_ok=True)
        with _locked(final.parent):
            _undo_all(final.parent)
            note = begin(final.parent, name=final.name)
            beside, aside = _beside(final.parent, note)
            try:
                beside.mkdir()
                new = beside / final.name
                yield new
                _sync_all(new)
                _place(new, final, aside)
                sync(final.parent)
            finally:
                _undo(final.parent, note)


def _place(new: Path, final: Path, aside: Path) -> None:
    if new.is_file() or not final.exists():
        new.replace(final)
    elif not _exchange(new, final):
        final.rename(aside)
        new.rename(final)


def replace_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Makes ``target`` a folder that holds exactly ``files`` (path inside it to content).

    Raises:
        InputError: If it cannot be written (full disk, no permission); the old folder is then unchanged.
    """
    with placed(target) as new:
        for path, content in files.items():
            _write(new / path, content)


def replace_files(target: Path, files: Mapping[str, bytes]) -> None:
    """Writes ``files`` into a folder that holds other files too: all of them or none.

    Raises:
        InputError: If one cannot be written, or leads through a link; all are then unchanged.
    """
    with _readable_errors(target):
        target.mkdir(parents=True, exist_ok=True)
        with _locked(target):
            _undo_all(target)
            _refuse_journal(target)
            before = {path: _content(target, path) for path in files}
            changed = {path: content for path, content in files.items() if before[path] != content}
            if not changed:
                return
            old = {path: before[path] for path in changed}
            note = begin(target, files={path: _digest(content) for path, content in old.items()})
            draft, journal = target / f"{_DRAFT}{note.token}", target / f"{_JOURNAL}-{note.token}"
            try:
                _draft(draft, changed, old)
                draft.rename(journal)
                sync(target)
                for path in changed:
                    (target / path).parent.mkdir(parents=True, exist_ok=True)
                    (journal / _NEW / path).replace(inside(target, path))
                for folder in sorted({(target / path).parent for path in changed}):
                    sync(folder)
                journal.rename(draft)
                sync(target)
            finally:
                _undo(target, note)


def recover(target: Path) -> None:
    """Undoes an interrupted write by this program; for commands that write the package.

    Raises:
        InputError: If it cannot be undone, or the package holds a journal that this program did not make.
    """
    for folder in (target.resolve().parent, target, target / "data"):
        if notes_of(folder):
            with _readable_errors(folder), _locked(folder):
                _undo_all(folder)
    refuse_interrupted(target, wait=False)


def refuse_interrupted(package: Path, *, wait: bool = True) -> None:
    """Refuses a package that an interrupted write left half-written; changes nothing.

    Args:
        package: The folder of the package.
        wait: Whether to wait for a running writer.

    Raises:
        InputError: If it holds a journal of any origin, or was set aside.
    """
    for folder in (package, package / "data"):
        if _has_journal(folder):
            if wait:
                _wait(folder)
            _refuse_journal(folder)
    parent = package.resolve().parent
    if not package.exists() and any(
        note.name == package.resolve().name and _beside(parent, note)[1].is_dir() for note in notes_of(parent)
    ):
        raise InputError(str(package), "was set aside by an interrupted write", _RUN_AGAIN)


_RUN_AGAIN = "run the interrupted `broadsheet build`, `release` or `correct` again, which restores the old files"


def _has_journal(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return any(entry.name.startswith(_JOURNAL) for entry in entries)
    except OSError:
        return False  # its reader reports what is wrong with the folder


def _refuse_journal(folder: Path) -> None:
    if _has_journal(folder):
        fix = f"{_RUN_AGAIN}; if the package came from elsewhere, ask its publisher for it again"
        raise InputError(str(folder), f"an interrupted write left it half-written ({_JOURNAL})", fix)


def _wait(folder: Path) -> None:
    """Gives a writer that is moving files, and holds the lock of the folder, time to finish."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        try:
            with _locked(folder, wait=False):
                return
        except BlockingIOError:
            time.sleep(0.02)


def _draft(draft: Path, changed: Mapping[str, bytes], old: Mapping[str, bytes | None]) -> None:
    """Writes the new files, and copies of the old ones."""
    for path, content in changed.items():
        _write(draft / _NEW / path, content)
        before = old[path]
        if before is not None:
            _write(draft / _OLD / path, before)
    _sync_all(draft)


def _undo_all(folder: Path) -> None:
    """Undoes the interrupted writes in a folder whose lock is held, so that no other write is running there."""
    for note in notes_of(folder):
        _undo(folder, note)


def _undo(folder: Path, note: Note) -> None:
    """Removes the leftovers of a write, and restores the old files unless it had finished; idempotent.

    The token in the names is random and noted outside the folder: nothing that came with a package can have it.
    """
    if note.name:
        beside, aside = _beside(folder, note)
        final = folder / note.name
        if aside.is_dir() and not os.path.lexists(final):
            aside.rename(final)
        leftovers = [beside, aside]
    else:
        draft, journal = folder / f"{_DRAFT}{note.token}", folder / f"{_JOURNAL}-{note.token}"
        if journal.is_dir():
            _restore(folder, journal, note)
            if draft.is_dir():
                shutil.rmtree(draft)
            journal.rename(draft)
            sync(folder)
        leftovers = [draft]
    for leftover in leftovers:
        # Never follows a link: one at the top stays, and those inside are removed themselves.
        shutil.rmtree(leftover, ignore_errors=True)
    if not any(map(os.path.lexists, leftovers)):
        end(note)


def _restore(folder: Path, journal: Path, note: Note) -> None:
    """Restores the files as they were before a write.

    Raises:
        InputError: If a copy does not match the note, or a path leads through a link; nothing is changed then.
    """
    old: dict[Path, bytes | None] = {}
    for path, digest in note.files.items():
        content = _content(journal, f"{_OLD}/{path}") if digest is not None else None
        if _digest(content) != digest:
            problem = f"the copy of {path} in it is damaged, so that the interrupted write cannot be undone"
            raise InputError(str(journal), problem, "restore the package from elsewhere, and delete this folder")
        old[inside(folder, path)] = content
    for place, content in old.items():
        if content is None:
            place.unlink(missing_ok=True)
        else:
            again = journal / _AGAIN
            _write(again, content)
            again.replace(place)
    for parent in sorted({place.parent for place in old}):
        sync(parent)


def _content(folder: Path, path: str) -> bytes | None:
    """The content of a file, or None if there is none. Links are not followed."""
    try:
        return read_inside(folder, path)
    except FileNotFoundError:
        return None


def _digest(content: bytes | None) -> str | None:
    return None if content is None else sha256(content).hexdigest()


def _beside(folder: Path, note: Note) -> tuple[Path, Path]:
    """The paths where the write of a note keeps the new and the old state of its target."""
    return folder / f"{_BESIDE}{note.token}", folder / f"{_ASIDE}{note.token}"


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_all(root: Path) -> None:
    """Flushes a file, or a folder with everything in it, to disk."""
    sync(root)
    for folder, _, files in os.walk(root):
        for path in (*(Path(folder, name) for name in files), Path(folder)):
            sync(path)


def _exchange(one: Path, other: Path) -> bool:
    """Swaps two folders in one step; False if the system or the file system cannot."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    status: int = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return status == 0


@contextlib.contextmanager
def _locked(folder: Path, *, wait: bool = True) -> Iterator[None]:
    """Keeps two runs from writing to the same folder at once; has no effect on systems without ``fcntl``.

    Raises:
        BlockingIOError: If another run holds the lock and ``wait`` is false.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        try:
            yield
        finally:
            # Closing alone would leave the lock held by processes forked in the meantime.
            fcntl.flock(handle, fcntl.LOCK_UN)
    finally:
        os.close(handle)


@contextlib.contextmanager
def _readable_errors(target: Path) -> Iterator[None]:
    """Turns an error of the system into one that a user can act on."""
    try:
        yield
    except OSError as error:
        raise unwritable(target, error) from error
