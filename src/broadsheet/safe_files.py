"""Opens regular files only, and keeps paths that come from data inside the folder they belong to."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from broadsheet.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOT_BLOCKING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
"""Opening a named pipe without a writer would wait for one."""


def open_regular(path: Path) -> BinaryIO:
    """Opens a regular file for reading; links are followed.

    Raises:
        InputError: If it is a pipe, a device or a socket, none of which has an end to rely on.
        OSError: If it is a folder, is missing or may not be read.
    """
    handle = os.open(path, os.O_RDONLY | _NOT_BLOCKING)
    mode = os.fstat(handle).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(handle, "rb")
    os.close(handle)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    raise special_file(path)


def special_file(path: Path) -> InputError:
    """The error for a path that is neither a regular file nor a folder."""
    return InputError(str(path), "is a pipe, a device or a socket, not a file", "pass a regular file")


def inside(folder: Path, relative: str) -> Path:
    """The path of a file that data (a descriptor, an archive) names in a folder.

    Args:
        folder: The folder that the name is relative to.
        relative: A POSIX path, as the data has it.

    Raises:
        InputError: If the name is absolute, has ``..`` in it, or leads through a symbolic link.
    """
    name = PurePosixPath(relative)
    if not relative or "\0" in relative or "\\" in relative or name.is_absolute() or ".." in name.parts:
        raise InputError(f"{folder}: {relative!r}", "is not a path inside the folder", "use a relative path without ..")
    path = folder.joinpath(*name.parts)
    if any(step.is_symlink() for step in _steps(folder, path)):
        raise InputError(str(path), "leads through a symbolic link", "replace the link by the file itself")
    return path


def _steps(folder: Path, path: Path) -> Iterator[Path]:
    """The path and the folders between it and ``folder``, which itself may be a link."""
    while path not in (folder, Path(path.anchor)):
        yield path
        path = path.parent
