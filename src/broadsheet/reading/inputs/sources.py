"""Expands files, folders, patterns and standard input to the files that are read."""

from __future__ import annotations

import glob
import os
from pathlib import Path
from typing import TYPE_CHECKING

from broadsheet.base.errors import InputError
from broadsheet.base.safe_files import special_file
from broadsheet.reading.files import refuse_address
from broadsheet.reading.inputs.results import STANDARD_INPUT, Reject, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from broadsheet.reading.inputs.options import InputOptions

_SIDECAR = ".toml"
_TEXT = ("", ".txt", ".text")
"""Endings of files of plain text, each an article."""
_SIGNS = frozenset("*?[")
"""Characters that mark a pattern."""


def units(sources: Sequence[Path | str], options: InputOptions) -> Iterator[Unit | Reject]:
    """The files to read, in a fixed order: sources as named, files of a folder or pattern sorted by name.

    In a folder, sidecars and hidden files are skipped. A file found twice is read once.

    Args:
        sources: Files, folders, patterns (``news/**/*.html``), or ``-`` for standard input.
        options: The user's options.

    Raises:
        InputError: If a source does not exist, a folder has no file, a pattern matches none, a sidecar is named, or a
            title or an address is given for several files.
    """
    seen: set[str] = set()
    alone = next((role for role in ("title", "url") if getattr(options.metadata, role)), None)
    for source in sources:
        any_file = False
        for found in _expand(source):
            any_file = True
            if isinstance(found, Unit):
                key = os.path.realpath(found.path) if found.path else STANDARD_INPUT
                if key in seen:
                    continue
                seen.add(key)
                if alone and len(seen) > 1:
                    raise InputError(alone, "is given for several files", "state it in the sidecar of each")
            yield found
        if not any_file:
            raise InputError(str(source), *_nothing(source))


def is_named_text(path: Path) -> bool:
    """Whether a path names one article in plain text; the file need not exist."""
    if path.suffix.lower() not in _TEXT or str(path) == STANDARD_INPUT or path.is_dir():
        return False
    return os.path.lexists(path) or not _SIGNS.intersection(str(path))


def _expand(source: Path | str) -> Iterator[Unit | Reject]:
    name = str(source)
    if name == STANDARD_INPUT:
        yield Unit(STANDARD_INPUT, None)
        return
    if "\0" in name or not name:
        raise InputError(repr(name), "is not the name of a file", "check the name")
    refuse_address(name)
    path = Path(name)
    if path.is_dir():
        yield from _folder(path)
    elif os.path.lexists(path):
        if path.suffix.lower() == _SIDECAR:
            raise InputError(name, "is a sidecar", "name its article instead")
        yield _file(path, named=True)
    elif _SIGNS.intersection(name):
        for match in sorted(glob.iglob(name, recursive=True)):  # noqa: PTH207 - the pattern may be absolute
            found = Path(match)
            if not found.is_dir() and found.suffix.lower() != _SIDECAR:
                yield _file(found, named=False)
    else:
        raise InputError(name, "no such file", "check the name")


def _folder(folder: Path) -> Iterator[Unit | Reject]:
    """The files below a folder, sorted by name in each folder."""
    pending = [(folder, True)]
    while pending:
        path, is_folder = pending.pop()
        if not is_folder:
            yield _file(path, named=False)
            continue
        try:
            with os.scandir(path) as listed:
                entries = sorted(listed, key=lambda entry: entry.name, reverse=True)
        except OSError as error:
            yield Reject(str(path), f"cannot be read ({_reason(error)})", "give yourself the right to read it")
            continue
        for entry in entries:
            inner = path / entry.name
            if entry.name.startswith(".") or inner.suffix.lower() == _SIDECAR:
                continue
            # Links to folders are not followed: they may form a cycle.
            if entry.is_dir(follow_symlinks=False) or not entry.is_dir():
                pending.append((inner, entry.is_dir(follow_symlinks=False)))


def _file(path: Path, *, named: bool) -> Unit | Reject:
    """The unit of a file. One that cannot be read is an error if it was named, else a reject."""
    error: InputError | None = None
    try:
        status = path.stat()
        if path.is_file() or named:
            return Unit(str(path), path, status.st_size if path.is_file() else None)
        error = special_file(path)
    except OSError as cause:
        error = InputError(str(path), f"cannot be read ({_reason(cause)})", "check the name, and your right to read it")
    if named:
        raise error
    return Reject.of(error)


def _nothing(source: Path | str) -> tuple[str, str]:
    if Path(source).is_dir():
        return "is a folder without a file to read", "name the folder with the articles"
    return "no file matches the pattern", "check it, and put it in quotation marks"


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
