"""Files that later runs rely on: written atomically, synced to disk, and checksummed to detect damage.

A block has its checksum in its name. A sealed folder has a list of its files' checksums, which is written last.
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
"""In a sealed folder: each file's SHA-256, and a note."""

_MOST_BYTES = 64 << 20
"""The most bytes of a JSON file."""


def checksum(path: Path) -> str:
    """SHA-256 of a file, 64 hex digits."""
    digest = hashlib.sha256()
    with open_regular(path) as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def seal(folder: Path, note: Any = None) -> None:
    """Syncs the files of a folder to disk and lists their checksums, together with a note that JSON can hold."""
    files = sorted(path for path in folder.iterdir() if path.name != LIST)
    for path in files:
        sync(path)
    content = {"files": {path.name: checksum(path) for path in files}, "note": note}
    write_atomically(folder / LIST, json.dumps(content, indent=1) + "\n")


def first_damaged(folder: Path) -> Path | None:
    """The first file of a sealed folder that is damaged, missing or not listed; None if there is none."""
    content = read_json(folder / LIST)
    files: object = content.get("files") if isinstance(content, dict) else None
    if not isinstance(files, dict):
        return folder / LIST
    present = {path.name for path in folder.iterdir()} - {LIST}
    for name in sorted({*files} | present):
        try:
            if name not in present or checksum(folder / name) != files.get(name):
                return folder / name
        except OSError:
            return folder / name
    return None


def note_of(folder: Path) -> Any:
    """The note of a sealed folder; None if its list cannot be read."""
    content = read_json(folder / LIST)
    return content.get("note") if isinstance(content, dict) else None


def read_json(path: Path) -> Any:
    """The content of a JSON file; None if it is missing, damaged, too large or not a file."""
    try:
        with open_regular(path) as file:
            return json.loads(file.read(_MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return None


def write_atomically(path: Path, text: str) -> None:
    """Writes a small file to disk, whole or not at all."""
    draft = path.with_name(f".{path.name}")
    draft.write_text(text, encoding="utf-8", newline="\n")
    commit(draft, path)


def commit(draft: Path, path: Path) -> None:
    """Syncs a draft to disk and renames it, replacing a file or folder of that name."""
    sync(draft)
    if path.is_dir():
        shutil.rmtree(path)
    draft.replace(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Waits until a file, or the entries of a folder, are on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        # Windows cannot sync folders.
        if os.name == "posix" or stat.S_ISREG(os.fstat(handle).st_mode):
            os.fsync(handle)
    finally:
        os.close(handle)


def remove(path: Path) -> None:
    """Removes a file or a folder; does nothing if there is none."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
