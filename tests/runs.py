"""Corpus runs, for the tests and the commands that measure and kill them."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

from broadsheet.corpus import CorpusJob, Outcome, build_corpus

if TYPE_CHECKING:
    from pathlib import Path

    from broadsheet.corpus.job import Progress


class Silence:
    """A progress without output."""

    def warn(self, problem: str) -> None:
        """Ignores a warning."""

    def step(self, doing: str) -> None:
        """Ignores a step."""

    def count(self, done: int, total: int, doing: str, did: str) -> None:
        """Ignores a count."""

    def rate(self, doing: str, done: int, total: int | None) -> None:
        """Ignores a count."""


def job(sources: Path | list[Path], out: Path, **options: Any) -> CorpusJob:
    """A job over some sources, with its work folder next to the package."""
    listed = sources if isinstance(sources, list) else [sources]
    return CorpusJob(tuple(listed), out, out.with_name(f"{out.name}.work"), **options)


def run(sources: Path | list[Path], out: Path, *, progress: Progress | None = None, **options: Any) -> Outcome:
    """The outcome of a run."""
    return build_corpus(job(sources, out, **options), progress or Silence())


def content(folder: Path, *, log: bool = True) -> dict[str, bytes]:
    """Every file of a package, with or without the run's log, which is also listed in the descriptor."""
    found = {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
    if log:
        return found
    descriptor = json.loads(found["datapackage.json"])
    listed = descriptor["broadsheet"]["files"]
    descriptor["broadsheet"]["files"] = {path: listed[path] for path in listed if not path.startswith("run/")}
    kept = {name: data for name, data in found.items() if not name.startswith("run/")}
    return kept | {"datapackage.json": json.dumps(descriptor).encode("utf-8")}


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
