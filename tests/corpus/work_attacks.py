"""Damages a work folder in every way of a list, builds again, and judges what comes of it.

Used by the tests, which try a seeded sample, and by `tools/attack_inputs.py`, which tries all.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from corpora import write_jsonl
from runs import content, run

from broadsheet.base.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

WORDS = 60


class Ears:
    """A progress that keeps the warnings."""

    def __init__(self) -> None:
        self.warnings: list[str] = []

    def warn(self, problem: str) -> None:
        """Keeps it."""
        self.warnings.append(problem)

    def step(self, doing: str) -> None:
        """Hears what begins."""

    def count(self, done: int, total: int, doing: str, did: str) -> None:
        """Hears how many are done."""

    def rate(self, doing: str, done: int, total: int | None) -> None:
        """Hears how many are done."""


@dataclass(frozen=True)
class Attack:
    """One kind of damage to one path of the work folder."""

    path: str
    kind: str
    add: bool = False

    def __str__(self) -> str:
        return f"{self.path}: {self.kind}{', then --add' if self.add else ''}"


@dataclass
class Field:
    """A small package, its work folder, and what an undisturbed build gives.

    Attributes:
        root: Where all of it is.
        expected: The package, and the package after an addition.
    """

    root: Path
    expected: dict[bool, dict[str, bytes]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=lambda: {"healed": 0, "refused": 0})

    @classmethod
    def laid(cls, root: Path, articles: int = 6) -> Field:
        """Builds it."""
        made = cls(root)
        write_jsonl(root / "news.jsonl", articles, words=WORDS)
        write_jsonl(root / "more.jsonl", 2, words=WORDS, first=articles)
        made._build(add=False)
        made.expected[False] = content(made.out)
        shutil.copytree(made.out, root / "kept")
        shutil.copytree(made.work, root / "kept.work")
        made._build(add=True)
        made.expected[True] = content(made.out)
        return made

    @property
    def out(self) -> Path:
        """The package."""
        return self.root / "package"

    @property
    def work(self) -> Path:
        """The work folder."""
        return self.root / "package.work"

    def attacks(self) -> Iterator[Attack]:
        """Every kind of damage to every file and folder of the work folder."""
        kept = self.root / "kept.work"
        for path in sorted(kept.rglob("*")):
            for kind in _KINDS if path.is_file() else _OF_FOLDERS:
                for add in (False, True):
                    yield Attack(path.relative_to(kept).as_posix(), kind, add)

    def fault(self, attack: Attack, seed: int = 0) -> str | None:
        """What is wrong with how a build takes the damage; None if the package is right or one clear error says why."""
        for name in ("package", "package.work"):
            shutil.rmtree(self.root / name)
        shutil.copytree(self.root / "kept", self.out)
        shutil.copytree(self.root / "kept.work", self.work)
        outside = self.root / "outside"
        shutil.rmtree(outside, ignore_errors=True)
        outside.mkdir()
        target = self.work / attack.path
        {**_KINDS, **_OF_FOLDERS}[attack.kind](target, outside, Random(f"{seed} {attack}"))
        before = content(outside)
        try:
            ears = self._build(add=attack.add)
        except InputError as error:
            return self._fault_of_error(attack, error, target) or self._leaked(before, outside)
        except Exception as error:  # what a user would see as a traceback
            return f"{type(error).__name__}: {error}"
        if attack.kind.endswith(("link", "pipe")):
            return "was followed"
        if len(ears.warnings) > 1 or (ears.warnings and str(self.work) not in ears.warnings[0]):
            return f"warned {ears.warnings}"
        self.counts["healed"] += 1
        return self._other(attack) or self._leaked(before, outside)

    def _fault_of_error(self, attack: Attack, error: InputError, target: Path) -> str | None:
        if not error.place.startswith(str(self.work)):
            return f"the error is about another place: {error}"
        self.counts["refused"] += 1
        if target.is_symlink() or target.is_fifo():
            # The advice is to delete it.
            target.unlink()
            try:
                self._build(add=attack.add)
            except InputError:
                pass
            else:
                return self._other(attack)
        # What cannot be made again from this addition alone can be from all sources.
        try:
            self._build(add=False, all_sources=attack.add, force=True)
        except Exception as later:
            return f"the advice of {error} leads to {type(later).__name__}: {later}"
        return self._other(attack)

    def _build(self, *, add: bool, all_sources: bool = False, force: bool = False) -> Ears:
        news, more = self.root / "news.jsonl", self.root / "more.jsonl"
        sources = [news, more] if all_sources else [more] if add else [news]
        ears = Ears()
        run(sources, self.out, progress=ears, add=add, force=force, validate=False)
        return ears

    def _other(self, attack: Attack) -> str | None:
        """Which files of the package are other than those of an undisturbed build."""
        found, expected = content(self.out), self.expected[attack.add]
        if attack.path.startswith("ids") or attack.path == "run.json":
            # Who was who is not known after that, and the tables do not depend on it.
            found.pop("run/renames.csv")
            expected = {name: data for name, data in expected.items() if name != "run/renames.csv"}
        wrong = sorted(name for name in {*found, *expected} if found.get(name) != expected.get(name))
        return f"other than undisturbed: {', '.join(wrong[:3])}" if wrong else None

    def _leaked(self, before: dict[str, bytes], outside: Path) -> str | None:
        return None if content(outside) == before else "changed a file outside the work folder"


def _flip(path: Path, _: Path, random: Random) -> None:
    data = bytearray(path.read_bytes())
    if data:
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    path.write_bytes(data)


def _cut(keep: Callable[[int], int]) -> Callable[[Path, Path, Random], None]:
    def cut(path: Path, _: Path, __: Random) -> None:
        os.truncate(path, max(0, keep(path.stat().st_size)))

    return cut


def _gone(path: Path, _: Path, __: Random) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink()


def _folder(path: Path, _: Path, __: Random) -> None:
    path.unlink()
    path.mkdir()
    (path / "inside").write_text("x", encoding="utf-8")


def _file(path: Path, _: Path, __: Random) -> None:
    shutil.rmtree(path)
    path.write_text("x", encoding="utf-8")


def _pipe(path: Path, _: Path, __: Random) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    os.mkfifo(path)


def _link(path: Path, outside: Path, _: Random) -> None:
    path.rename(outside / path.name)
    path.symlink_to(outside / path.name)


def _dangling(path: Path, outside: Path, _: Random) -> None:
    _gone(path, outside, _)
    path.symlink_to(outside / "nothing")


_KINDS: dict[str, Callable[[Path, Path, Random], None]] = {
    "emptied": _cut(lambda size: 0),
    "cut to a byte": _cut(lambda size: 1),
    "cut in half": _cut(lambda size: size // 2),
    "cut by a byte": _cut(lambda size: size - 1),
    "a bit flipped": _flip,
    "removed": _gone,
    "now a folder": _folder,
    "now a pipe": _pipe,
    "now a link": _link,
    "now a dangling link": _dangling,
}
_OF_FOLDERS: dict[str, Callable[[Path, Path, Random], None]] = {
    "folder removed": _gone,
    "folder now a file": _file,
    "folder now a pipe": _pipe,
    "folder now a link": _link,
}
