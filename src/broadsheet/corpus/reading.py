"""First step of a run: reads the sources into the work folder, and lists what could not be read.

A *reading* holds the articles and the rejects of one call's sources. It is named by a digest of the sources' names,
sizes and times and of the options, so that a resumed run, or adding the same files again, does not read them twice.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING
from uuid import uuid4

from broadsheet.base.errors import InputError
from broadsheet.base.pool import Died, run_tasks
from broadsheet.corpus.articles import article_schema, to_arrow
from broadsheet.corpus.sealed import first_damaged, remove, seal, sync
from broadsheet.reading.inputs import Found, Reject, read_unit, units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from broadsheet.corpus.work import WorkFolder
    from broadsheet.reading import Article
    from broadsheet.reading.inputs import InputOptions, Unit

_UNITS, _BYTES = 64, 1 << 22
"""The most files, and bytes of small files, that one task reads."""

_SOURCES_KEPT = 20
"""A reading keeps the names of this many sources, for the error message if it is damaged."""

_ROWS, _CHARACTERS = 2_048, 1 << 25
"""The most articles, and code points, in one file of the work folder."""


@dataclass(frozen=True, slots=True)
class ReadTask:
    """Units that one process reads."""

    number: int
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class ReadResult:
    """The number of articles that a task read, and its rejects."""

    articles: int
    rejects: tuple[Reject, ...]


def read_sources(
    work: WorkFolder,
    sources: Sequence[Path | str],
    options: InputOptions,
    *,
    jobs: int,
    fail_fast: bool,
    progress: Callable[[int], None],
    warn: Callable[[str], None],
) -> str:
    """Reads all sources into the work folder, unless an earlier run did.

    Args:
        work: The work folder.
        sources: Files, folders, globs, or ``-``.
        options: How to read them.
        jobs: Number of processes.
        fail_fast: Whether to stop at the first reject.
        progress: Called with the number of articles read so far.
        warn: Called with a description of damage that is repaired.

    Returns:
        The name of the reading.

    Raises:
        InputError: If a source does not exist, or at the first reject with ``fail_fast``.
    """
    listed = list(units(sources, options))
    rejects = [unit for unit in listed if isinstance(unit, Reject)]
    if fail_fast:
        _raise_first(rejects)
    found = [unit for unit in listed if not isinstance(unit, Reject)]
    name = _name(found, options)
    place = work.articles / name
    if place.exists():
        bad = first_damaged(place) if place.is_dir() else place
        if bad is None:
            return name
        warn(f"{bad} is damaged or missing: the sources are read again")
        remove(place)
    draft = work.articles / f".{name}"
    draft.mkdir()
    n_articles = 0
    by_task: dict[int, tuple[Reject, ...]] = {}
    read = partial(_read, draft, options, fail_fast)
    # Only this process has the standard input.
    own = [ReadTask(number, (unit,)) for number, unit in enumerate(found) if unit.path is None]
    others = list(_tasks([unit for unit in found if unit.path is not None], len(found)))
    jobs = min(jobs, len(others))
    for task, result in chain(((task, read(task)) for task in own), run_tasks(read, others, jobs)):
        if isinstance(result, Died):
            names = ", ".join(unit.name for unit in task.units[:3])
            raise InputError(names, "the process that read it died (out of memory?)", "leave it out, or split it")
        n_articles += result.articles
        by_task[task.number] = result.rejects
        if fail_fast:
            _raise_first(result.rejects)
        progress(n_articles)
    rejects += [reject for number in sorted(by_task) for reject in by_task[number]]
    write_rejects(draft / "rejects.jsonl", rejects)
    seal(draft, [str(source) for source in sources[:_SOURCES_KEPT]])
    draft.rename(place)
    sync(work.articles)
    return name


def _raise_first(rejects: Sequence[Reject]) -> None:
    for reject in rejects[:1]:
        raise InputError(reject.place, reject.problem, reject.fix)


def article_files(work: WorkFolder, readings: Sequence[str]) -> list[Path]:
    """The article files of some readings, in order."""
    return [path for name in readings for path in sorted((work.articles / name).glob("*.arrow"))]


def write_rejects(path: Path, rejects: Sequence[Reject]) -> None:
    """Writes each reject as a JSON array on a line."""
    lines = (json.dumps([r.place, r.problem, r.fix], ensure_ascii=False) + "\n" for r in rejects)
    path.write_text("".join(lines), encoding="utf-8", errors="surrogatepass", newline="\n")


def read_rejects(work: WorkFolder, readings: Sequence[str]) -> list[Reject]:
    """The rejects of some readings."""
    out = []
    for name in readings:
        text = (work.articles / name / "rejects.jsonl").read_text(encoding="utf-8", errors="surrogatepass")
        out += [Reject(*json.loads(line)) for line in text.split("\n") if line]
    return out


def _name(found: Sequence[Unit], options: InputOptions) -> str:
    """The name of a reading; standard input cannot be compared with an earlier one, so it gets a new name each time."""
    digest = hashlib.sha256(repr(options).encode("utf-8", "surrogatepass"))
    for unit in found:
        digest.update(f"{unit.name}\0{_stamp(unit)}\n".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


def _stamp(unit: Unit) -> str:
    """A stamp that changes when a file, or the sidecar next to it, is rewritten."""
    if unit.path is None:
        return uuid4().hex  # standard input may differ each time
    stamps = []
    for path in (unit.path, unit.path.with_suffix(".toml")):
        try:
            seen = path.stat()
        except (OSError, ValueError):
            continue
        stamps.append(f"{seen.st_size} {seen.st_mtime_ns}")
    return ", ".join(stamps)


def _tasks(found: Sequence[Unit], number: int) -> Iterator[ReadTask]:
    """Groups the units, in order, into tasks numbered from ``number``: small ones together, a big one alone."""
    group: list[Unit] = []
    size = 0
    for unit in found:
        if group and (len(group) == _UNITS or size + (unit.size or 0) > _BYTES):
            yield ReadTask(number, tuple(group))
            number, group, size = number + 1, [], 0
        group.append(unit)
        size += unit.size or 0
    if group:
        yield ReadTask(number, tuple(group))


def _read(folder: Path, options: InputOptions, fail_fast: bool, task: ReadTask) -> ReadResult:
    """Reads the units of a task and writes their articles; runs in its own process."""
    spool = _ArticleWriter(folder, task.number)
    rejects = []
    for unit in task.units:
        for one in read_unit(unit, options):
            if isinstance(one, Found):
                spool.add(one.place, one.article)
            else:
                rejects.append(one)
                if fail_fast:
                    return ReadResult(spool.count, tuple(rejects))
    spool.flush()
    return ReadResult(spool.count, tuple(rejects))


class _ArticleWriter:
    """Writes the articles of one task to files, holding no more than one file in memory."""

    def __init__(self, folder: Path, task: int) -> None:
        self.folder = folder
        self.task = task
        self.count = 0
        self._files = 0
        self._size = 0
        self._kept: list[tuple[str, Article]] = []

    def add(self, place: str, article: Article) -> None:
        self._kept.append((place, article))
        self._size += len(article.text)
        self.count += 1
        if len(self._kept) == _ROWS or self._size > _CHARACTERS:
            self.flush()

    def flush(self) -> None:
        import pyarrow as pa

        if not self._kept:
            return
        path = self.folder / f"{self.task:06}-{self._files:06}.arrow"
        with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, article_schema()) as writer:
            writer.write_table(to_arrow(self._kept))
        self._files += 1
        self._size = 0
        self._kept = []
