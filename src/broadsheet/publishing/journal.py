"""Notes about writes in progress, kept outside the folders that are written.

The leftovers of an interrupted write may be undone only if this program made them. A file inside a package cannot prove
that: packages are copied from other people and may contain anything. So each write first leaves a note where no package
can put one, in the user's own state folder (mode 0700). The note identifies the folder by device and inode, and holds a
random token that is part of the name of every temporary folder of the write. A temporary folder is trusted only if a
note has its token and its parent folder; a copy elsewhere, or one that came with a package, is not.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import secrets
import stat
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError
from broadsheet.base.safe_files import open_regular

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TOKEN = re.compile(r"[0-9a-f]{32}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_MOST_BYTES = 64 << 20
_MALFORMED = "is not a note of an interrupted write"


@dataclass(frozen=True, slots=True)
class Note:
    """A write in progress.

    Attributes:
        token: Part of the names of its temporary folders.
        device: Device of the folder that holds them.
        inode: Inode of that folder.
        name: The entry of the folder that is replaced; empty if ``files`` are replaced.
        files: Path inside the folder to the SHA-256 of the old file; None if there was none.
    """

    token: str
    device: int
    inode: int
    name: str = ""
    files: Mapping[str, str | None] = field(default_factory=dict)


def begin(folder: Path, *, name: str = "", files: Mapping[str, str | None] | None = None) -> Note:
    """Records durably that a write begins in a folder.

    Raises:
        InputError: If no state folder can be written.
        OSError: If the disk is full.
    """
    status = folder.stat()
    note = Note(secrets.token_hex(16), status.st_dev, status.st_ino, name, dict(files or {}))
    content = {key: getattr(note, key) for key in Note.__slots__}
    state = _writable_folder()
    draft, place = state / f".{note.token}", state / f"{note.token}.json"
    with draft.open("xb") as file:
        file.write(json.dumps(content).encode("utf-8"))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place)
    sync(state)
    return note


def end(note: Note) -> None:
    """Deletes the note of a write that finished or was undone."""
    for state in _folders():
        (state / f"{note.token}.json").unlink(missing_ok=True)


def notes_of(folder: Path) -> list[Note]:
    """The notes about writes in a folder; while its lock is held, all of them were interrupted.

    Raises:
        InputError: If a note cannot be read or is malformed.
    """
    try:
        status = folder.stat()
    except OSError:
        return []
    notes = [_read(path) for state in _folders() if _is_private(state) for path in sorted(state.glob("*.json"))]
    return [note for note in notes if note and (note.device, note.inode) == (status.st_dev, status.st_ino)]


def _read(path: Path) -> Note | None:
    try:
        with open_regular(path) as file:
            content = json.loads(file.read(_MOST_BYTES))
        note = Note(**content)
        valid = _is_valid(note) and note.token == path.stem
    except FileNotFoundError:
        return None  # the write has just ended
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise InputError(str(path), _MALFORMED, "delete it") from error
    if not valid:
        raise InputError(str(path), _MALFORMED, "delete it")
    return note


def _is_valid(note: Note) -> bool:
    numbers = all(type(number) is int for number in (note.device, note.inode))
    texts: tuple[Any, ...] = (note.token, note.name)
    if not numbers or not all(isinstance(text, str) for text in texts) or not isinstance(note.files, dict):
        return False
    digests = [digest for digest in note.files.values() if digest is not None]
    named = bool(_TOKEN.fullmatch(note.token)) and "/" not in note.name and note.name not in (".", "..")
    return named and all(isinstance(digest, str) and _DIGEST.fullmatch(digest) for digest in digests)


def _folders() -> Iterator[Path]:
    """Where notes may be: the user's state folder, or a private temporary folder if there is none."""
    base = os.environ.get("XDG_STATE_HOME") or os.environ.get("LOCALAPPDATA")
    if base and Path(base).is_absolute():
        yield Path(base, "broadsheet", "writes")
    else:
        with contextlib.suppress(RuntimeError):  # no home
            yield Path.home() / ".local" / "state" / "broadsheet" / "writes"
    user = os.getuid() if hasattr(os, "getuid") else ""
    yield Path(tempfile.gettempdir(), f"broadsheet-writes-{user}")


def _writable_folder() -> Path:
    for folder in _folders():
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError:
            continue
        if _is_private(folder) and os.access(folder, os.W_OK | os.X_OK):
            return folder
    raise InputError(
        "state folder", "none can be written, so an interrupted write could not be undone", "set XDG_STATE_HOME"
    )


def _is_private(folder: Path) -> bool:
    """Whether a folder is not a link and only this user can write to it: others must not be able to leave notes."""
    try:
        status = folder.lstat()
    except OSError:
        return False
    if not stat.S_ISDIR(status.st_mode):
        return False
    return not hasattr(os, "getuid") or (status.st_uid == os.getuid() and not status.st_mode & 0o022)


def sync(path: Path) -> None:
    """Flushes a file or folder to disk, where the system allows it for folders."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.EBADF, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)
