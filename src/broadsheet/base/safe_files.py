"""Opens regular files only, and keeps paths that come from data inside the folder they belong to."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from broadsheet.base.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOT_BLOCKING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
"""Opening a named pipe without a writer would wait for one."""

MOST_BYTES = 4 << 30
"""No file of a package comes near this size, and memory has to hold it."""

_NO_PERMISSION = ("no permission to write there", "name another with {option}")
_FULL = ("the disk is full", "make room or name another with {option}; nothing was changed")
_ADVICE: dict[int, tuple[str, str]] = {
    errno.ENOSPC: _FULL,
    getattr(errno, "EDQUOT", errno.ENOSPC): _FULL,
    errno.EACCES: _NO_PERMISSION,
    errno.EPERM: _NO_PERMISSION,
    errno.EROFS: _NO_PERMISSION,
    errno.ENAMETOOLONG: ("the name is too long for the file system", "name a shorter one with {option}"),
    errno.ENOTDIR: ("a part of the path is a file, not a folder", "name another with {option}"),
    errno.EEXIST: ("a part of the path is a file, not a folder", "name another with {option}"),
    errno.EISDIR: ("is a folder, not a file", "name a file with {option}"),
    errno.ELOOP: ("the path is a loop of symbolic links", "name another with {option}"),
    errno.EIO: ("the disk reports an error", "check the disk"),
}
"""Maps a system error to the problem and the advice."""


def open_regular(path: Path) -> BinaryIO:
    """Opens a regular file for reading; links are followed.

    Raises:
        InputError: If it is a pipe, a device or a socket, none of which has a reliable end.
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


def regular_inside(folder: Path, relative: str) -> Path:
    """The path of a regular file in a folder, for libraries that open files by path.

    Raises:
        InputError: As :func:`inside`, or if it is neither a regular file nor a folder.
        OSError: If it is missing or cannot be inspected.
    """
    path = inside(folder, relative)
    mode = path.lstat().st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise special_file(path)
    return path


def read_inside(folder: Path, relative: str, most: int = MOST_BYTES) -> bytes:
    """The content of a regular file in a folder.

    Raises:
        InputError: As :func:`regular_inside`, or if the file has more than ``most`` bytes.
        OSError: If it is a folder, is missing or may not be read.
    """
    path = regular_inside(folder, relative)
    with open_regular(path) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise InputError(str(path), f"has more than {most:,} bytes", "use a smaller file")
    return content


def refuse_links(folder: Path) -> None:
    """Refuses a folder in which anything is neither a regular file nor a folder.

    Raises:
        InputError: If there is a link, a pipe, a device or a socket in it.
    """
    for place, folders, files in os.walk(folder):
        for path in (Path(place, name) for name in (*folders, *files)):
            mode = path.lstat().st_mode
            if stat.S_ISLNK(mode):
                raise InputError(str(path), "is a symbolic link", "replace the link by the file itself")
            if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
                raise special_file(path)


def output_place(path: Path, option: str = "--out") -> Path:
    """The resolved path of a file or folder that a command will write or replace.

    Args:
        path: As the user named it.
        option: The option that named it.

    Raises:
        InputError: If it is a link (its target would be replaced), a pipe, a device, the root folder, or a name that
            the system does not take.
    """
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        mode = stat.S_IFREG
    except (OSError, ValueError) as error:
        raise unwritable(path, error, option) from error
    if stat.S_ISLNK(mode):
        raise InputError(str(path), "is a link", f"name the place itself with {option}")
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise InputError(str(path), "is a pipe, a device or a socket", f"name a file or folder with {option}")
    final = path.resolve()
    if not final.name:
        raise InputError(str(path), "is the root folder of the file system", f"name a folder in it with {option}")
    return final


def folder_place(path: Path, option: str = "--out") -> Path:
    """The resolved path of a folder that a command writes files into; a link to it is allowed.

    Raises:
        InputError: If it is not a folder, is the root folder, or a name that the system does not take.
    """
    try:
        if path.is_symlink() and path.is_dir():
            return output_place(path.resolve(), option)
        final = output_place(path, option)
    except OSError as error:
        raise unwritable(path, error, option) from error
    if final.exists() and not final.is_dir():
        raise InputError(str(path), "is a file, not a folder", f"name a folder with {option}")
    return final


def check_outside(package: Path, path: Path, option: str = "--out") -> None:
    """Refuses to write a file over a folder, through a link, or into a package.

    A repository may be a package (``--out . --in-place``): a user in its folder may write there, but not over the
    package's files.

    Raises:
        InputError: If the path is one that must not be written.
    """
    place = output_place(path, option)
    if path.is_dir():
        raise InputError(str(path), "is a folder", f"name a file with {option}")
    folder = package.resolve()
    if not place.is_relative_to(folder):
        return
    if place.parent != folder or place.name == "datapackage.json" or not Path.cwd().is_relative_to(folder):
        raise InputError(f"{option} {path}", "is inside the package", "name a file outside it")


def unwritable(place: object, error: OSError | ValueError, option: str = "--out") -> InputError:
    """The error for a path that cannot be written, with advice that fits the cause.

    Args:
        place: The file or folder.
        error: The system's error.
        option: The option that names another place.
    """
    code = error.errno if isinstance(error, OSError) else None
    problem, fix = _ADVICE.get(code or 0, (None, None))
    problem = problem or (getattr(error, "strerror", None) or str(error)).lower()
    return InputError(
        str(place), problem, (fix or "check the path, or name another with {option}").format(option=option)
    )


def _steps(folder: Path, path: Path) -> Iterator[Path]:
    """The path and the folders between it and ``folder``, which itself may be a link."""
    while path not in (folder, Path(path.anchor)):
        yield path
        path = path.parent
