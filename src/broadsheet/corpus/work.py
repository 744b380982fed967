"""The work folder: the state that lets a run be resumed or extended.

::

    run.json            the extractor and model that produced the blocks
    corpus.json         the readings that make up the corpus
    articles/READING/   the articles as they were read, and the rejects
    blocks/             the rows extracted from them
    ids/                the actor ids of the last finished run
    lock                held by the current run

Nothing in it is published, and all of it can be deleted; the next run then starts from scratch. Files that later runs
rely on have checksums (:mod:`broadsheet.corpus.sealed`): damaged files are discarded and rebuilt.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from broadsheet.base.errors import InputError
from broadsheet.base.safe_files import output_place, refuse_links
from broadsheet.corpus.sealed import first_damaged, note_of, read_json, remove, write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FORM = 3
"""Version of the folder's file formats; a folder of another version cannot be reused."""

_ENTRIES = frozenset({"run.json", "corpus.json", "articles", "blocks", "ids", "lock", "shuffle", "pending", "incoming"})
_READING = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Producer:
    """The extractor and the model that produced the blocks of a work folder."""

    extractor: str
    model: tuple[str, str]

    def as_json(self) -> dict[str, Any]:
        """The content of ``run.json``."""
        return {"form": FORM, "extractor": self.extractor, "model": list(self.model)}


@dataclass(frozen=True, slots=True)
class WorkFolder:
    """A work folder at ``root``."""

    root: Path

    @property
    def articles(self) -> Path:
        """The folder of the readings."""
        return self.root / "articles"

    @property
    def blocks(self) -> Path:
        """The folder of the blocks."""
        return self.root / "blocks"

    @property
    def ids(self) -> Path:
        """The folder of the actor ids."""
        return self.root / "ids"

    @property
    def shuffle(self) -> Path:
        """The folder for temporary files of a run."""
        return self.root / "shuffle"

    @contextlib.contextmanager
    def locked(
        self, producer: Producer, *, force: bool, warn: Callable[[str], None] = lambda _: None
    ) -> Iterator[None]:
        """Locks the folder for one run, creating it if it is missing.

        Args:
            producer: The extractor and model of this run.
            force: Whether to discard the output of another extractor or model.
            warn: Called with a description of damage that is repaired.

        Raises:
            InputError: If another run holds the lock, the folder has foreign files, links or pipes, or its blocks come
                from another extractor or model.
        """
        with _os_errors_as_input_errors(self.root):
            self._refuse_foreign_files()
            self.root.mkdir(parents=True, exist_ok=True)
            lock_file = self.root / "lock"
            if lock_file.is_dir():
                remove(lock_file)
            with lock_file.open("a") as lock:
                _lock(lock.fileno(), self.root)
                self._check_producer(producer, force=force, warn=warn)
                for folder in (self.articles, self.blocks):
                    if folder.is_file():
                        warn(f"{folder} is a file, not a folder: its content is rebuilt")
                        folder.unlink()
                    folder.mkdir(exist_ok=True)
                self._remove_leftovers()
                try:
                    yield
                finally:
                    shutil.rmtree(self.shuffle, ignore_errors=True)

    def readings(self) -> list[str]:
        """The readings that make up the corpus, in order.

        Raises:
            InputError: If their list is damaged, or missing although there are blocks.
        """
        path = self.root / "corpus.json"
        if not path.exists() and not self.block_files():
            return []
        content = read_json(path)
        listed = content.get("readings") if isinstance(content, dict) else None
        if not isinstance(listed, list) or not all(isinstance(n, str) and _READING.fullmatch(n) for n in listed):
            problem = "is damaged or missing, so the articles of earlier runs are unknown"
            raise InputError(str(path), problem, "build again from all sources, without --add")
        return listed

    def check_reading(self, name: str) -> None:
        """Checks a reading of an earlier run, which only its sources can rebuild.

        Raises:
            InputError: If it is damaged or missing.
        """
        folder = self.articles / name
        bad = first_damaged(folder) if folder.is_dir() else folder
        if bad is not None:
            sources = note_of(folder)
            origin = f" from {', '.join(map(str, sources[:3]))}" if isinstance(sources, list) and sources else ""
            raise InputError(
                str(bad),
                f"is damaged or missing; it had articles that an earlier run read{origin}",
                "build again from those sources with the same options and --add, or from all sources without --add",
            )

    def keep_readings(self, names: list[str]) -> None:
        """Makes these readings the corpus, and deletes all others."""
        write_atomically(self.root / "corpus.json", json.dumps({"readings": names}, indent=2) + "\n")
        for folder in self.articles.iterdir():
            if folder.name not in names:
                remove(folder)

    def block_files(self) -> list[Path]:
        """The blocks, by name."""
        return sorted(self.blocks.glob("[!.]*.parquet"))

    def _refuse_foreign_files(self) -> None:
        output_place(self.root, "--work")
        if self.root.is_dir():
            for path in sorted(self.root.iterdir()):
                if path.name.removeprefix(".") not in _ENTRIES:
                    raise InputError(str(path), "does not belong in a work folder", "name another folder with --work")
            refuse_links(self.root)
        elif self.root.exists():
            raise InputError(str(self.root), "is a file, not a folder", "name another folder with --work")

    def _check_producer(self, producer: Producer, *, force: bool, warn: Callable[[str], None]) -> None:
        path = self.root / "run.json"
        found = read_json(path)
        if found == producer.as_json():
            return
        if not isinstance(found, dict):
            if any(self.blocks.glob("*")):
                warn(f"{path} is damaged or missing: the version of the blocks is unknown, so they are rebuilt")
            for folder in (self.blocks, self.ids):
                remove(folder)
        else:
            if not force:
                model = found.get("model")
                before = f"extractor {found.get('extractor')}, model {' '.join(map(str, model)) if model else '?'}"
                raise InputError(
                    str(self.root),
                    f"was made with {before}; this is extractor {producer.extractor}, model {' '.join(producer.model)}",
                    "use that version again, or give --force to extract everything again",
                )
            for name in ("blocks", "articles", "ids", "corpus.json"):
                remove(self.root / name)
        write_atomically(path, json.dumps(producer.as_json(), indent=2) + "\n")

    def _remove_leftovers(self) -> None:
        """Removes unfinished files of a killed run."""
        for name in ("shuffle", "pending"):
            remove(self.root / name)
        for folder in (self.root, self.blocks, self.articles):
            for draft in folder.glob(".*"):
                remove(draft)


def _lock(handle: int, root: Path) -> None:
    try:
        import fcntl
    except ImportError:  # Windows: nothing stops two runs at once
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise InputError(str(root), "is in use by another run", "wait for it, or name another --work") from error


@contextlib.contextmanager
def _os_errors_as_input_errors(root: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        place = os.fspath(error.filename) if error.filename is not None else str(root)
        raise InputError(place, *_problem_and_fix(error)) from error


def _problem_and_fix(error: OSError) -> tuple[str, str]:
    reason = (error.strerror or str(error)).lower()
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full", "free some space and run it again to resume, or name another folder with --work"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"cannot be used ({reason})", "change its permissions, or name another folder with --work"
    if error.errno == errno.EIO:
        return f"cannot be read or written ({reason})", "check the disk, or name a folder on another one with --work"
    return f"cannot be used ({reason})", "delete it, or name another folder with --work"
