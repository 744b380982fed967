"""The first step of a run: sources to articles in the work folder, and a list of what could not be read.

A *reading* is what came of the sources of one call: files of articles, and the rejects. It is named by a digest of the
sources' names, sizes and times and of the options, so that a run that is taken up again, or a second addition of the
same files, does not read them twice.
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
from broadsheet.corpus.sealed import broken, remove, seal, to_disk
from broadsheet.reading.inputs import Found, Reject, read_unit, units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from broadsheet.corpus.work import WorkFolder
    from broadsheet.reading import Article
    from broadsheet.reading.inputs import InputOptions, Unit

_UNITS, _BYTES = 64, 1 << 22
"""Files, and bytes of them, that one task reads."""

_SOURCES_KEPT = 20
"""Sources that a reading keeps the names of, for the error if it is damaged."""

_ROWS, _CHARACTERS = 2_048, 1 << 25
"""Articles, and code points of them, of one file of the work folder."""


@dataclass(frozen=True, slots=True)
class Task:
    """Some units that one process reads, and the folder that it writes their articles to."""

    number: int
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of a task: how many articles, and the rejects."""

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
    """Reads all sources into the work folder, unless that was done.

    Args:
        work: The work folder.
        sources: Files, folders, globs, or ``-``.
        options: How to read them.
        jobs: Number of processes.
        fail_fast: Whether the first reject ends it.
        progress: Called with how many articles have been read.
        warn: Called with what is damaged and read again.

    Returns:
        The name of the reading.

    Raises:
        InputError: If a named source does not exist, or at the first reject with ``fail_fast``.
    """
    listed = list(units(sources, options))
    rejects = [unit for unit in listed if isinstance(unit, Reject)]
    if rejects and fail_fast:
        raise InputError(rejects[0].place, rejects[0].problem, rejects[0].mend)
    found = [unit for unit in listed if not isinstance(unit, Reject)]
    name = _name(found, options)
    place = work.articles / name
    if place.exists():
        bad = broken(place) if place.is_dir() else place
        if bad is None:
            return name
        warn(f"{bad} is damaged or missing: the sources are read again")
        remove(place)
    draft = work.articles / f".{name}"
    draft.mkdir()
    n_articles = 0
    by_task: dict[int, tuple[Reject, ...]] = {}
    read = partial(_read, draft, options, fail_fast)
    # Standard input is this process's alone.
    own = [Task(number, (unit,)) for number, unit in enumerate(found) if unit.path is None]
    others = list(_tasks([unit for unit in found if unit.path is not None], len(found)))
    jobs = min(jobs, len(others))
    for task, tally in chain(((task, read(task)) for task in own), run_tasks(read, others, jobs)):
        if isinstance(tally, Died):
            names = ", ".join(unit.name for unit in task.units[:3])
            mend = "leave it out, or cut it in parts"
            raise InputError(names, "the process that read it died (out of memory?)", mend)
        n_articles += tally.articles
        by_task[task.number] = tally.rejects
        if fail_fast and tally.rejects:
            first = tally.rejects[0]
            raise InputError(first.place, first.problem, first.mend)
        progress(n_articles)
    rejects += [reject for number in sorted(by_task) for reject in by_task[number]]
    write_rejects(draft / "rejects.jsonl", rejects)
    seal(draft, [str(source) for source in sources[:_SOURCES_KEPT]])
    draft.rename(place)
    to_disk(work.articles)
    return name


def article_files(work: WorkFolder, readings: Sequence[str]) -> list[Path]:
    """The files of articles of some readings, in their order."""
    return [path for name in readings for path in sorted((work.articles / name).glob("*.arrow"))]


def write_rejects(path: Path, rejects: Sequence[Reject]) -> None:
    """Writes rejects, a JSON array each."""
    lines = (json.dumps([r.place, r.problem, r.mend], ensure_ascii=False) + "\n" for r in rejects)
    path.write_text("".join(lines), encoding="utf-8", errors="surrogatepass", newline="\n")


def read_rejects(work: WorkFolder, readings: Sequence[str]) -> list[Reject]:
    """The rejects of some readings."""
    out = []
    for name in readings:
        text = (work.articles / name / "rejects.jsonl").read_text(encoding="utf-8", errors="surrogatepass")
        out += [Reject(*json.loads(line)) for line in text.split("\n") if line]
    return out


def _name(found: Sequence[Unit], options: InputOptions) -> str:
    """The name of a reading; one of standard input, which nobody can look at twice, is of what was read by then."""
    digest = hashlib.sha256(repr(options).encode("utf-8", "surrogatepass"))
    for unit in found:
        digest.update(f"{unit.name}\0{_stamp(unit)}\n".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


def _stamp(unit: Unit) -> str:
    """What changes when a file, or the sidecar beside it, is written again."""
    if unit.path is None:
        # What comes that way is another thing each time.
        return uuid4().hex
    stamps = []
    for path in (unit.path, unit.path.with_suffix(".toml")):
        try:
            seen = path.stat()
        except (OSError, ValueError):
            continue
        stamps.append(f"{seen.st_size} {seen.st_mtime_ns}")
    return ", ".join(stamps)


def _tasks(found: Sequence[Unit], number: int) -> Iterator[Task]:
    """The units in groups, in their order and numbered from ``number`` on: a big one alone, small ones together."""
    group: list[Unit] = []
    size = 0
    for unit in found:
        if group and (len(group) == _UNITS or size + (unit.size or 0) > _BYTES):
            yield Task(number, tuple(group))
            number, group, size = number + 1, [], 0
        group.append(unit)
        size += unit.size or 0
    if group:
        yield Task(number, tuple(group))


def _read(folder: Path, options: InputOptions, fail_fast: bool, task: Task) -> Tally:
    """Reads the units of a task and writes their articles; in a process of its own."""
    spool = _Spool(folder, task.number)
    rejects = []
    for unit in task.units:
        for one in read_unit(unit, options):
            if isinstance(one, Found):
                spool.add(one.place, one.article)
            else:
                rejects.append(one)
                if fail_fast:
                    return Tally(spool.count, tuple(rejects))
    spool.flush()
    return Tally(spool.count, tuple(rejects))


class _Spool:
    """Files of articles of one task, none of which takes more memory than some thousand articles."""

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
