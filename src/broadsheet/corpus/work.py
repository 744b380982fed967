"""The work folder: what a run keeps, so that it can be taken up again or added to.

::

    run.json            which extractor and model made what is here
    corpus.json         the readings that the corpus is made of
    articles/READING/   articles as they were read, with what was rejected
    blocks/             what was extracted from them
    ids/                which actor of which article is who, as the last finished run has it
    lock                held by the run that is at work

Nothing in it is published, and all of it can be deleted: then the next run does everything again. What later runs rely
on has checksums (:mod:`broadsheet.corpus.sealed`): a damaged file is discarded and made again.
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
from broadsheet.corpus.sealed import broken, read_json, remove, said_of, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FORM = 2
"""Number of the form of the files in it: a folder of another form is of no use."""

_ENTRIES = frozenset({"run.json", "corpus.json", "articles", "blocks", "ids", "lock", "shuffle", "pending", "incoming"})
_READING = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Maker:
    """What the blocks of a work folder were made by."""

    extractor: str
    model: tuple[str, str]

    def as_json(self) -> dict[str, Any]:
        """As ``run.json`` has it."""
        return {"form": FORM, "extractor": self.extractor, "model": list(self.model)}


@dataclass(frozen=True, slots=True)
class WorkFolder:
    """A work folder at ``root``."""

    root: Path

    @property
    def articles(self) -> Path:
        """Folder of the readings."""
        return self.root / "articles"

    @property
    def blocks(self) -> Path:
        """Folder of the blocks."""
        return self.root / "blocks"

    @property
    def ids(self) -> Path:
        """Folder of the actors' ids."""
        return self.root / "ids"

    @property
    def shuffle(self) -> Path:
        """Folder for what is being sorted; empty between two runs."""
        return self.root / "shuffle"

    @contextlib.contextmanager
    def held(self, maker: Maker, *, force: bool, warn: Callable[[str], None] = lambda _: None) -> Iterator[None]:
        """Holds the folder for one run; it is made where it is missing.

        Args:
            maker: What is going to extract.
            force: Whether what another extractor or model made may be thrown away.
            warn: Called with what is damaged and done again.

        Raises:
            InputError: If another run holds it, it holds files of others, links or pipes, or another extractor or
                model was at work.
        """
        with _readable(self.root):
            self._refuse_others()
            self.root.mkdir(parents=True, exist_ok=True)
            lock_file = self.root / "lock"
            if lock_file.is_dir():
                remove(lock_file)
            with lock_file.open("a") as lock:
                _lock(lock.fileno(), self.root)
                self._check_maker(maker, force=force, warn=warn)
                for folder in (self.articles, self.blocks):
                    if folder.is_file():
                        warn(f"{folder} is a file, not a folder: what was in it is made again")
                        folder.unlink()
                    folder.mkdir(exist_ok=True)
                self._sweep()
                try:
                    yield
                finally:
                    shutil.rmtree(self.shuffle, ignore_errors=True)

    def readings(self) -> list[str]:
        """The readings that the corpus is made of, in their order.

        Raises:
            InputError: If their list is damaged, or missing beside what was extracted.
        """
        path = self.root / "corpus.json"
        if not path.exists() and not self.block_files():
            return []
        content = read_json(path)
        listed = content.get("readings") if isinstance(content, dict) else None
        if not isinstance(listed, list) or not all(isinstance(n, str) and _READING.fullmatch(n) for n in listed):
            problem = "is damaged or missing, so what earlier runs read is unknown"
            raise InputError(str(path), problem, "build again from all sources, without --add")
        return listed

    def check_reading(self, name: str) -> None:
        """Refuses a reading that cannot be used: only its sources can make it again.

        Raises:
            InputError: If it is damaged or missing.
        """
        folder = self.articles / name
        bad = broken(folder) if folder.is_dir() else folder
        if bad is not None:
            said = said_of(folder)
            origin = f" from {', '.join(map(str, said[:3]))}" if isinstance(said, list) and said else ""
            raise InputError(
                str(bad),
                f"is damaged or missing: articles that an earlier run read{origin}",
                "build again from those sources with the same options and --add, or from all sources without --add",
            )

    def keep_readings(self, names: list[str]) -> None:
        """Makes the corpus of these readings alone; others are deleted."""
        write_whole(self.root / "corpus.json", json.dumps({"readings": names}, indent=2) + "\n")
        for folder in self.articles.iterdir():
            if folder.name not in names:
                remove(folder)

    def block_files(self) -> list[Path]:
        """The blocks, by name."""
        return sorted(self.blocks.glob("[!.]*.parquet"))

    def _refuse_others(self) -> None:
        output_place(self.root, "--work")
        if self.root.is_dir():
            for path in sorted(self.root.iterdir()):
                if path.name.removeprefix(".") not in _ENTRIES:
                    raise InputError(str(path), "is none of a work folder's files", "name another folder with --work")
            refuse_links(self.root)
        elif self.root.exists():
            raise InputError(str(self.root), "is a file, not a folder", "name another folder with --work")

    def _check_maker(self, maker: Maker, *, force: bool, warn: Callable[[str], None]) -> None:
        path = self.root / "run.json"
        found = read_json(path)
        if found == maker.as_json():
            return
        if not isinstance(found, dict):
            if any(self.blocks.glob("*")):
                warn(f"{path} is damaged or missing: who made the blocks is unknown, and all is extracted again")
            for folder in (self.blocks, self.ids):
                remove(folder)
        else:
            if not force:
                model = found.get("model")
                told = f"extractor {found.get('extractor')}, model {' '.join(map(str, model)) if model else '?'}"
                raise InputError(
                    str(self.root),
                    f"holds what {told} extracted; now it is {maker.extractor}, {' '.join(maker.model)}",
                    "use that version again, or give --force to extract everything anew",
                )
            for name in ("blocks", "articles", "ids", "corpus.json"):
                remove(self.root / name)
        write_whole(path, json.dumps(maker.as_json(), indent=2) + "\n")

    def _sweep(self) -> None:
        """Removes what a killed run left half done."""
        for name in ("shuffle", "pending"):
            remove(self.root / name)
        for folder in (self.root, self.blocks, self.articles):
            for draft in folder.glob(".*"):
                remove(draft)


def _lock(handle: int, root: Path) -> None:
    try:
        import fcntl
    except ImportError:  # a system without it: two runs at once are the user's own affair
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise InputError(str(root), "is in use by another run", "wait for it, or name another --work") from error


@contextlib.contextmanager
def _readable(root: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        place = os.fspath(error.filename) if error.filename is not None else str(root)
        raise InputError(place, *_reason_and_advice(error)) from error


def _reason_and_advice(error: OSError) -> tuple[str, str]:
    reason = (error.strerror or str(error)).lower()
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full", "make room and run it again, which resumes it; or name another folder with --work"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"cannot be used ({reason})", "give yourself the right to it, or name another folder with --work"
    if error.errno == errno.EIO:
        return f"cannot be read or written ({reason})", "check the disk, and name a folder on another with --work"
    return f"cannot be used ({reason})", "delete it, or name another folder with --work"
