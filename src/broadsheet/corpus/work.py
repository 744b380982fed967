"""The work folder: what a run keeps, so that it can be taken up again or added to.

::

    run.json            which extractor and model made what is here
    corpus.json         the readings that the corpus is made of
    articles/READING/   articles as they were read, with what was rejected
    blocks/             what was extracted from them
    ids/                which actor of which article is who, as the last finished run has it
    lock                held by the run that is at work

Nothing in it is published, and all of it can be deleted: then the next run does everything again.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from broadsheet.errors import InputError
from broadsheet.safe_files import inside, output_place, read_inside, refuse_links, unwritable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORM = 1
"""Number of the form of the files in it: a folder of another form is of no use."""

_ENTRIES = frozenset({"run.json", "corpus.json", "articles", "blocks", "ids", "lock", "shuffle", "pending", "incoming"})


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
    def held(self, maker: Maker, *, force: bool) -> Iterator[None]:
        """Holds the folder for one run; it is made where it is missing.

        Args:
            maker: What is going to extract.
            force: Whether what another extractor or model made may be thrown away.

        Raises:
            InputError: If another run holds it, it holds files of others, or another extractor or model was at work.
        """
        with _readable(self.root):
            self._refuse_others()
            self.root.mkdir(parents=True, exist_ok=True)
            with (self.root / "lock").open("a") as lock:
                _lock(lock.fileno(), self.root)
                self._check_maker(maker, force=force)
                for name in ("articles", "blocks"):
                    (self.root / name).mkdir(exist_ok=True)
                self._sweep()
                try:
                    yield
                finally:
                    shutil.rmtree(self.shuffle, ignore_errors=True)

    def readings(self) -> list[str]:
        """The readings that the corpus is made of, in their order."""
        path = self.root / "corpus.json"
        if not path.is_file():
            return []
        try:
            listed = [*json.loads(read_inside(self.root, "corpus.json"))["readings"]]
            names = [name for name in listed if inside(self.articles, name).is_dir()]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise InputError(str(path), "does not list the readings of a corpus", "name another folder") from error
        return names

    def keep_readings(self, names: list[str]) -> None:
        """Makes the corpus of these readings alone; others are deleted."""
        write_whole(self.root / "corpus.json", json.dumps({"readings": names}, indent=2) + "\n")
        for folder in self.articles.iterdir():
            if folder.name not in names:
                shutil.rmtree(folder)

    def block_files(self) -> list[Path]:
        """The blocks, by name."""
        return sorted(self.blocks.glob("[!.]*.parquet"))

    def _refuse_others(self) -> None:
        output_place(self.root, "--work")
        if self.root.is_dir():
            for path in sorted(self.root.iterdir()):
                if path.name not in _ENTRIES:
                    raise InputError(str(path), "is none of a work folder's files", "name another folder with --work")
            refuse_links(self.root)
        elif self.root.exists():
            raise InputError(str(self.root), "is a file, not a folder", "name another folder with --work")

    def _check_maker(self, maker: Maker, *, force: bool) -> None:
        path = self.root / "run.json"
        if path.is_file():
            try:
                found = json.loads(path.read_text(encoding="utf-8"))
            except ValueError:
                found = {}
            if found == maker.as_json():
                return
            if not force:
                told = f"extractor {found.get('extractor')}, model {' '.join(map(str, found.get('model') or ['?']))}"
                raise InputError(
                    str(self.root),
                    f"holds what {told} extracted; now it is {maker.extractor}, {' '.join(maker.model)}",
                    "use that version again, or give --force to extract everything anew",
                )
            for name in ("blocks", "articles", "ids"):
                shutil.rmtree(self.root / name, ignore_errors=True)
            (self.root / "corpus.json").unlink(missing_ok=True)
        write_whole(path, json.dumps(maker.as_json(), indent=2) + "\n")

    def _sweep(self) -> None:
        """Removes what a killed run left half done."""
        for name in ("shuffle", "pending"):
            shutil.rmtree(self.root / name, ignore_errors=True)
        for draft in (*self.blocks.glob(".*"), *self.articles.glob(".*")):
            if draft.is_dir():
                shutil.rmtree(draft)
            else:
                draft.unlink(missing_ok=True)


def write_whole(path: Path, text: str) -> None:
    """Writes a small file, whole or not at all."""
    draft = path.with_name(f".{path.name}")
    draft.write_text(text, encoding="utf-8", newline="\n")
    draft.replace(path)


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
        raise unwritable(error.filename or root, error, "--work") from error
