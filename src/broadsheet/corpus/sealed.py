"""Files that later runs rely on: written whole, on the disk, with a checksum by which damage is found.

A block has its checksum in its name. A folder of files that belong together has a list of them, which is written last.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
from typing import TYPE_CHECKING, Any

from broadsheet.base.safe_files import open_regular

if TYPE_CHECKING:
    from pathlib import Path

LIST = "checksums.json"
"""In a sealed folder: file to SHA-256, and what was said of them."""

_MOST_BYTES = 64 << 20
"""Of a small file of JSON."""


def checksum(path: Path) -> str:
    """SHA-256 of a file, 64 hex digits."""
    digest = hashlib.sha256()
    with open_regular(path) as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def seal(folder: Path, said: Any = None) -> None:
    """Lists the files of a folder with their checksums, and brings all to the disk.

    Args:
        folder: A folder of files.
        said: What is to be kept with the list, as JSON has it.
    """
    files = sorted(path for path in folder.iterdir() if path.name != LIST)
    for path in files:
        to_disk(path)
    content = {"files": {path.name: checksum(path) for path in files}, "said": said}
    write_whole(folder / LIST, json.dumps(content, indent=1) + "\n")


def broken(folder: Path) -> Path | None:
    """The first file of a sealed folder that is damaged, missing or not its own; None if all is well."""
    content = read_json(folder / LIST)
    files: object = content.get("files") if isinstance(content, dict) else None
    if not isinstance(files, dict):
        return folder / LIST
    there = {path.name for path in folder.iterdir()} - {LIST}
    listed: set[str] = {*files}
    for name in sorted(listed | there):
        try:
            if name not in there or checksum(folder / name) != files.get(name):
                return folder / name
        except OSError:
            return folder / name
    return None


def said_of(folder: Path) -> Any:
    """What was said of a sealed folder, as far as its list can be read."""
    content = read_json(folder / LIST)
    return content.get("said") if isinstance(content, dict) else None


def read_json(path: Path) -> Any:
    """The content of a small file of JSON; None where it is missing, damaged or no file."""
    try:
        with open_regular(path) as file:
            return json.loads(file.read(_MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return None


def write_whole(path: Path, text: str) -> None:
    """Writes a small file to the disk, whole or not at all."""
    draft = path.with_name(f".{path.name}")
    draft.write_text(text, encoding="utf-8", newline="\n")
    put(draft, path)


def put(draft: Path, path: Path) -> None:
    """Gives what was written its name, once it is on the disk; a file or a folder of that name goes."""
    to_disk(draft)
    if path.is_dir():
        shutil.rmtree(path)
    draft.replace(path)
    to_disk(path.parent)


def to_disk(path: Path) -> None:
    """Waits until a file or the entries of a folder are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        # Windows syncs no folders.
        if os.name == "posix" or stat.S_ISREG(os.fstat(handle).st_mode):
            os.fsync(handle)
    finally:
        os.close(handle)


def remove(path: Path) -> None:
    """Removes a file or a folder, whichever it is."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
